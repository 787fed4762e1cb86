"""The jobs of a press secretary, counted."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from news.models import Article, ArticleDraft
from tests import make
from tests.cstopa.admin.test_paste import PASTE
from tests.cstopa.pasting.document import clipboard, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.writes, pytest.mark.jobs]


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


def member(group):
    user = User.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


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
    job.done("write from Word, and publish")


def mend_a_typo(job, button):
    job.open("/news/ice/")
    job.link("Edit this page")
    write_over(job, button)


def write_over(job, button):
    job.click(job.tab.locator(".field-body_en .editor__text p", has_text="teh"))
    for key in ("Control+Home", "Control+Shift+End"):
        job.press(key)
    job.write("Ice on the river")
    job.click(f"[name={button}]")


def test_mend_a_typo(job, article):
    mend_a_typo(job, "_save")
    article.refresh_from_db()
    assert article.body_en == "<p>Ice on the river</p>"
    job.done("mend a typo of a public page, from that page")


def test_mend_a_typo_found_by_search(job, article):
    job.open()
    job.press("/")
    job.write("Ice")
    job.enter()
    job.link("Ice")
    write_over(job, "_save")
    article.refresh_from_db()
    assert article.body_en == "<p>Ice on the river</p>"
    job.done("mend a typo of a public page, found by search")


def test_propose_to_mend_a_typo(job, article):
    job.sign_in(member("Editor"))
    mend_a_typo(job, "_review")
    assert "Submitted" in job.said()
    assert ArticleDraft.objects.get(live=article).body_en == "<p>Ice on the river</p>"
    job.done("propose to mend one, as an Editor, from that page")


def test_schedule(job, draft):
    to(job, draft)
    tomorrow = timezone.localtime() + dt.timedelta(days=1)
    job.type("#id_published_at", f"{tomorrow:%Y-%m-%d} 09:00")
    job.click(".submit-row .publish")
    assert f"Public in English from {tomorrow:%-d %B %Y, 09:00}" in job.said()
    job.done("schedule for tomorrow")


def test_bring_back_a_version(job, draft):
    draft.headline_en = "Water"
    draft.save()
    job.open(reverse("admin:news_article_change", args=[draft.pk]))
    job.link("History")
    job.click(job.tab.get_by_role("button", name="Bring back"))
    job.said()
    draft.refresh_from_db()
    assert draft.headline_en == "Ice"
    job.done("bring back the version before, from the form")


def test_look_at_a_draft(job, draft):
    job.open(reverse("admin:news_article_change", args=[draft.pk]))
    with job.tab.expect_popup() as opened:
        job.click(job.tab.get_by_role("button", name="Preview").locator("visible=true"))
    shown = opened.value.frame_locator("iframe")
    shown.get_by_role("heading", level=1, name="Ice").wait_for()
    job.done("look at a draft as readers would, from its form")


def test_bring_back_what_was_deleted(job, article):
    article.delete()
    job.open()
    job.link("Trash")
    job.click(job.tab.get_by_role("button", name="Restore"))
    job.said()
    assert Article.objects.get().headline_en == "Ice"
    job.done("bring back what was deleted")


def test_find(job, article):
    job.open()
    job.link("Articles")
    job.type("#searchbar", "river")
    job.enter()
    job.link("Ice")
    assert job.tab.locator("#id_headline_en").input_value() == "Ice"
    job.done("find an article by a word of its text")


def test_translate(job):
    article = make.article("ice", headline_en="Ice", topics=[make.topic()])
    job.open("/news/ice/")
    job.link("Edit this page")
    job.type("#id_headline_ru", "Лёд")
    job.type("#id_summary_ru", "Лёд на реке.")
    job.click(".field-body_ru .editor__text")
    job.write("Лёд на реке стоит.")
    job.click("[name=_save]")
    assert "Public in Russian since" in job.said()
    article.refresh_from_db()
    assert article.body_ru == "<p>Лёд на реке стоит.</p>"
    job.done("translate, from the public page")


def test_withdraw(job, article):
    job.open("/news/ice/")
    job.link("Edit this page")
    job.button("Withdraw…")
    job.type("#id_reason", "It was wrong.")
    job.button("Withdraw")
    job.said()
    assert not Article.objects.published().exists()
    job.done("withdraw with a reason, from the public page")


def test_give_it_another_address(job, article):
    job.open("/news/ice/")
    job.link("Edit this page")
    job.type("#id_slug", "river")
    job.click("[name=_save]")
    if job.tab.locator("#all-the-same").count():
        job.click("#all-the-same")
    job.said()
    assert Article.objects.get().slug == "river"
    job.done("give another address, from the public page")


def test_submit_and_see_what_waits(job, draft, admin_user):
    job.sign_in(member("Writer"))
    to(job, draft)
    job.click("[name=_review]")
    assert "Submitted" in job.said()
    job.done("submit for review")
    job.sign_in(admin_user)
    job.open()
    job.click(job.tab.get_by_role("region", name="Waiting for you").get_by_role("link"))
    assert job.tab.locator("#id_headline_en").input_value() == "Ice"
    job.done("see what waits for me")


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
    job.done("bring back the version before, from the form")
