"""Pictures, and what only claims to be one."""

import io
import json
import random
import time
import zipfile
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms

from cstopa.library import process
from cstopa.library.reading import ERRORS, LARGEST, MOST_PIXELS, picture_in
from tests.cstopa.library.picturefile import (
    gif_of,
    jpeg,
    picture,
    png_that_claims,
    saved,
)

KINDS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
PROGRAM = b"<script>alert(1)</script><?php system($_GET[0]); ?>"


def code_of(content):
    with pytest.raises(ValidationError) as refused:
        picture_in(content)
    return refused.value.code


def quarters(found):
    """Return the colours of the four quarters of what was found, from the upper left."""
    drawn = Image.open(io.BytesIO(found.content)).convert("RGB")
    across, down = drawn.width // 4, drawn.height // 4
    return [drawn.getpixel((x, y)) for y in (down, 3 * down) for x in (across, 3 * across)]


def is_near(one, other):
    return all(abs(a - b) < 16 for a, b in zip(one, other, strict=True))


def archive():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("evil.html", PROGRAM)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "jpg"), ("AVIF", "jpg"), ("GIF", "png")],
)
def test_a_picture_is_drawn_anew(kind, becomes):
    found = picture_in(saved(picture(), kind))
    assert (found.kind, found.width, found.height) == (becomes, 60, 40)
    with Image.open(io.BytesIO(found.content)) as drawn:
        assert drawn.size == (60, 40)
        assert drawn.format == {"jpg": "JPEG", "png": "PNG"}[becomes]
    red, green, blue, white = quarters(found)
    assert is_near(red, (200, 30, 30))
    assert is_near(green, (30, 160, 30))
    assert is_near(blue, (30, 30, 200))
    assert is_near(white, (255, 255, 255))


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF"])
def test_what_is_transparent_stays_so(kind):
    drawn = picture(mode="RGBA")
    drawn.putalpha(Image.linear_gradient("L").resize(drawn.size))
    found = picture_in(saved(drawn, kind))
    assert found.kind == "png"
    assert Image.open(io.BytesIO(found.content)).mode == "RGBA"


@pytest.mark.parametrize("mode", ["L", "1", "CMYK", "P", "LA", "I;16"])
def test_every_mode_is_read(mode):
    if mode == "I;16":
        content = saved(Image.new("I;16", (8, 8), 0x8000), "PNG")
    else:
        content = saved(picture(mode=mode), "JPEG" if mode == "CMYK" else "PNG")
    drawn = Image.open(io.BytesIO(picture_in(content).content))
    assert drawn.mode in ("RGB", "RGBA")
    if mode == "I;16":
        assert drawn.getpixel((4, 4)) == (128, 128, 128)


def test_it_stands_upright_and_tells_no_place():
    exif = Image.Exif()
    # To be turned by a quarter, made by one camera, at one place.
    exif[0x0112], exif[0x010F] = 6, "Camera of somebody"
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 54.0, 0.0)})
    found = picture_in(saved(picture(), exif=exif, comment=b"taken secretly"))
    assert (found.width, found.height) == (40, 60)
    blue, red, white, green = quarters(found)
    assert is_near(red, (200, 30, 30))
    assert is_near(green, (30, 160, 30))
    assert is_near(blue, (30, 30, 200))
    assert is_near(white, (255, 255, 255))
    drawn = Image.open(io.BytesIO(found.content))
    assert not drawn.getexif()
    assert not any(words in found.content for words in (b"Camera", b"secretly", b"Exif"))


def test_colours_of_a_profile_become_those_of_browsers():
    lab = ImageCms.createProfile("LAB")
    srgb = ImageCms.createProfile("sRGB")
    profile = ImageCms.ImageCmsProfile(srgb).tobytes()
    found = picture_in(saved(picture(), "PNG", icc_profile=profile))
    assert is_near(quarters(found)[0], (200, 30, 30))
    assert "icc_profile" not in Image.open(io.BytesIO(found.content)).info
    # One that is not of this picture is left aside.
    wrong = ImageCms.ImageCmsProfile(lab).tobytes()
    for profile in (wrong, b"no profile"):
        found = picture_in(saved(picture(), "PNG", icc_profile=profile))
        assert is_near(quarters(found)[0], (200, 30, 30))


def test_a_large_one_becomes_smaller_and_keeps_its_shape():
    found = picture_in(jpeg(width=6000, height=3000))
    assert (found.width, found.height) == (process.LONGEST, process.LONGEST // 2)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(lambda: saved(picture(), comment=PROGRAM), id="in the comment"),
        pytest.param(lambda: saved(picture(), icc_profile=PROGRAM), id="in the profile"),
        pytest.param(
            lambda: saved(picture(), "WEBP", exif=b"Exif\0\0" + PROGRAM), id="in the exif"
        ),
        pytest.param(lambda: saved(picture(), "GIF", comment=PROGRAM), id="in a gif"),
    ],
)
def test_nothing_of_the_file_itself_remains(content):
    content = content()
    assert b"<script>" in content or b"evil.html" in content
    found = picture_in(content)
    assert not any(part in found.content for part in (b"<script", b"<?php", b"evil.html"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "behind",
    [
        archive(),
        b"a film " + archive(),
        PROGRAM,
        b"\0\0\r\n <HTML>",
        "\ufeff<svg>".encode("utf-16-le"),
        b"notes\xff\xd9\0<?PHP system($_GET[0]); ?>",
        b"%PDF-1.7",
        b"1 0 obj<<>>endobj startxref 0 %%EOF",
        b"MZ\x90\0",
        b"\x7fELF",
        b"#!/bin/sh",
    ],
)
def test_a_picture_with_something_else_behind_it_is_refused(kind, behind):
    content = saved(picture(), kind) + behind
    assert json.loads(process.answer(content, "clean", MOST_PIXELS)) == {"error": "double"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "behind",
    [
        # A film that moves the picture, a second photograph, notes of a telephone, what fills a block.
        b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + bytes(range(256)) * 9,
        b"\0\0\0\x3cftypmp42\0\0\0\0isommp42" + bytes(range(256)) * 9,
        b"<?xpacket begin=''?><x:xmpmeta/>",
        saved(picture(), comment=b'<?xpacket begin=""?><x:xmpmeta/>'),
        b"\0\0\x01\x0aMotionPhoto_Data" + b"SEFH\x6b\0\0\0SEFT",
        bytes(600),
        saved(picture(), "PNG")[-200:],
    ],
)
def test_what_cameras_put_behind_a_picture_is_left_out(kind, behind):
    assert b"drawn" in process.answer(saved(picture(), kind) + behind, "clean", MOST_PIXELS)[:20]


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("empty", lambda: b""),
        ("too_large", lambda: b"\xff\xd8" + bytes(LARGEST)),
        ("drawing", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        ("drawing", lambda: b'\xef\xbb\xbf<?xml version="1.0"?>\n<svg/>'),
        ("drawing", lambda: "<svg/>".encode("utf-16")),
        ("drawing", lambda: b"\n <!DOCTYPE html><img src=x onerror=alert(1)>"),
        ("heic", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        ("other", lambda: b"%PDF-1.7\n"),
        ("other", lambda: b"Just a letter."),
        ("other", archive),
        ("other", lambda: saved(picture(), "BMP")),
        ("other", lambda: saved(picture(), "TIFF")),
        ("broken", lambda: jpeg()[:-2] + archive()),
        ("broken", lambda: saved(picture(), "PNG")[:-12] + archive()),
        ("animated", lambda: gif_of(10_000)),
        (
            "animated",
            lambda: saved(picture(), "WEBP", save_all=True, append_images=[picture().rotate(180)]),
        ),
        (
            "animated",
            lambda: saved(picture(), "PNG", save_all=True, append_images=[picture().rotate(180)]),
        ),
        (
            "animated",
            lambda: saved(picture(), "AVIF", save_all=True, append_images=[picture().rotate(180)]),
        ),
        ("double", lambda: jpeg() + archive()),
        ("too_many_pixels", lambda: png_that_claims(10_000, 5_001)),
        ("too_many_pixels", lambda: png_that_claims(2**31 - 1, 2**31 - 1)),
        # Pixels that unpack to a thousand times the file, and to more than there are.
        ("too_many_pixels", lambda: png_that_claims(30_000, 30_000, bytes(50_000_000))),
        ("broken", lambda: png_that_claims(7_000, 7_000)),
        ("broken", lambda: jpeg(width=600)[:-600]),
        ("broken", lambda: saved(picture(600, 400), "PNG")[:-600]),
        ("broken", lambda: saved(picture(600, 400), "WEBP", quality=100)[:-100]),
        ("broken", lambda: saved(picture(600, 400), "AVIF")[:-100]),
        ("broken", lambda: saved(picture(), "GIF")[:-100]),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(code, content):
    started = time.monotonic()
    assert code_of(content()) == code
    assert time.monotonic() - started < 30
    assert str(ERRORS[code]).endswith(".")


def test_a_still_gif_and_an_unreadable_name_are_no_hindrance():
    assert picture_in(gif_of(1)).kind == "png"


def test_fifty_megapixels_are_read():
    assert MOST_PIXELS == 50_000_000
    found = picture_in(saved(Image.new("1", (10_000, 5_000)), "PNG"))
    assert (found.width, found.height) == (4096, 2048)


def test_mutated_files_are_read_or_refused():
    """Two hundred, by one process, which would end with what ends it; then some by their own."""
    chance = random.Random(12)
    good = [saved(picture(), kind) for kind in KINDS]
    mutated = [mutation(bytearray(chance.choice(good)), chance) for _each in range(200)]
    started = time.monotonic()
    outcomes = set()
    for content in mutated:
        said = json.loads(process.answer(content, "clean", MOST_PIXELS).partition(b"\n")[0])
        assert said.get("error", "other") in ERRORS
        outcomes.add(said.get("error"))
    assert outcomes >= {None, "broken"}
    for content in mutated[:8]:
        with suppress(ValidationError):
            assert picture_in(content).width
    assert time.monotonic() - started < 60


def mutation(content, chance):
    """Return a file with some bytes changed, left out, or said twice."""
    for _each in range(chance.randint(1, 8)):
        at = chance.randrange(len(content) or 1)
        length = chance.randint(1, 16)
        content[at : at + length] = chance.choice(
            (
                chance.randbytes(length),
                b"",
                content[at : at + length] * 2,
                b"\xff" * length,
                bytes(length),
            )
        )
    return bytes(content[: chance.choice((None, None, -chance.randint(1, 60)))])
