"""A parliament and a chamber have a name of their own, and others in certain periods."""

import datetime as dt

import pytest
from django.core.exceptions import FieldFetchBlocked
from django.db import connection
from django.db.models import FETCH_RAISE
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from delegations.models import Chamber, Membership, Parliament, Role
from tests import make

pytestmark = pytest.mark.django_db

JULY, DAY = dt.date(2024, 7, 1), dt.timedelta(days=1)


@pytest.mark.parametrize("holder", ["parliament", "chamber"])
def test_a_name_is_that_of_the_day(holder):
    row = make.parliament(name_en="Old") if holder == "parliament" else make.chamber(name_en="Old")
    make.name(row, "New", valid_from=JULY, valid_to=JULY + 9 * DAY)
    for day, name in [
        (JULY - DAY, "Old"),
        (JULY, "New"),
        (JULY + 9 * DAY, "New"),
        (JULY + 10 * DAY, "Old"),
    ]:
        assert row.name_on(day) == name
    # The row's own is the one on record undated.
    assert row.name == "Old"


def test_another_row_keeps_its_name():
    renamed, other = make.parliament(), make.parliament(name_en="Other")
    make.name(renamed, "New")
    assert (renamed.name_on(JULY), other.name_on(JULY)) == ("New", "Other")


def test_a_name_in_the_other_language_alone_is_marked():
    row = make.parliament(name_en="Old", name_ru="Старое")
    make.name(row, "", name_ru="Новое")
    name = row.name_on(JULY)
    assert (name, name.language) == ("Новое", "ru")
    assert row.names_on(JULY) == {"en": "", "ru": "Новое"}
    assert "(in Russian)" in name.__html__()
    with translation.override("ru"):
        assert row.name_on(JULY).__html__() == "Новое"


def test_a_chamber_without_a_name_has_the_title_of_its_parliament_then():
    parliament = make.parliament(name_en="Old")
    make.name(parliament, "New", valid_from=JULY)
    house = make.chamber(parliament, name_en="", house="lower")
    assert house.title_on(JULY - DAY) == "Old, lower house"
    assert house.title_on(JULY) == "New, lower house"
    assert str(make.chamber(parliament, name_en="").title_on(JULY)) == "New"
    make.name(house, "House", valid_from=JULY + DAY)
    assert house.title_on(JULY + DAY) == "House"


@pytest.mark.parametrize(
    ("rows", "queries"),
    [
        (lambda: Parliament.objects.with_names(), 2),
        (lambda: Chamber.objects.select_related("parliament").with_names(), 3),
        (lambda: Membership.objects.select_related("chamber__parliament").with_names(), 3),
        (lambda: Role.objects.select_related("parliament").with_names(), 2),
    ],
)
def test_names_are_read_with_the_rows(rows, queries):
    for _ in range(3):
        chamber = make.chamber(make.name(make.parliament()).parliament)
        make.membership(chamber_=chamber)
        make.role(parliament=chamber.parliament)
    with CaptureQueriesContext(connection) as captured:
        for row in rows().fetch_mode(FETCH_RAISE):
            chamber = row if isinstance(row, Chamber) else getattr(row, "chamber", None)
            parliament = chamber.parliament if chamber else getattr(row, "parliament", row)
            assert parliament.name_on(JULY) == "New name"
            assert chamber is None or chamber.title_on(JULY) == "House"
    assert len(captured) == queries


def test_names_that_were_not_read_with_the_rows_are_refused():
    make.name(make.parliament())
    [row] = Parliament.objects.fetch_mode(FETCH_RAISE)
    with pytest.raises(FieldFetchBlocked):
        row.name_on(JULY)


def test_a_row_that_is_not_saved_has_its_own_name():
    assert Parliament(name_en="Made up").name_on(JULY) == "Made up"


def test_it_is_found_by_any_name_it_ever_had():
    parliament, chamber = make.parliament(name_en="Old"), make.chamber(name_en="House")
    make.name(parliament, "Kurultai", valid_to=JULY)
    make.name(chamber, "Majlis", name_ru="Меджлис")
    assert list(Parliament.objects.matching("kurul")) == [parliament]
    assert list(Parliament.objects.matching("old")) == [parliament]
    assert list(Chamber.objects.matching("меджлис")) == [chamber]
