"""The list in the form of a new composition: pasted, uploaded, mistaken."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from delegations.models import Membership
from tests.delegations.test_admin.conftest import problems
from tests.delegations.test_admin.test_new_composition import START, everything
from tests.reading import parsed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"list": ""}, "list", "Paste a list"),
        ({"list": "name;chamber"}, "list", "names nobody"),
        (
            {"list": "Ann Example;Sennate"},
            "list",
            "Line 1: The parliament has no chamber “Sennate”.",
        ),
        ({"list": "name\n\nAnn Example"}, "list", "Line 3: Which chamber is it?"),
        ({"list": "Ann Example;lower;king"}, "list", "Line 1: “king” is no role."),
        ({"list": ";lower"}, "list", "Line 1: There is no name."),
        ({"list": f"{'x' * 99};lower"}, "list", "Line 1: The name is too long."),
        ({"list": "A B;lower;head\nC D;lower;глава"}, "list", "these lines name one: 1, 2"),
        ({"list": 'A "B;lower\n"C D;lower\nE F;lower'}, "list", "quotation mark"),
        ({"list": "A\x01B;lower"}, "list", "no text"),
        ({"list": "x" * 200_000}, "list", "Line 1"),
        ({"list": "A B;lower\n" * 10_000}, "list", "The list has 10000 lines, and 500"),
        ({"list": "A B;lower\n" * 501}, "list", "The list has 501 lines, and 500"),
        ({"list": "name;chamber\n" + "A B;lower\n" * 501}, "list", "The list has 501 lines"),
        ({"list": "A B;x\n" * 30}, "list", "10 more lines cannot be read."),
        ({"first_day": ""}, "first_day", "required"),
        ({"first_day": "1900-01-01"}, "first_day", "between 1900 and 2199"),
        ({"first_day": "0001-01-01"}, "first_day", "between 1900 and 2199"),
        ({"first_day": "9999-12-31"}, "first_day", "between 1900 and 2199"),
        ({"first_day": "1.3.2026"}, "first_day", "year-month-day"),
        ({"source_title_en": ""}, "source", "Which document"),
        ({"list": "", "is_complete": "on"}, "list", "Paste a list"),
        ({"order": "x"}, "order", "x"),
    ],
)
def test_a_mistake_is_told_at_its_field(desk, belarus, changed, field, words):
    before = everything()
    sent = {"list": "Ann Example;lower", **START, **changed}
    answer = desk("new_composition", belarus).preview(**sent)
    assert answer.status_code == 200
    assert words in " ".join(problems(answer)[field])
    assert everything() == before


def test_five_hundred_people_fit_under_a_heading(desk, belarus):
    lines = "name;chamber\n" + "A B;lower\n" * 500
    answer = desk("new_composition", belarus).preview(list=lines, **START)
    assert problems(answer) == {}


def test_one_mistake_is_told_once(desk, belarus):
    action = desk("new_composition", belarus)
    seats = f"seats-{belarus.chambers.get(house='lower').pk}"
    assert {*problems(action.preview(**START, **{seats: "0"}))} == {seats}
    too_long = {**START, "source_title_en": "x" * 999}
    answer = action.preview(list="Ann Example;lower", **too_long)
    assert {*problems(answer)} == {"source_title_en"}


def upload(content, name="list.csv"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
def test_a_file_is_read_and_carried_through_the_preview(desk, belarus, encoding, delimiter):
    text = (
        delimiter.join(("Имя", "Палата"))
        + "\r\n"
        + delimiter.join(("Иванов Иван Иванович", "нижняя"))
    )
    action = desk("new_composition", belarus)
    preview = action.preview(file=upload(text.encode(encoding)), **START)
    assert problems(preview) == {}
    action.confirm(preview)
    assert Membership.objects.get().person.patronymic_ru == "Иванович"


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\0\0", "Иванов;нижняя".encode("cp1251"), "A;b".encode("utf-16"), b"\0" * 9],
)
def test_a_file_that_is_no_list_gets_a_sentence(desk, belarus, content):
    answer = desk("new_composition", belarus).preview(
        file=upload(content), is_complete="on", **START
    )
    assert "no text" in " ".join(problems(answer)["file"])
    assert len(problems(answer)) == 1
    large = desk("new_composition", belarus).preview(file=upload(b"x" * 1_000_001), **START)
    assert "too large" in " ".join(problems(large)["file"])


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
