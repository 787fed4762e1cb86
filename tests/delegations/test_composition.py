"""Seats are counted in one place, as of a day."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delegations.composition import compositions, total
from delegations.models import Delegation
from tests import make

pytestmark = pytest.mark.django_db

MAY, JUNE = dt.date(2024, 5, 1), dt.date(2024, 6, 1)
DAY = dt.timedelta(days=1)


def one(day=None):
    [composition] = compositions(day=day)
    return composition


def test_the_total_is_the_sum_of_the_chambers():
    parliament = make.parliament()
    for seats in (7, 4):
        make.allocation(make.chamber(parliament), seats=seats)
    assert one().seats == 11
    assert one().is_complete
    assert not one().is_unicameral


def test_nothing_on_record_is_not_zero():
    make.parliament()
    assert one().seats is None
    assert not one().is_complete
    assert total([]) is None


def test_a_chamber_without_seats_on_record_is_said():
    parliament = make.parliament()
    make.allocation(make.chamber(parliament), seats=7)
    silent = make.chamber(parliament)
    assert one().seats == 7
    assert not one().is_complete
    assert [part.allocation for part in one().chambers if part.chamber == silent] == [None]


def test_each_day_has_its_own_answer():
    parliament = make.parliament()
    chamber = make.chamber(parliament, valid_to=JUNE)
    make.allocation(chamber, seats=7, valid_to=MAY)
    make.allocation(chamber, seats=8, valid_from=MAY + DAY, valid_to=JUNE)
    make.office(function="representative", parliament=parliament, valid_from=JUNE)
    assert [one(day).seats for day in (MAY, MAY + DAY, JUNE, JUNE + DAY)] == [7, 8, 8, None]
    assert one(MAY).representative is None
    assert one(JUNE).representative is not None
    assert one(JUNE + DAY).chambers == []


def test_other_parliaments_and_offices_do_not_mix_in():
    parliament = make.parliament("a")
    make.allocation(make.chamber(parliament), seats=3)
    make.allocation(make.chamber(make.parliament("b")), seats=5)
    make.office(function="chairman")
    first, second = compositions()
    assert (first.seats, second.seats) == (3, 5)
    assert first.representative is second.representative is None


def test_undated_facts_are_said_to_be():
    parliament = make.parliament()
    make.allocation(make.chamber(parliament, valid_from=MAY), valid_from=MAY)
    assert not one().is_undated
    make.participation(parliament)
    assert one().is_undated


def count_queries():
    with CaptureQueriesContext(
        connection,
    ) as queries:
        for composition in compositions(Delegation.objects.all()):
            assert composition.seats
            assert str(composition.representative)
            assert [str(part.allocation) for part in composition.chambers]
    return len(queries)


def test_the_number_of_queries_does_not_grow():
    def add():
        parliament = make.parliament()
        for _ in range(2):
            make.allocation(make.chamber(parliament))
        make.office(function="representative", parliament=parliament)
        make.participation(parliament)

    add()
    few = count_queries()
    for _ in range(20):
        add()
    assert count_queries() == few
