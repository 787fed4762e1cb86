"""Two rows that certainly share a day: the database refuses exactly what the desk does."""

import datetime as dt
import json
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from cstopa.models.partial_dates import first_possible, is_exact, last_possible, read_partial
from delegations.models import SeatAllocation
from tests import make
from tests.cstopa.models.raw_sql import insert_copy

pytestmark = pytest.mark.django_db

DAYS = ["2005-01-01", "2005-03-01", "2005-03-15", "2005-03-31", "2005-12-31"]
KNOWN = ["", "2005", "2005-03", *DAYS]
# Days before, between and after all that are named, so that none of them is first or last.
BETWEEN = [
    dt.date(2004, 6, 1),
    *(dt.date(2005, month, 20) for month in range(1, 13)),
    dt.date(2007, 1, 1),
]
CALENDAR = sorted(
    {*BETWEEN, *map(dt.date.fromisoformat, DAYS), dt.date(2005, 4, 1), dt.date(2005, 4, 30)}
)


def known(text, is_end):
    if not text:
        return None
    return read_partial(text, is_end=is_end) or dt.date.fromisoformat(text)


def possible(day, unknown):
    """Return the days of the calendar that a day may be; an unknown one is as far as can be."""
    first, last = first_possible(day), last_possible(day)
    return [each for each in CALENDAR if first <= each <= last] if day else [unknown]


def courses(start, end):
    """Return every period that a row may have had, as the first and the last day."""
    starts, ends = possible(start, CALENDAR[0]), possible(end, CALENDAR[-1])
    return [(first, last) for first, last in product(starts, ends) if first <= last]


def share_a_day(one, other):
    """Return whether two rows share a day, whichever periods they had."""
    return all(
        max(first, another) <= min(last, end)
        for (first, last), (another, end) in product(courses(*one), courses(*other))
    )


PERIODS = [
    period
    for period in ((known(start, False), known(end, True)) for start, end in product(KNOWN, KNOWN))
    if courses(*period)
]


def columns(period):
    return {
        name: value
        for field, day in zip(("valid_from", "valid_to"), period, strict=True)
        for name, value in (
            (
                field,
                day and (day.last if field == "valid_to" else day.first)
                if not is_exact(day)
                else day,
            ),
            (f"{field}_precision", "day" if is_exact(day) else str(day.precision)),
        )
    }


# Each is tried with what stands in the way in another way: a month, a year, a part of one, a day.
@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2005-03", "2005-03"),
        ("2005", "2005"),
        ("2005", "2005-03"),
        ("2005-03", "2005-04"),
        ("2005", "2005-03-15"),
        ("2005-03-15", "2005"),
        ("2005-03-15", "2005-03-31"),
        ("", "2005-03"),
    ],
)
def test_the_database_refuses_what_the_desk_refuses_and_no_more(start, end):
    mine = known(start, False), known(end, True)
    row = make.allocation(valid_from=mine[0], valid_to=mine[1])
    outcomes = set()
    for period in PERIODS:
        is_refused = share_a_day(mine, period)
        other = SeatAllocation(
            chamber=row.chamber,
            code="other",
            seats=9,
            source=row.source,
            valid_from=period[0],
            valid_to=period[1],
        )
        for way, error, arguments in (
            (insert_copy, DatabaseError, {"row": row, **columns(period)}),
            (other.full_clean, ValidationError, {}),
        ):
            try:
                way(**arguments)
            except error:
                assert is_refused, (way, period)
            else:
                assert not is_refused, (way, period)
                SeatAllocation.objects.exclude(pk=row.pk).delete()
        outcomes.add(is_refused)
    assert outcomes == {True, False}


def test_two_of_one_month_are_loaded_and_one_within_a_known_year_is_not(tmp_path):
    row = make.allocation(valid_from="2005-03", valid_to="2005-03")
    make.allocation(row.chamber, valid_from="2005-03", valid_to="2005-03", code="second")
    kept = tmp_path / "rows.json"
    options = {"natural_foreign": True, "natural_primary": True}
    call_command("dumpdata", "delegations.seatallocation", **options, output=kept)
    call_command("loaddata", kept)
    assert SeatAllocation.objects.count() == 2
    rows = json.loads(kept.read_text())
    rows[1]["fields"] |= {"valid_from": "2005-01-01", "valid_to": "2005-12-31"}
    kept.write_text(json.dumps(rows))
    with pytest.raises(CommandError, match="in the way"):
        call_command("loaddata", kept)
