import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from delegations.composition import compositions, roles
from delegations.models import (
    CompleteRoster,
    Delegation,
    Membership,
    Person,
    Role,
    SeatAllocation,
    Source,
)
from tests import make
from tests.cstopa.admin.rows import page
from tests.delegations.sitting import members
from tests.delegations.test_admin.conftest import groups, problems, readings, table
from tests.forms import filled
from tests.reading import main, spaced

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixtures")]

DAY = dt.timedelta(days=1)
FIRST = dt.date(2026, 3, 1)
START = {"first_day": "2026-03-01", "source_title_en": "Invented decision"}
TWELVE = """\
family_name_ru;given_name_ru;patronymic_ru;given_name_en;family_name_en;person;chamber;role
Иванов;Иван;Иванович;Ivan;Ivanov;;belarus-house;head
Петров;Пётр;Петрович;;;;belarus-house;deputy_head
Сидорова;Анна;Сергеевна;;;;belarus-house;
Орлов;Олег;Олегович;;;;belarus-house;member
Чернов;Семён;Ильич;;;;belarus-house;
Белов;Лев;Львович;;;;belarus-house;
Серов;Глеб;Глебович;;;;belarus-house;
Зуев;Марк;Маркович;;;;belarus-council;
Лосев;Юрий;Юрьевич;;;;belarus-council;
Котов;Яков;Яковлевич;;;;belarus-council;
Когут;Виктор;;;;;belarus-council;
Новикова;Ольга;Павловна;;;;;alternate
"""


def listed(text):
    return SimpleUploadedFile("list.csv", text.encode())


def everything():
    models = (Membership, Role, SeatAllocation, CompleteRoster, Person, Source)
    return {model: model.history.count() for model in models}


def test_a_new_composition_of_twelve_names(desk, belarus):
    before = everything()
    action = desk("new_composition", belarus)
    preview = action.preview(file=listed(TWELVE), is_complete="on", **START)
    assert problems(preview) == {}
    plan = preview.context["plan"]
    assert len([row for row in plan.starts if isinstance(row, Membership)]) == 11
    assert len([row for row in plan.starts if isinstance(row, Person)]) == 11
    kogut = Person.objects.get(slug="viktor-kogut")
    assert [question.initial for question in plan.questions.values()] == [
        *["new"] * 10,
        f"person-{kogut.pk}",
        "new",
    ]
    assert everything() == before

    assert action.confirm(preview).status_code == 302
    [today] = compositions(Delegation.objects.filter(pk=belarus.pk))
    assert [(part.members, spaced(part.in_words)) for part in today.chambers] == [
        (7, "7 of 7 seats filled"),
        (4, "4 of 4 seats filled"),
    ]
    assert list(members(belarus, FIRST - DAY)) == []
    assert [(role.kind, role.person.family_name_ru) for role in roles(belarus, FIRST)] == [
        ("head", "Иванов"),
        ("deputy_head", "Петров"),
        ("alternate", "Новикова"),
    ]
    assert Membership.objects.get(person__slug="viktor-kogut").chamber.code == "belarus-council"
    person = Person.objects.get(family_name_ru="Чернов")
    assert (person.slug, person.given_name_ru, person.patronymic_ru) == (
        *("semen-chernov", "Семён", "Ильич"),
    )
    assert person.family_name_en == ""
    head = Person.objects.get(slug="ivan-ivanov")
    assert (str(head.name_in("en")), head.name_in("ru")) == ("Ivan Ivanov", "Иван Иванович Иванов")
    assert {row.history.count() for row in Membership.objects.all()} == {1}


def test_a_second_confirmation_does_nothing(desk, belarus):
    action = desk("new_composition", belarus)
    preview = action.preview(file=listed(TWELVE), is_complete="on", **START)
    action.confirm(preview)
    after = everything()
    again = action.confirm(preview)
    assert "There is nothing left to do" in again.content.decode()
    assert 'name="_confirm"' not in again.content.decode()
    assert everything() == after


def test_what_ends_starts_and_stays(desk, delegation):
    chamber = delegation.chambers.get()
    stays = make.membership(make.person("ann-example"), chamber)
    ends = make.membership(make.person("bob-former"), chamber, valid_from=FIRST - 9 * DAY)
    allocation = make.allocation(chamber, 3)
    roster = make.roster(chamber)
    action = desk("new_composition", delegation)
    lines = table("Ann Example,,head", "Carl Novel,,")
    preview = action.preview(file=lines, **START, **{f"seats-{chamber.pk}": 2})
    shown = groups(preview)
    assert [row.partition(":")[0] for row in shown["Ends"]] == [
        *("Seat allocation", "Membership", "Complete roster"),
    ]
    assert [row.partition(":")[0] for row in shown["Starts"]] == [
        *("Person", "Seat allocation", "Membership", "Role in a delegation"),
    ]
    assert shown["Stays as it is"] == [f"Membership: {stays}"]
    action.confirm(preview)
    for row in (ends, allocation, roster):
        row.refresh_from_db()
        assert row.valid_to == FIRST - DAY
        assert not row.history.first().is_correction
        assert row.further_sources.get().source.title_en == "Invented decision"
    assert stays.history.count() == 1
    assert {str(row.person) for row in members(delegation, FIRST)} == {"Ann Example", "Carl Novel"}
    assert [row.seats for row in chamber.allocations.as_of(FIRST)] == [2]


def test_seats_alone_change_without_a_table(desk, delegation):
    chamber = delegation.chambers.get()
    make.membership(chamber_=chamber)
    action = desk("new_composition", delegation)
    action.confirm(action.preview(**START, **{f"seats-{chamber.pk}": 5}))
    assert Membership.objects.get().valid_to is None
    assert chamber.allocations.get().valid_from == FIRST


def test_a_chamber_that_the_table_does_not_name_keeps_its_members(desk, belarus):
    council = belarus.chambers.get(house="upper")
    row = make.membership(make.person(), council)
    action = desk("new_composition", belarus)
    action.confirm(action.preview(file=table("Ann Example,belarus-house,"), **START))
    row.refresh_from_db()
    assert row.valid_to is None


def test_a_seat_that_ended_with_its_chamber_is_closed_with_it(desk, delegation):
    """The database compares what is written, and nobody had written the end of the seat."""
    old = make.chamber(delegation, name_en="Old", valid_to=FIRST - 60 * DAY)
    row = make.membership(make.person("ann-example"), old)
    action = desk("new_composition", delegation)
    preview = action.preview(file=table("Ann Example,,"), **START)
    assert preview.context["plan"].questions["row-2"].initial == f"person-{row.person.pk}"
    assert action.confirm(preview).status_code == 302
    row.refresh_from_db()
    assert row.valid_to == FIRST - 60 * DAY


def test_a_later_seat_is_in_the_way(desk, delegation):
    row = make.membership(make.person("ann-example"), valid_from=FIRST + DAY)
    preview = desk("new_composition", delegation).preview(file=table("Ann Example,,"), **START)
    assert len(groups(preview)["In the way"]) == 1
    assert page(row, "change") in preview.content.decode()
    assert 'name="_confirm"' not in preview.content.decode()


def test_a_planned_end_is_not_overwritten(desk, delegation):
    chamber = delegation.chambers.get()
    row = make.membership(make.person(), chamber, valid_to=FIRST + 99 * DAY)
    preview = desk("new_composition", delegation).preview(file=table("Ann Example,,"), **START)
    [obstacle] = groups(preview)["In the way"]
    assert "Another end of it is on record." in obstacle
    assert page(row, "change") in preview.content.decode()


def test_one_person_in_two_lines_is_told(desk, delegation):
    make.person("ann-example")
    action = desk("new_composition", delegation)
    preview = action.preview(file=table("Ann Example,,", "Bob Novel,,", "Ann Example,,"), **START)
    questions = preview.context["plan"].questions
    first, third = questions["row-2"], questions["row-4"]
    assert (first.initial, third.initial) == (first.choices[0][0], "")
    told = action.confirm(preview, **{"decide-row-4": first.initial})
    [obstacle] = groups(told)["In the way"]
    assert "Rows 2, 4 name the same person." in obstacle
    preview = action.preview(file=table("Bob Novel,,", "Bob Novel,,"), **START)
    questions = preview.context["plan"].questions
    assert [questions[key].initial for key in ("row-2", "row-3")] == ["new", ""]
    action.decide(preview, **{"row-3": "new"})
    assert sorted(Person.objects.filter(family_name_en="Novel").values_list("slug", flat=True)) == [
        *("bob-novel", "bob-novel-2"),
    ]


def test_roles_go_on_where_the_list_gives_none(desk, delegation):
    old = make.role(make.person("old-head"), parliament=delegation)
    action = desk("new_composition", delegation)
    preview = action.preview(file=table("Ann Example,,"), **START)
    assert "Head of the delegation" not in readings(preview)
    # What is answered otherwise is shown before it is done, and changed once more shown again.
    ends = action.confirm(preview, **{f"decide-role-{old.pk}": "end"})
    assert readings(ends)["Head of the delegation"][1] == "not recorded"
    assert action.confirm(ends, **{f"decide-role-{old.pk}": "keep"}).status_code == 200
    assert not Membership.objects.exists()
    assert f"role-{old.pk}" in preview.context["plan"].questions
    action.confirm(preview)
    old.refresh_from_db()
    assert old.valid_to is None
    preview = action.preview(file=table("Ann Example,,head"), **START)
    assert f"role-{old.pk}" not in preview.context["plan"].questions
    action.confirm(preview)
    old.refresh_from_db()
    assert old.valid_to == FIRST - DAY
    assert [str(row.person) for row in roles(delegation, FIRST)] == ["Ann Example"]


def test_what_nothing_dates_is_so_until_it_ends(desk, clock, delegation):
    clock.move_to("2026-02-01T09:00Z")
    source = make.source(published_on=None)
    old = make.role(make.person("old-head"), parliament=delegation, source=source)
    action = desk("new_composition", delegation)
    preview = action.preview(file=table("Ann Example,,"), **START)
    action.decide(preview, **{f"role-{old.pk}": "checked"})
    old.refresh_from_db()
    assert (old.valid_to, old.checked_on) == (FIRST - DAY, dt.date(2026, 2, 1))


def test_more_names_than_seats_are_warned_about(desk, delegation):
    make.allocation(delegation.chambers.get(), 1)
    preview = desk("new_composition", delegation).preview(
        file=table("Ann Example,,", "Bob Novel,,"), **START
    )
    assert "the table has 2 names, and the chamber sends 1" in spaced(preview.content.decode())
    assert 'name="_confirm"' in preview.content.decode()


def test_a_chamber_that_is_not_in_force_is_told(desk, delegation):
    old = make.chamber(delegation, name_en="Old House", valid_to=FIRST - DAY)
    action = desk("new_composition", delegation)
    answer = action.preview(file=table(f"Ann Example,{old.code},"), **START)
    assert "is no chamber of the parliament on that day" in " ".join(problems(answer)["file"])
    answer = action.preview(**START, **{f"seats-{old.pk}": 3})
    assert f"seats-{old.pk}" in problems(answer)
    delegation.chambers.update(valid_to=FIRST - DAY)
    answer = action.preview(file=table("Ann Example,,"), **START)
    assert "no chamber on record" in " ".join(problems(answer)["first_day"])


def test_the_preview_comes_again_where_the_records_changed(desk, belarus):
    action = desk("new_composition", belarus)
    preview = action.preview(file=table("Viktor Kogut,belarus-house,"), **START)
    make.membership(Person.objects.get(slug="viktor-kogut"))
    again = action.confirm(preview)
    assert "The records have changed since" in again.content.decode()
    assert len(again.context["plan"].questions) == 1
    assert Membership.objects.count() == 1


def test_what_was_not_previewed_is_not_done(desk, belarus):
    action = desk("new_composition", belarus)
    preview = action.preview(file=table("Ann Example,belarus-house,"), **START)
    [(key, _question)] = preview.context["plan"].questions.items()
    for forged in (
        {"table": "given_name_en,family_name_en,chamber\nBob,Novel,belarus-house"},
        {"digest": ""},
        {f"decide-{key}": "person-1"},
        {f"decide-{key}": None},
        {"source": "abc"},
    ):
        assert action.confirm(preview, **forged).status_code == 200
    assert not Membership.objects.exists()


def test_a_hundred_lines_cost_the_questions_of_one(desk, delegation):
    def lines(number):
        return table(*(f"Given{n} Family{n},,{'' if n else 'head'}" for n in range(number)))

    chamber = delegation.chambers.get()
    for number in range(20):
        make.membership(make.person(f"given{number}-family{number}"), chamber)
    # While it is open whom a row means, nothing is tried: that writes as many rows as there will be.
    make.person("namesake", given_name_en="Given0", family_name_en="Family0")
    action = desk("new_composition", delegation)
    form = filled(action.client.get(action.address), **START, _preview="1")
    costs = []
    for number in (30, 100):
        with CaptureQueriesContext(connection) as queries:
            assert action.client.post(action.address, form | {"file": lines(number)}).context[
                "plan"
            ]
        costs.append(len(queries))
    assert costs[0] == costs[1]
    preview = action.preview(file=lines(130), **START)
    shown = action.confirm(preview, **{"decide-row-2": "new"})
    # Nor is it then, where it is so many.
    assert "Of so many rows it is not shown beforehand." in main(shown)
    assert shown.context["effects"].readings == []
    assert action.confirm(shown).status_code == 302
    assert members(delegation, FIRST).count() == 130


@pytest.mark.parametrize("granted", [("view_delegation",), ("view_delegation", "add_membership")])
def test_only_who_may_change_all_of_it_sees_it(sign_in, delegation, granted):
    client = sign_in(permissions=granted)
    address = reverse("admin:delegations_delegation_new_composition", args=[delegation.pk])
    for answer in (client.get(address), client.post(address, {"_confirm": "1"})):
        assert answer.status_code == 403
    assert address not in client.get(page(delegation, "change")).content.decode()


def test_an_editor_finds_the_button(editor, delegation):
    address = reverse("admin:delegations_delegation_new_composition", args=[delegation.pk])
    assert address in editor.get(page(delegation, "change")).content.decode()
