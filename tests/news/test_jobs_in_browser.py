"""The jobs of a press secretary in clicks, beside those that Wagtail 8 takes for them (November 2026).

Counted is what is clicked and what is pressed and is no content, from the first page of the desk or
from where the job begins. ``pytest -s`` prints the table.
"""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article, ArticleDraft
from tests import make
from tests.cstopa.admin.test_paste import PASTE
from tests.cstopa.pasting.document import clipboard, text
from tests.reading import spaced

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.writes]

# Ours at most, and Wagtail's: None where it cannot, or was not measured.
MOST = {
    "write from Word, and publish": (8, 13),
    "mend a typo of a public page, from that page": (3, 6),
    "schedule for tomorrow": (5, 7),
    "bring back the version before": (3, 6),
    "look at a draft as readers would": (2, None),
    "bring back what was deleted": (2, None),
    "find an article by a word of its text": (4, None),
    "translate": (5, None),
    "withdraw with a reason": (5, None),
    "give it another address": (5, None),
    "see what waits for me": (1, None),
    "submit for review": (3, None),
}


class Job:
    """Somebody at the desk whose clicks are counted."""

    def __init__(self, tab, site):
        self.tab, self.site, self.clicks = tab, site, 0

    def sign_in(self, user):
        client = Client()
        client.force_login(user)
        session = client.cookies["sessionid"].value
        cookie = {"name": "sessionid", "value": session, "url": self.site}
        self.tab.context.add_cookies([cookie])

    def open(self, path=None):
        """Begin at a page: that is no part of the job."""
        self.tab.goto(self.site + (path or reverse("admin:index")))
        self.tab.wait_for_load_state("networkidle")

    def click(self, what):
        self.clicks += 1
        (self.tab.locator(what) if isinstance(what, str) else what).first.click()
        self.tab.wait_for_load_state("networkidle")

    def press(self, key):
        self.clicks += 1
        self.tab.keyboard.press(key)
        self.tab.wait_for_load_state("networkidle")

    def type(self, what, words):
        """Click into a field, unless it has the focus, and write over what it holds."""
        field = self.tab.locator(what)
        if not field.evaluate("field => field === document.activeElement"):
            self.click(field)
        field.fill(words)

    def link(self, name):
        self.click(self.tab.get_by_role("link", name=name, exact=True))

    def said(self):
        self.tab.locator(".messagelist").wait_for()
        return spaced(self.tab.locator(".messagelist").inner_text())


@pytest.fixture
def job(context, base_url, admin_user):
    job = Job(context.new_page(), base_url)
    job.sign_in(admin_user)
    return job


@pytest.fixture
def whole():
    """Return the texts and the topic of an article of which nothing is asked."""
    return {
        **{f"{name}_ru": "Слово" for name in ("headline", "summary")},
        "body_ru": "<p>Слово</p>",
        "topics": [make.topic()],
    }


@pytest.fixture
def draft(whole):
    return make.article("ice", headline_en="Ice", status="draft", published_at=None, **whole)


@pytest.fixture
def article(whole):
    return make.article("ice", headline_en="Ice", body_en="<p>Ice on teh river</p>", **whole)


def done(job, name):
    ours, wagtail = MOST[name]
    print(f"\n| {name} | {job.clicks} | {wagtail or '–'} |")
    assert job.clicks <= ours, name


def to(job, row):
    """Click to the form of a row from the first page."""
    job.open()
    job.link("Articles")
    job.link(row.headline_en)


def test_write_from_word_and_publish(job):
    job.open()
    job.link("Write an article")
    job.type("#id_headline_ru", "Заседание")
    job.type("#id_summary_ru", "Совет собрался.")
    job.click(".field-body_ru .editor__text")
    copied = {"text/html": clipboard("word", "ru")}
    job.tab.evaluate(PASTE, [".field-body_ru .editor__text", copied])
    job.tab.locator(".field-body_ru .paste__status", has_text="left out").wait_for()
    job.click(".submit-row .publish")
    # It is in one language and about nothing.
    job.click("#all-the-same")
    assert Article.objects.published().get().body_ru == text("word", "ru")
    done(job, "write from Word, and publish")


def test_mend_a_typo(job, article):
    job.open("/news/ice/")
    job.link("Edit this page")
    job.click(job.tab.locator(".field-body_en .editor__text p", has_text="teh"))
    for key in ("Control+Home", "Control+Shift+End"):
        job.tab.keyboard.press(key)
    job.tab.keyboard.type("Ice on the river")
    job.click("[name=_save]")
    article.refresh_from_db()
    assert article.body_en == "<p>Ice on the river</p>"
    done(job, "mend a typo of a public page, from that page")


def test_schedule(job, draft):
    to(job, draft)
    tomorrow = timezone.localtime() + dt.timedelta(days=1)
    job.type("#id_published_at", f"{tomorrow:%Y-%m-%d} 09:00")
    job.click(".submit-row .publish")
    assert f"Public in English from {tomorrow:%-d %B %Y, 09:00}" in job.said()
    done(job, "schedule for tomorrow")


def test_bring_back_a_version(job, draft):
    draft.headline_en = "Water"
    draft.save()
    job.open(reverse("admin:news_article_change", args=[draft.pk]))
    job.link("History")
    job.click(job.tab.get_by_role("button", name="Bring back"))
    job.said()
    draft.refresh_from_db()
    assert draft.headline_en == "Ice"
    done(job, "bring back the version before")


def test_look_at_a_draft(job, draft):
    job.open(reverse("admin:news_article_change", args=[draft.pk]))
    with job.tab.expect_popup() as opened:
        job.click(job.tab.get_by_role("button", name="Preview").locator("visible=true"))
    shown = opened.value.frame_locator("iframe")
    shown.get_by_role("heading", level=1, name="Ice").wait_for()
    done(job, "look at a draft as readers would")


def test_bring_back_what_was_deleted(job, article):
    article.delete()
    job.open()
    job.link("Trash")
    job.click(job.tab.get_by_role("button", name="Restore"))
    job.said()
    assert Article.objects.get().headline_en == "Ice"
    done(job, "bring back what was deleted")


def test_find(job, article):
    job.open()
    job.link("Articles")
    job.type("#searchbar", "river")
    job.press("Enter")
    job.link("Ice")
    assert job.tab.locator("#id_headline_en").input_value() == "Ice"
    done(job, "find an article by a word of its text")


def test_translate(job):
    article = make.article("ice", headline_en="Ice", topics=[make.topic()])
    job.open("/news/ice/")
    job.link("Edit this page")
    job.type("#id_headline_ru", "Лёд")
    job.type("#id_summary_ru", "Лёд на реке.")
    job.click(".field-body_ru .editor__text")
    job.tab.keyboard.type("Лёд на реке стоит.")
    job.click("[name=_save]")
    assert "Public in Russian since" in job.said()
    article.refresh_from_db()
    assert article.body_ru == "<p>Лёд на реке стоит.</p>"
    done(job, "translate")


def test_withdraw(job, article):
    job.open("/news/ice/")
    job.link("Edit this page")
    job.clicks += 1
    job.tab.select_option("#id_status", "draft")
    job.type("#id_reason", "It was wrong.")
    job.click("[name=_save]")
    if job.tab.locator("#all-the-same").count():
        job.click("#all-the-same")
    job.said()
    assert not Article.objects.published().exists()
    done(job, "withdraw with a reason")


def test_give_it_another_address(job, article):
    job.open("/news/ice/")
    job.link("Edit this page")
    job.type("#id_slug", "river")
    job.click("[name=_save]")
    if job.tab.locator("#all-the-same").count():
        job.click("#all-the-same")
    job.said()
    assert Article.objects.get().slug == "river"
    done(job, "give it another address")


def test_submit_and_see_what_waits(job, draft, admin_user):
    writer = User.objects.create_user("writer", is_staff=True)
    writer.groups.add(Group.objects.get(name="Writer"))
    job.sign_in(writer)
    to(job, draft)
    job.click("[name=_review]")
    assert "Submitted" in job.said()
    done(job, "submit for review")
    job.sign_in(admin_user)
    job.clicks = 0
    job.open()
    job.click(job.tab.get_by_role("region", name="Waiting for you").get_by_role("link"))
    assert job.tab.locator("#id_headline_en").input_value() == "Ice"
    done(job, "see what waits for me")


def test_of_what_is_public_the_version_before_is_a_draft(job, article):
    article.headline_en = "Water"
    article.save()
    job.open(reverse("admin:news_article_change", args=[article.pk]))
    job.link("History")
    job.click(job.tab.get_by_role("button", name="Bring back"))
    assert ArticleDraft.objects.get().headline_en == "Ice"
    job.click("[name=_publish]")
    assert "Public in English" in job.said()
    article.refresh_from_db()
    assert article.headline_en == "Ice"
    done(job, "bring back the version before")
