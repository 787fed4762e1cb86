import datetime as dt
from unittest import mock

import pytest
from django.contrib import admin
from django.urls import reverse

from cstopa.constraints import NoOverlap
from delegations.models import (
    Chamber,
    Delegation,
    Office,
    Parliament,
    Person,
    SeatAllocation,
    Source,
)
from news.models import Article, Topic
from tests import make
from tests.forms import errors, filled
from tests.growth import costs

pytestmark = pytest.mark.django_db

MODELS = [
    model for model in admin.site._registry if model._meta.app_label in {"delegations", "news"}
]


def page(row_or_model, name, *args):
    opts = row_or_model._meta
    key = [row_or_model.pk] if name in {"change", "delete", "history"} else []
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[*key, *args])


def everything():
    """A row of each model, all about one state."""
    parliament = make.parliament(state_ru="Беларусь", name_ru="Национальное собрание")
    source = make.source(title_ru="Состав Ёлок")
    chamber = make.chamber(parliament, name_ru="Палата представителей", source=source)
    person = make.person(given_name_ru="Виктор", family_name_ru="Когут")
    delegation = Delegation.objects.get(pk=parliament.pk)
    topic = make.topic(name_ru="Модельные законы")
    return {
        Parliament: parliament,
        Chamber: chamber,
        Person: person,
        Source: source,
        Delegation: delegation,
        Topic: topic,
        SeatAllocation: make.allocation(chamber),
        **{
            type(row): row
            for row in (
                make.participation(parliament),
                make.membership(person, chamber),
                make.office(person, "representative", parliament=parliament),
                make.article(
                    delegations=[delegation],
                    people=[person],
                    topics=[topic],
                    headline_ru="Заседание Ассамблеи",
                ),
            )
        },
    }


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
            if model is Delegation and name in {"add", "delete"}:
                assert answer.status_code == 403
            elif model is Delegation and name == "history":
                assert answer.status_code == 302
            else:
                assert answer.status_code == 200, (model, name)


@pytest.mark.parametrize("key", ["abc", "0", "-1", "9" * 30, "_00", "1.5"])
@pytest.mark.parametrize("name", ["change", "delete", "history", "simple_history"])
def test_an_address_of_no_row_leads_nowhere(admin_client, name, key):
    for model in MODELS:
        opts = model._meta
        keys = [key, key] if name == "simple_history" else [key]
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=keys)
        assert admin_client.get(address).status_code in {302, 403, 404}


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
def test_a_search_folds_the_letters_of_both_languages(admin_client, model, words):
    row = everything()[model]
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
    everything()
    for model in MODELS:
        assert admin_client.get(page(model, "changelist"), {"q": words}).status_code == 200


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
    everything()
    app, name = model.split(".")
    asked = {"app_label": app, "model_name": name, "field_name": field}
    address = reverse("admin:autocomplete")
    found = admin_client.get(address, {**asked, "term": words}).json()["results"]
    assert len(found) == 1
    assert admin_client.get(address, {**asked, "term": "\0"}).status_code == 200


def test_lists_cost_the_same_with_more_rows(admin_client):
    lists = [page(model, "changelist") for model in MODELS]
    everything()
    costs(admin_client, lists)
    before = costs(admin_client, lists)
    for _each in range(5):
        everything()
    assert costs(admin_client, lists) == before


@pytest.mark.parametrize("name", ["valid_from", "valid_to", "checked_on"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "2026-02-30", "x", "\0"])
def test_a_day_that_is_none_gets_an_error_at_its_field(admin_client, name, day):
    row = make.allocation()
    address = page(row, "change")
    response = admin_client.post(address, filled(admin_client.get(address), **{name: day}))
    assert list(errors(response)) == [name]


@pytest.mark.parametrize("seats", ["0", "-1", "99999", str(10**20), "1.5", "", "x", "\0"])
def test_a_number_that_is_none_gets_an_error_at_its_field(admin_client, seats):
    row = make.allocation(seats=7)
    address = page(row, "change")
    response = admin_client.post(address, filled(admin_client.get(address), seats=seats))
    assert list(errors(response)) == ["seats"]


@pytest.mark.parametrize("name", ["chamber", "source"])
@pytest.mark.parametrize("key", ["", "0", "abc", "9" * 30, "\0"])
def test_a_forged_relation_gets_an_error_at_its_field(admin_client, name, key):
    row = make.allocation()
    address = page(row, "change")
    response = admin_client.post(address, filled(admin_client.get(address), **{name: key}))
    assert list(errors(response)) == [name]


@pytest.mark.parametrize("name", ["delegations", "people", "topics"])
@pytest.mark.parametrize("key", ["0", "abc", "9" * 30, "\0"])
def test_forged_relations_get_an_error_at_their_field(admin_client, name, key):
    row = make.article()
    address = page(row, "change")
    response = admin_client.post(address, filled(admin_client.get(address), **{name: [key]}))
    assert list(errors(response)) == [name]


@pytest.mark.parametrize("words", ["x\0y", "x" * 201])
def test_text_that_does_not_fit_gets_an_error_at_its_field(admin_client, words):
    row = make.parliament()
    address = page(row, "change")
    response = admin_client.post(address, filled(admin_client.get(address), name_ru=words))
    assert list(errors(response)) == ["name_ru"]


def test_a_period_that_ends_before_it_starts_gets_an_error_at_its_field(admin_client):
    row = make.allocation()
    address = page(row, "change")
    response = admin_client.post(
        address, filled(admin_client.get(address), valid_from="2021-01-02", valid_to="2021-01-01")
    )
    assert list(errors(response)) == ["valid_to"]


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


def test_what_another_saved_at_the_same_moment_is_an_error_at_the_field(admin_client):
    """The first check looks before the other row is there, as it would at the same moment."""
    chamber = make.chamber()
    make.allocation(chamber, seats=7, valid_from=dt.date(2020, 1, 1))
    address = page(SeatAllocation, "add")
    data = filled(
        admin_client.get(address),
        chamber=chamber.pk,
        seats=8,
        valid_from="2026-07-01",
        source=chamber.source_id,
    )
    check, seen = NoOverlap.validate, []

    def too_early(self, *args, **kwargs):
        seen.append(self)
        if len(seen) > 1:
            check(self, *args, **kwargs)

    with mock.patch.object(NoOverlap, "validate", too_early):
        response = admin_client.post(address, data)
    assert len(seen) == 2
    assert list(errors(response)) == ["valid_from"]
    assert 'value="8"' in response.content.decode()
    assert chamber.allocations.get().seats == 7


def test_view_on_site_leads_to_the_page_of_the_saved_row(admin_client):
    rows = everything()
    for model, row in rows.items():
        shown = admin_client.get(page(row, "change"))
        if model is Source:
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


def delete(client, row):
    return client.post(page(row, "delete"), {"post": "yes"})


def delete_selected(client, *rows):
    return client.post(
        page(type(rows[0]), "changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"},
    )


@pytest.mark.parametrize("way", [delete, delete_selected])
def test_what_content_depends_on_stays_and_the_desk_says_what_is_in_the_way(admin_client, way):
    rows = everything()
    article = rows[Article]
    for model in (Parliament, Chamber, Person, Topic, Source):
        row = rows[model]
        response = way(admin_client, row)
        assert response.status_code == 200
        assert model.objects.filter(pk=row.pk).exists(), model
        if model in {Person, Topic}:
            assert page(article, "change") in response.content.decode()


def test_a_deletion_counts_first_what_it_would_take_with_it(admin_client):
    article = everything()[Article]
    shown = admin_client.get(page(article, "delete"))
    assert dict(shown.context["model_count"])["articles"] == 1
    assert delete(admin_client, article).status_code == 302
    assert not Article.objects.exists()


def test_a_row_that_nothing_needs_is_deleted(admin_client):
    rows = [make.topic(), make.topic(), make.topic()]
    assert delete(admin_client, rows[0]).status_code == 302
    assert delete_selected(admin_client, *rows[1:]).status_code == 302
    assert not Topic.objects.exists()
