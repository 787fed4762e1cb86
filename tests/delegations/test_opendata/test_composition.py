"""The table of seats through time says of every day what the page of that day says."""

import datetime as dt
from itertools import pairwise

import pytest
import time_machine

from cstopa.models.periods import EARLIEST, LATEST, ONE_DAY
from delegations.timeline import days_of_change
from tests import make
from tests.cstopa.opendata.asking import ask
from tests.demo import rows as demo
from tests.growth import queries
from tests.reading import main, table

pytestmark = pytest.mark.django_db

NUMBERS = ("seats", "members", "possible_members", "vacant", "unrecorded", "surplus")
TODAY = dt.date(2026, 11, 26)
ADDRESS = "/api/composition.csv"


def on(rows, day):
    """Return ``{chamber: numbers}`` of the rows that speak of a day; none twice."""
    is_today, day = day == TODAY, day.isoformat()
    found = [
        row
        for row in rows
        if row["valid_from"] <= day
        and (not row["valid_to"] or day <= row["valid_to"])
        # Seats that nothing dates hold today, and on no other day.
        and (row["is_dated"] == "true" or bool(row["seats"]) == is_today)
    ]
    said = {row["chamber_code"]: numbers(row, row["holds"] == "true") for row in found}
    assert len(said) == len(found)
    return said


def numbers(row, holds):
    return [str(holds).lower(), *(row[name] or "" for name in NUMBERS)]


def by_json(client, day):
    said = {}
    for delegation in ask(client, f"/api/delegations/?date={day}")["items"]:
        for name, holds in (("chambers", True), ("possible_chambers", False)):
            for part in delegation[name]:
                texts = {key: "" if part[key] is None else str(part[key]) for key in NUMBERS}
                said[part["code"]] = numbers(texts, holds)
    return said


@time_machine.travel(dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC), tick=False)
def test_of_every_day_it_says_what_the_delegations_say(client):
    demo.fill()
    rows = table(client.get(ADDRESS))
    changes = days_of_change()
    days = {day + shift * ONE_DAY for day in changes[::5] for shift in (-1, 0)}
    days |= {EARLIEST, TODAY - ONE_DAY, TODAY, TODAY + ONE_DAY, LATEST}
    for day in sorted(days):
        said = by_json(client, day)
        assert on(rows, day) == said, day
        assert on(table(client.get(f"{ADDRESS}?date={day}")), day) == said, day
    # One after another, and no two of a chamber that say the same.
    for row, following in pairwise(rows):
        if row["chamber_code"] == following["chamber_code"] and following["valid_from"]:
            assert row["valid_to"] < following["valid_from"]
            next_day = dt.date.fromisoformat(row["valid_to"]) + ONE_DAY
            same = row | {name: following[name] for name in ("valid_from", "valid_to")}
            assert same != following or str(next_day) != following["valid_from"]


@time_machine.travel(dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC), tick=False)
def test_what_nothing_dates_is_told_without_the_day_on_which_it_is_asked(client):
    undated = {"valid_from": None, "checked_on": None, "source": make.source(published_on=None)}
    house = make.chamber(make.parliament("belarus"), code="house", **undated)
    make.allocation(house, 7, **undated)
    member = make.membership(chamber_=house, **undated)
    names = ("is_dated", "valid_from", "valid_to", "seats", "most_possible_seats", "members")

    def said(question=""):
        rows = table(client.get(f"{ADDRESS}{question}"))
        return [tuple(row[name] for name in names) for row in rows]

    possible, held = ("false", "", "", "", "7", ""), ("false", "", "", "7", "", "1")
    assert said() == [possible, held]
    assert said("?date=2026-11-26") == [held]
    for other in ("2026-11-25", "2026-11-27"):
        assert said(f"?date={other}") == [possible]
    # Days that are known of something else stay.
    member.delete()
    make.membership(chamber_=house, valid_from=dt.date(2024, 3, 1))
    assert said() == [
        ("false", "", "2024-02-29", "", "7", ""),
        ("false", "2024-03-01", "", "", "7", "1"),
        held,
    ]


def test_nobody_is_said_to_have_no_seat_where_members_are_not_recorded(client):
    houses = [make.chamber(make.parliament(slug)) for slug in ("armenia", "belarus")]
    for house in houses:
        make.allocation(house, 1, valid_from=dt.date(2020, 1, 1))
    for _ in range(2):
        make.membership(chamber_=houses[1], valid_from=dt.date(2020, 1, 1))
    rows = table(client.get(f"{ADDRESS}?date=2024-03-01"))
    assert [(row["members"], row["surplus"]) for row in rows] == [("", ""), ("2", "1")]
    said = ask(client, "/api/delegations/?date=2024-03-01")["items"]
    assert [part["surplus"] for each in said for part in each["chambers"]] == [None, 1]


def test_a_vacancy_has_its_days_its_names_and_its_source(client):
    first = dt.date(2020, 1, 1)
    state = make.parliament("belarus", name_ru="Собрание")
    source = make.source(title_en="Decision", url="https://example.org/")
    house = make.chamber(state, name_en="", valid_from=first, source=source)
    make.name(state, "Former Assembly", valid_from=first, valid_to=dt.date(2021, 12, 31))
    make.allocation(house, 2, valid_from=first, source=source)
    make.roster(house, valid_from=first)
    for last in (None, dt.date(2023, 5, 31)):
        make.membership(chamber_=house, valid_from=first, valid_to=last)
    said = [
        (row["chamber_name_en"], row["valid_from"], row["valid_to"], row["members"], row["vacant"])
        for row in table(client.get(ADDRESS))
    ]
    now = state.name_en
    assert said == [
        ("Former Assembly", "2020-01-01", "2021-12-31", "2", "0"),
        (now, "2022-01-01", "2023-05-31", "2", "0"),
        (now, "2023-06-01", "", "1", "1"),
    ]
    assert {row["source_url"] for row in table(client.get(ADDRESS))} == {"https://example.org/"}
    [row] = table(client.get(f"{ADDRESS}?date=2023-06-01"))
    assert row["vacant"] == "1"


def test_it_is_read_at_a_fixed_number_of_queries(client):
    def add():
        house = make.chamber(make.parliament())
        make.allocation(house, valid_from=dt.date(2020, 1, 1))
        make.membership(chamber_=house, valid_from=dt.date(2021, 1, 1))

    add()
    before = queries(client, ADDRESS)
    for _ in range(4):
        add()
    assert queries(client, ADDRESS) == before


def test_all_that_may_hold_is_told_where_two_rows_touch_within_a_year(client):
    belarus = make.parliament("belarus")
    house = make.chamber(belarus, code="house")
    for code, number, period in (
        ("former", 7, {"valid_from": dt.date(2001, 1, 1), "valid_to": "2005"}),
        ("next", 9, {"valid_from": "2005"}),
    ):
        unproved = {"source": make.source(published_on=None), **period}
        make.allocation(house, number, code=f"{code}-seats", **unproved)
        make.participation(belarus, code=f"{code}-participation", **unproved)
        make.office(
            make.person(code),
            "representative",
            parliament=belarus,
            code=f"{code}-office",
            **unproved,
        )
    address, day = "/delegations/belarus/", "?date=2005-06-01"
    said = ask(client, f"/api{address}{day}")
    [part] = said["chambers"]
    assert (part["seats"], said["participation"], said["representative"]) == (None, None, None)
    told = {
        "seats": part["possible_allocations"],
        "participation": said["possible_participations"],
        "office": said["possible_representatives"],
    }
    for kind, rows in told.items():
        assert [row["code"] for row in rows] == [f"former-{kind}", f"next-{kind}"]
    assert [row["seats"] for row in told["seats"]] == [7, 9]
    [row] = table(client.get(f"/api/delegations.csv{day}"))
    assert row["possible_participations"] == "former-participation next-participation"
    assert row["possible_representatives"] == "former-office next-office"
    [row] = table(client.get(f"/api/composition.csv{day}"))
    assert row["possible_allocations"] == "former-seats next-seats"
    assert (row["least_possible_seats"], row["most_possible_seats"]) == ("7", "9")
    page = main(client.get(f"{address}{day}"))
    for text in ("7 deputies", "9 deputies", "Former", "Next"):
        assert text in page
    # Where one is known to hold, no other may.
    said = ask(client, f"/api{address}?date=2004-12-31")
    assert said["chambers"][0]["seats"] == 7
    assert said["chambers"][0]["possible_allocations"] == []
    assert said["possible_participations"] == said["possible_representatives"] == []
