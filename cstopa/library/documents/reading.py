"""What a file of a document may be: see ``document_in``."""

import json
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from cstopa.library.apart import LARGEST, TOO_LARGE, Busy, TooMuch, answer_of
from cstopa.models.fields import readable

PROCESS = Path(__file__).parent / "process.py"

ERRORS = {
    "empty": _("There is no file."),
    "too_large": TOO_LARGE,
    "text": _("This is HTML, SVG or another text, which may hold a program: save it as PDF."),
    "old": _("This is a document of an older kind: open it, and save it as PDF or .docx."),
    "locked": _("The document has a password, or is encrypted: save it without."),
    "program": _("The document holds a program (a macro or a script): save it without, or as PDF."),
    "other": _("This is no document that is taken: PDF, DOCX, ODT and XLSX are."),
    "broken": _("The document is broken, was cut off or has something added: save it anew."),
    "too_much": _("The document is too large or too intricate when it is opened: save it smaller."),
    "busy": _("Another document is being read: try again in a moment."),
}


@dataclass(frozen=True)
class CleanDocument:
    """The bytes of a document that was looked through, and of which Kind it is."""

    content: bytes
    kind: str

    @property
    def size(self):
        return len(self.content)


def refused(code):
    return ValidationError(ERRORS[code], code=code, params={"largest": filesizeformat(LARGEST)})


def document_in(content):
    """Return the CleanDocument in the bytes of a file; ValidationError tells why there is none."""
    if not content:
        raise refused("empty")
    if len(content) > LARGEST:
        raise refused("too_large")
    return CleanDocument(content, said_of(content, "kind")["kind"])


def text_in(content):
    """Return the words of a document, a paragraph in each line; ValidationError where it is none."""
    # A PDF says as a letter whatever it likes: NUL, or half of one, which no database takes.
    return readable(said_of(content, "text")["text"])


def said_of(content, command):
    """Return what PROCESS says of a document; ValidationError for what it refuses."""
    try:
        said = json.loads(answer_of(PROCESS, content, command))
    except Busy:
        raise refused("busy") from None
    except TooMuch:
        raise refused("too_much") from None
    if "error" in said:
        raise refused(said["error"])
    return said
