"""The desk in a browser: under the site's policy, without a mistake on the console."""

import pytest
from django.urls import reverse

from delegations.models import Delegation, SeatAllocation
from news.models import Article
from tests import make
from tests.desk.rows import everything, page

pytestmark = pytest.mark.django_db(transaction=True)

UNLABELLED = """() => [...document.querySelectorAll(
    "#content-main input:not([type=hidden]), #content-main select, #content-main textarea")]
    .filter(field => !field.closest(".empty-form, .select2") && field.type !== "submit")
    .filter(field => ![...field.labels].length && !field.ariaLabel
        && !field.getAttribute("aria-labelledby"))
    .map(field => field.name)"""


@pytest.fixture
def desk(context, live_server, client, admin_user):
    """A page of the browser, signed in, with the mistakes that it told."""
    client.force_login(admin_user)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    tab = context.new_page()
    tab.mistakes = []
    tab.on("pageerror", lambda error: tab.mistakes.append(str(error)))
    tab.on(
        "console",
        lambda said: tab.mistakes.append(said.text) if said.type in {"error", "warning"} else None,
    )
    return tab


def test_no_page_of_the_desk_breaks_the_policy_and_every_field_has_a_label(desk, live_server):
    pages = [reverse("admin:index"), reverse("admin:login")]
    for model, row in everything().items():
        pages += [page(model, "changelist"), page(row, "change")]
        if model is not Delegation:
            pages += [page(model, "add"), page(row, "delete"), page(row, "history")]
    found = {}
    for address in pages:
        desk.goto(live_server.url + address, wait_until="networkidle")
        unlabelled = desk.evaluate(UNLABELLED) if address.endswith(("/add/", "/change/")) else []
        if desk.mistakes or unlabelled:
            found[address] = [*desk.mistakes, *unlabelled]
            desk.mistakes.clear()
    assert found == {}


def test_the_next_allocation_is_opened_with_a_source_found_by_typing(desk, live_server):
    chamber = make.chamber(source=make.source(title_ru="Состав делегаций"))
    make.allocation(chamber, seats=7)
    desk.goto(live_server.url + reverse("admin:delegations_chamber_change", args=[chamber.pk]))
    desk.fill("#id_allocations-0-valid_to", "2026-06-30")
    desk.locator("#allocations-group .add-row a").click()
    desk.fill("#id_allocations-1-seats", "8")
    desk.fill("#id_allocations-1-valid_from", "2026-07-01")
    desk.locator("#allocations-1 .select2-selection").click()
    desk.locator(".select2-search__field").last.fill("состав")
    desk.locator(".select2-results__option--highlighted").click()
    desk.locator("[name=_save]").click()
    desk.locator(".success").wait_for()
    assert sorted(chamber.allocations.values_list("seats", flat=True)) == [7, 8]
    assert desk.mistakes == []


def test_an_editor_switches_the_language_and_stays_on_the_page(desk, live_server):
    address = live_server.url + reverse("admin:news_article_changelist") + "?q=ice"
    desk.goto(address)
    desk.get_by_role("button", name="Русский").click()
    desk.wait_for_load_state()
    assert desk.url == address
    assert desk.locator("html").get_attribute("lang") == "ru"
    assert desk.mistakes == []


@pytest.mark.browser_context_args(timezone_id="Asia/Bishkek")
def test_the_time_zone_is_named_where_a_time_is_asked_for(desk, live_server):
    rows = everything()
    for model, seen in ((Article, 1), (SeatAllocation, 0)):
        desk.goto(live_server.url + page(rows[model], "change"), wait_until="networkidle")
        notes = desk.locator(".timezonewarning").all()
        assert notes
        assert sum(note.is_visible() for note in notes) == seen
