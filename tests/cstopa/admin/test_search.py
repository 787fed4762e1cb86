import pytest
from django.urls import reverse

from delegations.models import Chamber, Delegation, Office, Parliament, Person, SeatAllocation
from news.models import Article, Topic
from tests import make
from tests.cstopa.admin.rows import MODELS, OF_EACH_BASE, base_of, everything, page

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    return everything()


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (Parliament, "беларусь"),
        (Delegation, "СОБРАНИЕ нац"),
        (Chamber, "палата беларусь"),
        (SeatAllocation, "представителей беларусь"),
        (Person, "когут вик"),
        (Office, "когут беларусь"),
        (Article, "АССАМБЛЕИ"),
        (Topic, "модельные"),
    ],
)
def test_a_search_folds_the_letters_of_both_languages(admin_client, rows, model, words):
    row = rows[model]
    found = admin_client.get(page(model, "changelist"), {"q": words}).context["cl"].result_list
    assert list(found) == [row]
    none = admin_client.get(page(model, "changelist"), {"q": f"{words} Казахстан"}).context["cl"]
    assert list(none.result_list) == []


def test_a_fact_is_found_by_its_code(admin_client):
    row = make.allocation()
    make.allocation()
    for words in (row.code, row.code.upper()):
        found = admin_client.get(page(SeatAllocation, "changelist"), {"q": words}).context["cl"]
        assert list(found.result_list) == [row]


@pytest.mark.parametrize("words", ["…", "\0", "%", "\\", "'", "x" * 5000])
def test_a_search_for_no_word_finds_nothing_and_breaks_nothing(admin_client, words):
    for model in OF_EACH_BASE:
        assert admin_client.get(page(model, "changelist"), {"q": words}).status_code == 200


def filters(client):
    """Return ``(model, parameter)`` of each kind of filter and comparison that a base has, once."""
    found = {}
    for model in MODELS:
        base = base_of(model)
        for filter_ in client.get(page(model, "changelist")).context["cl"].filter_specs:
            for name in filter_.expected_parameters():
                kind = (base, type(filter_), name.rpartition("__")[2])
                found.setdefault(kind, (model, name))
        for name in ("p", "o", "pk", "id__in", "no_such_field"):
            found.setdefault((base, name), (model, name))
    return found.values()


def test_a_forged_filter_breaks_nothing(admin_client):
    for model, name in filters(admin_client):
        address = page(model, "changelist")
        for value in ("\0", "abc", "9" * 30, "", "2026-13-01"):
            answer = admin_client.get(address, {name: value})
            # Django's own answer to a filter that makes no sense.
            is_sent_back = answer.status_code == 302 and answer.url == f"{address}?e=1"
            assert is_sent_back or answer.status_code in {200, 400}, (model, name, value)
    for model in OF_EACH_BASE:
        assert admin_client.get(page(model, "changelist"), {"e": "1"}).status_code == 200


@pytest.mark.parametrize(
    ("model", "field", "words"),
    [
        ("news.article", "people", "когут"),
        ("news.article", "delegations", "беларусь"),
        ("news.article", "topics", "ЗАКОНЫ"),
        ("news.article", "source", "состав"),
        ("delegations.seatallocation", "chamber", "палата"),
        ("delegations.chamber", "parliament", "беларусь"),
        ("delegations.chamber", "source", "СОСТАВ"),
    ],
)
def test_autocomplete_folds_the_letters_of_both_languages(admin_client, model, field, words):
    app, name = model.split(".")
    asked = {"app_label": app, "model_name": name, "field_name": field}
    address = reverse("admin:autocomplete")
    found = admin_client.get(address, {**asked, "term": words}).json()["results"]
    assert len(found) == 1
    assert admin_client.get(address, {**asked, "term": "\0"}).status_code == 200
