"""A fact that was wrong is corrected where the facts of its delegation are: shown first, then saved."""

import datetime as dt

import pytest

from delegations.models import Chamber, Membership, ParliamentName, Role, SeatAllocation
from tests import make
from tests.cstopa.admin.rows import page
from tests.delegations.test_admin.conftest import Desk, groups, problems, readings, said
from tests.delegations.test_admin.test_undoing import record, undo
from tests.news.desk import signed_in
from tests.reading import main

pytestmark = pytest.mark.django_db

WHY = {"reason": "A slip of the hand."}


@pytest.fixture(autouse=True)
def today(clock):
    clock.move_to("2026-06-01T09:00Z")


def test_it_is_shown_before_it_is_saved(desk, editor, seats, utopia):
    facts = editor.get(page(utopia, "change")).context["sections"]
    [line] = next(each.lines for each in facts if each.key == "allocation")
    step = desk("correct", seats)
    assert line.answers[0] == (step.address, "Correct")
    preview = step.preview(seats=3, **WHY)
    assert readings(preview)["Seats in the delegation"] == ("2", "3")
    assert groups(preview)["What is corrected"] == ["Seats. Now: 2. Then: 3."]
    assert SeatAllocation.objects.get().seats == 2
    answer = step.confirm(preview)
    assert answer.headers["Location"] == page(utopia, "change")
    assert "Seats in the delegation: 3" in " ".join(said(editor, answer))
    version = seats.history.first()
    assert (version.seats, version.is_correction, version.reason) == (3, True, WHY["reason"])
    assert seats.history.count() == 2


def test_what_was_once_is_read_of_its_days(desk, editor, utopia):
    row = make.role(parliament=utopia, valid_from="2020-01-01", valid_to="2021-12-31")
    step = desk("correct", row)
    preview = step.preview(valid_to="2022-03-31", **WHY)
    assert [each.day for each in preview.context["effects"].readings] == [dt.date(2022, 3, 31)]
    told = " ".join(said(editor, step.confirm(preview)))
    assert "As of 31 March 2022 readers read: Head of the delegation:" in told
    step = desk("correct", Role.objects.get())
    preview = step.preview(valid_from="2019-07-01", **WHY)
    assert [each.day for each in preview.context["effects"].readings] == [dt.date(2019, 7, 1)]


def test_a_fact_of_another_parliament_is_read_of_both(desk, chamber):
    row = make.membership(chamber_=chamber, valid_from="2020-01-01")
    other = make.chamber(make.parliament("erewhon"), valid_from="2020-01-01")
    step = desk("correct", row)
    preview = step.preview(chamber=other.pk, **WHY)
    labels = {*readings(preview)}
    assert {"Parliament of Utopia: Members", "Parliament of Erewhon: Members"} <= labels
    assert step.confirm(preview).status_code == 302


def test_what_is_wrong_is_told_at_its_field(desk, seats):
    step = desk("correct", seats)
    for values, field in (
        ({"seats": 3, "reason": ""}, "reason"),
        ({"seats": 0}, "seats"),
        ({"valid_to": "2019-01-01"}, "valid_to"),
        ({"seats": 3, "what_happened": "change"}, "what_happened"),
        ({"seats": 3, "what_happened": None}, "what_happened"),
        ({"seats": None}, "seats"),
    ):
        assert field in problems(step.preview(**WHY | values)), values
    assert "There is nothing left to do" in main(step.preview(**WHY))
    assert seats.history.count() == 1


def test_an_end_needs_no_reason(desk, seats):
    step = desk("correct", seats)
    assert step.confirm(step.preview(valid_to="2026-12-31")).status_code == 302
    assert [each.is_correction for each in seats.history.all()] == [False, False]


def test_what_another_saved_meanwhile_stays(desk, seats):
    step = desk("correct", seats)
    assert step.form.status_code == 200
    seats.valid_from = dt.date(2021, 1, 1)
    seats.save()
    preview = step.preview(seats=3, **WHY)
    assert groups(preview)["What is corrected"] == ["Seats. Now: 2. Then: 3."]
    # And again before it is confirmed.
    seats.valid_to = dt.date(2026, 12, 31)
    seats.save()
    again = step.confirm(preview)
    assert "The records have changed since." in main(again)
    assert step.confirm(again).status_code == 302
    row = SeatAllocation.objects.get()
    assert (row.seats, str(row.valid_from), str(row.valid_to)) == (3, "2021-01-01", "2026-12-31")


def test_who_wrote_the_same_is_asked(desk, seats):
    step = desk("correct", seats)
    assert step.form.status_code == 200
    seats.seats = 5
    seats.save()
    answer = step.preview(seats=3, **WHY)
    assert [*problems(answer)] == ["seats"]
    assert "Keep mine" in main(answer)
    chosen = step.client.post(
        step.address,
        {
            **{name: field.value() or "" for name, field in bound(answer)},
            "asked": "seats",
            "seats-choice": "mine",
            "_preview": "1",
        },
    )
    assert readings(chosen)["Seats in the delegation"] == ("5", "3")


def bound(answer):
    form = answer.context["form"]
    return [(name, form[name]) for name in form.fields]


@pytest.mark.parametrize("kind", [Chamber, ParliamentName, Membership])
def test_every_kind_of_fact_is_corrected(desk, utopia, chamber, kind):
    make.name(utopia, "Diet of Utopia", valid_from="2025-01-01")
    make.membership(chamber_=chamber, valid_from="2020-01-01")
    row = kind.objects.get()
    step = desk("correct", row)
    preview = step.preview(valid_from="2021-01", **WHY)
    assert step.confirm(preview).status_code == 302
    row.refresh_from_db()
    assert str(row.start) == "2021-01"


def test_a_reason_that_would_not_be_kept_is_refused(desk, editor, seats):
    preview = desk("correct", seats).preview(checked_on="2026-05-01", **WHY)
    assert "no reason is kept" in " ".join(problems(preview)["reason"])


def test_it_is_undone(desk, editor, seats):
    before, step = record(), desk("correct", seats)
    answer = step.confirm(step.preview(seats=3, **WHY))
    assert record() != before
    undo(editor, answer)
    assert record() == before
    assert [each.seats for each in seats.history.all()] == [2, 3, 2]


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_keepers_of_facts_may(seats, method):
    for group in ("Writer", "Publisher"):
        client = signed_in(group, group)
        answer = getattr(client, method)(Desk(client, "correct", seats).address, {"seats": "3"})
        assert answer.status_code == 403
    seats.refresh_from_db()
    assert seats.seats == 2
