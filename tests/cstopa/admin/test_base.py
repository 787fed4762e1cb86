import pytest
from django.contrib.auth.models import User
from django.test import Client

from cstopa.languages import LANGUAGES
from cstopa.library.documents.models import Document
from cstopa.library.models import Picture
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
from news.models import ArticleDraft, Topic
from tests import make
from tests.cstopa.admin.rows import MODELS, everything, page
from tests.forms import filled
from tests.growth import costs

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    return everything()


@pytest.fixture(scope="module")
def answers(rows):
    """Every page of every model, ``{(language, model, name): answer}``."""
    found, client = {}, Client()
    client.force_login(User.objects.create_superuser("admin"))
    for language in LANGUAGES:
        client.cookies["django_language"] = language
        for model, row in rows.items():
            for name in ("changelist", "add", "change", "delete", "history"):
                found[language, model, name] = client.get(
                    page(model if name in {"changelist", "add"} else row, name)
                )
    return found


def test_every_model_is_on_the_desk(rows):
    assert set(MODELS) == set(rows)


def test_every_page_of_every_model_answers(answers):
    others = {
        (Delegation, "add"): 403,
        (Delegation, "delete"): 403,
        (Delegation, "history"): 302,
        (FurtherSource, "add"): 403,
        # It is begun from an article.
        (ArticleDraft, "add"): 302,
    }
    for (language, model, name), answer in answers.items():
        assert answer.status_code == others.get((model, name), 200), (language, model, name)
        text = answer.content.decode()
        assert "Select an option" not in text, "This is Django's own label."
        assert "/admin/r/" not in text, "It leads to the host of the request."


def test_lists_cost_the_same_with_more_rows(admin_client):
    lists = [page(model, "changelist") for model in MODELS]
    costs(admin_client, lists)
    before = costs(admin_client, lists)
    for _each in range(2):
        everything()
    assert costs(admin_client, lists) == before


def test_a_code_is_shown_and_never_taken_from_the_form(admin_client):
    row = make.allocation()
    address = page(row, "change")
    shown = admin_client.get(address)
    assert row.code in shown.content.decode()
    admin_client.post(address, filled(shown, code="mine", seats=8))
    assert SeatAllocation.objects.get(pk=row.pk).code == row.code


def test_labels_name_the_language(admin_client):
    shown = admin_client.get(page(Person, "add")).content.decode()
    assert "Family name (in English)" in shown
    assert "Family name (in Russian)" in shown


def test_view_on_site_leads_to_the_page_of_the_saved_row(admin_client, rows, answers):
    for model, row in rows.items():
        shown = answers["en", model, "change"]
        if model in {Source, FurtherSource, Delegation, Document, Picture}:
            assert not shown.context.get("absolute_url"), model
            continue
        assert shown.context["absolute_url"] == row.get_absolute_url()
        assert admin_client.get(row.get_absolute_url()).status_code == 200, model
    shown = admin_client.post(
        page(rows[Parliament], "change"),
        filled(answers["en", Parliament, "change"], slug="new", name_en="", name_ru=""),
    )
    assert shown.context["absolute_url"] == rows[Parliament].get_absolute_url()


def test_an_empty_choice_is_worded_here(answers):
    options = {"not stated": (Chamber, "house"), "– choose –": (Participation, "status")}
    for words, (model, name) in options.items():
        for form in ("add", "change"):
            field = answers["en", model, form].context["adminform"].form.fields[name]
            assert field.choices[0] == ("", words)


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
