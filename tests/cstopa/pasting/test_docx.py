"""Documents of Word, and what only claims to be one."""

import io
import random
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError

from cstopa.models.richtext import in_plain_words
from cstopa.pasting.docx import ERRORS, LARGEST, notes, read
from tests.cstopa.pasting.wordfile import (
    NAMESPACES,
    PICTURE,
    document,
    p,
    relationships,
    run,
    table,
)

LINK = f'<w:hyperlink r:id="rId4">{run("the programme")}</w:hyperlink>'
NOTE = '<w:r><w:footnoteReference w:id="1"/></w:r>'
COMMENT = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
FORMULA = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"


def test_a_document_becomes_a_text():
    found = read(
        document(
            p("Итоги ", run("сессии"), style="Title"),
            p("Part one", style="1"),
            p(
                "“Smart” ",
                run("bold", "b"),
                ", ",
                run("both", "b i"),
                "; 10\u00a0депутатов ",
                f'<w:del w:id="1"><w:r><w:delText>never</w:delText></w:r></w:del>'
                f'<w:ins w:id="2">{run("always")}</w:ins>',
                COMMENT.format(run(" here")),
                NOTE,
            ),
            p(""),
            p("one", style="a3", level=0),
            p("nested", style="a3", level=1),
            p("two", style="a3", level=0),
            p("first", style="a3", level=0, number=2),
            p("Smaller", style="2"),
            table(("State", "Seats"), ("Belarus", "7")),
            p("Said", style="Quote"),
            p("See ", LINK, PICTURE, PICTURE, FORMULA),
        )
    )
    assert found.title == "Итоги сессии"
    text = found.text()
    assert text.html == (
        "<h2>Part one</h2>"
        "<p>“Smart” <strong>bold</strong>, <strong><em>both</em></strong>; 10&nbsp;депутатов always"
        " here<sup>[1]</sup></p>"
        "<ul><li>one<ul><li>nested</li></ul></li><li>two</li></ul><ol><li>first</li></ol>"
        "<h3>Smaller</h3>"
        '<table><thead><tr><th scope="col">State</th><th scope="col">Seats</th></tr></thead>'
        "<tbody><tr><td>Belarus</td><td>7</td></tr></tbody></table>"
        "<blockquote><p>Said</p></blockquote>"
        '<p>See <a href="https://example.org/programme?page=2">the programme</a></p>'
        "<ol><li>a note</li></ol>"
    )
    left_out = notes(text.pictures, found.formulas)
    assert [note.split(":")[0] for note in left_out] == [
        "2\u00a0pictures were left out",
        "1\u00a0formula was left out",
    ]


def test_a_title_in_the_middle_is_a_heading_of_the_text():
    found = read(document(p("a"), p("b", style="Title")))
    assert (found.title, found.text().html) == ("", "<p>a</p><h2>b</h2>")


def pictures(*numbers):
    """Return the relations of a document to pictures, and what stands for each in its text."""
    ids = {number: f"rId{number + 20}" for number in numbers}
    known = ("rId1", "styles", "styles.xml"), ("rId3", "numbering", "numbering.xml")
    images = ((id_, "image", f"media/image{number}.png") for number, id_ in ids.items())
    relations = relationships(*known, *images)
    return relations, [PICTURE.replace("rId2", id_) for id_ in ids.values()]


def test_pictures_stand_beside_what_has_them():
    relations, (one, two, three, four) = pictures(1, 2, 3, 4)
    found = read(
        document(
            p(one, "first"),
            p("sec", two, "ond"),
            p("an item", two, level=0),
            p("another", level=0),
            table(("State", "Seats"), ("Belarus", three)),
            p("last"),
            p(four),
            files={"word/_rels/document.xml.rels": relations}
            # The fourth is the third once more.
            | {f"word/media/image{n}.png": bytes([min(n, 3)]) * 9 for n in range(1, 5)},
        )
    )
    assert [each.content[0] for each in found.pictures] == [1, 2, 3]
    assert {each.words for each in found.pictures} == {"photo"}
    text = found.text({0: "a", 1: "b", 2: "c"})
    assert text.pictures == found.left_out == 0
    assert text.html.replace("[[picture:", "").replace("]]", "") == (
        "<p>a</p><p>first</p><p>second</p><p>b</p><ul><li>an item</li></ul><p>b</p>"
        "<ul><li>another</li></ul>"
        '<table><thead><tr><th scope="col">State</th><th scope="col">Seats</th></tr></thead>'
        "<tbody><tr><td>Belarus</td><td></td></tr></tbody></table><p>c</p><p>last</p><p>c</p>"
    )
    # One that is refused is left out, and the others stay.
    text = found.text({1: "b"})
    assert (text.html.count("[[picture:b]]"), text.pictures) == (2, 3)


def test_twenty_megabytes_of_pictures_take_no_time():
    picture = random.Random(1).randbytes(LARGEST - 10_000)
    content = document(p("words", PICTURE), files={"word/media/image1.png": picture})
    assert LARGEST - 10_000 < len(content) <= LARGEST
    found = read(content)
    assert found.text().html == "<p>words</p>"
    assert [each.content for each in found.pictures] == [picture]


def test_of_pictures_no_more_are_unpacked_than_there_is_room_for():
    relations, shown = pictures(*range(25))
    files = {f"word/media/image{number}.png": bytes([number]) for number in range(25)}
    # A bomb.
    files["word/media/image0.png"] = bytes(45 * 1024 * 1024)
    found = read(
        document(*map(p, shown), files={"word/_rels/document.xml.rels": relations} | files)
    )
    assert [each.content[0] for each in found.pictures] == [*range(1, 21)]
    assert found.left_out == 5


def test_a_picture_elsewhere_is_not_fetched():
    relations, (one,) = pictures(1)
    linked = one.replace("r:embed", "r:link")
    relations = relations.replace('Target="media/image1.png"', 'Target="file:///etc/passwd"')
    for each in (one, linked):
        found = read(document(p("a", each), files={"word/_rels/document.xml.rels": relations}))
        assert (found.pictures, found.left_out) == ((), 1)


LAUGHS = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa">{}]>'.format(
    "".join(
        f'<!ENTITY {name} "{f"&{inner};" * 10}">'
        for inner, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
)


def with_main(xml):
    return document(files={"word/document.xml": xml})


def body(inner, before=""):
    return f"{before}<w:document {NAMESPACES}><w:body>{inner}</w:body></w:document>"


def locked_zip():
    content = bytearray(document(p("a")))
    # The flag of each entry in the directory at the end, and before each entry.
    for sign, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(sign)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(sign, at + 4)
    return bytes(content)


def workbook():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


REFUSED = {
    "nothing": (lambda: b"", "empty"),
    "100 MB": (lambda: b"PK\x03\x04" + bytes(100 * 1024 * 1024), "too_large"),
    "a .doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "old"),
    "with a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "locked",
    ),
    "a locked zip": (locked_zip, "locked"),
    "an .rtf": (lambda: rb"{\rtf1\ansi words}", "old"),
    "a .pdf": (lambda: b"%PDF-1.7 ...", "pdf"),
    "a picture": (lambda: b"\x89PNG\r\n", "other"),
    "a workbook": (workbook, "other"),
    "half a zip": (lambda: document(p("a" * 5000))[:-200], "broken"),
    "a zip of other bytes": (lambda: b"PK\x03\x04" + bytes(range(256)) * 9, "broken"),
    "no XML": (lambda: with_main("words"), "broken"),
    "half an XML": (lambda: with_main(body(p("a"))[:-20]), "broken"),
    "no relations": (
        lambda: document(p("a"), files={"_rels/.rels": "<a/>", "word/document.xml": "<a/>"}),
        "broken",
    ),
    "a billion laughs": (lambda: with_main(body(p("&i;"), LAUGHS)), "broken"),
    "laughs elsewhere": (
        lambda: document(p("a"), files={"word/styles.xml": f"{LAUGHS}<a>&i;</a>"}),
        "broken",
    ),
    "laughs in UTF-16": (
        lambda: with_main(
            ('<?xml version="1.0" encoding="UTF-16"?>' + body(p("&i;"), LAUGHS)).encode("utf-16")
        ),
        "broken",
    ),
    "a file of the server": (
        lambda: with_main(body(p("&a;"), '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>')),
        "broken",
    ),
    "a bomb": (
        lambda: document(p("a"), files={"word/document.xml": bytes(200 * 1024 * 1024)}),
        "too_long",
    ),
    "ten thousand parts": (
        lambda: document(p("a"), files={f"word/{number}.xml": "<a/>" for number in range(10_000)}),
        "too_long",
    ),
    "a deep one": (lambda: with_main(body("<w:ins>" * 5000 + "</w:ins>" * 5000)), "too_long"),
    "endless text": (lambda: document(*[p("слово " * 30)] * 2000), "too_long"),
    "endless paragraphs": (lambda: document(*[p("a")] * 70_000), "too_long"),
    "no words": (lambda: document(p(" "), p(PICTURE)), "no_words"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_document_gets_a_sentence_within_seconds(name):
    make, code = REFUSED[name]
    content = make()
    start = time.monotonic()
    with pytest.raises(ValidationError) as refused:
        read(content).text()
    assert time.monotonic() - start < 25
    assert (refused.value.code, name) == (code, name)
    (sentence,) = refused.value.messages
    assert sentence.endswith(".")


def test_every_sentence_is_met():
    assert {code for _make, code in REFUSED.values()} == {*ERRORS} - {"busy"}


def test_a_broken_document_is_read_or_refused(chance):
    whole = document(p("words"), table(("a", "b")), p(LINK, NOTE))
    for _each in range(8):
        content = bytearray(whole)
        for _byte in range(chance.randrange(1, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        assert outcome(bytes(content)) in {"read", *ERRORS}


def outcome(content):
    try:
        return "read" if in_plain_words(read(content).text().html) else "lost"
    except ValidationError as error:
        return error.code
