"""A whole day at the desk, each in a browser of their own: from what Word copied to what was deleted and is back."""

import datetime as dt
import re
import time

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cstopa.accounts.models import Session
from cstopa.publishing.models import Review
from news.models import Article, ArticleDraft
from tests import reading
from tests.cstopa.admin.test_paste import PASTE
from tests.cstopa.pasting.document import clipboard, text
from tests.reading import spaced

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.writes]

HEADLINE = "Заседание Совета"


class AtDesk:
    """Somebody of a group in a browser of their own; what its pages complain of is kept."""

    def __init__(self, browser, site, name, group):
        user = User.objects.create_user(name, password="secret", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        self.site, self.name, self.mistakes = site, name, []
        self.tab = browser.new_context(base_url=site).new_page()
        self.tab.on("pageerror", lambda error: self.mistakes.append(str(error)))
        self.tab.on("console", self._said)
        self.tab.on("dialog", lambda dialog: dialog.accept())
        self.open(reverse("admin:index"))
        self.sign_in()

    def _said(self, message):
        # What the browser itself says of a session that has ended.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.mistakes.append(message.text)

    def sign_in(self):
        self.fill("#id_username", self.name)
        self.fill("#id_password", "secret")
        self.tab.click("[type=submit]")

    def open(self, path):
        self.tab.goto(self.site + path)
        self.tab.wait_for_load_state("networkidle")

    def open_waiting(self):
        """Open what waits for them, by the link of the first page."""
        self.open(reverse("admin:index"))
        self.tab.get_by_role("region", name="Waiting for you").get_by_role("link").click()
        self.tab.wait_for_load_state("networkidle")

    def edit(self, path):
        """Open the form of what a public page shows, by the link of that page."""
        self.open(path)
        self.tab.get_by_role("link", name=re.compile("edit this page|править", re.I)).click()
        self.tab.wait_for_load_state("networkidle")

    def fill(self, field, words):
        self.tab.fill(field, words)

    def write(self, field, words):
        """Write at the start of a text of the editor."""
        self.tab.locator(f".field-{field} .editor__text").click()
        self.tab.keyboard.press("Control+Home")
        self.tab.keyboard.type(words)

    def press(self, button):
        """Press a button of the bar, and what asks whether it is meant; return what the desk says."""
        self.tab.locator(f".submit-row {button}").click()
        self.tab.wait_for_load_state("networkidle")
        if self.tab.locator("#all-the-same").count():
            self.tab.locator("#all-the-same").click()
            self.tab.wait_for_load_state("networkidle")
        return self.said()

    def said(self):
        messages = self.tab.locator(".messagelist")
        messages.wait_for()
        return " ".join(messages.inner_text().split())


def public(path, status=200):
    response = Client().get(path)
    assert response.status_code == status, path
    return spaced(reading.text(response))


def submit_what_word_copied(writer):
    writer.open(reverse("admin:news_article_add"))
    writer.fill("#id_headline_ru", HEADLINE)
    writer.fill("#id_summary_ru", "Совет собрался.")
    writer.tab.locator(".field-body_ru .editor__text").focus()
    writer.tab.evaluate(
        PASTE, [".field-body_ru .editor__text", {"text/html": clipboard("word", "ru")}]
    )
    writer.tab.locator(".field-body_ru .paste__status").filter(
        has_text=re.compile("left out")
    ).wait_for()
    # The session ends in the middle.
    Session.objects.all().delete()
    writer.fill("#id_summary_ru", "Совет собрался в Москве.")
    writer.tab.get_by_text("You are signed out").wait_for()
    writer.tab.locator(".submit-row [name=_review]").click()
    writer.sign_in()
    writer.tab.get_by_role("link", name="Take it up again").click()
    writer.tab.wait_for_load_state("networkidle")
    assert writer.tab.input_value("#id_summary_ru") == "Совет собрался в Москве."
    assert "Submitted for review" in writer.press("[name=_review]")
    row = Article.objects.get()
    assert row.body_ru == text("word", "ru")
    return row


def approve_by_link(editor, browser):
    editor.open_waiting()
    editor.tab.get_by_role("link", name="Send for approval by link").click()
    editor.tab.get_by_role("button", name="Make a link").click()
    address = editor.tab.get_by_label("Address").input_value()
    with browser.new_context() as context:
        reader = context.new_page()
        reader.goto(editor.site + re.sub(r"^https?://[^/]+", "", address))
        assert reader.frame_locator("iframe").get_by_text("Совет собрался в Москве.").count()
        # It opens in the language of the text.
        reader.get_by_label("Ваше имя").fill("The Secretary General")
        reader.locator("[name=answer][value=approve]").click()
        reader.get_by_role("status").wait_for()


def schedule(publisher, row):
    """Schedule it for the next minute that is far enough, and see it come."""
    publisher.open_waiting()
    moment = timezone.localtime() + dt.timedelta(seconds=75)
    moment = moment.replace(second=0, microsecond=0)
    publisher.fill("#id_published_at", f"{moment:%Y-%m-%d %H:%M}")
    assert f"Public in Russian from {moment:%-d %B %Y, %H:%M}" in publisher.press(".publish")
    row.refresh_from_db()
    path = f"/ru/news/{row.slug}/"
    public(path, 404)
    assert HEADLINE not in public("/ru/news/")
    while timezone.now() < moment:
        time.sleep(0.2)
    assert "Совет собрался в Москве." in public(path)
    assert HEADLINE in public("/ru/news/")
    return f"/news/{row.slug}/"


def translate(editor, publisher, path):
    """Write the English beside what is public; a publisher lets readers have it."""
    editor.edit(f"/ru{path}")
    editor.fill("#id_headline_en", "The Council meets")
    editor.fill("#id_summary_en", "The Council has met.")
    editor.write("body_en", "In Moscow.")
    assert "The draft is saved" in editor.press("[name=_save]")
    assert "The Council meets" not in public(path)
    publisher.edit(path)
    assert "Public in English since" in publisher.press("[name=_publish]")
    assert "The Council meets" in public(path)


def collide(editor, publisher, path):
    """Both correct the live text in its draft: apart it is merged, at the same place she chooses."""
    editor.edit(path)
    editor.fill("#id_summary_en", "The Council has met in Moscow.")
    editor.press("[name=_save]")
    publisher.edit(path)
    editor.edit(path)
    publisher.fill("#id_headline_en", "The Council meets in Moscow")
    publisher.fill("#id_summary_en", "The Council met on Thursday.")
    publisher.press("[name=_save]")
    editor.fill("#id_headline_ru", "Заседание Совета в Москве")
    editor.fill("#id_summary_en", "The Council met in Moscow.")
    editor.tab.locator(".submit-row [name=_save]").click()
    both = editor.tab.get_by_role("group", name="Summary (in English)")
    both.wait_for()
    assert "on Thursday" in both.text_content()
    both.get_by_label("Take what was saved").check()
    editor.press("[name=_save]")
    draft = ArticleDraft.objects.get()
    assert (draft.headline_en, draft.headline_ru, draft.summary_en) == (
        "The Council meets in Moscow",
        "Заседание Совета в Москве",
        "The Council met on Thursday.",
    )
    assert "The Council has met." in public(path)
    publisher.edit(path)
    publisher.press("[name=_publish]")
    assert "The Council met on Thursday." in public(path)


def rename(publisher, row, path):
    publisher.open(f"{reverse('admin:news_article_change', args=[row.pk])}?live")
    publisher.fill("#id_slug", "council")
    publisher.press("[name=_save]")
    former = Client().get(path)
    assert (former.status_code, former.url) == (301, "/news/council/")
    return "/news/council/"


def bring_back(publisher, row, path):
    """Compare the two newest versions that differ in words, and publish the one before."""
    publisher.open(reverse("admin:news_article_history", args=[row.pk]))
    first = row.history.filter(summary_en="The Council has met.").latest("history_id")
    last = row.history.latest("history_id")
    publisher.tab.locator(f"[name=from][value='{first.pk}']").check()
    publisher.tab.locator(f"[name=to][value='{last.pk}']").check()
    publisher.tab.get_by_role("button", name="Compare").click()
    assert publisher.tab.locator("dd del", has_text="has").count()
    publisher.tab.get_by_role("button", name="Bring back").first.click()
    assert "is a draft now" in publisher.said()
    assert "The Council met on Thursday." in public(path)
    publisher.press("[name=_publish]")
    assert "The Council has met." in public(path)


def delete_and_restore(publisher, row, path):
    publisher.open(reverse("admin:news_article_delete", args=[row.pk]))
    publisher.tab.locator("#content [type=submit]").click()
    publisher.tab.get_by_role("button", name="Undo").wait_for()
    assert "The Council" not in public(path, 410)
    publisher.tab.get_by_role("button", name="Undo").click()
    publisher.said()
    assert "The Council has met." in public(path)


def test_a_day_at_the_desk(browser, base_url):
    people = [
        AtDesk(browser, base_url, name, name.capitalize())
        for name in ("writer", "editor", "publisher")
    ]
    writer, editor, publisher = people
    row = submit_what_word_copied(writer)
    # The session of each has ended.
    for each in (editor, publisher):
        each.open(reverse("admin:index"))
        each.sign_in()
    approve_by_link(editor, browser)
    path = schedule(publisher, row)
    translate(editor, publisher, path)
    collide(editor, publisher, path)
    path = rename(publisher, row, path)
    bring_back(publisher, row, path)
    delete_and_restore(publisher, row, path)
    row.refresh_from_db()
    assert row.status == "published"
    assert not Review.objects.filter(is_newest=True).exists()
    assert [each.mistakes for each in people] == [[], [], []]
