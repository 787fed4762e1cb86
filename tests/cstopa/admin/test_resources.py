"""The rows of a table: found, checked and saved as the desk does it."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delegations.models import Membership, Person, Role, SeatAllocation
from tests import make
from tests.cstopa.admin.importing import address, errors, groups, workbook
from tests.reading import spaced

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
FIRST = dt.date(2026, 3, 1)
CORRECTION = {"decide-what_happened": "correction", "decide-reason": "A slip of the hand."}
CHANGE = {"decide-what_happened": "change", "decide-first_day": "2026-03-01"}


def test_people_are_new_changed_and_unchanged_cell_by_cell(preview, confirm, user):
    ann, bob = make.person("ann-example"), make.person("bob-novel")
    page = preview(
        Person,
        "slug;given_name_en;family_name_en;family_name_ru\n"
        "ann-example;Ann;Example;\n"
        "bob-novel;Bob;Newman;Ньюман\n"
        "carl-other;Carl;Other;\n",
    )
    assert groups(page) == {
        "Changed": [["3", "bob-novel", "Bob", "Novel Newman", "Ньюман"]],
        "New": [["4", "carl-other", "Carl", "Other", ""]],
        "Stays as it is": [["2", "ann-example", "Ann", "Example", ""]],
    }
    assert Person.objects.count() == 2
    done = confirm(page)
    assert done.url == address(Person, "changelist")
    assert Person.objects.get(slug="bob-novel").name_in("ru") == "Ньюман"
    assert [row.history.count() for row in (ann, bob)] == [1, 2]
    carl = Person.objects.get(slug="carl-other")
    assert {row.history.first().history_user for row in (bob, carl)} == {user}
    assert carl.code == "carl-other"
    assert sorted(LogEntry.objects.values_list("object_id", "action_flag")) == sorted(
        [(str(carl.pk), 1), (str(bob.pk), 2)]
    )


def test_a_second_import_finds_nothing_to_do(preview, confirm, client):
    source, chamber, ann = make.source(code="decision"), make.chamber(), make.person("ann")
    text = f"person,chamber,valid_from,source\nann,{chamber.code},2026-03-01,decision"
    page = preview(Membership, text)
    assert confirm(page).status_code == 302
    row = Membership.objects.get()
    assert (row.person, row.chamber, row.valid_from, row.source) == (ann, chamber, FIRST, source)
    for again in (confirm(page), preview(Membership, text)):
        assert "There is nothing left to do" in again.content.decode()
        assert 'name="_confirm"' not in again.content.decode()
    assert row.history.count() == 1


def test_an_empty_code_leaves_the_one_of_the_row_that_is_found(preview, confirm, client):
    row = make.allocation(make.chamber(), 7, source=make.source(code="decision"))
    text = f"code,chamber,seats,source,checked_on\n,{row.chamber.code},7,decision,2026-03-01\n"
    page = preview(SeatAllocation, text)
    assert errors(page) == []
    assert confirm(page).status_code == 302
    assert "There is nothing left to do" in preview(SeatAllocation, text).content.decode()
    [found] = SeatAllocation.objects.all()
    assert (found.code, found.checked_on) == (row.code, FIRST)
    assert found.history.count() == 2


def test_a_workbook_has_days_as_days(preview, confirm):
    make.source(code="decision")
    ann, parliament = make.person("ann"), make.parliament("utopia")
    head = [
        "person",
        "parliament",
        "kind",
        "valid_from",
        "valid_to",
        "valid_to_is_latest",
        "source",
    ]
    row = ["ann", "utopia", "head", FIRST, dt.datetime(2026, 5, 1), True, "decision"]
    assert confirm(preview(Role, workbook(head, row))).status_code == 302
    role = Role.objects.get()
    assert (role.person, role.parliament, role.kind) == (ann, parliament, "head")
    assert (role.valid_from, role.valid_to) == (FIRST, dt.date(2026, 5, 1))
    assert role.valid_to_is_latest


# What was on record is overwritten


@pytest.fixture
def overwritten():
    """Return a membership, and a table in which another holds the seat."""
    row = make.membership(make.person("ann"), valid_from=FIRST - 9 * DAY)
    make.person("bob")
    return row, f"code,person\n{row.code},bob"


def test_a_correction_is_written_over_with_its_reason(preview, confirm, overwritten):
    row, text = overwritten
    page = preview(Membership, text)
    assert groups(page)["Changed"] == [["2", row.code, "ann bob"]]
    assert "1 row overwrites" in spaced(page.content.decode())
    assert confirm(page, **CORRECTION).status_code == 302
    row.refresh_from_db()
    version = row.history.first()
    assert (row.person.slug, version.is_correction) == ("bob", True)
    assert version.reason == "A slip of the hand."
    assert Membership.objects.count() == 1


def test_a_change_leaves_two_rows(preview, confirm, overwritten):
    row, text = overwritten
    assert confirm(preview(Membership, text), **CHANGE).status_code == 302
    row.refresh_from_db()
    new = Membership.objects.exclude(pk=row.pk).get()
    assert (row.person.slug, row.valid_to) == ("ann", FIRST - DAY)
    assert (new.person.slug, new.valid_from, new.chamber) == ("bob", FIRST, row.chamber)
    assert not row.history.first().is_correction
    assert new.code != row.code


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "Say whether what you overwrite was wrong"),
        ({"decide-what_happened": "correction"}, "Write what was wrong"),
        (CORRECTION | {"decide-first_day": "2026-03-01"}, "was wrong all along"),
        ({"decide-what_happened": "change"}, "Write the first day of the new value"),
        (CHANGE | {"decide-reason": "x"}, "A reason is kept with a correction alone"),
        (CHANGE | {"decide-first_day": "2026-02-20"}, "not in force before this day"),
        (CHANGE | {"decide-first_day": "soon"}, "Write a day like 2027-10-01."),
        ({"decide-what_happened": "burn"}, "Select a valid choice"),
    ],
)
def test_what_is_overwritten_is_asked_about(preview, confirm, overwritten, answers, said):
    _row, text = overwritten
    page = confirm(preview(Membership, text), **answers)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert Membership.history.count() == 1


def test_what_fills_in_the_unknown_is_no_correction_and_not_asked(preview, confirm):
    row = make.membership(make.person("ann"))
    page = preview(Membership, f"code,valid_to,checked_on\n{row.code},2026-05-01,2026-03-01")
    assert page.context["answers"].fields == {}
    assert confirm(page).status_code == 302
    row.refresh_from_db()
    assert row.valid_to == dt.date(2026, 5, 1)
    assert not row.history.first().is_correction


def test_one_is_closed_and_the_next_opened_in_whichever_order(preview, confirm):
    row = make.allocation(make.chamber(), 7, source=make.source(code="decision"))
    next_one = f",{row.chamber.code},5,2026-03-01,,decision"
    page = preview(
        SeatAllocation,
        "code,chamber,seats,valid_from,valid_to,source\n"
        f"{next_one}\n{row.code},{row.chamber.code},7,,2026-02-28,decision",
    )
    assert errors(page) == []
    assert confirm(page).status_code == 302
    assert [each.seats for each in SeatAllocation.objects.order_by("valid_to")] in ([7, 5], [5, 7])


def neighbours(number):
    """Return allocations of a chamber, ten days each, one after the other."""
    chamber = make.chamber()
    starts = [FIRST + 10 * each * DAY for each in range(number)]
    return [make.allocation(chamber, 7, valid_from=day, valid_to=day + 9 * DAY) for day in starts]


def moved_along(rows, shift):
    """Return a table in which the rows have moved by some days."""
    lines = [f"{row.code},{row.valid_from + shift},{row.valid_to + shift}" for row in rows]
    return "\n".join(["code,valid_from,valid_to", *lines])


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [0, 2, 1, 3], [1, 3, 0, 2]])
@pytest.mark.parametrize("shift", [9 * DAY, -9 * DAY])
def test_neighbours_move_along_in_whichever_order(preview, confirm, order, shift):
    rows = neighbours(4)
    page = preview(SeatAllocation, moved_along([rows[each] for each in order], shift))
    assert confirm(page, **CORRECTION).status_code == 302
    moved = SeatAllocation.objects.order_by("valid_from").values_list("code", "valid_from")
    assert list(moved) == [(row.code, row.valid_from + shift) for row in rows]
    assert {row.history.count() for row in rows} == {2}


def test_rows_that_move_along_cost_the_same_however_many_there_are(preview, confirm):
    costs = []
    for number in (5, 10, 20):
        rows = neighbours(number)[::-1]
        page = preview(SeatAllocation, moved_along([*rows[1::2], *rows[::2]], 9 * DAY))
        with CaptureQueriesContext(connection) as queries:
            assert confirm(page, **CORRECTION).status_code == 302
        costs.append(len(queries))
    assert costs[2] - costs[1] <= 2.1 * (costs[1] - costs[0])


def test_rows_that_exchange_their_days_are_refused_and_no_other(preview, confirm):
    rows = neighbours(4)
    one, two = rows[:2]
    one.valid_from, two.valid_from = two.valid_from, one.valid_from
    one.valid_to, two.valid_to = two.valid_to, one.valid_to
    lines = moved_along(rows[2:], 9 * DAY), *moved_along([one, two], 0 * DAY).splitlines()[1:]
    page = confirm(preview(SeatAllocation, "\n".join(lines)), **CORRECTION)
    assert [each.partition(",")[0] for each in errors(page)] == ["Row 4", "Row 5"]


def test_more_members_than_seats_are_warned_of(preview, confirm, client):
    chamber = make.chamber()
    make.allocation(chamber, 1, source=make.source(code="decision"))
    rows = "".join(f"{make.person().slug},{chamber.code},decision\n" for _each in range(2))
    done = confirm(preview(Membership, f"person,chamber,source\n{rows}"))
    assert "More members than seats" in client.get(done.url).content.decode()


# Mistakes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The submitted file is empty."),
        ("person,king\nann,", "There is no column “king”."),
        ("person,chamber\nbob,house", "Row 2, person: There is no person “bob”."),
        ("person,chamber\nann,house", "Row 2, chamber: There is no chamber “house”."),
        ("code,person\nnone-1,ann", "There is no membership “none-1”."),
        ("person,valid_from\nann,03/04/2025", "Row 2, valid_from: This may be"),
        ("person,valid_from\nann,0001-01-01", "Row 2, chamber: This field cannot be null."),
        ("person,valid_to_is_latest\nann,perhaps", "Row 2, valid_to_is_latest: “Perhaps” value"),
        ("person\n\nann", "Row 3, source: This field cannot be null."),
    ],
)
def test_a_mistake_is_told_at_row_and_column(preview, text, said):
    make.person("ann")
    page = preview(Membership, text)
    assert page.status_code == 200
    assert any(said in each for each in errors(page)), errors(page)
    assert not Membership.objects.exists()
    assert 'name="_confirm"' not in page.content.decode()


def test_a_row_in_the_way_is_named_and_nothing_is_saved(preview, confirm):
    sits = make.membership(make.person("ann"), make.chamber(), source=make.source(code="decision"))
    other = make.chamber(name_en="Far House")
    make.person("bob")
    page = preview(
        Membership,
        "person,chamber,valid_from,source\n"
        f"bob,{other.code},2026-03-01,decision\nann,{other.code},2026-03-01,decision",
    )
    [error] = errors(page)
    assert error.startswith("Row 3, valid_from: A person holds one seat on any day")
    assert str(sits) in error
    confirm(page)
    assert Membership.objects.get() == sits


def test_the_same_row_twice_is_told(preview):
    row = make.membership(make.person("ann"))
    page = preview(Membership, f"code,checked_on\n{row.code},2026-03-01\n{row.code},2026-03-02")
    assert errors(page) == ["Row 3: Row 2 is about the same."]
    page = preview(Person, "slug,family_name_en\nbob,Novel\nbob,Newman")
    assert errors(page) == ["Row 3: Row 2 is about the same."]


def test_a_slug_that_another_had_is_refused(preview):
    row = make.person("ann")
    row.slug = "ann-example"
    row.save()
    [error] = errors(preview(Person, "slug,family_name_en\nann,Example"))
    assert "Row 2, slug: Another row had this slug" in error
