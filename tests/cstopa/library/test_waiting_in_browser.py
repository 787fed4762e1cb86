"""Files that come while who brought them does something else."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.library.picturefile import jpeg
from tests.cstopa.library.test_browser import BRINGS, file
from tests.cstopa.library.test_embedded import document_with

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.writes]


def test_pictures_of_a_document_take_neither_words_nor_keys(desk, base_url):
    desk.goto(base_url + page(make.article(status="draft", body_en="", body_ru=""), "change"))
    held = []
    desk.route(f"**{reverse('admin:paste-word')}*", lambda route: held.append(route))
    text = desk.locator(".field-body_en")
    buffer = document_with(jpeg())

    def drop():
        with desk.expect_request(f"**{reverse('admin:paste-word')}*"):
            text.locator(".paste input").set_input_files(
                {"name": "news.docx", "mimeType": "", "buffer": buffer}
            )

    drop()
    desk.get_by_role("button", name="Choose a picture").click()
    picker = desk.get_by_role("dialog")
    english = picker.get_by_label("Text alternative (in English)")
    english.fill("Typed meanwhile")
    held.pop().continue_()
    expect(text.locator(".editor__describe")).to_have_count(1, timeout=30_000)
    expect(english).to_have_value("Typed meanwhile")
    # When that is done with, it is their turn.
    desk.keyboard.press("Escape")
    expect(english).to_have_value("photo")
    desk.keyboard.press("Escape")
    drop()
    headline = desk.get_by_label("Headline (in English)")
    headline.press_sequentially("Half")
    held.pop().continue_()
    expect(text.locator(".editor__describe")).to_have_count(2, timeout=30_000)
    expect(headline).to_be_focused()
    expect(picker).to_be_hidden()
    # Nothing waits that would open another.
    text.locator(".editor__describe").last.click()
    expect(english).to_have_value("photo")
    assert desk.mistakes == []


def test_a_refused_one_keeps_back_the_form_that_waits_for_it(desk, base_url):
    row = make.picture()
    desk.goto(base_url + page(row, "change"))
    address, held = f"**{reverse('admin:library_picture_upload')}*", []
    desk.route(address, lambda route: held.append(route))
    caption = desk.get_by_label("Caption (in English)")
    save = desk.get_by_role("button", name="Save", exact=True)
    with desk.expect_request(address):
        brought = [file("a.png", b"<svg/>", "image/png")]
        desk.locator("body").evaluate(BRINGS, ["paste", brought])
    caption.fill("Of another picture")
    save.click()
    held.pop().continue_()
    refusal = desk.locator(".upload__said li")
    expect(refusal).to_have_text(re.compile("^a.png: This is SVG"))
    expect(refusal).to_be_in_viewport()
    expect(caption).to_have_value("Of another picture")
    # Who has read it saves what else there is.
    caption.fill("Of the same")
    save.click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    assert [each.caption_en for each in row.history.all()] == ["Of the same", ""]
