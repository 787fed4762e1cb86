"""What counts on which day."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cstopa.models.periods import today
from delegations.models import SeatAllocation
from tests import make
from tests.reading import spaced

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = (dt.date(2024, month, 1) for month in (5, 6, 7))
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "end", "counts", "does_not"),
    [
        (None, None, [dt.date(1900, 1, 1), MAY, dt.date(2199, 12, 31)], []),
        (MAY, None, [MAY, JULY], [MAY - DAY]),
        (None, JUNE, [dt.date(1900, 1, 1), JUNE], [JUNE + DAY]),
        (MAY, JUNE, [MAY, JUNE], [MAY - DAY, JUNE + DAY]),
        (MAY, MAY, [MAY], [MAY - DAY, MAY + DAY]),
    ],
)
def test_as_of(start, end, counts, does_not):
    row = make.allocation(valid_from=start, valid_to=end)
    for day in counts:
        assert list(SeatAllocation.objects.as_of(day)) == [row]
        assert row.covers(day)
    for day in does_not:
        assert list(SeatAllocation.objects.as_of(day)) == []
        assert not row.covers(day)


@pytest.mark.parametrize(
    ("fields", "english", "russian"),
    [
        ({}, "dates not given", "срок не указан"),
        ({"valid_from": MAY}, "since 1 May 2024", "с 1 мая 2024 г."),
        ({"valid_from": MAY + DAY}, "since 2 May 2024", "со 2 мая 2024 г."),
        (
            {"valid_to": MAY},
            "until 1 May 2024, start not known",
            "по 1 мая 2024 г., начало неизвестно",
        ),
        (
            {"valid_from": MAY, "valid_to": JUNE},
            "1 May 2024 to 1 June 2024",
            "с 1 мая 2024 г. по 1 июня 2024 г.",
        ),
        (
            {"valid_from": MAY, "valid_to": JUNE, "valid_to_is_latest": True},
            "1 May 2024 to no later than 1 June 2024",
            "с 1 мая 2024 г., окончание не позднее 1 июня 2024 г.",
        ),
        (
            {"valid_to": JUNE, "valid_to_is_latest": True},
            "until no later than 1 June 2024, start not known",
            "окончание не позднее 1 июня 2024 г., начало неизвестно",
        ),
        (
            {
                **{"valid_from": MAY, "valid_from_precision": "month"},
                **{"valid_to": JUNE.replace(day=30), "valid_to_precision": "month"},
            },
            "May 2024 to June 2024",
            "с мая 2024 г. по июнь 2024 г.",
        ),
    ],
)
def test_a_period_in_words(fields, english, russian):
    row = make.allocation(**fields)
    # The spaces that do not break are told apart by tests/test_typography.py.
    assert spaced(row.period_in_words) == english
    with translation.override("ru"):
        assert spaced(row.period_in_words) == russian


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"seats": 0},
        {"valid_from": JUNE, "valid_to": MAY},
        {"valid_from": JUNE, "valid_to": MAY, "seats": 0, "checked_on": dt.date(1800, 1, 1)},
        {"valid_from": dt.date(1800, 1, 1), "valid_to_is_latest": True},
        {"valid_from": MAY - DAY, "seats": 1000},
    ],
    ids=str,
)
@pytest.mark.parametrize("exclude", [(), ("code",), ("seats",), ("valid_from", "code")], ids=str)
def test_all_checks_in_one_query_say_what_each_says(values, exclude):
    chamber = make.chamber()
    row = make.allocation(chamber, valid_from=MAY)
    make.allocation(chamber, valid_from=MAY - 9 * DAY, valid_to=MAY - DAY)
    for name, value in values.items():
        setattr(row, name, value)

    def errors(validate_constraints):
        try:
            validate_constraints(row, {*exclude})
        except ValidationError as error:
            return error.message_dict
        return {}

    with CaptureQueriesContext(connection) as captured:
        found = errors(SeatAllocation.validate_constraints)
    assert found == errors(models.Model.validate_constraints)
    if not found:
        # The checks with their savepoint, and the overlaps where the period is compared.
        assert len(captured) <= 4


def test_today_is_a_day_in_moscow():
    with time_machine.travel(dt.datetime(2024, 5, 1, 22, 30, tzinfo=dt.UTC), tick=False):
        assert today() == dt.date(2024, 5, 2)


ARCHITECTURE = Path(__file__).resolve().parents[3] / "docs" / "architecture.md"
START, END = dt.date(2024, 3, 1), dt.date(2024, 5, 31)


def table_of_the_docs(first_heading):
    """Return the rows of a table of docs/architecture.md, known by its first heading."""
    lines = ARCHITECTURE.read_text().splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {first_heading} |")) + 2
    end = next(n for n in range(start, len(lines)) if not lines[n].startswith("|"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[start:end]]


def answers(row, days):
    """Return yes or no for each day; the database and the row agree."""
    for day in days:
        found = type(row).objects.as_of(day).contains(row)
        assert row.covers(day) == found, day
        yield "yes" if found else "no"


def test_as_of_is_as_the_docs_say():
    table = table_of_the_docs("valid from")
    # Each combination that the database takes, once.
    assert len({tuple(row[:3]) for row in table}) == len(table) == 6
    for valid_from, valid_to, latest, *expected, words in table:
        row = make.allocation(
            valid_from=START if valid_from == "given" else None,
            valid_to=END if valid_to == "given" else None,
            valid_to_is_latest=latest == "yes",
        )
        days = (START - DAY, START, END, END + DAY)
        assert list(answers(row, days)) == expected, words
        assert spaced(row.period_in_words) == words


def test_what_holds_is_as_the_docs_say():
    table = table_of_the_docs("proved on")
    assert len(table) == 6
    for evidence, valid_from, valid_to, latest, *expected in table:
        row = make.allocation(
            valid_from=START if valid_from == "given" else None,
            valid_to=END if valid_to == "given" else None,
            valid_to_is_latest=latest == "yes",
            checked_on=dt.date(2024, 5, 2) if evidence == "2 May" else None,
            source=make.source(published_on=None),
        )
        days = (START - DAY, START, dt.date(2024, 5, 2), END, END + DAY)
        said = ["holds" if row.holds(day) else "may" if row.covers(day) else "no" for day in days]
        assert said == expected, (evidence, valid_from, valid_to, latest)
        assert [row.covers(day) for day in days] == [
            type(row).objects.as_of(day).contains(row) for day in days
        ]


def test_facts_of_a_chamber_are_as_the_docs_say():
    table = table_of_the_docs("the fact's valid to")
    assert len(table) == 5
    for own, of_chamber, latest, *expected, words in table:
        chamber = make.chamber(
            valid_to=END if of_chamber == "given" else None, valid_to_is_latest=latest == "yes"
        )
        row = make.allocation(chamber, valid_to=END if own == "given" else None)
        assert list(answers(row, (END, END + DAY))) == expected, words
        assert spaced(row.period_in_words) == words
