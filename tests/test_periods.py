"""What counts on which day."""

import datetime as dt

import pytest
import time_machine
from django.utils import translation

from cstopa.periods import today
from delegations.models import SeatAllocation
from tests import make

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
        ({}, "on record, undated", "в записях, без даты"),
        ({"valid_from": MAY}, "since 1 May 2024", "с 1 мая 2024"),
        (
            {"valid_to": MAY},
            "until 1 May 2024, start not known",
            "по 1 мая 2024, начало неизвестно",
        ),
        (
            {"valid_from": MAY, "valid_to": JUNE},
            "1 May 2024 to 1 June 2024",
            "с 1 мая 2024 по 1 июня 2024",
        ),
        (
            {"valid_to": JUNE, "valid_to_is_latest": True},
            "until no later than 1 June 2024, start not known",
            "по 1 июня 2024 или ранее, начало неизвестно",
        ),
    ],
)
def test_a_period_in_words(fields, english, russian):
    row = make.allocation(**fields)
    assert str(row.period_in_words) == english
    with translation.override("ru"):
        assert str(row.period_in_words) == russian


def test_today_is_a_day_in_moscow():
    with time_machine.travel(dt.datetime(2024, 5, 1, 22, 30, tzinfo=dt.UTC), tick=False):
        assert today() == dt.date(2024, 5, 2)
