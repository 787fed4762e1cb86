"""A document of Word as a text: see ``read``."""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cstopa.pasting.cleaning import cleaned

# Bytes. Of most, pictures are the greater part.
LARGEST = 20 * 1024 * 1024
# Of a clock, where PROCESS has as many of a processor as it bounds itself.
SECONDS = 16
PROCESS = Path(__file__).parent / "docx_process.py"
# One after another in each worker: their memory is not the worker's.
conversions = threading.BoundedSemaphore(1)

ERRORS = {
    "empty": _("There is no file."),
    "too_large": _(
        "The file is larger than %(largest)s: leave its pictures out, or paste its text."
    ),
    "pdf": _("This is a PDF: take the document of Word of which it was made."),
    "old": _("This is no .docx: open it in Word and save it as .docx."),
    "locked": _("The document has a password: save it without one."),
    "other": _("This is no document of Word: only .docx is read."),
    "broken": _("The document is broken: open it in Word and save it anew."),
    "too_long": _("The document is too long or too intricate: paste its text in parts."),
    "no_words": _("There are no words in the document."),
    "busy": _("Another document is being read: try again in a moment."),
}
ZIP, OLE, RTF, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF-"
# In a document of Word with a password, as Windows writes names.
LOCKED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Embedded:
    """A picture in a document: any bytes, and what Word says of it to who does not see it."""

    content: bytes
    words: str


@dataclass(frozen=True)
class Document:
    """What is read of one: ``title`` is not in its ``html``, whose pictures are named by their numbers."""

    html: str
    title: str
    pictures: tuple[Embedded, ...]
    left_out: int
    formulas: int

    def text(self, codes=None):
        """Return a Cleaned, with those of its pictures that have a code, ``{number: code}``.

        ValidationError where there would be nothing in it.
        """
        codes = {str(number): code for number, code in (codes or {}).items()}
        text = cleaned(self.html, codes)
        if not text.html and not self.title:
            raise refused("no_words")
        return text


def refused(code):
    return ValidationError(ERRORS[code], code=code, params={"largest": filesizeformat(LARGEST)})


def format_of(content):
    """Return one of ERRORS for what is no .docx by its first bytes, or None."""
    if content.startswith(ZIP):
        return None
    if content.startswith(OLE):
        return "locked" if LOCKED in content else "old"
    if content.startswith(PDF):
        return "pdf"
    return "old" if content.startswith(RTF) else "other" if content else "empty"


def read(content):
    """Return the Document in the bytes of a .docx; ValidationError tells what is wrong with it."""
    if len(content) > LARGEST:
        raise refused("too_large")
    if error := format_of(content):
        raise refused(error)
    answer = answer_of(content)
    head, _newline, rest = answer.partition(b"\n")
    found = json.loads(head)
    if error := found.get("error"):
        raise refused(error)
    pictures = []
    for each in found.pop("pictures"):
        pictures.append(Embedded(rest[: each["size"]], each["words"]))
        rest = rest[each["size"] :]
    return Document(pictures=tuple(pictures), **found)


def answer_of(content):
    """Return what PROCESS says of a document."""
    if not conversions.acquire(timeout=SECONDS / 4):
        raise refused("busy")
    try:
        done = subprocess.run(
            [sys.executable, "-I", PROCESS],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise refused("too_long") from None
    finally:
        conversions.release()
    # It ends without a word where it took more than it may.
    if done.returncode:
        raise refused("too_long")
    return done.stdout


def notes(left_out, formulas=0, may_add=True):
    """Yield what was left out, in words."""
    if left_out and not may_add:
        yield ngettext(
            "%(number)d picture was left out: you may not add pictures.",
            "%(number)d pictures were left out: you may not add pictures.",
            left_out,
        ) % {"number": left_out}
    elif left_out:
        yield ngettext(
            "%(number)d picture was left out: paste or drop it by itself.",
            "%(number)d pictures were left out: paste or drop them by themselves.",
            left_out,
        ) % {"number": left_out}
    if formulas:
        yield ngettext(
            "%(number)d formula was left out: write it in words.",
            "%(number)d formulas were left out: write them in words.",
            formulas,
        ) % {"number": formulas}
