"""Jobs with pictures and documents, counted."""

import pytest
from playwright.sync_api import expect

from cstopa.library.documents.models import Document
from cstopa.library.models import Picture
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.library.documents.documentfile import pdf
from tests.cstopa.library.picturefile import jpeg

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.writes, pytest.mark.jobs]


@pytest.fixture
def article():
    return make.article(status="draft", published_at=None)


def test_a_picture_with_its_alternative(job, article):
    job.open(page(article, "change"))
    job.click(".field-lead_picture .picked__choose")
    picker = job.tab.get_by_role("dialog")
    file = picker.get_by_label("Picture:", exact=True)
    job.choose(file, name="c.jpg", mimeType="image/jpeg", buffer=jpeg())
    words = picker.get_by_label("Text alternative (in English)")
    # It has the focus when the file has arrived.
    expect(words).to_be_focused()
    job.type(words, "Colours")
    job.type(picker.get_by_label("Text alternative (in Russian)"), "Цвета", "Tab")
    job.click(".picker__add")
    # It is drawn before the answer, where no worker draws.
    expect(picker).to_be_hidden(timeout=30_000)
    job.click("[name=_save]")
    job.said()
    article.refresh_from_db()
    assert article.lead_picture == Picture.objects.get(alternative_en="Colours")
    job.done("a new picture with its alternative, from the article's form")


def test_a_document_below_the_text(job, article):
    job.open(page(article, "change"))
    form = job.tab
    with form.expect_popup() as opened:
        job.click("#add_id_documents")
    job.tab = opened.value
    job.tab.wait_for_load_state("networkidle")
    job.choose("[type=file]", name="a.pdf", mimeType="application/pdf", buffer=pdf())
    job.type("#id_title_en", "On cheese", "Tab", "Tab")
    with job.tab.expect_event("close"):
        job.clicks += 1
        job.tab.click("[name=_save]")
    job.tab = form
    # A text may name it at once, although the article is not saved.
    offered = form.locator(".references__insert[value='[[document:on-cheese]]']")
    expect(offered).to_have_count(1)
    form.locator(".field-body_en").get_by_role("button", name="Number from the record").click()
    form.locator("#references-search").press_sequentially("cheese")
    form.keyboard.press("Enter")
    expect(form.locator(".field-body_en .editor__text data")).to_have_text("On cheese")
    job.click("[name=_save]")
    job.said()
    article.refresh_from_db()
    assert "[[document:on-cheese]]" in article.body_en
    assert list(article.documents.all()) == [Document.objects.get(title_en="On cheese")]
    job.done("a new document below the text, from the article's form")
