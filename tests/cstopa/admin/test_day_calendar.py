"""A day is picked in a calendar beside the field in which it may be typed."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import expect

from delegations.models import Delegation
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.admin.test_for_everyone import SCREENS

pytestmark = pytest.mark.django_db(transaction=True)

# The first of October 2027 is a Friday.
NINE = dt.datetime(2027, 10, 1, 6, 0, tzinfo=dt.UTC)
OPEN = "Alt+ArrowDown"


@pytest.fixture
def reached(desk):
    """Return what day of the calendar has the focus after keys, as a screen reader names it."""

    def reached(*keys):
        for key in keys:
            desk.keyboard.press(key)
        return desk.evaluate("document.activeElement.ariaLabel")

    return reached


def in_language(desk, base_url, language):
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])


def test_a_day_is_picked_with_the_mouse_and_the_time_of_its_moment_stays(desk, base_url):
    row = make.article(published_at=NINE, headline_en="Kept")
    desk.goto(base_url + page(row, "change"))
    field = desk.get_by_label("Published at:")
    desk.get_by_role("button", name="Calendar: Published at").click()
    calendar = desk.get_by_role("dialog", name="Published at")
    expect(calendar.get_by_role("gridcell", selected=True)).to_have_text("1")
    calendar.get_by_role("button", name="Next month").click()
    expect(calendar.get_by_role("heading")).to_have_text("November 2027")
    # What was turned to was not picked.
    expect(calendar.get_by_role("gridcell", selected=True)).to_have_count(0)
    calendar.get_by_role("gridcell", name="Friday, 5 November 2027").click()
    expect(field).to_have_value("2027-11-05 09:00")
    expect(field).to_be_focused()
    expect(calendar).to_be_hidden()
    expect(desk.locator("#id_published_at_words")).to_contain_text("Friday 5 November 2027, 09:00")
    desk.locator("[name=_save]").click()
    expect(desk.locator(".success").first).to_be_visible()
    row.refresh_from_db()
    assert row.published_at == NINE.replace(month=11, day=5)
    assert desk.mistakes == []


def test_the_keys_of_the_authoring_practices_move_in_it(desk, base_url, reached):
    row = make.membership(valid_from="2027-10-01", valid_to=None)
    desk.goto(base_url + page(row, "change"))
    desk.locator("#id_valid_from").focus()
    assert reached(OPEN) == "Friday, 1 October 2027"
    assert reached("ArrowLeft") == "Thursday, 30 September 2027"
    assert reached("ArrowRight", "ArrowDown") == "Friday, 8 October 2027"
    assert reached("ArrowUp", "ArrowUp", "Home") == "Monday, 20 September 2027"
    assert reached("End", "ArrowDown") == "Sunday, 3 October 2027"
    # A month that is shorter has its last day.
    assert reached(*["ArrowRight"] * 28) == "Sunday, 31 October 2027"
    assert reached("PageDown") == "Tuesday, 30 November 2027"
    assert reached("PageUp", "Shift+PageDown") == "Monday, 30 October 2028"
    assert reached(*["Shift+PageUp"] * 4, "ArrowLeft") == "Tuesday, 29 October 2024"
    assert reached(*["PageDown"] * 4, "Shift+PageDown") == "Saturday, 28 February 2026"
    # One day alone is reached by Tab; Escape leaves the field as it was, where one is then.
    assert desk.locator(".day-calendar [role=gridcell][tabindex='0']").count() == 1
    desk.keyboard.press("Escape")
    expect(desk.locator("#id_valid_from")).to_be_focused()
    expect(desk.locator("#id_valid_from")).to_have_value("2027-10-01")
    reached(OPEN, "ArrowRight", "Enter")
    expect(desk.locator("#id_valid_from")).to_have_value("2027-10-02")
    expect(desk.locator("#id_valid_from_words")).to_have_text("Saturday 2 October 2027")
    assert desk.mistakes == []


def test_it_opens_where_what_was_typed_is_or_today(desk, base_url, reached):
    row = make.membership(valid_from="2005-03", valid_to=None)
    desk.goto(base_url + page(row, "change"))
    desk.locator("#id_valid_from").focus()
    assert reached(OPEN) == "Tuesday, 1 March 2005"
    desk.keyboard.press("Escape")
    expect(desk.locator("#id_valid_from")).to_have_value("2005-03")
    for typed, day in {
        "7 мая 2019": "Tuesday, 7 May 2019",
        "2019": "Tuesday, 1 January 2019",
    }.items():
        with desk.expect_response(lambda answer: reverse("admin:in-words") in answer.url):
            desk.fill("#id_valid_from", typed)
        expect(desk.locator("#id_valid_from_words")).to_contain_text("2019")
        assert reached(OPEN) == day
        desk.keyboard.press("Escape")
    desk.locator("#id_valid_to").focus()
    today = reached(OPEN)
    assert desk.locator(".day-calendar [aria-current=date]").get_attribute("aria-label") == today
    desk.get_by_role("button", name="Previous year").click()
    desk.get_by_role("button", name="Today").click()
    assert reached() == today


def test_a_moment_without_its_time_waits_for_that(desk, base_url, reached):
    desk.goto(base_url + page(make.article(status="draft", published_at=None), "change"))
    field = desk.locator("#id_published_at")
    field.focus()
    reached(OPEN, "Enter")
    expect(desk.locator("#id_published_at_words")).to_contain_text("Write the time, too")
    desk.keyboard.type("9:30")
    expect(desk.locator("#id_published_at_words")).to_contain_text("09:30 in Moscow")
    # Up to a day something is so to its end.
    desk.locator("#id_leads_until").focus()
    reached(OPEN, "Enter")
    expect(desk.locator("#id_leads_until_words")).to_contain_text("to the end of")


@pytest.mark.browser_context_args(timezone_id="Asia/Bishkek")
def test_a_row_that_was_begun_in_the_form_has_it_and_today_is_that_of_moscow(
    desk, base_url, reached
):
    desk.clock.set_fixed_time("2027-02-28T20:30:00Z")
    desk.goto(base_url + page(make.membership(), "change"))
    desk.locator(".addlink").first.click()
    row = desk.locator(".inline-related:not(.empty-form)").last
    row.get_by_role("button", name="Calendar: Checked on").click()
    assert desk.get_by_role("dialog", name="Checked on").is_visible()
    reached("Enter")
    # In Moscow it is a day earlier than in Bishkek.
    expect(row.locator(".day-input input")).to_have_value("2027-02-28")


@pytest.mark.parametrize(
    ("field", "typed", "picked"),
    [
        ("published_at", "1 октября 2027 г. в 09:00", "2027-10-02 09:00"),
        ("published_at", "2027-10-01 09:00:31", "2027-10-02 09:00:31"),
        # What was no time that can be read is not made one.
        ("published_at", "2027-10-01T09:00:00+03:00", "2027-10-02 "),
        ("published_at", "2027-10-01 119:30", "2027-10-02 "),
        ("leads_until", "2027-10-01 18:00", "2027-10-02 18:00"),
        ("leads_until", "2027-10-01", "2027-10-02"),
    ],
)
def test_what_is_picked_is_written_as_it_is_typed(desk, base_url, reached, field, typed, picked):
    desk.goto(base_url + page(make.article(status="draft", published_at=None), "change"))
    input = desk.locator(f"#id_{field}")
    with desk.expect_response(lambda answer: reverse("admin:in-words") in answer.url):
        input.fill(typed)
    expect(desk.locator(f"#id_{field}_words")).not_to_be_empty()
    assert reached(OPEN) == "Friday, 1 October 2027"
    reached("ArrowRight", "Enter")
    expect(input).to_have_value(picked)


def test_what_was_typed_this_instant_is_where_it_opens(desk, base_url, reached):
    row = make.membership(valid_from="2005", valid_to="2005")
    desk.goto(base_url + page(row, "change"))
    # Of a year no day is the field's.
    desk.locator("#id_valid_to").focus()
    assert reached(OPEN) == "Saturday, 1 January 2005"
    assert desk.locator(".day-calendar [aria-selected]").count() == 0
    desk.keyboard.press("Escape")
    desk.locator("#id_valid_from").fill("2028-02-29 09:00")
    assert reached(OPEN) == "Tuesday, 29 February 2028"
    assert desk.locator(".day-calendar [aria-selected]").inner_text() == "29"
    reached("ArrowLeft", "Enter")
    # No time is taken over into what has none.
    expect(desk.locator("#id_valid_from")).to_have_value("2028-02-28")
    assert reached(OPEN) == "Monday, 28 February 2028"
    for shortcut in ("?", "Control+s"):
        desk.keyboard.press(shortcut)
    assert desk.locator("dialog[open]").count() == 1
    # A key that is held takes the day, and sends no form.
    for _press in range(3):
        desk.keyboard.down("Enter")
    desk.keyboard.up("Enter")
    expect(desk.locator("dialog[open]")).to_have_count(0)
    assert reached(OPEN) == "Monday, 28 February 2028"
    assert desk.mistakes == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_is_for_everyone_where_it_is_open(desk, base_url, language):
    in_language(desk, base_url, language)
    member = make.membership(valid_from="2027-10-01")
    home = Delegation.objects.get(pk=member.chamber.parliament_id)
    places = [
        page(make.article(published_at=NINE), "change"),
        page(member, "change"),
        page(home, "change"),
        f"/admin/delegations/membership/{member.pk}/end/",
        reverse("admin:log"),
    ]
    found = []
    for address in places:
        desk.goto(base_url + address)
        desk.wait_for_load_state("networkidle")
        calendar = desk.locator(".day-calendar")
        desk.locator(".day-input input").first.focus()
        desk.keyboard.press(OPEN)
        for scheme, width, forced in [*SCREENS, ("light", 320, "none")]:
            desk.emulate_media(color_scheme=scheme, reduced_motion="reduce", forced_colors=forced)
            height = 256 if width == 320 else 800
            desk.set_viewport_size({"width": width, "height": height})
            desk.wait_for_timeout(200)
            box = calendar.bounding_box()
            right, bottom = box["x"] + box["width"], box["y"] + box["height"]
            if min(box["x"], box["y"]) < 0 or right > width or bottom > height:
                found.append((address, width, box))
            rules = Axe().run(desk, options={"preload": False}).response["violations"]
            found += [(address, scheme, width, rule["id"]) for rule in rules]
        heads = calendar.get_by_role("columnheader").all_inner_texts()
        week = {"en": ["mon", "sun"], "ru": ["пн", "вс"]}[language]
        assert [head.lower() for head in heads][::6] == week
    assert [*found, *desk.mistakes] == []


def test_without_a_script_no_button_offers_it(new_context, base_url, client, admin_user):
    client.force_login(admin_user)
    context = new_context(java_script_enabled=False)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}]
    )
    tab = context.new_page()
    tab.goto(base_url + page(make.membership(), "change"))
    assert tab.locator("#id_valid_from").is_visible()
    assert tab.locator(".day-input__calendar").count() > 1
    assert tab.locator(".day-input__calendar:visible").count() == 0
    assert tab.locator("[aria-keyshortcuts]").count() == 0
