import datetime as dt

import pytest

from cstopa.models.periods import today
from delegations.as_of_views import Footnotes, Nearest, by_time
from delegations.models import Office, Source
from tests.reading import spaced

DAY = dt.date(2024, 3, 1)
AFTER = DAY + dt.timedelta(days=1)
BEFORE = DAY - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "heading"),
    [
        (None, None, "Possibly on 1 March 2024"),
        (None, DAY, "On 1 March 2024"),
        (None, AFTER, "Possibly on 1 March 2024"),
        (DAY, None, "On 1 March 2024"),
        (BEFORE, AFTER, "On 1 March 2024"),
        (None, BEFORE, "Earlier"),
        (AFTER, None, "Later"),
    ],
)
def test_a_fact_stands_under_its_heading(valid_from, valid_to, heading):
    fact = Office(valid_from=valid_from, valid_to=valid_to, source=Source())
    [(told, facts)] = by_time([fact], DAY)
    assert (spaced(told), facts) == (heading, [fact])


def test_what_is_in_force_comes_first():
    ended, undated, later, held = (
        Office(valid_to=BEFORE, source=Source()),
        Office(source=Source(published_on=BEFORE)),
        Office(valid_from=AFTER, source=Source()),
        Office(valid_from=DAY, source=Source()),
    )
    may_be = Office(valid_to=AFTER, source=Source())
    facts = [ended, may_be, undated, later, held]
    groups = [facts for _heading, facts in by_time(facts, DAY)]
    assert groups == [[held], [undated], [may_be], [ended], [later]]


def test_what_nothing_dates_holds_on_the_day_of_asking():
    fact = Office(source=Source())
    assert by_time([fact], today()) == [("Dates not given", [fact])]


def test_a_source_keeps_its_number():
    footnotes = Footnotes()
    assert [footnotes.number(source) for source in "abac"] == ["1", "2", "1", "3"]
    assert list(footnotes.items()) == [("a", "1"), ("b", "2"), ("c", "3")]


def test_the_nearest_facts_come_in_their_own_order():
    far, near, held, next_one = (
        Office(pk=1, valid_to=BEFORE - 300 * (DAY - BEFORE)),
        Office(pk=2, valid_to=BEFORE),
        Office(pk=3),
        Office(pk=4, valid_from=AFTER),
    )
    facts = [next_one, far, held, near]
    assert Nearest(facts, DAY, 3) == [next_one, held, near]
    assert Nearest(facts, DAY, 1) == [held]
    assert Nearest(facts, DAY, 9) == facts
    assert [Nearest(facts, DAY, number).left_out for number in (1, 3, 9)] == [3, 1, 0]
