"""Files of pictures, good and bad, made of a few pixels."""

import io
import struct
import zlib

from PIL import Image, ImageDraw


def picture(width=60, height=40, mode="RGB"):
    """Return a picture whose quarters differ: red, green, blue and white."""
    drawn = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(drawn)
    x, y = width // 2, height // 2
    draw.rectangle((0, 0, x - 1, y - 1), fill=(200, 30, 30))
    draw.rectangle((x, 0, width, y - 1), fill=(30, 160, 30))
    draw.rectangle((0, y, x - 1, height), fill=(30, 30, 200))
    return drawn.convert(mode)


def saved(drawn, kind="JPEG", **how):
    file = io.BytesIO()
    drawn.save(file, kind, **how)
    return file.getvalue()


def jpeg(**size):
    return saved(picture(**size), quality=95)


def chunk(name, content):
    checked = name + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def png_that_claims(width, height, pixels=b""):
    """Return a PNG of a few bytes whose head says how large it is."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(pixels)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def gif_of(frames):
    """Return a GIF of so many frames of one pixel."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = (
        b"!\xf9\x04\0\x01\0\0\0" + b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02D\x01\0"
    )
    return head + frame * frames + b";"
