import pytest

from delegations.models import (
    Chamber,
    Delegation,
    FurtherSource,
    Parliament,
    Participation,
    Person,
    SeatAllocation,
    Source,
)
from news.models import Topic
from tests import make
from tests.desk.rows import MODELS, everything, page
from tests.forms import filled
from tests.growth import costs

pytestmark = pytest.mark.django_db


def test_every_model_is_on_the_desk():
    rows = everything()
    assert set(MODELS) == set(rows)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_page_of_every_model_answers(admin_client, language):
    admin_client.cookies["django_language"] = language
    for model, row in everything().items():
        for name in ("changelist", "add", "change", "delete", "history"):
            answer = admin_client.get(
                page(row if name not in {"changelist", "add"} else model, name)
            )
            if (model is Delegation and name in {"add", "delete"}) or (
                model is FurtherSource and name == "add"
            ):
                assert answer.status_code == 403
            elif model is Delegation and name == "history":
                assert answer.status_code == 302
            else:
                assert answer.status_code == 200, (model, name)


def test_lists_cost_the_same_with_more_rows(admin_client):
    lists = [page(model, "changelist") for model in MODELS]
    everything()
    costs(admin_client, lists)
    before = costs(admin_client, lists)
    for _each in range(5):
        everything()
    assert costs(admin_client, lists) == before


def test_a_code_is_shown_and_never_taken_from_the_form(admin_client):
    row = make.allocation()
    address = page(row, "change")
    shown = admin_client.get(address)
    assert row.code in shown.content.decode()
    admin_client.post(address, filled(shown, code="mine", seats=8))
    assert SeatAllocation.objects.get().code == row.code


def test_labels_name_the_language(admin_client):
    shown = admin_client.get(page(Person, "add")).content.decode()
    assert "Family name (in English)" in shown
    assert "Family name (in Russian)" in shown


def test_view_on_site_leads_to_the_page_of_the_saved_row(admin_client):
    rows = everything()
    for model, row in rows.items():
        shown = admin_client.get(page(row, "change"))
        if model in {Source, FurtherSource}:
            assert not shown.context["has_absolute_url"]
            continue
        assert shown.context["absolute_url"] == row.get_absolute_url()
        assert admin_client.get(row.get_absolute_url()).status_code == 200, model
    parliament = rows[Parliament]
    address = page(parliament, "change")
    shown = admin_client.post(
        address, filled(admin_client.get(address), slug="new", name_en="", name_ru="")
    )
    assert shown.context["absolute_url"] == parliament.get_absolute_url()


def test_no_page_leads_to_the_public_through_the_host_of_the_request(admin_client):
    for row in everything().values():
        assert "/admin/r/" not in admin_client.get(page(row, "change")).content.decode()


def test_an_empty_choice_is_worded_here(admin_client):
    rows = everything()
    options = {"not stated": (Chamber, "house"), "– choose –": (Participation, "status")}
    for words, (model, name) in options.items():
        form = admin_client.get(page(rows[model], "change")).context["adminform"].form
        shown = admin_client.get(page(model, "add")).context["adminform"].form
        assert shown.fields[name].choices[0] == ("", words)
        assert form.fields[name].choices[0] == ("", words)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_label_of_django_s_is_left_in_english(admin_client, language):
    admin_client.cookies["django_language"] = language
    for model in everything():
        for name in ("changelist", "add"):
            assert "Select an option" not in admin_client.get(page(model, name)).content.decode()


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("en", {"Name (in English)", "Name (in Russian)"}),
        ("ru", {"Название (по-английски)", "Название (по-русски)"}),
    ],
)
def test_a_column_names_its_language(admin_client, language, headings):
    admin_client.cookies["django_language"] = language
    make.topic("laws", name_ru="")
    response = admin_client.get(page(Topic, "changelist"), {"o": "-2.3"})
    # A column that cannot be sorted by is no link.
    assert not [heading for heading in headings if f">{heading}</a>" not in response.text]
    assert "Laws" in response.text
