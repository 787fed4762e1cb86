"""A record that is no row is refused in a line that says where it stands and why."""

import datetime as dt

import pytest

from delegations.models import Chamber, SeatAllocation
from tests import make
from tests.records import ARTICLE, HOUSE, SEATS, SOURCE, UTOPIA, changed, complaints, load

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (changed(SEATS, chamber=["nowhere"]), "chamber: There is no chamber nowhere."),
        (changed(SEATS, seats="seven"), "seats: It is a whole number, not 'seven'."),
        (changed(SEATS, seats=7.5), "seats: It is a whole number, not 7.5."),
        (changed(SEATS, seats=True), "seats: It is a whole number, not True."),
        (changed(SEATS, seats=0), "seats: An allocation has 1 to 999 seats."),
        (changed(SEATS, seats=None), "seats: This field cannot be null."),
        (changed(SEATS, seats=...), "seats: The field is missing."),
        (changed(SEATS, colour="red"), "colour: There is no such field."),
        (changed(SEATS, id=7), "id: There is no such field."),
        (changed(SEATS, chamber_id=7), "chamber_id: There is no such field."),
        (
            changed(SEATS, chamber=7),
            "chamber: A row is named by its natural key, a list, not 7.",
        ),
        (
            changed(SEATS, chamber=["utopia", "house"]),
            "chamber: It is no natural key: ['utopia', 'house'].",
        ),
        (
            changed(SEATS, valid_from="2021-02-30"),
            "valid_from: “2021-02-30” value has the correct format (YYYY-MM-DD) but it is an"
            " invalid date.",
        ),
        (changed(SEATS, valid_from=2021), "valid_from: It is a text, not 2021."),
        (
            changed(SEATS, valid_from="2022-01-01", valid_to="2021-01-01"),
            "valid_to: A period does not end before it starts.",
        ),
        (changed(HOUSE, name_en=["House"]), "name_en: It is a text, not ['House']."),
        (changed(HOUSE, name_en="Hou\0se"), "name_en: It holds a NUL character."),
        (changed(HOUSE, house="middle"), "house: Value 'middle' is not a valid choice."),
        (
            changed(ARTICLE, published_at="2021-05-21"),
            "published_at: A moment has its time zone: 2021-05-21T00:00:00+03:00.",
        ),
        (
            changed(ARTICLE, body_en="<script>alert(1)</script>"),
            "status: To be published, an article needs headline, summary and body in one language.",
        ),
        (changed(ARTICLE, people=None), "people: It is a list, not None."),
    ],
)
def test_a_broken_record_is_refused_in_one_line(record, reason):
    model, fields = record
    label = f"{model} {fields.get('code') or fields['slug']}"
    others = [each for each in (SOURCE, UTOPIA, HOUSE) if each[0] != model]
    assert complaints(*others, record) == [
        f"standard input, record {len(others) + 1}, {label}: {reason}"
    ]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("a text", ": A record is an object with “model” and “fields”."),
        (None, ": A record is an object with “model” and “fields”."),
        ({"fields": {}}, ": There is no model None."),
        (("delegations.senate", {}), ": There is no model 'delegations.senate'."),
        (
            {"model": "delegations.parliament"},
            ", delegations.parliament: A record is an object with “model” and “fields”.",
        ),
        (
            changed(UTOPIA, slug=""),
            ", delegations.parliament: slug: The natural key is missing, or is no text.",
        ),
        (
            changed(SEATS, code=...),
            ", delegations.seatallocation: code: The natural key is missing, or is no text.",
        ),
        (
            {"model": UTOPIA[0], "pk": 7, "fields": UTOPIA[1]},
            ", delegations.parliament utopia: pk: The row is known by its natural key and takes"
            " no other.",
        ),
        (
            ("delegations.delegation", {"slug": "utopia"}),
            ", delegations.delegation: It has no rows: load delegations.parliament.",
        ),
    ],
)
def test_what_is_no_record_of_a_row_is_refused(record, reason):
    assert complaints(record) == [f"standard input, record 1{reason}"]


@pytest.mark.parametrize(
    "record",
    [
        changed(SEATS, seats=10**30),
        changed(UTOPIA, name_en="\ud800"),
        {"model": "auth.user", "pk": "seven", "fields": {"username": "ann"}},
        {"model": "auth.user", "pk": 7, "fields": {"username": None}},
        {"model": "auth.permission", "fields": {"codename": "x", "content_type": ["no", "model"]}},
    ],
)
def test_what_the_database_does_not_take_is_refused(record):
    (line,) = complaints(
        SOURCE, changed(UTOPIA, slug="other"), changed(HOUSE, parliament=["other"]), record
    )
    assert line.startswith("standard input, record 4, ")


def test_a_row_that_is_stated_twice_is_refused():
    assert complaints(UTOPIA, changed(UTOPIA, name_en="Senate")) == [
        "standard input, record 2, delegations.parliament utopia: "
        "The row is stated already by standard input, record 1."
    ]


def test_the_row_in_the_way_is_named():
    """An editor has closed what the file still has as open: the file has to be mended first."""
    load(SOURCE, UTOPIA, HOUSE, SEATS)
    SeatAllocation.objects.update(valid_to=dt.date(2023, 12, 31))
    make.allocation(Chamber.objects.get(), 8, code="utopia-house-2", valid_from=dt.date(2024, 1, 1))
    assert complaints(SOURCE, changed(SEATS, valid_to=None)) == [
        "standard input, record 2, delegations.seatallocation utopia-house-1: valid_from: "
        "A chamber has one allocation on any day, and this is in the way: "
        "House, Diet of Utopia: 8 deputies, since 1 January 2024. [utopia-house-2]"
    ]


def test_every_problem_is_said_at_once_and_none_for_another_ones_sake():
    broken = changed(UTOPIA, name_en=7, state_en=7)
    lines = complaints(SOURCE, broken, HOUSE, changed(SEATS, seats="seven"))
    assert lines == [
        "standard input, record 2, delegations.parliament utopia: state_en: It is a text, not 7.",
        "standard input, record 2, delegations.parliament utopia: name_en: It is a text, not 7.",
        "standard input, record 4, delegations.seatallocation utopia-house-1: "
        "seats: It is a whole number, not 'seven'.",
    ]
