"""Who is meant by a name in the table of a new composition: what is not certain the editor is asked."""

import pytest

from delegations.composition import roles
from delegations.models import (
    Membership,
    Person,
    Role,
)
from tests import make
from tests.delegations.sitting import members
from tests.delegations.test_admin.conftest import table
from tests.delegations.test_admin.test_new_composition import DAY, FIRST, START, listed
from tests.reading import spaced

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixtures")]


@pytest.mark.parametrize(
    "written",
    [
        # The two names change places; a patronymic is not on record; a mark stands apart.
        "Когут,Виктор,",
        "Виктор,Когут,Иванович",
        "Викт\u043eр,Ко\u0301гут,",
    ],
)
def test_a_name_that_is_only_alike_is_asked_about(desk, belarus, written):
    action = desk("new_composition", belarus)
    header = "given_name_ru,family_name_ru,patronymic_ru,chamber\n"
    preview = action.preview(file=listed(f"{header}{written},belarus-house"), **START)
    [(key, question)] = preview.context["plan"].questions.items()
    kogut = Person.objects.get(slug="viktor-kogut")
    assert question.initial == ""
    assert question.choices[1][0] == f"person-{kogut.pk}"
    later = "What the public will read is shown when all of it is decided."
    assert later in spaced(preview.content.decode())
    assert preview.context["effects"] is None
    unanswered = action.confirm(preview)
    assert "a decision is missing" in unanswered.content.decode()
    assert not Membership.objects.exists()
    action.decide(preview, **{key: f"person-{kogut.pk}"})
    assert Membership.objects.get().person == kogut


def test_who_is_named_by_a_slug_is_not_asked_about(desk, belarus):
    make.person("viktor-kogut-2", given_name_en="Viktor", family_name_en="Kogut")
    action = desk("new_composition", belarus)
    rows = table(",belarus-house,head,viktor-kogut", header="family_name_en,chamber,role,person")
    preview = action.preview(file=rows, **START)
    assert preview.context["plan"].questions == {}
    action.confirm(preview)
    assert Membership.objects.get().person.slug == "viktor-kogut"
    assert Role.objects.get().person.slug == "viktor-kogut"


def test_somebody_new_may_have_the_very_same_name(desk, delegation):
    chamber = delegation.chambers.get()
    namesake = make.person("ann-example")
    sits = make.membership(namesake, chamber, valid_from=FIRST - 9 * DAY)
    make.office(namesake, valid_to=FIRST - 99 * DAY)
    action = desk("new_composition", delegation)
    preview = action.preview(file=table("Ann Example,,head"), **START)
    [(key, question)] = preview.context["plan"].questions.items()
    assert question.initial == f"person-{namesake.pk}"
    described = spaced(dict(question.choices)[question.initial])
    assert "(ann-example)" in described
    assert f"{chamber}, since 20 February 2026" in described
    assert "Deputy Executive Secretary" in described
    assert "A new person: Ann Example" in dict(question.choices)["new"]
    action.decide(preview, **{key: "new"})
    assert members(delegation, FIRST).get().person.slug == "ann-example-2"
    assert [role.person.slug for role in roles(delegation, FIRST)] == ["ann-example-2"]
    sits.refresh_from_db()
    assert sits.valid_to == FIRST - DAY


def test_a_namesake_without_anything_on_record_is_said_to_have_nothing(desk, delegation):
    make.person("ann-example")
    preview = desk("new_composition", delegation).preview(file=table("Ann Example,,"), **START)
    [(_key, question)] = preview.context["plan"].questions.items()
    assert "no seat, office or role on record" in question.choices[0][1]


def test_two_of_one_name_are_told_apart_or_a_third_is_made(desk, belarus):
    kogut = make.person("viktor-kogut-2", given_name_en="Viktor", family_name_en="Kogut")
    action = desk("new_composition", belarus)
    preview = action.preview(file=table("Viktor Kogut,belarus-house,"), **START)
    [(key, question)] = preview.context["plan"].questions.items()
    assert [value.partition("-")[0] for value, _words in question.choices] == [
        *("", "person", "person", "new", "skip"),
    ]
    action.decide(preview, **{key: "new"})
    assert Membership.objects.get().person.slug == "viktor-kogut-3"
    assert kogut.memberships.count() == 0


def test_yo_and_ye_make_names_alike(desk, belarus):
    person = make.person("semen-chernov", given_name_ru="Семён", family_name_ru="Чернов")
    preview = desk("new_composition", belarus).preview(
        file=table("Семен Чернов,belarus-house", header="given_name_ru,family_name_ru,chamber"),
        **START,
    )
    [(_key, question)] = preview.context["plan"].questions.items()
    assert question.initial == ""
    assert question.choices[1][0] == f"person-{person.pk}"


def test_a_seat_elsewhere_ends_or_the_line_is_left_out(desk, belarus):
    person = make.person("ann-example")
    elsewhere = make.membership(person, make.chamber(name_en="Far House"))
    action = desk("new_composition", belarus)
    preview = action.preview(file=table("Ann Example,belarus-house,"), **START)
    [(key, question)] = preview.context["plan"].questions.items()
    assert "Far House" in question.choices[1][1]
    skipped = action.confirm(preview, **{f"decide-{key}": "skip"})
    assert skipped.status_code == 200
    assert Membership.objects.get() == elsewhere
    action.decide(preview, **{key: f"person-{person.pk}"})
    elsewhere.refresh_from_db()
    assert elsewhere.valid_to == FIRST - DAY
    assert members(belarus, FIRST).get().person == person
