"""The table in the form of a new composition: uploaded, kept, mistaken."""

import pytest
from django.urls import reverse

from delegations.models import Membership
from tests import make
from tests.delegations.test_admin.conftest import problems, table
from tests.delegations.test_admin.test_new_composition import START, everything, listed
from tests.forms import filled
from tests.reading import parsed, spaced

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixtures")]

ANN = "Ann Example,belarus-house,"


MISTAKES = [
    ({"file": None}, "file", "Choose a file"),
    ({"file": table()}, "file", "The table has no rows."),
    ({"file": table("Ann Example,senate,")}, "file", "Row 2, chamber: “senate” is no chamber"),
    ({"file": table("", "Ann Example,,")}, "file", "Row 3, chamber: Which chamber is it?"),
    ({"file": table("Ann Example,belarus-house,king")}, "file", "Row 2, role: “king” is no"),
    ({"file": table("Ann ,belarus-house,")}, "file", "Row 2: There is no family name"),
    *(
        ({"file": table(f"{sign} {sign},belarus-house,")}, "file", "Row 2: There is no family name")
        for sign in "\u202e\u200b"
    ),
    ({"file": table(f"A {'x' * 99},belarus-house,")}, "file", "Row 2, family_name_en: Ensure"),
    (
        {"file": table("bob,belarus-house", header="person,chamber")},
        "file",
        "Row 2, person: There is nobody with the slug “bob”.",
    ),
    (
        {"file": table("A B,belarus-house,head", "C D,belarus-house,head")},
        "file",
        "these rows name one: 2, 3",
    ),
    ({"file": listed("ФИО;Палата\nИванов;belarus-house")}, "file", "no column “фио”"),
    ({"file": table(*["A B,belarus-house,"] * 501)}, "file", "more rows than the 500"),
    ({"file": table(*["A B,x,"] * 30)}, "file", "10 more errors."),
    ({"first_day": ""}, "first_day", "required"),
    ({"first_day": "1900-01-01"}, "first_day", "between 1900 and 2199"),
    ({"first_day": "0001-01-01"}, "first_day", "between 1900 and 2199"),
    ({"first_day": "9999-12-31"}, "first_day", "between 1900 and 2199"),
    ({"first_day": "1.3.26"}, "first_day", "Write a day"),
    ({"source_title_en": ""}, "source", "Which document"),
    ({"file": None, "is_complete": "on"}, "file", "Choose a file"),
]


def test_a_mistake_is_told_at_its_field(desk, belarus):
    before = everything()
    action = desk("new_composition", belarus)
    for changed, field, words in MISTAKES:
        answer = action.preview(**{"file": table(ANN), **START, **changed})
        assert answer.status_code == 200
        assert words in spaced(" ".join(problems(answer)[field])), changed
    assert everything() == before


def test_a_parliament_of_one_chamber_needs_no_chamber(desk, delegation):
    rows = table("Ann Example,,", "Bob Novel,,head", "Dan Spare,,alternate")
    desk_of = desk("new_composition", delegation)
    assert desk_of.confirm(desk_of.preview(file=rows, **START)).status_code == 302
    assert Membership.objects.count() == 2


def test_one_mistake_is_told_once(desk, belarus):
    action = desk("new_composition", belarus)
    seats = f"seats-{belarus.chambers.get(house='lower').pk}"
    assert {*problems(action.preview(**START, **{seats: "0"}))} == {seats}
    too_long = {**START, "source_title_en": "x" * 999}
    answer = action.preview(file=table(ANN), **too_long)
    assert {*problems(answer)} == {"source_title_en"}
    answer = action.preview(file=listed("\0"), is_complete="on", **START)
    assert {*problems(answer)} == {"file"}


def test_the_table_is_kept_through_a_mistake_and_another_takes_its_place(desk, belarus):
    action = desk("new_composition", belarus)
    answer = action.preview(file=table(ANN), **START | {"source_title_en": ""})
    assert "keep the table of 1 row that" in spaced(answer.content.decode())
    sent = filled(answer, source_title_en=START["source_title_en"], _preview="1")
    for file, name in (
        ({}, "Ann Example"),
        ({"file": table("Bob Novel,belarus-house,")}, "Bob Novel"),
    ):
        preview = action.client.post(action.address, sent | file)
        starts = preview.context["plan"].starts
        assert [str(row.person) for row in starts if isinstance(row, Membership)] == [name]


def test_the_sample_is_a_table_that_lacks_the_names_alone(desk, belarus):
    make.chamber(belarus, name_en="Old", valid_to="2020-01-01")
    action = desk("new_composition", belarus)
    address = reverse("admin:delegations_delegation_sample", args=[belarus.pk])
    assert address in action.client.get(action.address).content.decode()
    sample = action.client.get(address)
    assert sample["Content-Disposition"] == 'attachment; filename="belarus.csv"'
    lines = sample.content.decode("utf-8-sig").split()
    assert [line.split(",")[-2:] for line in lines] == [
        ["chamber", "role"],
        ["belarus-house", "member"],
        ["belarus-council", "member"],
    ]
    answer = action.preview(file=listed(sample.content.decode()), **START)
    assert len(problems(answer)["file"]) == 2


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_form_is_valid_html_with_a_label_for_each_field(desk, belarus, language):
    action = desk("new_composition", belarus)
    action.client.cookies["django_language"] = language
    page = parsed(action.client.get(action.address))
    labelled = {label.get("for") for label in page.iter("label")}
    fields = [
        field.get("id")
        for kind in ("input", "select", "textarea")
        for field in page.find(".//*[@id='content-main']").iter(kind)
        if field.get("type") not in {"hidden", "submit"}
    ]
    assert set(fields) <= labelled
    assert "id_file" in fields
