"""Documents, and what only claims to be one."""

import random
import time
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from cstopa.library.documents import process
from cstopa.library.documents.reading import ERRORS, LARGEST, document_in
from tests.cstopa.library.documents import documentfile as made
from tests.cstopa.library.picturefile import jpeg
from tests.cstopa.library.test_reading import mutation

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


def flagged(content):
    """Return an archive that says of its first part, in both places, that it is encrypted."""
    changed = bytearray(content)
    changed[6] |= 1
    changed[content.index(b"PK\1\2") + 8] |= 1
    return bytes(changed)


SCRIPT = {"/S": "/JavaScript", "/JS": "app.alert(1)"}
# Where a PDF may have one, and what.
PROGRAMS_OF_PDF = [
    ("/OpenAction", {"/S": "/Launch"}),
    ("/OpenAction", {"/S": "/GoTo", "/Next": [SCRIPT]}),
    ("/OpenAction", {"/S": "/Rendition", "/JS": "app.alert(1)"}),
    ("/Names", {"/JavaScript": {"/Names": ["a", SCRIPT]}}),
    ("/Outlines", {"/First": {"/A": SCRIPT}}),
    ("/AcroForm", {"/Fields": [{"/AA": {"/K": SCRIPT}}]}),
    ("/AcroForm", {"/XFA": ["template", b"<template><script>1</script></template>"]}),
]
# What looks like one: a letter of a font, a description in a form.
HARMLESS_IN_PDF = [
    ("/Fonts", {"/CharProcs": {"/S": {"/A": "b"}}}),
    ("/Fonts", {"/ColorSpace": {"/S": ["/ICCBased"]}}),
    ("/AcroForm", {"/XFA": ["template", b"<template><description>a</description></template>"]}),
]
HIDDEN_MACROS = made.types("word/document.xml", "wordprocessingml.document.main+xml").replace(
    "</Types>",
    '<Override PartName="/word/v.bin" ContentType="application/vnd.ms-office.vba&#80;roject"/></Types>',
)
LISTENER = '<o:body xmlns:o="o" xmlns:s="s"><s:event-listener s:event-name="load"/></o:body>'


@pytest.mark.parametrize(("at", "act"), HARMLESS_IN_PDF)
def test_what_looks_like_a_program_is_taken(at, act):
    assert process.answer(made.pdf(act=act, at=at), "kind") == {"kind": "pdf"}


@pytest.mark.parametrize("kind", [*made.GOOD])
def test_a_document_is_known_by_its_content(kind):
    assert document_in(made.GOOD[kind]()).kind == kind


def test_what_is_no_document_is_refused_with_a_sentence():
    bad = [
        ("empty", b""),
        ("too_large", b"%PDF-1.7\n" + bytes(LARGEST)),
        ("text", HTML),
        ("text", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("text", "<html>".encode("utf-16")),
        # Polyglots: the one in front of the other, and behind.
        ("text", HTML + made.docx()),
        ("broken", made.docx() + HTML),
        ("broken", made.pdf() + HTML),
        ("broken", made.pdf() + made.docx()),
        ("broken", made.repacked(made.docx())[:-2] + b"\x09\0" + b"<script/>"),
        ("other", jpeg()),
        ("other", b"Just a letter."),
        ("other", made.packed({"a.txt": "words"})),
        ("other", made.odt(kind="presentation")),
        ("old", OLE),
        ("old", b"{\\rtf1 words}"),
        ("locked", OLE + "EncryptedPackage".encode("utf-16-le")),
        ("locked", made.pdf(password="cheese")),
        ("locked", made.odt(manifest="<manifest><encryption-data/></manifest>")),
        ("locked", flagged(made.docx())),
        *(("program", made.pdf(act=act, at=at)) for at, act in PROGRAMS_OF_PDF),
        ("program", made.docx(kind=MACROS)),
        ("program", made.repacked(made.docx(), word__vbaProject=b"Sub")),
        ("program", made.repacked(made.docx(), **{"[Content_Types].xml": HIDDEN_MACROS})),
        ("program", made.repacked(made.odt(), Basic__Standard__script="Sub")),
        ("program", made.repacked(made.odt(), **{"content.xml": LISTENER})),
        ("program", made.repacked(made.odt(), **{"styles.xml": LISTENER})),
        ("broken", made.pdf()[:-60]),
        ("broken", made.docx()[:-60]),
        ("broken", b"%PDF-1.7\n%%EOF"),
        ("broken", made.repacked(made.docx(), **{"..__evil": "words"})),
        ("broken", made.repacked(made.docx(), **{"word__document.xml": ENTITIES})),
        ("too_much", made.bomb()),
        ("too_much", made.packed({f"{each}": "" for each in range(process.MOST_PARTS + 1)})),
    ]
    started = time.monotonic()
    for at, (code, content) in enumerate(bad):
        if len(content) < LARGEST and content:
            found = process.answer(content, "kind").get("error")
            assert (at, found) == (at, code)
    assert time.monotonic() - started < 30
    # The process says the same; of those that need not be asked, the site does.
    for code, content in (bad[0], bad[1], bad[2], bad[-2]):
        with pytest.raises(ValidationError) as refused:
            document_in(content)
        assert refused.value.code == code
        assert str(ERRORS[code]).endswith(".")


def test_mutated_files_are_taken_or_refused():
    """Two hundred, by one process, which would end with what ends it; then some by their own."""
    chance = random.Random(12)
    good = [make() for make in made.GOOD.values()]
    mutated = [mutation(bytearray(chance.choice(good)), chance) for _each in range(200)]
    started = time.monotonic()
    outcomes = set()
    for content in mutated:
        said = process.answer(content, "kind")
        assert said.get("error", "other") in ERRORS
        outcomes.add(said.get("error"))
    assert outcomes >= {None, "broken"}
    for content in mutated[:4]:
        with suppress(ValidationError):
            assert document_in(content).kind in made.GOOD
    assert time.monotonic() - started < 60
