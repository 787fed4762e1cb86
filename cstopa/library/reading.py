"""What a file of a picture may be: see ``picture_in``."""

import json
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from cstopa.library.apart import LARGEST, SECONDS, TOO_LARGE, Busy, TooMuch, answer_of

# Pixels of a picture, which are counted before any is decoded.
MOST_PIXELS = 50_000_000
PROCESS = Path(__file__).parent / "process.py"

ERRORS = {
    "empty": _("There is no file."),
    "too_large": TOO_LARGE,
    "drawing": _(
        "This is SVG, HTML or another text, which may hold a program: save the picture as PNG."
    ),
    "heic": _("This is a HEIC of a telephone: save it as JPEG."),
    "other": _("This is no picture that browsers show: JPEG, PNG, WebP, AVIF or GIF is."),
    "animated": _("The picture moves: save one frame of it."),
    "double": _(
        "Behind the picture stands something else, such as an archive or a program: save the picture anew."
    ),
    "too_many_pixels": _("The picture has more than 50 megapixels: save it smaller."),
    "broken": _("The picture is broken or was cut off: save it anew."),
    "too_much": _("The picture is too large or too intricate: save it smaller."),
    "busy": _("Another picture is being read: try again in a moment."),
}


@dataclass(frozen=True)
class CleanPicture:
    """What was drawn anew from a file: nothing of the file itself is in its bytes.

    ``kind`` is ``"jpg"`` or ``"png"``; width and height are in pixels, as it stands upright.
    """

    content: bytes
    kind: str
    width: int
    height: int


def refused(code):
    return ValidationError(ERRORS[code], code=code, params={"largest": filesizeformat(LARGEST)})


def picture_in(content, seconds=SECONDS):
    """Return the CleanPicture in the bytes of a file; ValidationError tells why there is none in so many seconds."""
    if not content:
        raise refused("empty")
    if len(content) > LARGEST:
        raise refused("too_large")
    [found], parts = run(content, "clean", MOST_PIXELS, seconds=seconds)
    return CleanPicture(parts[0], found["kind"], found["width"], found["height"])


def run(content, *arguments, seconds=SECONDS):
    """Return what PROCESS says of a picture and the bytes of each that it drew: two lists, as long."""
    try:
        answer = answer_of(PROCESS, content, *arguments, seconds=seconds)
    except Busy:
        raise refused("busy") from None
    except TooMuch:
        raise refused("too_much") from None
    head, _newline, rest = answer.partition(b"\n")
    said = json.loads(head)
    if "error" in said:
        raise refused(said["error"])
    parts = []
    for each in said["drawn"]:
        parts.append(rest[: each["size"]])
        rest = rest[each["size"] :]
    return said["drawn"], parts
