"""Files of documents, good and bad, of a few words."""

import io
import zipfile

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from tests.cstopa.pasting import wordfile

W = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def pdf(words="An agreement on cheese", password="", act=None, at="/OpenAction", letters=""):
    """Return a PDF of one page; ``letters`` says which its signs are, ``act`` stands ``at`` a name of its root."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    if letters:
        told = DecodedStreamObject()
        told.set_data(letters.encode())
        font[NameObject("/ToUnicode")] = writer._add_object(told)
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    drawn = DecodedStreamObject()
    drawn.set_data(f"BT /F1 12 Tf 10 100 Td ({words}) Tj ET".encode())
    page[NameObject("/Contents")] = writer._add_object(drawn)
    if act:
        writer.root_object[NameObject(at)] = stated(act, writer)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def stated(value, writer):
    """Return a value as a PDF has it: text that begins with "/" is a name, dictionaries are objects apart."""
    if isinstance(value, dict):
        parts = {NameObject(name): stated(each, writer) for name, each in value.items()}
        return writer._add_object(DictionaryObject(parts))
    if isinstance(value, list):
        return ArrayObject(stated(each, writer) for each in value)
    if isinstance(value, bytes):
        stream = DecodedStreamObject()
        stream.set_data(value)
        return writer._add_object(stream)
    return NameObject(value) if value.startswith("/") else TextStringObject(value)


def packed(parts, level=zipfile.ZIP_DEFLATED, comment=b""):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", level) as archive:
        archive.comment = comment
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def repacked(content, **more):
    """Return an archive with further parts, or others instead; a name has "__" for a slash."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed(parts | {name.replace("__", "/"): part for name, part in more.items()})


def types(main, kind):
    """Return what an archive of Office says of its main part."""
    return f'<Types><Override PartName="/{main}" ContentType="{TYPE}.{kind}"/></Types>'


def docx(words="A decision on bread", kind="wordprocessingml.document.main+xml"):
    named = {"[Content_Types].xml": types("word/document.xml", kind)}
    return wordfile.document(wordfile.p(words), files=named)


def xlsx(words="Contributions to the budget"):
    return packed(
        {
            "[Content_Types].xml": types("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
            "xl/workbook.xml": f'<workbook xmlns="{W}"><sheets/></workbook>',
            "xl/sharedStrings.xml": f'<sst xmlns="{W}"><si><t>{words}</t></si></sst>',
        }
    )


def odt(words="A statement on honey", manifest="<manifest/>", kind="text"):
    return packed(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "META-INF/manifest.xml": manifest,
            "content.xml": f'<o:body xmlns:o="{ODF}:office:1.0" xmlns:t="{ODF}:text:1.0">'
            f"<t:p>{words}</t:p></o:body>",
        }
    )


def bomb():
    """Return an archive of a megabyte that unpacks to a gigabyte."""
    return repacked(docx(), **{"word__document.xml": bytes(1 << 30)})


GOOD = {"pdf": pdf, "docx": docx, "odt": odt, "xlsx": xlsx}
