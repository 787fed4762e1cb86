"""Versions and merging in a browser: every page fits and is for everyone, in light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from cstopa.pages.models import Page
from news.models import Article, ArticleDraft
from tests import make
from tests.cstopa.admin.rows import page

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Межпарламентская Ассамблея государств " * 8
ADDRESS = "https://example.org/" + "a" * 150
# What the desk has on every page is looked at elsewhere.
ELSEWHERE = {"exclude": [[".select2"], ["prose-editor"], [".ProseMirror"]]}


@pytest.fixture
def article():
    row = make.article(
        headline_en="First session",
        body_en=f'<p>One.</p><h2>Two</h2><p>{LONG}<a href="{ADDRESS}">it</a></p>',
        body_ru=f"<ul><li>{LONG}</li></ul><table><tr><th>А</th><td>Б</td></tr></table>",
    )
    row.headline_en = "Second session"
    row.body_en = row.body_en.replace("<p>One.</p>", "<p>One more.</p>")
    row.body_ru = row.body_ru.replace("Ассамблея", "Assembly")
    row.save()
    return row


def faults(tab):
    """Return what is wrong with a page in both schemes and at both widths."""
    found = []
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        # Colours of the desk go over into each other.
        tab.wait_for_timeout(300)
        for width in (360, 1280):
            tab.set_viewport_size({"width": width, "height": 800})
            over = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
            if over > 0:
                found.append((scheme, width, over))
            rules = Axe().run(tab, context=ELSEWHERE, options={"preload": False}).response
            found += [
                (scheme, width, rule["id"], node["html"])
                for rule in rules["violations"]
                for node in rule["nodes"]
            ]
    return found + tab.mistakes


@pytest.mark.parametrize("language", ["en", "ru"])
def test_versions_fit_and_are_for_everyone(desk, base_url, article, language):
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    newest, first = article.history.all()
    shown = page(article, "simple_history", article.pk, first.pk)
    history = page(article, "history")
    compared = f"{history}compare/?from={first.pk}&to={newest.pk}"
    changed = page(article, "simple_history", article.pk, newest.pk)
    for address in (history, shown, changed, compared):
        desk.goto(base_url + address)
        assert faults(desk) == [], address


def test_of_a_written_page_they_fit_too(desk, base_url):
    row = make.page(body_en=f"<p>{ADDRESS}</p>", body_ru=f"<p>{LONG}</p>")
    row.body_ru += "<p>Ещё.</p>"
    row.save()
    assert Page.history.count() == 2
    for address in (
        page(row, "history"),
        page(row, "simple_history", row.pk, row.history.first().pk),
    ):
        desk.goto(base_url + address)
        assert faults(desk) == [], address


def test_versions_are_compared_and_one_is_brought_back_with_the_keyboard(desk, base_url, article):
    desk.goto(base_url + page(article, "history"))
    desk.get_by_role("button", name="Compare").focus()
    desk.keyboard.press("Enter")
    marked = desk.locator("dd ins, dd del")
    assert marked.first.evaluate("mark => getComputedStyle(mark).textDecorationLine") in {
        "underline",
        "line-through",
    }
    assert desk.locator("dd del").first.text_content() == "[deleted: First]"
    desk.get_by_role("button", name="Bring back").focus()
    desk.keyboard.press("Enter")
    assert "is a draft now" in desk.locator(".messagelist").text_content()
    assert Article.objects.get().headline_en == "Second session"
    assert ArticleDraft.objects.get().headline_en == "First session"
    assert desk.mistakes == []


def test_a_body_that_its_editor_did_not_touch_is_taken(desk, base_url, article):
    desk.goto(base_url + page(article, "change"))
    desk.wait_for_load_state("networkidle")
    row = Article.objects.get()
    row.body_en = "<p>Theirs.</p>"
    row.save()
    desk.get_by_label("Headline (in English)").fill("My session")
    desk.locator("[name=_save]").click()
    desk.locator(".messagelist").wait_for()
    row.refresh_from_db()
    assert (row.headline_en, row.body_en) == ("My session", "<p>Theirs.</p>")


def test_of_what_both_wrote_she_chooses(desk, base_url, article):
    desk.goto(base_url + page(article, "change"))
    row = Article.objects.get()
    row.headline_en = "Their session"
    row.save()
    desk.get_by_label("Headline (in English)").fill("My session")
    desk.locator("[name=_save]").click()
    section = desk.get_by_role("group", name="Headline (in English)")
    section.wait_for()
    assert [each for each in faults(desk) if "merge" in str(each)] == []
    assert "[deleted: Second][added: Their] session" in section.text_content()
    section.get_by_label("Take what was saved").check()
    desk.locator("[name=_save]").click()
    desk.locator(".messagelist").wait_for()
    assert Article.objects.get().headline_en == "Their session"
