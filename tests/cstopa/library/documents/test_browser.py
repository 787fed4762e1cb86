"""A document, from its file to its reader, in a browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from cstopa.library.documents.models import Document
from tests import make
from tests.cstopa.admin.rows import page, until_settled
from tests.cstopa.library.documents import documentfile as made
from tests.cstopa.library.test_browser import BRINGS, file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.writes]


def faults(tab):
    return Axe().run(tab, options={"preload": False}).response["violations"]


def test_a_document_is_added_linked_from_a_text_and_taken_along(desk, base_url):
    written = make.page()
    desk.goto(base_url + reverse("admin:documents_document_add"))
    chosen = {"name": "a.bin", "mimeType": "application/x-other", "buffer": made.pdf()}
    desk.get_by_label("File:").set_input_files(chosen)
    # Without a title it comes back, and has its file.
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Arrived: a.bin").first).to_be_visible()
    desk.get_by_label("Title (in English)").fill("On cheese")
    assert faults(desk) == []
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    row = Document.objects.get()

    desk.goto(base_url + page(written, "change"))
    text = desk.locator(".field-body_en .editor__text")
    text.focus()
    until_settled(desk)
    desk.locator(".field-body_en").get_by_role("button", name="Insert a document").click()
    expect(desk.locator(".references__dialog")).to_be_visible()
    assert faults(desk) == []
    desk.get_by_role("button", name="Insert: On cheese").click()
    expect(text.locator("data")).to_have_text("On cheese")
    desk.locator("[name=_save]").click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    written.refresh_from_db()
    assert "[[document:on-cheese]]" in written.body_en
    assert list(written.documents.all()) == [row]

    desk.goto(base_url + written.get_absolute_url())
    assert faults(desk) == []
    with desk.expect_download() as taken:
        desk.locator(".prose .document").click()
    assert taken.value.suggested_filename == "on-cheese.pdf"
    assert desk.mistakes == []


def test_several_are_dropped_on_the_list(desk, base_url):
    desk.goto(base_url + reverse("admin:documents_document_changelist"))
    dropped = [
        file("one.pdf", made.pdf(), "application/pdf"),
        file("bad.html", b"<!DOCTYPE html>", "text/html"),
        file("two.xlsx", made.xlsx(), ""),
    ]
    desk.locator("body").evaluate(BRINGS, ["drop", dropped])
    said = desk.locator(".upload__said li")
    expect(said).to_have_text(
        ["Arrived: one.pdf", re.compile("^bad.html: This is HTML"), "Arrived: two.xlsx"]
    )
    assert faults(desk) == []
    for width in (360, 1280):
        desk.set_viewport_size({"width": width, "height": 800})
        assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    desk.get_by_role("link", name="Describe: one.pdf").click()
    for name in ("one", "two"):
        expect(desk.locator(".upload__shown")).to_contain_text(f"Arrived: {name}.")
        desk.get_by_label("Title (in English)").fill(name)
        desk.get_by_role("button", name="Save", exact=True).click()
        expect(desk.locator(".messagelist .success")).to_be_visible()
    found = {row.title_en: row.kind for row in Document.objects.all()}
    assert found == {"one": "pdf", "two": "xlsx"}
    assert [each for each in desk.mistakes if "400" not in each] == []
