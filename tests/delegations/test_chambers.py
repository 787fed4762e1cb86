"""By what a chamber was followed."""

import datetime as dt

import pytest

from delegations.chamber_succession import followed, follows
from delegations.models import Chamber

JUNE = dt.date(2026, 6, 30)
DAY = dt.timedelta(days=1)


def chamber(key, valid_from=None, valid_to=None, **fields):
    return Chamber(pk=key, valid_from=valid_from, valid_to=valid_to, **fields)


@pytest.mark.parametrize(("days", "after_an_interval"), [(1, False), (2, True), (63, True)])
def test_two_are_followed_by_one(days, after_an_interval):
    lower, upper, one = (
        chamber(1, None, JUNE),
        chamber(2, None, JUNE),
        chamber(3, JUNE + days * DAY),
    )
    found = followed([lower, upper, one])
    assert set(found) == {lower, upper}
    for each in found.values():
        assert (each.by, each.starts) == ([one], JUNE + days * DAY)
        assert each.after_an_interval == after_an_interval
    assert [each.chamber for each in follows(one, found)] == [lower, upper]


def test_those_that_start_first_follow():
    first = chamber(1, None, JUNE)
    lower, upper = chamber(2, JUNE + DAY, JUNE + 9 * DAY), chamber(3, JUNE + DAY)
    last = chamber(4, JUNE + 10 * DAY)
    found = followed([first, lower, upper, last])
    assert found[first].by == [lower, upper]
    assert found[lower].by == [last]
    assert upper not in found
    assert follows(first, found) == []


def test_what_was_there_before_the_end_does_not_follow():
    assert followed([chamber(1, None, JUNE), chamber(2), chamber(3, JUNE)]) == {}
