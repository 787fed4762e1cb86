"""Looks into documents: a process of its own, which no file can make large or slow, or end with the site.

``python -I process.py kind < file`` writes JSON: ``{"kind"}``, one of "pdf", "docx", "odt" and "xlsx", or
``{"error"}``, one of ERRORS of ``reading.py``; ``text`` instead of ``kind`` ``{"text"}``, its words in
paragraphs, as far as there was time. It knows nothing of Django, so that it starts in no time.
"""

import io
import json
import logging
import re
import resource
import sys
import time
import zipfile
from xml.etree import ElementTree
from xml.parsers import expat

SECONDS = 40
MEMORY = 800 * 1024 * 1024
# Bytes of all parts of an archive, unpacked.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
# Signs of the words that are read, and seconds of a processor in which they are.
MOST_SIGNS = 200_000
READS = 25
PIECE = 1024 * 1024

TEXT = re.compile(rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<[\0]?[!?a-zA-Z]")
ZIP, OLE, RTF, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF-"
# In a document of Office with a password, as Windows writes names.
LOCKED = "EncryptedPackage".encode("utf-16-le")
# How the end of an archive begins, which has no comment behind.
END, LENGTH_OF_END = b"PK\5\6", 22
ODT = b"application/vnd.oasis.opendocument.text"
TYPES = "[Content_Types].xml"
# The main part of a document of Office, and of what type it is.
MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
}
# What is run when somebody opens it.
PROGRAMS = re.compile(
    r"vbaProject|vbaData|(^|/)activeX|macrosheets/|dialogsheets/|^Basic/|^Scripts/", re.IGNORECASE
)
# A name may stand for anything in a broken one, and is compared alone.
RUN = ("/JavaScript", "/Launch")
SCRIPT = re.compile(rb"<(\w+:)?script\b")
RUN_IN_OFFICE = re.compile(r"macroEnabled|vbaProject|activeX", re.IGNORECASE)


class Refused(Exception):
    """The document is not taken: the first argument is one of ERRORS."""


def kind_of(content):
    """Return the kind of a document."""
    if content.startswith(PDF):
        check_pdf(content)
        return "pdf"
    if content.startswith(ZIP):
        return kind_of_archive(content)
    if content.startswith(OLE):
        raise Refused("locked" if LOCKED in content else "old")
    if content.startswith(RTF):
        raise Refused("old")
    raise Refused("text" if TEXT.match(content) else "other")


def check_pdf(content):
    """Refuse a PDF that does not end as one, asks for a password, or runs something."""
    # It takes a while, and no other kind needs it.
    from pypdf import PdfReader

    if not content.rstrip(b"\0\t\n\f\r ").endswith(b"%%EOF"):
        raise Refused("broken")
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise Refused("locked")
    if not reader.pages:
        raise Refused("broken")
    if has_scripts(reader) or any(map(runs, objects_of(reader))):
        raise Refused("program")


def whole(value):
    return value.get_object() if hasattr(value, "get_object") else value


def objects_of(reader):
    """Yield all objects of a PDF, wherever they are used."""
    from pypdf.generic import IndirectObject

    numbered = [(0, reader.xref_objStm), *reader.xref.items()]
    for generation, numbers in numbered:
        for number in [*numbers]:
            yield whole(IndirectObject(number, generation, reader))


def runs(part):
    """Return whether an object of a PDF has an action of RUN, or a script, itself."""
    if isinstance(part, dict):
        return "/JS" in part or whole(part.get("/S")) in RUN or any(map(runs, part.values()))
    return isinstance(part, list) and any(map(runs, part))


def has_scripts(reader):
    """Return whether a form in the way of XFA has a script."""
    form = whole(reader.root_object.get("/AcroForm")) or {}
    parts = whole(form.get("/XFA")) or ()
    parts = parts if isinstance(parts, list) else [parts]
    streams = [part for part in map(whole, parts) if hasattr(part, "get_data")]
    return any(SCRIPT.search(stream.get_data()) for stream in streams)


def archive_of(content):
    """Return the archive that a file is from its first to its last byte, of parts that may be unpacked."""
    end = len(content) - LENGTH_OF_END
    if content[end : end + 4] != END:
        raise Refused("broken")
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("too_much")
    if not parts or min(part.header_offset for part in parts):
        raise Refused("broken")
    for part in parts:
        if part.flag_bits & 1:
            raise Refused("locked")
        if part.filename.startswith("/") or ".." in re.split(r"[/\\]", part.filename):
            raise Refused("broken")
    return archive


def kind_of_archive(content):
    archive = archive_of(content)
    # Each says at its end whether it is whole.
    for part in archive.infolist():
        with archive.open(part) as file:
            while file.read(PIECE):
                pass
    names = archive.namelist()
    has_programs = any(map(PROGRAMS.search, names))
    if "mimetype" in names and archive.read("mimetype").strip() == ODT:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Refused("locked")
        kind, main = "odt", "content.xml"
        for name in names:
            # Headers are in the one, and what is embedded has its own.
            if name.rpartition("/")[2] in {"content.xml", "styles.xml"}:
                check_xml(archive.read(name))
    else:
        types = types_of(archive) if TYPES in names else ""
        has_programs = has_programs or RUN_IN_OFFICE.search(types)
        kind = next((kind for kind, (_main, type_) in MAIN.items() if type_ in types), None)
        main = kind and MAIN[kind][0]
    if has_programs:
        raise Refused("program")
    if kind is None:
        raise Refused("other")
    check_xml(archive.read(main))
    return kind


def types_of(archive):
    """Return the types of all parts of a document of Office."""
    content = archive.read(TYPES)
    check_xml(content)
    return " ".join(each.get("ContentType", "") for each in ElementTree.fromstring(content))


def check_xml(content):
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.StartElementHandler = refuse_listener
    parser.Parse(content, True)


def refuse_listener(name, attributes):
    # By it OpenDocument runs a macro, also one that is not in the file.
    if name.endswith("event-listener"):
        raise Refused("program")


def refuse(*declared):
    # Office writes none: with entities a few lines become gigabytes.
    raise Refused("broken")


def kind(content):
    return {"kind": kind_of(content)}


def text(content):
    read = []
    try:
        for line in bounded(words_of(content)):
            read.append(line)
    # One part may be broken, or too large, where others are not.
    except Exception:
        if not read:
            raise
    return {"text": "\n".join(read)}


def words_of(content):
    """Return the paragraphs of a document, one after another."""
    found = kind_of(content)
    if found == "pdf":
        return words_of_pdf(content)
    parts, paragraphs, words = WORDS[found]
    archive = archive_of(content)
    names = [name for name in archive.namelist() if re.fullmatch(parts, name)]
    return words_of_xml(archive, names, paragraphs, words)


def words_of_pdf(content):
    from pypdf import PdfReader

    for page in PdfReader(io.BytesIO(content)).pages:
        try:
            yield page.extract_text()
        # One page may be broken where others are not.
        except Exception:
            continue


# Of a kind, the parts in which words are, what a paragraph is, and where words stand in it: None is anywhere.
WORDS = {
    "docx": (r"word/(document|footnotes|endnotes)\.xml", ("p",), "t"),
    "odt": (r"content\.xml", ("p", "h"), None),
    "xlsx": (r"xl/(sharedStrings\.xml|worksheets/[^/]+\.xml)", ("si", "is"), "t"),
}


def words_of_xml(archive, names, paragraphs, words):
    for name in names:
        check_xml(archive.read(name))
        with archive.open(name) as file:
            for _event, element in ElementTree.iterparse(file):
                if local(element) in paragraphs:
                    yield "".join(said for each in element.iter() for said in said_in(each, words))
                if local(element) in (*paragraphs, "row"):
                    # A table has many, of numbers alone.
                    element.clear()


def local(element):
    return element.tag.rpartition("}")[2]


def said_in(element, words):
    if words is None or local(element) == words:
        yield element.text or ""
    if words is None:
        yield element.tail or ""
    elif local(element) in {"tab", "br"}:
        yield " "


def bounded(paragraphs):
    """Yield paragraphs, in one line each, until there are MOST_SIGNS, or no time is left."""
    signs = 0
    for paragraph in paragraphs:
        for line in paragraph.splitlines():
            line = " ".join(line.split())[: MOST_SIGNS - signs]
            signs += len(line)
            if line:
                yield line
        if signs >= MOST_SIGNS or time.process_time() > READS:
            return


COMMANDS = {"kind": kind, "text": text}


def answer(content, command):
    """Return what is said of a file, see the module."""
    # What a broken file lacks is told in hundreds of lines.
    logging.disable()
    try:
        return COMMANDS[command](content)
    except Refused as refused:
        return {"error": refused.args[0]}
    except MemoryError:
        return {"error": "too_much"}
    # A broken document fails in as many ways as it has parts.
    except Exception:
        return {"error": "broken"}
    finally:
        logging.disable(logging.NOTSET)


def main():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    said = answer(sys.stdin.buffer.read(), sys.argv[1])
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
