"""The commonest changes, each by one step: seats, a member for a member, a head, an end, a name."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.urls import reverse

from delegations.changes.models import LogEntry as Entry
from delegations.models import (
    CompleteRoster,
    Membership,
    ParliamentName,
    Person,
    Role,
    SeatAllocation,
)
from tests import make
from tests.cstopa.admin.rows import page
from tests.delegations.test_admin.conftest import Desk, groups, problems, readings, said
from tests.news.desk import signed_in
from tests.reading import main

pytestmark = pytest.mark.django_db

DECISION = {"source_title_en": "Invented decision"}
LAST, FIRST, TODAY = dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 6, 1)


@pytest.fixture(autouse=True)
def today(clock):
    clock.move_to("2026-06-01T09:00Z")


@pytest.mark.parametrize("seats", ["0", "1000", "9223372036854775808", "1" * 40])
def test_a_number_that_is_none_of_seats_is_told_at_its_field(desk, editor, chamber, utopia, seats):
    preview = desk("follow", SeatAllocation.objects.get()).preview(
        seats=seats, valid_from="2026-03-01", **DECISION
    )
    assert "seats" in problems(preview)


def test_from_the_first_day_of_a_month_it_may_be_over(desk, editor, utopia):
    step = desk("end", SeatAllocation.objects.get())
    preview = step.preview(valid_to="December 2026", **DECISION)
    assert readings(preview, dt.date(2026, 12, 1))["Seats in the delegation"][1] == "not recorded"
    assert "Seats in the delegation" in readings(preview, dt.date(2027, 1, 1))
    words = " ".join(said(editor, step.confirm(preview)))
    assert "from 1 December 2026 on" in words
    assert words.count("Seats in the delegation:") == 1


def test_what_ends_in_another_delegation_is_previewed(desk, editor, chamber, utopia):
    other = make.chamber(make.parliament("erewhon"), valid_from="2020-01-01")
    member = make.membership(chamber_=other, valid_from="2020-01-01")
    name = member.person.given_name_en
    gone = make.membership(make.person("gone"), chamber, valid_from="2020-01-01")
    step = desk("follow", gone)
    preview = step.preview(person=member.person.pk, valid_from="2026-03-01", **DECISION)
    labels = [each for each in readings(preview) if each.endswith("Members")]
    assert len(labels) == 2
    said_now = " ".join(said(editor, step.confirm(preview)))
    assert name in said_now


def test_of_several_people_a_preview_says_how_many_stay(desk, editor, chamber, utopia):
    rows = [
        make.membership(
            make.person(f"p{n}", given_name_en=f"P{n}"), chamber, valid_from="2020-01-01"
        )
        for n in range(2)
    ]
    step = desk("end", rows[0])
    preview = step.preview(valid_to="2026-03-31", **DECISION)
    assert readings(preview)["Members"] == ("P0 P0, 1 as before", "1 as before")


def test_a_name_is_text_in_the_form_of_a_step(desk, editor, chamber, utopia):
    name = "<button formaction=/admin/>Preview</button>"
    row = make.membership(make.person("odd", given_name_en=name), chamber)
    shown = editor.get(desk("end", row).address).text
    assert name not in shown
    assert "&lt;button formaction" in shown


def test_seats_are_followed_by_others(desk, editor, chamber, utopia):
    row = SeatAllocation.objects.get()
    step = desk("follow", row)
    preview = step.preview(seats=3, valid_from="2026-03-01", **DECISION)
    assert readings(preview)["House"] == (
        "2 deputies, names not published here",
        "3 deputies, names not published here",
    )
    assert readings(preview)["Seats of all delegations (participation not recorded)"] == ("2", "3")
    assert SeatAllocation.objects.count() == 1
    answer = step.confirm(preview)
    assert answer.headers["Location"].startswith(page(utopia, "change"))
    words = " ".join(said(editor, answer))
    assert "Readers read now:" in words
    assert "Seats in the delegation: 3" in words
    old, new = SeatAllocation.objects.order_by("pk")
    assert (old.seats, old.valid_to, new.seats, new.valid_from) == (2, LAST, 3, FIRST)
    assert new.source == old.further_sources.get().source
    assert [each.is_correction for each in old.history.all()] == [False, False]
    assert LogEntry.objects.get().object_id == str(old.pk)
    assert Entry.objects.filter(kind="allocation").count() == 3


def test_a_preview_leaves_nothing(desk, chamber):
    step = desk("follow", SeatAllocation.objects.get())
    step.preview(seats=3, valid_from="2026-03-01", **DECISION)
    row = SeatAllocation.objects.get()
    assert (row.valid_to, row.history.count()) == (None, 1)


def test_a_member_follows_a_member_who_is_new(desk, editor, chamber, utopia):
    gone = make.membership(make.person("ann-example"), chamber, valid_from="2020-01-01")
    head = make.role(gone.person, "deputy_head", parliament=utopia, valid_from="2020-01-01")
    make.roster(chamber, valid_from="2020-01-01")
    step = desk("follow", gone)
    name = {"given_name_en": "Cy", "family_name_en": "Newcomer"}
    preview = step.preview(valid_from="2026-03", **name, **DECISION)
    # Within the month nobody is sure to sit.
    for day in (TODAY, dt.date(2026, 4, 1)):
        assert readings(preview, day)["Members"] == ("Ann Example", "Cy Newcomer")
    assert {each.day for each in preview.context["effects"].readings} == {
        TODAY,
        dt.date(2026, 4, 1),
    }
    # What hangs on the member is asked about; the roster stays complete unless it is said.
    answers = preview.context["answers"].fields
    assert list(answers) == [f"role-{head.pk}", f"roster-{CompleteRoster.objects.get().pk}"]
    chosen = step.confirm(preview, **{f"decide-role-{head.pk}": "end"})
    # What follows from the choice is shown before it is saved.
    assert len(groups(chosen)["Ends"]) == 2
    assert not Membership.objects.filter(person__slug="cy-newcomer").exists()
    assert said(editor, step.confirm(chosen))
    new = Membership.objects.get(person__slug="cy-newcomer")
    for row in (gone, head, new):
        row.refresh_from_db()
    assert [str(each) for each in (gone.end, head.end, new.start)] == ["2026-03"] * 3
    assert CompleteRoster.objects.get().valid_to is None


def test_a_name_on_record_is_not_given_twice(desk, chamber):
    known = make.person("ann-example")
    step = desk("follow", make.membership(chamber_=chamber, valid_from="2020-01-01"))
    name = {"given_name_en": "Ann", "family_name_en": "Example", "valid_from": "2026-03-01"}
    answer = step.preview(**name, **DECISION)
    assert [*problems(answer)] == ["whose"]
    assert known.slug in main(answer)
    for whose, number in ((known.pk, 1), (f"new-{known.pk}", 2)):
        preview = step.preview(whose=whose, **name, **DECISION)
        assert preview.context["plan"].new.person.pk == (known.pk if number == 1 else None)
        with transaction.atomic():
            assert step.confirm(preview).status_code == 302
            named = Person.objects.filter(family_name_en="Example", given_name_en="Ann")
            assert named.count() == number
            transaction.set_rollback(True)


def test_another_of_the_name_is_another_than_those_who_were_known(desk, chamber):
    step = desk("follow", make.membership(chamber_=chamber, valid_from="2020-01-01"))
    known = make.person("ann-example")
    name = {"given_name_en": "Ann", "family_name_en": "Example", "valid_from": "2026-03-01"}
    preview = step.preview(whose=f"new-{known.pk}", **name, **DECISION)
    make.person("ann-example-2", given_name_en="Ann", family_name_en="Example")
    assert [*problems(step.confirm(preview))] == ["whose"]
    assert Person.objects.filter(family_name_en="Example", given_name_en="Ann").count() == 2


def test_a_member_who_sits_already_follows_nobody(desk, chamber):
    rows = [make.membership(chamber_=chamber, valid_from="2020-01-01") for _each in range(2)]
    values = {"person": rows[1].person.pk, "valid_from": "2026-03-01"}
    preview = desk("follow", rows[0]).preview(**values, **DECISION)
    assert "on record already: let this end by itself" in groups(preview)["In the way"][0]


@pytest.mark.parametrize(("start", "is_possible"), [("2020", True), ("2019", False)])
def test_a_start_may_be_the_year_in_which_the_chamber_was_founded(desk, utopia, start, is_possible):
    chamber = make.chamber(utopia, valid_from="2020-05-01", name_en="New House")
    step = desk("begin_membership", utopia)
    values = {"person": make.person().pk, "chamber": chamber.pk, "valid_from": start}
    preview = step.preview(**values, **DECISION)
    assert ("In the way" in groups(preview)) is not is_possible
    assert step.confirm(preview).status_code == (302 if is_possible else 200)


def test_a_deputy_becomes_the_head(desk, utopia):
    """What could not stand beside the new role ends with the old one."""
    head = make.role(parliament=utopia, valid_from="2020-01-01")
    deputy = make.role(kind="deputy_head", parliament=utopia, valid_from="2020-01-01")
    step = desk("follow", head)
    preview = step.preview(person=deputy.person.pk, valid_from="2026-03-01", **DECISION)
    assert len(groups(preview)["Ends"]) == 2
    assert "Head of the delegation" in readings(preview)
    assert step.confirm(preview).status_code == 302
    now = Role.objects.get(valid_to=None)
    assert (now.person, now.kind) == (deputy.person, "head")


def test_a_head_is_new_where_there_was_none(desk, utopia):
    step = desk("begin_role", utopia)
    preview = step.preview(
        person=make.person().pk, kind="head", valid_from="2026-03-01", **DECISION
    )
    assert readings(preview)["Head of the delegation"][0] == "not recorded"
    assert step.confirm(preview).status_code == 302
    assert Role.objects.get().parliament_id == utopia.pk


@pytest.mark.parametrize(
    ("values", "end", "is_latest"),
    [
        ({"valid_to": "2026-02-28"}, "2026-02-28", False),
        ({"valid_to": "2026-02"}, "2026-02", False),
        ({"valid_to": "2026", "valid_to_is_latest": "on"}, "2026", True),
    ],
)
def test_an_end_is_known_as_far_as_it_is(desk, utopia, values, end, is_latest):
    step = desk("end", make.role(parliament=utopia, valid_from="2020-01-01"))
    preview = step.preview(**values, **DECISION)
    assert step.confirm(preview).status_code == 302
    row = Role.objects.get()
    assert (str(row.end), row.valid_to_is_latest) == (end, is_latest)
    assert row.further_sources.get().source.title_en == "Invented decision"


def test_a_name_follows_the_one_on_record_undated(desk, editor, utopia):
    step = desk("begin_parliament_name", utopia)
    preview = step.preview(name_en="Diet of Utopia", valid_from="2026-03-01", **DECISION)
    assert readings(preview)["Name"] == ("Parliament of Utopia", "Diet of Utopia")
    assert "Name: Diet of Utopia" in " ".join(said(editor, step.confirm(preview)))
    assert ParliamentName.objects.get().valid_from == FIRST


def test_a_chamber_that_ends_shows_what_ends_with_it(desk, chamber):
    make.membership(chamber_=chamber, valid_from="2020-01-01")
    preview = desk("end", chamber).preview(valid_to="2026-02-28", **DECISION)
    assert len(groups(preview)["Ends with its chamber, by rule"]) == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"seats": "", "valid_from": "2026-03-01"}, "seats"),
        ({"seats": 0, "valid_from": "2026-03-01"}, "seats"),
        ({"seats": 2, "valid_from": "2026-03-01"}, "seats"),
        ({"seats": 3, "valid_from": ""}, "valid_from"),
        ({"seats": 3, "valid_from": "31.02.2026"}, "valid_from"),
        ({"seats": 3, "valid_from": "2026-03-01", "source_title_en": ""}, "source"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(desk, chamber, values, field):
    answer = desk("follow", SeatAllocation.objects.get()).preview(**DECISION | values)
    assert list(problems(answer)) == [field]
    assert SeatAllocation.objects.count() == 1


@pytest.mark.parametrize(
    ("period", "start"),
    [
        ({"valid_from": "2026-03-10"}, "2026-03"),
        ({"valid_from": "2020-01-01", "valid_to": "2026-03-15"}, "2026-03"),
        ({"valid_from": "2020-01-01", "valid_to": "2026-01-31"}, "2026-03-01"),
        (
            {"valid_from": "2020-01-01", "valid_to": "2026-03-15", "valid_to_is_latest": True},
            "2026-03",
        ),
    ],
)
def test_what_the_rules_allow_is_not_in_the_way(desk, utopia, period, start):
    row = make.role(parliament=utopia, **period)
    step = desk("follow", row)
    preview = step.preview(person=make.person().pk, valid_from=start, **DECISION)
    assert step.confirm(preview).status_code == 302
    old, new = Role.objects.order_by("pk")
    assert str(new.start) == start
    assert not old.history.filter(is_correction=True).exists()


def test_a_known_end_is_not_weakened(desk, utopia):
    row = make.role(parliament=utopia, valid_from="2020-01-01", valid_to="2026-02-28")
    preview = desk("end", row).preview(valid_to="2026-02-28", valid_to_is_latest="on", **DECISION)
    assert "Another end of it is on record." in groups(preview)["In the way"][0]


@pytest.mark.parametrize("day", ["2019-01-01", "2020-01-01"])
def test_what_contradicts_is_in_the_way(desk, chamber, day):
    step = desk("follow", SeatAllocation.objects.get())
    preview = step.preview(seats=3, valid_from=day, **DECISION)
    assert "In the way" in groups(preview)
    assert step.confirm(preview).status_code == 200
    assert SeatAllocation.objects.get().valid_to is None


def test_who_confirms_what_another_has_changed_sees_it_first(desk, editor, chamber):
    row = SeatAllocation.objects.get()
    step = desk("follow", row)
    preview = step.preview(seats=3, valid_from="2026-03-01", **DECISION)
    row.seats = 5
    row.save()
    answer = step.confirm(preview)
    assert "The records have changed since." in main(answer)
    assert readings(answer)["Seats in the delegation"] == ("5", "3")
    assert SeatAllocation.objects.count() == 1
    # Confirmed twice, it is done once.
    assert step.confirm(answer).status_code == 302
    assert "There is nothing left to do" in main(step.confirm(answer))
    assert SeatAllocation.objects.count() == 2


def test_members_beyond_the_seats_are_warned_of(desk, editor, chamber, utopia):
    for _each in range(2):
        make.membership(chamber_=chamber, valid_from="2020-01-01")
    step = desk("begin_membership", utopia)
    values = {"person": make.person().pk, "chamber": chamber.pk, "valid_from": "2026-03-01"}
    answer = step.confirm(step.preview(**values, **DECISION))
    assert any("3 members for 2 seats" in each for each in said(editor, answer))


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_keepers_of_facts_may(chamber, utopia, method):
    row = SeatAllocation.objects.get()
    for group in ("Writer", "Publisher"):
        client = signed_in(group, group)
        for name, each in (("follow", row), ("end", row), ("begin_role", utopia)):
            answer = getattr(client, method)(Desk(client, name, each).address, {"_confirm": "1"})
            assert answer.status_code == 403


def test_an_office_of_the_assembly_is_followed_too(desk):
    row = make.office(function="chairman", valid_from="2020-01-01")
    step = desk("follow", row)
    new = make.person()
    preview = step.preview(person=new.pk, valid_from="2026-03-01", **DECISION)
    answer = step.confirm(preview)
    address = reverse("admin:delegations_office_change", args=[row.pk])
    assert answer.headers["Location"] == address
    assert readings(preview)["Chairman of the Assembly"] == (str(row.person), str(new))
