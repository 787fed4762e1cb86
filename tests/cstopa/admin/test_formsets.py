import datetime as dt
from itertools import permutations

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from delegations.models import Membership, Office, SeatAllocation
from tests import make
from tests.forms import corrected, errors, filled
from tests.reading import spaced

pytestmark = pytest.mark.django_db


def year(number):
    """The first and the last day of a year, as the forms of make take them."""
    return {"valid_from": dt.date(number, 1, 1), "valid_to": dt.date(number, 12, 31)}


def row(prefix, number, **values):
    """What an editor writes into one row of a form."""
    return {f"{prefix}-{number}-{name}": value for name, value in values.items()}


def dates(number):
    return {"valid_from": f"{number}-01-01", "valid_to": f"{number}-12-31"}


def count(prefix, total):
    return {f"{prefix}-TOTAL_FORMS": total}


def save(client, row, **values):
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return client.post(address, filled(client.get(address), **values))


def periods(rows):
    return [(each.seats, each.valid_from, each.valid_to) for each in rows.order_by("valid_from")]


def test_one_allocation_is_closed_and_the_next_opened_in_one_form(admin_client):
    chamber = make.chamber()
    old = make.allocation(chamber, seats=7, valid_from=dt.date(2020, 1, 1))
    response = save(
        admin_client,
        chamber,
        **count("allocations", 2),
        **row("allocations", 0, valid_to="2026-06-30"),
        **row("allocations", 1, seats=8, valid_from="2026-07-01", source=old.source_id),
    )
    assert response.status_code == 302
    assert periods(chamber.allocations) == [
        (7, dt.date(2020, 1, 1), dt.date(2026, 6, 30)),
        (8, dt.date(2026, 7, 1), None),
    ]


def test_one_seat_of_a_person_is_closed_and_the_next_opened_in_one_form(admin_client):
    person = make.person()
    make.membership(person)
    house = make.chamber()
    response = save(
        admin_client,
        person,
        **count("memberships", 2),
        **row("memberships", 0, valid_to="2026-06-30"),
        **row("memberships", 1, chamber=house.pk, valid_from="2026-07-01", source=house.source_id),
    )
    assert response.status_code == 302
    assert Membership.objects.as_of(dt.date(2026, 7, 1)).get().chamber == house


def test_one_office_of_a_person_is_closed_and_the_next_opened_in_one_form(admin_client):
    person, parliament = make.person(), make.parliament()
    old = make.office(person, "representative", parliament=parliament)
    response = save(
        admin_client,
        person,
        **count("offices", 2),
        **row("offices", 0, valid_to="2026-06-30", valid_to_is_latest="on"),
        **row(
            "offices",
            1,
            function="representative",
            parliament=parliament.pk,
            valid_from="2026-07-01",
            source=old.source_id,
        ),
    )
    assert response.status_code == 302
    assert Office.objects.count() == 2


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_rows_move_on_whichever_stands_first_in_the_form(admin_client, order):
    """Each takes the year that the next one leaves."""
    chamber = make.chamber()
    for place in order:
        make.allocation(chamber, seats=place + 1, **year(2020 + place))
    rows = list(chamber.allocations.all())
    changes = {}
    for number, each in enumerate(rows):
        changes |= row("allocations", number, **dates(each.valid_from.year + 1), **corrected())
    assert save(admin_client, chamber, **changes).status_code == 302
    assert [start.year for _seats, start, _end in periods(chamber.allocations)] == [
        2021,
        2022,
        2023,
    ]
    assert [seats for seats, _start, _end in periods(chamber.allocations)] == [1, 2, 3]


def test_a_row_takes_the_place_of_a_deleted_one(admin_client):
    chamber = make.chamber()
    make.allocation(chamber, seats=1, **year(2020))
    make.allocation(chamber, seats=2, **year(2021))
    changes = row("allocations", 0, **dates(2021), **corrected()) | row(
        "allocations", 1, DELETE="on"
    )
    assert save(admin_client, chamber, **changes).status_code == 302
    assert [seats for seats, _start, _end in periods(chamber.allocations)] == [1]


def test_a_row_is_deleted_whatever_else_was_written_into_it(admin_client):
    chamber = make.chamber()
    make.allocation(chamber, seats=1, **year(2020))
    make.allocation(chamber, seats=2, **year(2021))
    changes = row("allocations", 0, seats=3, **corrected()) | row(
        "allocations", 1, DELETE="on", valid_from="x"
    )
    assert save(admin_client, chamber, **changes).status_code == 302
    assert chamber.allocations.get().seats == 3


def test_what_is_written_into_a_row_that_is_deleted_is_kept_nowhere(admin_client):
    belarus = make.parliament("belarus")
    house, other = make.chamber(belarus), make.chamber(make.parliament("armenia"))
    allocation = make.allocation(house, seats=7)
    membership = make.membership(make.person(), house)
    further = make.further_source(allocation=allocation, source=make.source(title_en="Decree"))
    for home, changes in (
        (allocation, row("further_sources", 0, source=make.source().pk, DELETE="on")),
        (house, row("allocations", 0, seats=77, DELETE="on")),
        (membership.person, row("memberships", 0, chamber=other.pk, DELETE="on")),
    ):
        assert save(admin_client, home, **changes).status_code == 302
    for each in (allocation, membership, further):
        last, *_others, first = each.history.order_by("-pk")
        assert last.history_type == "-"
        assert not last.diff_against(first).changes
    log = admin_client.get("/delegations/belarus/changes/changes.csv").text
    assert "7\N{NO-BREAK SPACE}deputies" in log
    assert "77\N{NO-BREAK SPACE}deputies" not in log
    assert log.count(membership.code) == 2
    assert "77" not in LogEntry.objects.values_list("change_message", flat=True)[1]


def test_two_rows_that_take_each_others_days_get_an_error_at_the_field(admin_client):
    chamber = make.chamber()
    make.allocation(chamber, seats=1, **year(2020))
    make.allocation(chamber, seats=2, **year(2021))
    changes = row("allocations", 0, **dates(2021), **corrected()) | row(
        "allocations", 1, **dates(2020), **corrected()
    )
    response = save(admin_client, chamber, **changes)
    (messages,) = errors(response).values()
    assert "each other’s days" in messages[0]
    assert [seats for seats, _start, _end in periods(chamber.allocations)] == [1, 2]


def test_rows_of_one_form_that_overlap_get_an_error_at_the_later_one(admin_client):
    chamber = make.chamber()
    old = make.allocation(chamber, valid_from=dt.date(2020, 1, 1))
    response = save(
        admin_client,
        chamber,
        **count("allocations", 2),
        **row("allocations", 1, seats=8, valid_from="2026-07-01", source=old.source_id),
    )
    assert list(errors(response)) == ["allocations-1-valid_from"]
    assert str(old) in errors(response)["allocations-1-valid_from"][0]
    assert SeatAllocation.objects.count() == 1


@pytest.mark.parametrize("known", [True, False])
def test_rows_of_a_chamber_that_is_not_saved_yet_are_compared(admin_client, known):
    address = reverse("admin:delegations_chamber_add")
    parliament, source = make.parliament(), make.source().pk
    response = admin_client.post(
        address,
        filled(
            admin_client.get(address),
            name_en="House",
            parliament=parliament.pk if known else "",
            **count("allocations", 2),
            **row("allocations", 0, seats=7, valid_to="2026-06-30", source=source),
            **row("allocations", 1, seats=8, valid_from="2026-06-30", source=source),
        ),
    )
    (message,) = errors(response)["allocations-1-valid_from"]
    in_the_way = f"House, {parliament.name}: 7 deputies, until 30 June 2026" if known else "until"
    assert in_the_way in spaced(message)


def test_a_row_of_another_form_is_in_the_way(admin_client):
    parliament = make.parliament()
    make.office(function="representative", parliament=parliament, valid_from=dt.date(2020, 1, 1))
    person = make.person()
    response = save(
        admin_client,
        person,
        **count("offices", 1),
        **row(
            "offices",
            0,
            function="representative",
            parliament=parliament.pk,
            source=make.source().pk,
        ),
    )
    assert list(errors(response)) == ["offices-0-valid_from"]


def test_a_form_that_hides_rows_does_not_get_past_them(admin_client):
    chamber = make.chamber()
    make.allocation(chamber)
    response = save(
        admin_client,
        chamber,
        **{"allocations-TOTAL_FORMS": 1, "allocations-INITIAL_FORMS": 0, "allocations-0-id": ""},
        **row("allocations", 0, seats=8, valid_from="2026-07-01", source=chamber.source_id),
    )
    assert list(errors(response)) == ["allocations-0-valid_from"]


@pytest.mark.parametrize("name", ["TOTAL_FORMS", "INITIAL_FORMS"])
@pytest.mark.parametrize("value", [None, "", "x"])
def test_a_malformed_form_changes_nothing_and_says_so(admin_client, name, value):
    chamber = make.chamber()
    make.allocation(chamber, seats=7)
    changes = {f"allocations-{name}": value, "allocations-0-seats": "8"}
    assert save(admin_client, chamber, **changes).status_code == 200
    assert chamber.allocations.get().seats == 7


def test_a_row_of_another_chamber_cannot_be_drawn_in(admin_client):
    chamber, other = make.chamber(), make.allocation()
    make.allocation(chamber)
    save(admin_client, chamber, **{"allocations-0-id": other.pk, "allocations-0-seats": 99})
    other.refresh_from_db()
    assert other.chamber != chamber
    assert other.seats != 99
