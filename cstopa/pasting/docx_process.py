"""Reads one document of Word: a process of its own, which no document can make large or slow.

``python -I docx_process.py < document.docx`` writes a line of JSON: ``{"html", "title", "pictures", "left_out",
"formulas"}``, or ``{"error"}``, one of ERRORS of ``docx.py``. ``pictures`` are ``{"size", "words"}``, the bytes of each
come after it, one after another; the ``src`` of one in the HTML is its number. It knows nothing of Django, so
that it starts in no time.
"""

import hashlib
import io
import json
import resource
import sys
import zipfile
import zlib
from contextlib import suppress
from xml.parsers import expat

SECONDS = 8
MEMORY = 400 * 1024 * 1024
# Bytes of XML, unpacked. mammoth takes fifty times as much.
LARGEST_XML = 8 * 1024 * 1024
# Of pictures: unpacked, all of a document, which are hardly smaller packed; and how many are taken of it.
LARGEST_PICTURES = 40 * 1024 * 1024
MOST_PICTURES = 20
MOST_PARTS = 3_000
DEEPEST = 200
MAIN = "word/document.xml"
MEDIA = "word/media/"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math oMath"
DRAWN = (
    "http://schemas.openxmlformats.org/drawingml/2006/chart chart",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram relIds",
)
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""


class Pictures:
    """The pictures of a document, each once: their bytes, and what is said of each."""

    def __init__(self):
        self.contents, self.words, self.numbers = [], [], {}
        self.left_out = 0

    def element(self, image):
        """Return the elements in the place of one."""
        from mammoth import html

        number = self.number(image)
        if number is None:
            self.left_out += 1
            return []
        self.words[number] = self.words[number] or (image.alt_text or "")
        return [html.element("img", {"src": str(number)})]

    def number(self, image):
        """Return the number of one; None where it is somewhere else, or there is no room for it."""
        try:
            with image.open() as file:
                content = file.read()
        # mammoth has no one error for what is not in the document.
        except Exception:
            return None
        digest = hashlib.sha256(content).digest()
        if digest not in self.numbers:
            if len(self.contents) == MOST_PICTURES:
                return None
            self.numbers[digest] = len(self.contents)
            self.contents.append(content)
            self.words.append("")
        return self.numbers[digest]

    @property
    def said(self):
        return [
            {"size": len(content), "words": words}
            for content, words in zip(self.contents, self.words, strict=True)
        ]


class Refused(Exception):
    """The document is not read: the first argument is one of ERRORS."""


class Part:
    """Looks through the XML of a part before anything is built of it."""

    def __init__(self, xml):
        self.depth = self.formulas = self.drawings = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self.refuse
        parser.EntityDeclHandler = self.refuse
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.Parse(xml, True)

    def refuse(self, *declared):
        # Word writes none: with entities a few lines become gigabytes.
        raise Refused("broken")

    def start(self, name, attributes):
        self.depth += 1
        self.formulas += name == MATH
        self.drawings += name in DRAWN
        if self.depth > DEEPEST:
            raise Refused("too_long")

    def end(self, name):
        self.depth -= 1


def looked_through(file):
    """Return a document with nothing but pictures and the parts that were looked through, and its main Part."""
    checked, main = io.BytesIO(), None
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(checked, "w") as copy:
        entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise Refused("locked")
        texts = [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))]
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in texts) > LARGEST_XML:
            raise Refused("too_long")
        for entry in texts:
            # No more is read than was stated.
            xml = archive.read(entry)
            part = Part(xml)
            if entry.filename == MAIN:
                main = part
            copy.writestr(entry.filename, xml)
        room = LARGEST_PICTURES
        for entry in entries:
            # What has no room is not found below.
            if entry.filename.startswith(MEDIA) and entry.file_size <= room:
                room -= entry.file_size
                with suppress(zipfile.BadZipFile, zlib.error, NotImplementedError):
                    copy.writestr(entry.filename, archive.read(entry))
    if main is None:
        raise Refused("other")
    return checked, main


def read(file):
    """Return what is written in a document, and the bytes of its pictures, see the module."""
    import mammoth
    from mammoth.raw_text import extract_raw_text_from_element

    file, main = looked_through(file)
    title = ""
    pictures = Pictures()

    def without_title(document):
        nonlocal title
        written = [
            each for each in document.children if extract_raw_text_from_element(each).strip()
        ]
        first = written[0] if written else None
        if (getattr(first, "style_name", None) or "").lower() != "title":
            return document
        title = " ".join(extract_raw_text_from_element(first).split())
        return document.copy(children=[each for each in document.children if each is not first])

    html = mammoth.convert_to_html(
        file,
        style_map=STYLES,
        # A document may bring one, by which its words would go elsewhere or be left out.
        include_embedded_style_map=False,
        transform_document=without_title,
        convert_image=pictures.element,
    ).value
    found = {
        "html": html,
        "title": title,
        "pictures": pictures.said,
        "left_out": pictures.left_out + main.drawings,
        "formulas": main.formulas,
    }
    return found, pictures.contents


def main():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    pictures = []
    try:
        found, pictures = read(io.BytesIO(sys.stdin.buffer.read()))
    except Refused as refused:
        found = {"error": refused.args[0]}
    except (MemoryError, RecursionError):
        found = {"error": "too_long"}
    # A broken document fails in as many ways as it has parts.
    except Exception:
        found = {"error": "broken"}
    sys.stdout.buffer.write(json.dumps(found).encode() + b"\n" + b"".join(pictures))


if __name__ == "__main__":
    main()
