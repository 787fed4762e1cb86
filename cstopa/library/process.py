"""Draws pictures anew: a process of its own, which no file can make large or slow, or end with the site.

``python -I process.py clean MOST_PIXELS < file`` writes a line of JSON, ``{"drawn": [{"size", …}]}`` or
``{"error"}``, one of ERRORS of ``reading.py``; after it the bytes of each that was drawn. ``render X Y`` draws
what readers get of a clean picture, whose focal point is at so many percent. It knows nothing of Django, so
that it starts in no time.
"""

import io
import json
import re
import resource
import sys
from contextlib import suppress

from PIL import Image, ImageCms, ImageOps

SECONDS = 60
MEMORY = 1200 * 1024 * 1024
# Pixels of a side that are kept: no page needs more, and what is drawn from them costs the less.
LONGEST = 4096
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
TEXT = re.compile(rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<[\0]?[!?a-zA-Z]")
# What starts a segment of a JPEG, or ends it: no zero, which says that there is none, and no restart.
MARKER = re.compile(rb"\xff([^\0\xff\xd0-\xd7])")
# What is opened, or run, where it begins what stands behind a picture; what is, wherever it stands there.
BEGINS = re.compile(
    rb"[\s\xef\xbb\xbf\xfe\xff]*"
    rb"(PK\x03\x04|Rar!\x1a|7z\xbc\xaf|%PDF-|MZ|\x7fELF|#!|(?i:<(!doctype|html|svg|script|\?php|\?xml)))"
)
HOLDS = re.compile(rb"%PDF-|%%EOF|(?i:<script|<\?php)")
HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1")
# Photographs keep their detail: what readers get is drawn from them once more.
SAVED = {
    "jpg": {"format": "JPEG", "quality": 92, "subsampling": 0, "optimize": True},
    "png": {"format": "PNG"},
}
# What readers get: the whole of it, and a crop that cards and other sites have room for; in these widths,
# as far as it is so wide; in formats of which a browser takes the first that it knows.
SHAPES = {"whole": None, "wide": 16 / 9}
WIDTHS = (480, 800, 1200, 1920)
RENDERED = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 8},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "optimize": True, "progressive": True},
    "png": {"format": "PNG", "optimize": True},
}


class Refused(Exception):
    """The picture is not read: the first argument is one of ERRORS."""


def opened(content):
    """Return the picture in a file, of which nothing but its head was read."""
    # What is larger is refused below, with a sentence.
    Image.MAX_IMAGE_PIXELS = None
    try:
        return Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.UnidentifiedImageError:
        if TEXT.match(content):
            raise Refused("drawing") from None
        if content[4:8] == b"ftyp" and content[8:12] in HEIC:
            raise Refused("heic") from None
        raise Refused("other") from None


def upright(picture, longest=LONGEST):
    """Return a picture as it is to be seen, at most so long: RGB, or RGBA where it is transparent."""
    if picture.mode.startswith("I"):
        # Sixteen bits of grey, which Pillow would cut instead of dividing.
        picture = picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    elif picture.has_transparency_data or picture.mode in ("P", "PA", "LA", "1"):
        profile = picture.info.get("icc_profile")
        picture = picture.convert("RGBA")
        picture.info["icc_profile"] = profile
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    # What is said of a picture may be broken where the picture is not.
    with suppress(Exception):
        picture = ImageOps.exif_transpose(picture)
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    picture = in_srgb(picture)
    if alpha and alpha.getextrema()[0] < 255:
        picture.putalpha(alpha)
    # Comments and profiles, which Pillow would write again.
    picture.info = {}
    return picture


def in_srgb(picture):
    """Return a picture in the colours that a browser takes for granted, without its profile."""
    profile = picture.info.get("icc_profile")
    if picture.mode == "RGBA":
        picture = picture.convert("RGB")
    if profile:
        # One that is not of this picture, or is none, browsers leave aside as well.
        with suppress(ImageCms.PyCMSError, OSError):
            return ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
    return picture.convert("RGB")


def end_of(content, form):
    """Return where a picture ends in its file; Refused where it has no end."""

    def number(at, size, order="big"):
        return int.from_bytes(content[at : at + size], order)

    def past_colours(at):
        return at + 1 + (3 << (content[at] % 8 + 1) if content[at] & 0x80 else 0)

    at = 0
    match form:
        case "JPEG" | "MPO":
            at = 2
            while found := MARKER.search(content, at):
                at = found.end()
                if found[1] == b"\xd9":
                    return at
                at += number(at, 2)
        case "PNG":
            at = 8
            while at < len(content):
                name, at = content[at + 4 : at + 8], at + 12 + number(at, 4)
                if name == b"IEND":
                    return at
        case "GIF":
            at = past_colours(10) + 2
            while (block := content[at : at + 1]) and block in b"!,":
                at = at + 2 if block == b"!" else past_colours(at + 9) + 1
                while size := number(at, 1):
                    at += 1 + size
                at += 1
            return at + (block == b";")
        case "WEBP":
            return 8 + number(4, 4, "little")
        case "AVIF":
            while 8 <= (size := number(at, 4)) <= len(content) - at:
                at += size
            return at
    raise Refused("broken")


def is_double(content, form):
    """Return whether an archive, a page, a document or a program stands behind the end of a picture.

    What cameras put there is none of them: a film, a second photograph, their own notes.
    """
    behind = content[end_of(content, form) :]
    return bool(
        # Between signs of two bytes each, and before what was padded.
        BEGINS.match(behind.lstrip(b"\0")[:4_000].replace(b"\0", b""))
        or HOLDS.search(behind)
        # The table of an archive, and its end: programs look for them from behind.
        or -1 < behind.find(b"PK\1\2") < behind.rfind(b"PK\5\6")
    )


def clean(content, most_pixels):
    """Return the one picture in a file, as ``[(what is said of it, bytes)]``."""
    picture = opened(content)
    if picture.width * picture.height > int(most_pixels):
        raise Refused("too_many_pixels")
    # Telephones put a second photograph behind the first: that is no animation.
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise Refused("animated")
    if is_double(content, picture.format):
        raise Refused("double")
    is_photograph = picture.format in ("JPEG", "MPO", "WEBP", "AVIF")
    picture = upright(picture)
    kind = "jpg" if is_photograph and picture.mode == "RGB" else "png"
    return [drawn(picture, kind, **SAVED[kind])]


def drawn(picture, kind, **how):
    file = io.BytesIO()
    picture.save(file, **how)
    said = {"kind": kind, "width": picture.width, "height": picture.height}
    return said, file.getvalue()


def crop(picture, ratio, x, y):
    """Return the largest part of a picture that has a ratio, as near around a point as there is room."""
    if ratio is None:
        return picture
    width = min(picture.width, max(1, round(picture.height * ratio)))
    height = min(picture.height, max(1, round(picture.width / ratio)))
    left = min(max(0, round(picture.width * x - width / 2)), picture.width - width)
    top = min(max(0, round(picture.height * y - height / 2)), picture.height - height)
    return picture.crop((left, top, left + width, top + height))


def render(content, x, y):
    """Return all that readers get of a clean picture, as ``clean`` does."""
    picture = opened(content)
    kinds = ("avif", "webp", picture.format.lower().replace("jpeg", "jpg"))
    parts = []
    for shape, ratio in SHAPES.items():
        cropped = crop(picture, ratio, int(x) / 100, int(y) / 100)
        for width in sorted({min(width, cropped.width) for width in WIDTHS}):
            height = max(1, round(cropped.height * width / cropped.width))
            resized = cropped.resize((width, height), Image.Resampling.LANCZOS)
            for kind in kinds:
                said, part = drawn(resized, kind, **RENDERED[kind])
                parts.append((said | {"shape": shape}, part))
    return parts


COMMANDS = {"clean": clean, "render": render}


def answer(content, command, *arguments):
    """Return the bytes that say what became of a file, see the module."""
    try:
        pictures = COMMANDS[command](content, *arguments)
    except Refused as refused:
        said, pictures = {"error": refused.args[0]}, []
    except MemoryError:
        said, pictures = {"error": "too_much"}, []
    # A broken picture fails in as many ways as it has parts.
    except Exception:
        said, pictures = {"error": "broken"}, []
    else:
        said = {"drawn": [{**said, "size": len(part)} for said, part in pictures]}
    return json.dumps(said).encode() + b"\n" + b"".join(part for _said, part in pictures)


def main():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), *sys.argv[1:]))


if __name__ == "__main__":
    main()
