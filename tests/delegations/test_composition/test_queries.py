"""Seats are counted in one place, as of a day."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delegations.composition import compositions, record_of, total
from delegations.models import Delegation, Membership
from delegations.not_in_force import on_other_days
from tests import make
from tests.reading import main, spaced

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


def count_queries():
    with CaptureQueriesContext(connection) as queries:
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
    for _ in range(4):
        add()
    assert count_queries() == few


def test_what_belongs_to_a_chamber_ends_with_it(client):
    """A parliament of two chambers becomes one of one; nobody has closed what they had."""
    parliament = make.parliament("kazakhstan")
    senate = make.chamber(parliament, name_en="Senate", valid_to=JUNE)
    seats = make.allocation(senate, seats=8)
    deputy = make.membership(make.person("ann-example"), senate, valid_from=MAY)
    make.allocation(make.chamber(parliament, valid_from=JUNE + DAY), seats=5, valid_from=JUNE + DAY)

    _delegation, record, *_rest = record_of(parliament.pk, JUNE + DAY, "en")
    assert record_of(parliament.pk, JUNE, "en")[1][Membership] == [deputy]
    assert record[Membership] == []
    assert (one(JUNE).seats, one(JUNE + DAY).seats) == (8, 5)
    [section] = on_other_days(record, JUNE + DAY).sections
    assert section.facts == [seats]
    assert spaced(seats.period_in_words) == "until 1 June 2024, start not known"
    assert spaced(deputy.period_in_words) == "1 May 2024 to 1 June 2024"
    assert not seats.is_undated
    assert not deputy.covers(JUNE + DAY)

    page = main(client.get("/delegations/kazakhstan/"))
    assert "Ann" not in page
    assert "until 1 June 2024, start not known" in page
    person = main(client.get("/people/ann-example/"))
    assert person.index("Earlier") < person.index("1 May 2024 to 1 June 2024")
    listed = main(client.get("/people/"))
    assert "On this day none; earlier: Member of the delegation: " in listed
    assert "Senate, until 1 June 2024" in listed
    found = client.get("/search/", {"q": "senate"}).content.decode()
    assert "8 deputies" not in found


def test_the_end_of_a_chamber_may_be_known_as_the_latest_possible_day():
    chamber = make.chamber(valid_to=JUNE, valid_to_is_latest=True)
    seats = make.allocation(chamber, valid_from=MAY)
    assert spaced(seats.period_in_words) == "1 May 2024 to no later than 1 June 2024"
    earlier = make.allocation(make.chamber(valid_to=JUNE), valid_from=MAY, valid_to=MAY + DAY)
    assert spaced(earlier.period_in_words) == "1 May 2024 to 2 May 2024"


def test_too_many_in_one_chamber_hide_no_vacancy_of_another():
    parliament = make.parliament()
    house, senate = make.chamber(parliament, house="lower"), make.chamber(parliament, house="upper")
    make.allocation(house, seats=1)
    make.allocation(senate, seats=4)
    for chamber in (house, house, senate):
        make.membership(chamber_=chamber)
    assert spaced(one().in_words) == "2 of 5 seats filled, 3 not recorded, 1 member without a seat"
    make.roster(senate)
    assert spaced(one().in_words) == "2 of 5 seats filled, 3 vacant, 1 member without a seat"


def test_members_on_record_are_never_zero_without_a_roster():
    parliament = make.parliament()
    chamber = make.chamber(parliament)
    make.allocation(chamber)
    assert one().members_on_record is None
    make.roster(chamber)
    assert one().members_on_record == 0
