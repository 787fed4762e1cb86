"""The form of one row in a browser: its columns, its bar, its errors, and who has a keyboard alone."""

import pytest

from cstopa.pages.models import Page
from delegations.models import Chamber
from news.models import Article
from tests import make
from tests.browser.tab import CONTRAST, TAGS, Tab
from tests.cstopa.admin.rows import page
from tests.forms import filled

pytestmark = pytest.mark.django_db(transaction=True)

MEDIA = {
    "light": ({"color_scheme": "light", "forced_colors": "none"}, TAGS),
    "dark": ({"color_scheme": "dark"}, CONTRAST),
    "forced colours": ({"color_scheme": "dark", "forced_colors": "active"}, CONTRAST),
}
LEFT = "name => document.querySelector(name).getBoundingClientRect().left"
TOP = "name => document.querySelector(name).getBoundingClientRect().top"
# How much of what has the focus lies behind the bar; of a long text the beginning is in sight.
COVERED = """() => {
    const bar = document.querySelector(".submit-row");
    const field = document.activeElement;
    const {top, bottom, height} = field.getBoundingClientRect();
    // What is below the form is below the bar.
    if (bar.contains(field) || !bar.closest("form").contains(field)) return 0;
    return (height < 100 ? bottom : top) - bar.getBoundingClientRect().top;
}"""


@pytest.fixture
def tab(new_context, base_url, client, admin_user):
    """Open a tab, signed in, of a language and with the options of a context of the browser."""

    def tab(language="en", **options):
        client.force_login(admin_user)
        context = new_context(**options)
        cookies = {
            "sessionid": client.cookies["sessionid"].value,
            "django_language": language,
        }
        context.add_cookies(
            [{"name": name, "value": value, "url": base_url} for name, value in cookies.items()]
        )
        tab = Tab(context, base_url)
        tab.status = 200
        return tab

    return tab


def written():
    return Page.objects.create(slug="about", title_en="About", body_en="<p>What it is</p>")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_forms_of_words_fit_and_their_bar_is_two_rows_at_most(tab, language):
    addresses = [
        page(Article, "add"),
        page(make.article(), "change"),
        page(written(), "change"),
        page(make.chamber(), "change"),
    ]
    tab = tab(language, reduced_motion="reduce")
    for width in (1280, 360):
        # As high as a form may be: the bar covers nothing.
        tab.page.set_viewport_size({"width": width, "height": 6000})
        for address in addresses:
            tab.page.goto(address)
            tab.check_width()
            for name, (media, rules) in MEDIA.items():
                tab.page.emulate_media(**media)
                tab.page.evaluate("document.getAnimations().forEach(each => each.finish())")
                tab.check_with_axe(f"{address} {width} {name}", rules)
            bar = tab.page.locator(".submit-row")
            button = bar.locator("input").first.bounding_box()
            assert bar.bounding_box()["height"] < 3 * button["height"]
    assert tab.faults == []


def test_languages_stand_side_by_side_or_one_at_a_time_as_the_browser_remembers(tab):
    row = make.article(headline_ru="Сказано")
    tab = tab(viewport={"width": 1280, "height": 800})
    tab.page.goto(page(row, "change"))
    english, russian, side = "#id_headline_en", "#id_headline_ru", "#id_slug"
    assert tab.page.evaluate(TOP, english) == tab.page.evaluate(TOP, russian)
    lefts = [tab.page.evaluate(LEFT, name) for name in (english, russian, side)]
    assert lefts == sorted({*lefts})
    half = tab.page.locator(russian).bounding_box()["width"]
    tab.page.get_by_role("radio", name="Russian").check()
    assert not tab.page.locator(english).is_visible()
    assert tab.page.locator(russian).bounding_box()["width"] > 1.9 * half
    tab.page.goto(page(row, "change"))
    assert not tab.page.locator(english).is_visible()
    assert tab.page.locator(russian).is_visible()
    # What is wrong is shown, whatever was chosen.
    tab.page.get_by_role("radio", name="English").check()
    tab.page.locator(russian).evaluate("field => { field.value = '7 депутатов'; }")
    tab.page.locator("[name=_save]").click()
    tab.page.locator(".error-summary").first.wait_for()
    assert tab.page.locator(russian).is_visible()
    assert tab.faults == []


def test_without_a_script_languages_stand_below_each_other_with_all_fields(tab):
    tab = tab(viewport={"width": 360, "height": 800}, java_script_enabled=False)
    tab.page.goto(page(make.article(), "change"))
    tops = [
        tab.page.locator(f"#id_{name}").bounding_box()["y"]
        for name in ("headline_en", "headline_ru", "status")
    ]
    assert tops == sorted({*tops})
    assert not tab.page.locator(".languages-shown").is_visible()


def test_the_bar_stays_and_covers_nothing_that_has_the_focus(tab):
    row = make.article()
    for width in (1280, 360):
        each = tab(viewport={"width": width, "height": 700})
        each.page.goto(page(row, "change"))
        bar = each.page.locator(".submit-row")
        each.page.locator("#id_headline_en").focus()
        for _press in range(40):
            assert bar.bounding_box()["y"] + bar.bounding_box()["height"] <= 701
            assert each.page.evaluate(COVERED) <= 0
            each.page.keyboard.press("Tab")


def test_the_headline_is_near_for_who_has_a_keyboard(tab):
    tab = tab(viewport={"width": 1280, "height": 800})
    tab.page.goto(page(Article, "add"))
    focused = "document.activeElement.id"
    assert tab.page.evaluate(focused) == "id_headline_en"
    tab.page.goto(page(make.article(), "change"))
    for key in ("Tab", "Enter", "Tab", "Enter", "Tab", "Tab"):
        tab.page.keyboard.press(key)
    assert tab.page.evaluate(focused) == "id_headline_en"


def test_errors_are_links_to_their_fields_above_the_form(tab):
    row = make.article()
    tab = tab(viewport={"width": 1280, "height": 700})
    tab.page.goto(page(row, "change"))
    tab.page.fill("#id_headline_en", "")
    tab.page.fill("#id_slug", "not a slug")
    tab.page.locator("[name=_save]").click()
    tab.page.locator(".error-summary").first.wait_for()
    assert tab.page.title().startswith("Error:")
    summary = tab.page.locator(".error-summary").first
    assert tab.page.evaluate("document.activeElement.className") == "error-summary"
    assert summary.locator("li").count() == 2
    tab.check_with_axe("errors")
    summary.get_by_role("link", name="Slug").press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "id_slug"
    field = tab.page.locator("#id_slug")
    described = field.get_attribute("aria-describedby").split()
    assert any("slug" in tab.page.locator(f"#{each}").inner_text() for each in described)
    assert tab.faults == []


def test_errors_of_rows_in_a_form_say_which_row(admin_client):
    chamber = make.allocation(seats=7).chamber
    form = admin_client.get(page(Chamber.objects.get(pk=chamber.pk), "change"))
    data = filled(form, **{"allocations-0-seats": "many"})
    answer = admin_client.post(page(chamber, "change"), data).content.decode()
    assert 'href="#id_allocations-0-seats"' in answer
    assert "Please correct the error" not in answer


def test_the_bar_publishes_at_once_by_one_click_of_who_may(tab):
    russian = dict.fromkeys(("headline_ru", "summary_ru", "body_ru"), "Слова")
    row = make.article(status="draft", published_at=None, topics=[make.topic()], **russian)
    tab = tab()
    tab.page.goto(page(row, "change"))
    tab.page.get_by_role("button", name="Publish", exact=True).click()
    tab.page.locator(".success").first.wait_for()
    row.refresh_from_db()
    assert row.is_public
    tab.page.goto(page(row, "change"))
    assert not tab.page.get_by_role("button", name="Publish", exact=True).count()


def to(page, name):
    """Go with Tab to the field, or the button, of an id."""
    for _press in range(150):
        if page.evaluate("document.activeElement.id || document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"The keyboard does not lead to {name}.")


def test_a_keyboard_alone_writes_schedules_and_publishes(tab):
    topic = make.topic(name_en="Model laws")
    tab = tab(viewport={"width": 360, "height": 700})
    tab.page.goto(page(Article, "add"))
    keyboard = tab.page.keyboard
    keyboard.type("Told")
    to(tab.page, "id_summary_en")
    keyboard.type("In short")
    body = "document.activeElement.matches('[contenteditable=true]')"
    while not tab.page.evaluate(body):
        keyboard.press("Tab")
    keyboard.type("At length")
    to(tab.page, "id_published_at")
    keyboard.type("2099-10-01 09:00")
    tab.page.get_by_text("Thursday 1 October 2099, 09:00 in Moscow").wait_for()
    to(tab.page, "id_topics_typed")
    keyboard.type("law")
    tab.page.get_by_role("listbox").get_by_role("option").wait_for()
    keyboard.press("Enter")
    to(tab.page, "_publish")
    keyboard.press("Enter")
    # It is not translated.
    asked = tab.page.get_by_role("alert")
    asked.wait_for()
    assert asked.evaluate("element => element === document.activeElement")
    # So high that the bar covers no button.
    tab.page.set_viewport_size({"width": 360, "height": 6000})
    tab.check_with_axe("warnings")
    tab.page.set_viewport_size({"width": 360, "height": 700})
    # To the field, to the tick, to the button.
    for _press in range(3):
        keyboard.press("Tab")
    keyboard.press("Enter")
    assert tab.page.evaluate("document.activeElement.id") == "all-the-same"
    keyboard.press("Enter")
    tab.page.locator(".success").first.wait_for()
    row = Article.objects.get()
    assert (row.status, row.body_en, [*row.topics.all()]) == (
        "published",
        "<p>At length</p>",
        [topic],
    )
    assert f"{row.published_at:%Y-%m-%d %H:%M}" == "2099-10-01 06:00"
    assert tab.faults == []


@pytest.mark.parametrize("status", ["draft", "published"])
def test_the_bar_has_two_rows_with_what_is_said_of_the_working_copy(tab, status):
    tab = tab("ru", viewport={"width": 360, "height": 700})
    tab.page.goto(page(make.article(status=status), "change"))
    tab.page.locator("#id_headline_en").press_sequentially("!")
    tab.page.locator(".working-copy__kept").get_by_text(":").wait_for()
    bar = tab.page.locator(".submit-row")
    assert bar.bounding_box()["height"] < 3 * bar.locator("input").first.bounding_box()["height"]


def test_who_may_not_publish_has_no_such_button(sign_in):
    row = make.article(status="draft")
    answer = sign_in("Editor").get(page(row, "change")).content.decode()
    assert 'name="_save"' in answer
    assert 'name="_publish"' not in answer
