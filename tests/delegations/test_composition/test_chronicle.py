"""What is answered for many days at once is what a page of one day answers."""

import datetime as dt
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delegations.composition import Chronicle, compositions, total
from delegations.models import Delegation, Person
from tests import make

pytestmark = pytest.mark.django_db

FIRST = dt.date(2020, 1, 1)


def day(number):
    return FIRST + dt.timedelta(days=number)


def history(chance):
    """Make a delegation with rows whose periods follow one another, with gaps and open ends."""
    parliament = make.parliament()
    for house in ("lower", "upper"):
        ends = {"valid_to": day(chance.randrange(60, 100))} if chance.random() < 0.5 else {}
        chamber = make.chamber(parliament, house=house, **ends)
        start = None
        for end in (20, 50, None):
            to = day(end) if end else None
            for row in (make.allocation, make.roster, make.name):
                if chance.random() < 0.7:
                    row(chamber, valid_from=start, valid_to=to)
            for _ in range(chance.randrange(3)):
                make.membership(chamber_=chamber, valid_from=start, valid_to=to)
            start = day(end + chance.randrange(1, 9)) if end else None
    make.name(parliament, "Later", valid_from=day(30))


def test_it_counts_as_a_page_of_the_day_does(chance):
    for _ in range(3):
        history(chance)
    chronicle = Chronicle()
    for number in range(0, 120, 5):
        of_day = compositions(Delegation.objects.all(), day(number))
        for expected in of_day:
            delegation = chronicle.delegations[expected.delegation.code]
            found = chronicle.composition(delegation, day(number))
            assert found.chambers == expected.chambers
            for name in ("seats", "members", "vacant", "unrecorded", "is_complete"):
                assert getattr(found, name) == getattr(expected, name)
            assert delegation.name_on(day(number)) == expected.delegation.name_on(day(number))
            for part in expected.chambers:
                assert chronicle.seats(part.chamber, day(number)) == part.seats
        assert chronicle.total(day(number)) == total(each.seats for each in of_day if each.seats)


def test_a_day_or_a_row_more_costs_no_query():
    def cost(days):
        chronicle = Chronicle()
        with CaptureQueriesContext(connection) as captured:
            for delegation in chronicle.delegations.values():
                for number in range(days):
                    chronicle.composition(delegation, day(number))
                    str(delegation.name_on(day(number)))
        return len(captured)

    history(random.Random(1))
    before = cost(1)
    history(random.Random(2))
    assert Person.objects.exists()
    assert cost(100) == before
