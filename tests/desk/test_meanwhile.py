import pytest

from delegations.models import SeatAllocation
from tests import make
from tests.desk.rows import page
from tests.forms import corrected, errors, filled
from tests.growth import costs

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
