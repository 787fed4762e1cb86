import datetime as dt
from unittest import mock

import html5lib
import pytest

from cstopa.models.history import writing_as
from delegations.models import SeatAllocation
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import corrected, errors, filled
from tests.growth import costs
from tests.reading import words

pytestmark = pytest.mark.django_db


def save(client, row, opened, **values):
    return client.post(page(row, "change"), filled(opened, **values))


@pytest.fixture
def two_tabs(admin_client):
    """A row of 7 seats, opened by two editors of whom the first has saved 9."""
    row = make.allocation(seats=7)
    opened = admin_client.get(page(row, "change"))
    assert save(admin_client, row, opened, seats=9, **corrected()).status_code == 302
    return row, opened


def test_nothing_is_saved_over_what_another_saved_since(admin_client, admin_user, two_tabs):
    row, opened = two_tabs
    shown = save(admin_client, row, opened, checked_on="2026-05-21")
    ((name, messages),) = errors(shown).items()
    assert name == "__all__"
    assert admin_user.username in messages[0]
    assert "Seats: 7 → 9" in messages
    row.refresh_from_db()
    assert (row.seats, row.checked_on) == (9, None)
    form = shown.content.decode()
    assert 'value="7"' in form
    assert 'value="2026-05-21"' in form
    assert "Seats: 7 → 9" in form


def test_saving_once_more_is_a_decision(admin_client, two_tabs):
    row, opened = two_tabs
    shown = save(admin_client, row, opened, checked_on="2026-05-21")
    assert list(errors(save(admin_client, row, shown))) == ["what_happened"]
    assert save(admin_client, row, shown, **corrected()).status_code == 302
    row.refresh_from_db()
    assert (row.seats, str(row.checked_on)) == (7, "2026-05-21")


def test_a_third_save_in_between_is_told_as_well(admin_client, two_tabs):
    row, opened = two_tabs
    shown = save(admin_client, row, opened, checked_on="2026-05-21")
    row.seats = 10
    row.save()
    again = save(admin_client, row, shown)
    assert "Seats: 9 → 10" in errors(again)["__all__"]
    assert SeatAllocation.objects.get().seats == 10


def test_a_mistake_beside_it_hides_nothing(admin_client, two_tabs):
    row, opened = two_tabs
    shown = save(admin_client, row, opened, checked_on="x")
    assert set(errors(shown)) == {"checked_on", "__all__"}


def test_a_row_inside_another_form_is_compared_too(admin_client, two_tabs):
    row, _opened = two_tabs
    opened = admin_client.get(page(row.chamber, "change"))
    row.seats = 10
    row.save()
    values = {"allocations-0-checked_on": "2026-05-21"}
    shown = save(admin_client, row.chamber, opened, **values)
    assert "Seats: 9 → 10" in errors(shown)["allocations-0-__all__"]
    assert SeatAllocation.objects.get().seats == 10
    answer = corrected("allocations-0-")
    assert save(admin_client, row.chamber, shown, **answer).status_code == 302
    assert SeatAllocation.objects.get().seats == 9


def test_relations_are_compared_and_named(admin_client):
    row = make.article(headline_en="First")
    opened = admin_client.get(page(row, "change"))
    topic = make.topic(name_en="Model laws")
    assert save(admin_client, row, opened, topics=[topic.pk]).status_code == 302
    shown = save(admin_client, row, opened, headline_en="Second")
    assert any("Model laws" in message for message in errors(shown)["__all__"])
    row.refresh_from_db()
    assert row.headline_en == "First"
    assert list(row.topics.all()) == [topic]
    assert save(admin_client, row, shown).status_code == 302


def test_words_with_signs_of_html_are_shown_as_they_are(admin_client):
    row = make.topic(name_en="A & B")
    opened = admin_client.get(page(row, "change"))
    assert save(admin_client, row, opened, name_en="<i>C</i>").status_code == 302
    shown = save(admin_client, row, opened, name_ru="Новое")
    assert "A &amp; B → &lt;i&gt;C&lt;/i&gt;<" in shown.content.decode()


def test_what_a_command_saved_is_its_command_s(admin_client):
    row = make.topic()
    opened = admin_client.get(page(row, "change"))
    row._change_reason = "loaddata"
    row.name_en = "New"
    row.save()
    shown = save(admin_client, row, opened, name_ru="Новое")
    assert "loaddata" in errors(shown)["__all__"][0]


def test_what_was_put_back_is_not_in_the_way(admin_client, two_tabs):
    row, opened = two_tabs
    row.seats = 7
    row.save()
    assert save(admin_client, row, opened, checked_on="2026-05-21").status_code == 302


def test_a_script_that_names_no_version_is_not_compared(admin_client, two_tabs):
    row, opened = two_tabs
    answer = save(admin_client, row, opened, seen_version=None, **corrected())
    assert answer.status_code == 302


@pytest.mark.parametrize("version", ["x", "0", "-1", "9" * 30, "1.5", "\0"])
def test_a_forged_version_is_an_error(admin_client, version):
    row = make.allocation(seats=7)
    opened = admin_client.get(page(row, "change"))
    shown = save(admin_client, row, opened, seen_version=version, seats=8)
    assert list(errors(shown)) == ["__all__"]
    assert SeatAllocation.objects.get().seats == 7


def test_the_version_of_another_row_is_an_error(admin_client):
    row, other = make.allocation(seats=7), make.allocation()
    opened = admin_client.get(page(row, "change"))
    version = other.history.get().pk
    assert errors(save(admin_client, row, opened, seen_version=version, seats=8))


def test_a_form_costs_the_same_with_more_versions(admin_client):
    row = make.allocation()
    pages = [page(row, "change"), page(row.chamber, "change")]
    costs(admin_client, pages)
    before = costs(admin_client, pages)
    for seats in range(20, 25):
        row.seats = seats
        row.save()
    assert costs(admin_client, pages) == before


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


def main_of_desk(response):
    return words(html5lib.parse(response.text, namespaceHTMLElements=False).find(".//main"))
