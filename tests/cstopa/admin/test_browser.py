"""The desk in a browser: under the site's policy, without a mistake on the console."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse

from delegations.models import (
    Chamber,
    Delegation,
    FurtherSource,
    Membership,
    Office,
    Parliament,
    Participation,
    Person,
    SeatAllocation,
    Source,
)
from news.models import Article, ArticleDraft
from tests import make
from tests.cstopa.admin.rows import everything, page

pytestmark = pytest.mark.django_db(transaction=True)

UNLABELLED = """() => [...document.querySelectorAll(
    "#content-main input:not([type=hidden]), #content-main select, #content-main textarea")]
    .filter(field => !field.closest(".empty-form") && !field.hidden && field.type !== "submit")
    .filter(field => ![...field.labels].length && !field.ariaLabel
        && !field.getAttribute("aria-labelledby"))
    .map(field => field.name)"""


HIDDEN_COLUMNS = """() => {
    const list = document.querySelector(".results");
    const right = list.getBoundingClientRect().left + list.clientWidth;
    return [...list.querySelectorAll("tbody tr:first-child > :not(.action-checkbox)")]
        .filter(cell => cell.getBoundingClientRect().right > right + 1)
        .map(cell => cell.className.match(/field-(\\w+)/)[1]);
}"""


def test_no_page_of_the_desk_breaks_the_policy_and_every_field_has_a_label(desk, base_url):
    pages = [reverse("admin:index"), reverse("admin:login"), reverse("admin:to-check")]
    for model, row in everything().items():
        pages += [page(model, "changelist"), page(row, "change")]
        if model is not Delegation:
            pages += [page(row, "delete"), page(row, "history")]
        if model not in {Delegation, FurtherSource, ArticleDraft}:
            pages.append(page(model, "add"))
    found = {}
    for address in pages:
        desk.goto(base_url + address)
        unlabelled = desk.evaluate(UNLABELLED) if address.endswith(("/add/", "/change/")) else []
        if desk.mistakes or unlabelled:
            found[address] = [*desk.mistakes, *unlabelled]
            desk.mistakes.clear()
    assert found == {}


@pytest.mark.writes
def test_the_next_allocation_is_opened_with_a_source_found_by_typing(desk, base_url):
    chamber = make.chamber(source=make.source(title_ru="Состав делегаций"))
    make.allocation(chamber, seats=7)
    desk.goto(base_url + reverse("admin:delegations_chamber_change", args=[chamber.pk]))
    desk.fill("#id_allocations-0-valid_to", "2026-06-30")
    desk.locator("#allocations-group .add-row button").click()
    desk.fill("#id_allocations-1-seats", "8")
    desk.fill("#id_allocations-1-valid_from", "2026-07-01")
    desk.locator("#allocations-1").get_by_role("combobox", name="Source").fill("состав")
    desk.locator("#allocations-1").get_by_role("option").click()
    desk.locator("[name=_save]").click()
    desk.locator(".success").wait_for()
    assert sorted(chamber.allocations.values_list("seats", flat=True)) == [7, 8]
    assert desk.mistakes == []


def test_what_happened_is_asked_of_saved_rows_alone(desk, base_url):
    row = make.allocation(seats=7)
    desk.goto(base_url + page(row.chamber, "change"))
    desk.locator("#allocations-group .add-row button").click()
    assert not desk.locator("#allocations-1 .overwriting").is_visible()
    desk.locator("#allocations-1 .inline-deletelink").click()
    desk.fill("#id_allocations-0-seats", "8")
    desk.locator("[name=_save]").click()
    desk.locator("#id_allocations-0-what_happened").select_option("change")
    desk.fill("#id_allocations-0-first_day", "2026-07-01")
    desk.locator("[name=_save]").click()
    desk.locator(".success").wait_for()
    assert sorted(row.chamber.allocations.values_list("seats", flat=True)) == [7, 8]
    assert desk.mistakes == []


def test_facts_are_checked_one_after_another_on_a_telephone(desk, base_url):
    desk.set_viewport_size({"width": 360, "height": 800})
    for _each in range(30):
        make.office()
    desk.goto(base_url + reverse("admin:to-check"))
    assert desk.evaluate("document.documentElement.scrollWidth") <= 360
    some = desk.locator(".to-check__facts > li")
    following = some.nth(21).get_attribute("id")
    some.nth(20).get_by_role("button").click()
    desk.locator(".success").wait_for()
    assert desk.url.endswith(f"#{following}")
    assert some.count() == 29
    assert desk.locator(f"#{following}").bounding_box()["y"] < 800
    assert desk.mistakes == []


def test_an_editor_switches_the_language_and_stays_on_the_page(desk, base_url):
    address = base_url + reverse("admin:news_article_changelist") + "?q=ice"
    desk.goto(address)
    desk.get_by_role("button", name="Русский").click()
    desk.wait_for_load_state()
    assert desk.url == address
    assert desk.locator("html").get_attribute("lang") == "ru"
    assert desk.mistakes == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_list_fits_beside_its_filters_and_a_telephone(desk, base_url, language):
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    call_command("loaddata", "delegations", "news", verbosity=0)
    period = {"valid_from": dt.date(2020, 11, 12), "valid_to": dt.date(2026, 11, 24)}
    make.membership(Person.objects.first(), Chamber.objects.first(), **period)
    make.participation(Parliament.objects.first(), **period)
    lists = [Chamber, SeatAllocation, Participation, Membership, Office, Article, Source]
    found = {}
    for model in lists:
        desk.goto(base_url + page(model, "changelist"))
        for width in (1280, 360):
            desk.set_viewport_size({"width": width, "height": 800})
            if hidden := desk.evaluate(HIDDEN_COLUMNS):
                found[model, width] = hidden
    assert found == {}
