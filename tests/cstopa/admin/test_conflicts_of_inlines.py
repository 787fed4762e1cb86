"""Rows inside another form that two editors have open."""

import datetime as dt
from unittest import mock

import pytest

from cstopa.models.history import writing_as
from delegations.models import SeatAllocation
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.admin.test_conflicts import main_of_desk, save
from tests.forms import errors, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(admin_client):
    """A chamber with three allocations, opened in a form; the second is what others look at."""
    chamber = make.chamber()
    _first, second, _third = (
        make.allocation(
            chamber,
            number,
            valid_from=dt.date(2020 + number, 1, 1),
            valid_to=dt.date(2020 + number, 12, 31),
        )
        for number in (1, 2, 3)
    )
    return chamber, second, admin_client.get(page(chamber, "change"))


def rows_of_form(response):
    """Return ``{seats: number of the row}`` of the allocations in the form."""
    data = filled(response)
    return {
        int(value): int(name.split("-")[1])
        for name, value in data.items()
        if name.startswith("allocations-") and name.endswith("-seats")
    }


@pytest.mark.parametrize("what", ["deleted", "moved"])
def test_a_row_of_the_form_that_left_meanwhile_is_told_in_words(admin_client, opened, what):
    chamber, second, form = opened
    number = rows_of_form(form)
    with writing_as("Bishkek"):
        if what == "deleted":
            second.delete()
        else:
            second.chamber = make.chamber(chamber.parliament, name_en="Other")
            second.save()
    # An end that was not known before is recorded without a question.
    changed = {
        f"allocations-{number[3]}-checked_on": "2026-05-21",
        f"allocations-{number[2]}-seats": 9,
    }
    shown = save(admin_client, chamber, form, **changed)
    assert shown.status_code == 200
    assert errors(shown) == {}
    text = main_of_desk(shown)
    assert f"Bishkek {what} “" in text
    assert "If you save once more, the others are saved without it." in text
    assert set(rows_of_form(shown)) == {1, 3}
    assert chamber.allocations.filter(checked_on__isnull=False).count() == 0
    assert save(admin_client, chamber, shown).status_code == 302
    assert set(chamber.allocations.values_list("seats", flat=True)) == {1, 3}
    assert str(chamber.allocations.get(seats=3).checked_on) == "2026-05-21"


def test_a_further_source_that_left_meanwhile_is_told_in_words(admin_client):
    row = make.allocation()
    further = make.further_source(allocation=row)
    form = admin_client.get(page(row, "change"))
    further.delete()
    shown = save(admin_client, row, form, checked_on="2026-05-21")
    assert "deleted “" in main_of_desk(shown)
    assert save(admin_client, row, shown).status_code == 302


def test_two_who_delete_the_same_row_agree(admin_client, opened):
    chamber, second, form = opened
    number = rows_of_form(form)[2]
    second.delete()
    saved = save(admin_client, chamber, form, **{f"allocations-{number}-DELETE": "on"})
    assert saved.status_code == 302
    assert set(chamber.allocations.values_list("seats", flat=True)) == {1, 3}


def test_two_who_delete_the_same_row_at_the_same_moment_agree(admin_client):
    row = make.allocation()
    form = admin_client.get(page(row.chamber, "change"))
    read = SeatAllocation.refresh_from_db

    def too_late(self, *args, **kwargs):
        SeatAllocation.objects.get(pk=self.pk).delete()
        read(self, *args, **kwargs)

    with mock.patch.object(SeatAllocation, "refresh_from_db", too_late):
        saved = save(admin_client, row.chamber, form, **{"allocations-0-DELETE": "on"})
    assert saved.status_code == 302
    assert [each.history_type for each in SeatAllocation.history.filter(id=row.pk)] == ["-", "+"]


def test_a_row_that_another_saved_is_not_deleted_unseen(admin_client):
    row = make.allocation(seats=7)
    form = admin_client.get(page(row.chamber, "change"))
    row.seats = 9
    row.save()
    # What else is wrong in it does not matter.
    values = {"allocations-0-DELETE": "on", "allocations-0-valid_to": "x"}
    shown = save(admin_client, row.chamber, form, **values)
    messages = errors(shown)["allocations-0-__all__"]
    assert "Seats: 7 → 9" in messages
    assert messages[-1] == "Nothing was saved. If you save once more, it is deleted."
    assert SeatAllocation.objects.get().seats == 9
    assert "allocations-0-DELETE" in filled(shown)
    assert save(admin_client, row.chamber, shown, **values).status_code == 302
    assert not SeatAllocation.objects.exists()
    assert SeatAllocation.history.latest("pk").seats == 9


def test_a_further_source_that_another_saved_is_not_deleted_unseen(admin_client):
    further = make.further_source(allocation=make.allocation())
    form = admin_client.get(page(further.allocation, "change"))
    further.checked_on = dt.date(2026, 5, 21)
    further.save()
    values = {"further_sources-0-DELETE": "on"}
    shown = save(admin_client, further.allocation, form, **values)
    assert list(errors(shown)) == ["further_sources-0-__all__"]
    assert save(admin_client, further.allocation, shown, **values).status_code == 302
    assert not further.allocation.further_sources.exists()
