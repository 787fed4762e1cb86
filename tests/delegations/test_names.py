"""A parliament and a chamber are called as on the day of which the page speaks."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cstopa.http.as_of import speaking_of
from delegations.models import Chamber, Parliament
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
        with speaking_of(day):
            assert row.name == name


def test_another_row_keeps_its_name():
    renamed, other = make.parliament(), make.parliament(name_en="Other")
    make.name(renamed, "New")
    assert (renamed.name, other.name) == ("New", "Other")


def test_a_name_in_the_other_language_alone_is_marked():
    row = make.parliament(name_en="Old", name_ru="Старое")
    make.name(row, "", name_ru="Новое")
    assert row.name == "Новое"
    assert row.name.language == "ru"
    assert "(in Russian)" in row.name.__html__()
    with translation.override("ru"):
        assert row.name.__html__() == "Новое"


def test_a_page_reads_the_names_once():
    for _ in range(3):
        make.name(make.parliament())
    rows = list(Parliament.objects.all())
    with speaking_of(None), CaptureQueriesContext(connection) as queries:
        assert {str(row.name) for row in rows} == {"New name"}
    assert len(queries) == 1
    with speaking_of(JULY), speaking_of(None), CaptureQueriesContext(connection) as queries:
        assert rows[0].name == "New name"
    assert len(queries) == 1


def test_it_is_found_by_any_name_it_ever_had():
    parliament, chamber = make.parliament(name_en="Old"), make.chamber(name_en="House")
    make.name(parliament, "Kurultai", valid_to=JULY)
    make.name(chamber, "Majlis", name_ru="Меджлис")
    assert list(Parliament.objects.matching("kurul")) == [parliament]
    assert list(Parliament.objects.matching("old")) == [parliament]
    assert list(Chamber.objects.matching("меджлис")) == [chamber]
