"""Pictures of a document that come while its reader does something else."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.library.picturefile import jpeg
from tests.cstopa.library.test_embedded import document_with

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.writes]


def test_they_take_neither_words_nor_keys(desk, base_url):
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
