"""A document of Word as a text: see ``converted``."""

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
class Document:
    """``html`` is what a text may have; the ``title`` is not in it. ``notes`` say what was left out."""

    html: str
    title: str
    notes: tuple[str, ...]


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


def converted(content):
    """Return the Document in the bytes of a .docx; ValidationError tells what is wrong with it."""
    if len(content) > LARGEST:
        raise refused("too_large")
    if error := format_of(content):
        raise refused(error)
    found = read_apart(content)
    if error := found.get("error"):
        raise refused(error)
    text = cleaned(found["html"])
    if not text.html and not found["title"]:
        raise refused("no_words")
    return Document(text.html, found["title"], tuple(notes(found["pictures"], found["formulas"])))


def read_apart(content):
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
        return {"error": "too_long"}
    finally:
        conversions.release()
    # It ends without a word where it took more than it may.
    return json.loads(done.stdout) if done.returncode == 0 else {"error": "too_long"}


def notes(pictures, formulas=0):
    """Yield what was left out, in words."""
    if pictures:
        yield ngettext(
            "%(number)d picture was left out: pictures are not taken from documents yet.",
            "%(number)d pictures were left out: pictures are not taken from documents yet.",
            pictures,
        ) % {"number": pictures}
    if formulas:
        yield ngettext(
            "%(number)d formula was left out: write it in words.",
            "%(number)d formulas were left out: write them in words.",
            formulas,
        ) % {"number": formulas}
