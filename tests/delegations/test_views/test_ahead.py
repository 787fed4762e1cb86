"""What is decided and lies ahead: on its page, on those of delegations and home, as data, as a calendar."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client

from tests import make
from tests.cstopa.http.test_calendars import lines, unescaped
from tests.growth import costs
from tests.reading import by_id, links, main, parsed, spaced, words

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
TODAY = NOON.date()
DAY = dt.timedelta(days=1)
PAGES = ("/", "/delegations/belarus/", "/ahead/")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOON, tick=False):
        yield


def block(client, address):
    found = parsed(client.get(address)).find(".//section[@aria-labelledby='page:ahead']")
    return "" if found is None else words(found)


def calendar(client, address):
    """Return the events of a calendar, ``{UID: {name: value}}``."""
    response = client.get(address)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    events, event = {}, None
    for name, _parameters, value in lines(response.content.decode()):
        if (name, value) == ("BEGIN", "VEVENT"):
            event = {}
        elif (name, value) == ("END", "VEVENT"):
            assert event["UID"] not in events
            events[event["UID"]] = event
            event = None
        elif event is not None:
            event[name] = unescaped(value)
    return events


def test_where_nothing_is_ahead_there_is_no_block(client, belarus, houses):
    make.allocation(houses[0], valid_from=TODAY, source=make.source())
    make.role(parliament=belarus, valid_to=TODAY - DAY)
    for address in ("/", "/delegations/belarus/"):
        assert block(client, address) == ""
    assert "Nothing on record starts or ends then." in main(client.get("/ahead/"))
    assert calendar(client, "/ahead/calendar.ics").keys() == {
        "allocation-belarus-lower-1-1-start@testserver",
        "role-belarus-head-1-end@testserver",
    }
    assert client.get("/api/ahead.json").json() == {"after": "2026-11-26", "events": []}


def test_a_start_and_an_end_are_told_everywhere(client, belarus, houses):
    seats = make.allocation(houses[0], 7, valid_to=TODAY + 9 * DAY)
    make.allocation(houses[0], 8, valid_from=TODAY + 10 * DAY)
    for address in PAGES:
        text = main(client.get(address))
        assert (
            "5 December 2026 Up to and including this day: Seat allocation: House, 7 deputies"
            in text
        )
        assert "6 December 2026 From this day: Seat allocation: House, 8 deputies" in text
        assert seats.get_absolute_url() in links(client.get(address))
    assert "/ahead/calendar.ics" in links(client.get("/ahead/"))
    first, second = calendar(client, "/ahead/calendar.ics").values()
    assert (first["DTSTART"], first["DTEND"]) == ("20261205", "20261206")
    assert (
        spaced(first["SUMMARY"])
        == "Up to and including this day: Seat allocation: House, 7 deputies"
    )
    assert first["DTSTAMP"] == "20261126T120000Z"
    assert first["URL"] == f"http://testserver{seats.get_absolute_url()}"
    assert second["UID"].endswith("-start@testserver")
    events = client.get("/api/ahead.json").json()["events"]
    assert [(each["day"], each["change"], each["resource"]) for each in events] == [
        ("2026-12-05", "end", "allocations"),
        ("2026-12-06", "start", "allocations"),
    ]
    assert {each["delegation"] for each in events} == {"belarus"}


def test_the_latest_possible_end_is_said_to_be_no_more(client, belarus):
    make.participation(belarus, valid_to=TODAY + DAY, valid_to_is_latest=True)
    for address in PAGES:
        assert "Until this day at the latest: Participation: member" in main(client.get(address))
    [event] = calendar(client, "/delegations/belarus/ahead.ics").values()
    assert event["SUMMARY"].startswith("Until this day at the latest:")
    assert "no later than 27\xa0November 2026" in event["DESCRIPTION"]
    assert client.get("/api/ahead.json").json()["events"][0]["is_latest"] is True


def test_a_start_known_to_its_month_is_said_to_be_no_more(client, belarus):
    make.participation(belarus, valid_from=dt.date(2027, 3, 1), valid_from_precision="month")
    for address in PAGES:
        assert "From this day at the earliest: Participation: member" in main(client.get(address))
    assert "March 2027" in main(client.get("/ahead/"))
    assert client.get("/api/ahead.json").json()["events"][0]["is_earliest"] is True


def test_what_ends_with_its_chamber_is_told_once(client, belarus):
    house = make.chamber(belarus, valid_to=TODAY + DAY)
    make.allocation(house)
    make.allocation(make.chamber(belarus, valid_to=TODAY + DAY), valid_to=TODAY + 5 * DAY)
    make.membership(chamber_=house, valid_from=TODAY + 3 * DAY)
    events = client.get("/api/ahead.json").json()["events"]
    assert [(each["resource"], each["day"]) for each in events] == [("chambers", "2026-11-27")] * 2


def test_every_kind_of_fact_is_told(client, belarus, houses):
    made = list(
        make.facts_of_further_kinds(
            parliament=belarus,
            chamber=houses[0],
            name_en="Name",
            valid_to=TODAY,
            function="representative",
        )
    )
    told = client.get("/api/ahead.json").json()["events"]
    assert {each["fact"] for each in told} == {each.code for each in made}
    assert len(calendar(client, "/ahead/calendar.ics")) == len(made)


def test_a_block_is_short_and_counts_what_is_alike(client, belarus, houses):
    for _ in range(12):
        make.membership(chamber_=houses[0], valid_to=TODAY + DAY)
    for number in range(2, 12):
        make.participation(make.parliament(), valid_from=TODAY + number * DAY)
    text = block(client, "/")
    assert "27 November 2026 Up to and including this day: Memberships: 12" in text
    assert text.count("From this day") == 2
    text = block(client, "/delegations/belarus/")
    assert "Memberships: 12" in text
    assert "From this day" not in text


def test_it_is_told_as_seen_from_another_day(client, belarus):
    make.participation(belarus, valid_from=dt.date(2020, 3, 1), valid_to=dt.date(2020, 5, 1))
    assert "1 March 2020" in main(client.get("/ahead/?date=2020-02-28"))
    assert "From this day" not in main(client.get("/ahead/?date=2020-03-01"))
    assert len(client.get("/api/ahead.json?date=2020-02-28").json()["events"]) == 2
    assert block(client, "/delegations/belarus/?date=2020-02-28") == ""
    make.role(parliament=belarus, valid_from=TODAY + 20 * DAY)
    assert "Head of the delegation" in block(client, f"/delegations/belarus/?date={TODAY + DAY}")
    assert block(client, f"/delegations/belarus/?date={TODAY + 20 * DAY}") == ""


def test_many_come_page_by_page(client, belarus, houses):
    codes = {make.membership(chamber_=houses[0], valid_to=TODAY + DAY).code for _ in range(120)}
    found, address = set(), "/ahead/"
    while address:
        answered = links(client.get(address))
        found |= {each.partition("#")[2] for each in answered if "/people/" in each}
        address = next((f"/ahead/{a}" for a in answered if answered[a] == "Later"), "")
    assert found == codes
    for position in ("x", "0", "3", "-1", "9" * 40, "٣"):
        text = main(client.get("/ahead/", {"page": position}))
        assert "The position in this address cannot be read." in text


def test_a_calendar_of_a_delegation_is_found_by_its_address(client, belarus, houses):
    make.role(parliament=belarus, valid_to=TODAY)
    make.role(parliament=make.parliament("other"), valid_to=TODAY)
    make.office(valid_to=TODAY)
    assert len(calendar(client, "/ahead/calendar.ics")) == 3
    assert len(calendar(client, "/ru/delegations/belarus/ahead.ics")) == 1
    response = client.get("/delegations/belarus/ahead.ics")
    etag = {"if-none-match": response["ETag"]}
    assert client.get("/delegations/belarus/ahead.ics", headers=etag).status_code == 304
    assert client.post("/ahead/calendar.ics").status_code == 405
    assert client.get("/delegations/atlantis/ahead.ics").status_code == 404
    belarus.slug = "renamed"
    belarus.save()
    assert client.get("/delegations/belarus/ahead.ics").status_code == 301


def test_the_name_of_an_event_stays_and_its_stamp_follows_the_record(client, belarus):
    fact = make.participation(belarus, valid_from=TODAY + DAY)
    [(name, before)] = calendar(client, "/ahead/calendar.ics").items()
    with time_machine.travel(NOON + dt.timedelta(hours=2), tick=False):
        fact.valid_from += DAY
        fact.save()
        [(still, after)] = calendar(Client(), "/ahead/calendar.ics").items()
    assert still == name
    assert (before["DTSTAMP"], after["DTSTAMP"]) == ("20261126T120000Z", "20261126T140000Z")


def test_pages_lead_to_it(client, belarus):
    make.role(parliament=belarus, valid_to=TODAY)
    for address in ("/", "/delegations/belarus/"):
        assert "/ahead/" in links(client.get(address)), address
    assert "/delegations/belarus/ahead.ics" in links(client.get("/delegations/belarus/"))
    assert by_id(client.get("/ahead/"), "page:source-1")
    response = client.get("/ahead/")
    assert re.search(r'rel="alternate" type="text/calendar"', response.text)


def test_it_costs_no_more_with_more_rows(client, belarus, houses):
    def fill(number):
        for _ in range(number):
            house = make.chamber(make.parliament(), valid_to=TODAY + 50 * DAY)
            make.allocation(house, valid_from=TODAY + DAY)
            make.name(house, valid_to=TODAY)
            make.membership(chamber_=house, valid_to=TODAY)
            make.role(parliament=belarus, kind="alternate", valid_to=TODAY)
            make.office(valid_from=TODAY + DAY)

    addresses = [*PAGES, "/ahead/calendar.ics", "/delegations/belarus/ahead.ics", "/api/ahead.json"]
    fill(2)
    few = costs(client, addresses)
    fill(8)
    assert costs(client, addresses) == few
