"""A start or an end known to its month or year: how it is typed, what it says, what may touch."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from delegations.models import SeatAllocation
from tests import make
from tests.cstopa.models.raw_sql import insert_copy, refused, update
from tests.forms import errors, filled
from tests.reading import spaced
from tests.records import HOUSE, SEATS, SOURCE, UTOPIA, changed, load

pytestmark = pytest.mark.django_db

MARCH = (dt.date(2005, 3, 1), "month")
YEAR_2007 = (dt.date(2007, 12, 31), "year")


def start_and_end(row):
    row = type(row).objects.get(pk=row.pk)
    return (
        (row.valid_from, row.valid_from_precision),
        (row.valid_to, row.valid_to_precision),
    )


@pytest.mark.parametrize(
    ("start", "end"), [("March 2005", "2007"), ("2005-03", "2007"), ("март 2005 года", "2007 год")]
)
def test_the_desk_takes_a_month_and_a_year(admin_client, start, end):
    chamber, source = make.chamber(), make.source()
    form = reverse("admin:delegations_seatallocation_add")
    values = {"chamber": chamber.pk, "seats": 7, "source": source.pk}
    data = filled(admin_client.get(form), **values, valid_from=start, valid_to=end)
    response = admin_client.post(form, data)
    assert response.status_code == 302, errors(response)
    row = SeatAllocation.objects.get()
    assert start_and_end(row) == (MARCH, YEAR_2007)
    assert row.period_in_words == "March 2005 to 2007"
    # What the form shows of it is taken again, and changes nothing.
    change = reverse("admin:delegations_seatallocation_change", args=[row.pk])
    assert admin_client.post(change, filled(admin_client.get(change))).status_code == 302
    assert start_and_end(row) == (MARCH, YEAR_2007)


def test_what_is_no_day_month_or_year_is_told_at_its_field(admin_client):
    form = reverse("admin:delegations_seatallocation_add")
    values = {"chamber": make.chamber().pk, "seats": 7, "source": make.source().pk}
    # The last may be two days.
    for typed in ("0000", "2005-13", "the spring of 2005", "March 1500", "20055", "03/04/2025"):
        response = admin_client.post(
            form, filled(admin_client.get(form), **values, valid_from=typed)
        )
        assert errors(response).keys() == {"valid_from"}, typed


def test_fixtures_take_a_month_and_a_year():
    load(SOURCE, UTOPIA, HOUSE, changed(SEATS, valid_from="2005-03", valid_to="2007"))
    assert start_and_end(SeatAllocation.objects.get()) == (MARCH, YEAR_2007)


def test_a_table_takes_a_month_and_a_year(tmp_path):
    chamber, source = make.chamber(), make.source()
    table = tmp_path / "table.csv"
    table.write_text(
        f"chamber,seats,source,valid_from,valid_to\n{chamber.code},7,{source.code},2005-03,2007\n"
    )
    call_command("import_rows", "delegations.seatallocation", str(table))
    assert start_and_end(SeatAllocation.objects.get()) == (MARCH, YEAR_2007)


def test_within_its_month_or_year_a_row_only_may_hold():
    row = make.allocation(
        valid_from="2005-03", valid_to="2007", source=make.source(published_on=None)
    )
    row = SeatAllocation.objects.get(pk=row.pk)
    for day, covers, holds in [
        (dt.date(2005, 2, 28), False, False),
        (dt.date(2005, 3, 1), True, False),
        (dt.date(2005, 3, 31), True, False),
        (dt.date(2005, 4, 1), True, True),
        (dt.date(2006, 12, 31), True, True),
        (dt.date(2007, 1, 1), True, False),
        (dt.date(2007, 12, 31), True, False),
        (dt.date(2008, 1, 1), False, False),
    ]:
        assert (row.covers(day), row.holds(day)) == (covers, holds), day


def in_year(year, **fields):
    return {"valid_from": dt.date(year, 1, 1), "valid_from_precision": "year", **fields}


def test_two_rows_touch_within_a_year_known_only_so_and_overlap_no_further():
    row = make.allocation(valid_from=dt.date(2001, 5, 1), valid_to="2005")
    still = {"valid_to": None, "valid_to_precision": "day"}
    refused(insert_copy, row, **in_year(2004, **still))
    refused(insert_copy, row, valid_from=dt.date(2004, 12, 31), **still)
    insert_copy(row, **in_year(2005, **still))
    assert SeatAllocation.objects.count() == 2


def test_an_order_is_refused_that_no_day_of_them_can_have():
    row = make.allocation(valid_from="2005", valid_to="2005")
    refused(update, row, **in_year(2006))
    refused(update, row, valid_to=dt.date(2004, 12, 31))
    refused(update, row, valid_from_precision="week")
    refused(update, row, valid_from=None)
    update(row, valid_to=dt.date(2005, 3, 31), valid_to_precision="month")


def test_it_is_said_as_far_as_it_is_known_in_both_languages():
    row = make.allocation(valid_from="2005-03")
    assert row.period_in_words == "since March 2005"
    with translation.override("ru"):
        assert spaced(row.period_in_words) == "с марта 2005 г."


def test_a_row_within_another_is_refused_wherever_in_its_year_it_lies(admin_client):
    row = make.allocation(valid_from=dt.date(2001, 5, 1), valid_to=dt.date(2008, 1, 1))
    form = reverse("admin:delegations_seatallocation_add")
    values = {"chamber": row.chamber.pk, "seats": 9, "source": row.source.pk}
    data = filled(admin_client.get(form), **values, valid_from="2005", valid_to="2005")
    assert "in the way" in str(errors(admin_client.post(form, data))["valid_from"])
