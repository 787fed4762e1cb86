"""The picker of references in a browser: by keyboard, on a telephone, without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import reverse

from news.models import Article
from tests.news.desk import ADD
from tests.reading import spaced

pytestmark = pytest.mark.django_db(transaction=True)

OPEN, TEXT, CHOICE = ".field-{} > .references__button", "#id_{}", "#references-of"


@pytest.fixture
def form(new_context, base_url, client, admin_user):
    """Open the form of an article, signed in; ``mistakes`` is what the console told."""
    call_command("loaddata", "delegations", "news", verbosity=0)
    client.force_login(admin_user)
    session = client.cookies["sessionid"].value

    def form(address=ADD, language="en", **options):
        context = new_context(**options)
        cookies = {"sessionid": session, "django_language": language}
        context.add_cookies(
            [{"name": name, "value": value, "url": base_url} for name, value in cookies.items()]
        )
        tab = context.new_page()
        tab.mistakes = []
        tab.on("pageerror", lambda error: tab.mistakes.append(str(error)))
        tab.on(
            "console", lambda said: tab.mistakes.append(said.text) if said.type == "error" else 0
        )
        tab.goto(base_url + address)
        return tab

    return form


def faults(tab):
    """Return what axe finds, and whether the page is wider than its screen."""
    axe = Axe().run(tab, options={"preload": False})
    found = axe.response["violations"]
    wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found], max(wide, 0)


@pytest.mark.parametrize("field", ["headline_en", "summary_en", "summary_ru"])
def test_a_tag_is_inserted_at_the_cursor_with_the_keyboard_alone(form, field):
    tab = form()
    text = tab.locator(TEXT.format(field))
    text.focus()
    tab.keyboard.type("Of  came.")
    for _ in range(6):
        tab.keyboard.press("ArrowLeft")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "references-search"
    tab.keyboard.press("Tab")
    tab.keyboard.type("House of")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert text.input_value() == "Of [[deputies:belarus-house]] came."
    assert tab.evaluate("document.activeElement.id") == f"id_{field}"
    tab.keyboard.type("!")
    assert text.input_value() == "Of [[deputies:belarus-house]]! came."
    assert tab.mistakes == []


def test_the_picker_is_searched_by_the_words_of_whose_and_what(form):
    tab = form()
    tab.click(OPEN.format("headline_en"))
    tab.keyboard.type("REPRESENTATIVES Belarus-house words")
    rows = tab.locator(".references__table tbody tr:visible")
    assert [row.locator("code").inner_text() for row in rows.all()] == [
        "[[deputies:belarus-house]]"
    ]
    tab.keyboard.type(" atlantis")
    assert rows.count() == 0
    assert tab.inner_text(".references__nothing") == "Nothing was found."
    tab.fill("#references-search", "vacant belarus")
    tab.keyboard.press("Enter")
    assert tab.locator(TEXT.format("headline_en")).input_value() == "[[vacant:belarus]]"
    tab.click(OPEN.format("headline_en"))
    assert tab.input_value("#references-search") == ""
    assert tab.locator(".references__table:visible").count() == 1
    assert tab.mistakes == []


def test_the_picker_can_be_left_and_a_chosen_word_is_replaced(form):
    tab = form()
    tab.fill(TEXT.format("headline_en"), "seven")
    tab.click(OPEN.format("headline_en"))
    tab.keyboard.press("Escape")
    tab.click(OPEN.format("headline_en"))
    tab.get_by_role("button", name="Close", exact=True).click()
    assert tab.locator(TEXT.format("headline_en")).input_value() == "seven"
    tab.locator(TEXT.format("headline_en")).select_text()
    tab.click(OPEN.format("headline_en"))
    tab.get_by_role("button", name="Insert: seats of all delegations on record").click()
    assert tab.locator(TEXT.format("headline_en")).input_value() == "[[total]]"


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(360, "light", "ru"), (1280, "light", "en"), (360, "dark", "en")],
)
def test_the_picker_is_for_everyone(form, width, scheme, language):
    tab = form(
        reverse("admin:news_article_change", args=[Article.objects.get().pk]),
        language,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    assert faults(tab) == ([], 0)
    tab.click(OPEN.format("summary_en"))
    for value in ("references-1", "references-2", "references-3"):
        tab.select_option(CHOICE, value)
        assert tab.locator(".references__table:visible").count() == 1
        assert faults(tab) == ([], 0)
        assert (
            tab.evaluate(
                "(box => box.scrollWidth - box.clientWidth)(document.querySelector('dialog[open]'))"
            )
            <= 0
        )
    assert tab.mistakes == []


@pytest.mark.writes
def test_what_is_asked_of_a_typed_number_is_for_everyone(form):
    tab = form(viewport={"width": 360, "height": 800})
    tab.fill(TEXT.format("headline_en"), "7 deputies of the House of Representatives")
    tab.click("[name=_save]")
    tab.wait_for_load_state("networkidle")
    assert "“7 deputies”" in tab.inner_text(".error-summary--asks:focus")
    assert faults(tab) == ([], 0)
    tab.get_by_label("Leave it so").check()
    tab.click("[name=_save]")
    tab.locator(".success").wait_for()


def test_without_scripts_the_tags_are_there_to_be_copied(form):
    article = Article.objects.get()
    tab = form(
        reverse("admin:news_article_change", args=[article.pk]),
        java_script_enabled=False,
        viewport={"width": 360, "height": 800},
    )
    row = tab.locator("tr", has_text="[[deputies:belarus-house]]")
    assert "7 deputies" in spaced(row.inner_text())
    assert tab.locator(".references__table:visible").count() == 1 + 5 + 9
    assert not tab.locator(".references button, .references select").locator("visible=true").count()
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
