"""The first text of the written pages."""

import re

import pytest
from django.core.management import call_command

from cstopa.languages import LANGUAGES
from cstopa.models.richtext import sanitise
from cstopa.pages.models import Page, Slug
from news.numbers import typed_numbers
from tests.reading import links, main

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _texts(module_db):
    call_command("loaddata", "pages", verbosity=0)


def test_every_page_is_there_in_both_languages():
    pages = Page.objects.published()
    assert {page.slug for page in pages} == set(Slug)
    for page in pages:
        assert page.complete_languages == list(LANGUAGES)
        for language in LANGUAGES:
            body = getattr(page, f"body_{language}")
            assert body == sanitise(body)
            assert len(re.findall("<h2>", body)) == len(re.findall("<h2>", page.body_en))


def test_loading_again_writes_no_version():
    call_command("loaddata", "pages", verbosity=0)
    assert [page.history.count() for page in Page.objects.all()] == [1] * len(Slug)


@pytest.mark.parametrize("prefix", ["", "/ru"])
@pytest.mark.parametrize("slug", Slug)
def test_its_links_lead_to_pages_in_its_own_language(client, slug, prefix):
    response = client.get(f"{prefix}/{slug}/")
    assert len(main(response).split()) > 50
    for address in links(response):
        assert client.get(address).status_code == 200, address
        assert address.startswith("/ru/") == bool(prefix), address


def test_it_states_no_number_that_the_records_state():
    for page in Page.objects.all():
        assert typed_numbers(page.body_en) == typed_numbers(page.body_ru) == []


@pytest.mark.parametrize(
    "address",
    ["/search/?q=next+session", "/ru/search/?q=следующее+заседание", "/search/?q=sessions"],
)
def test_no_page_is_taken_for_one_about_the_sessions_of_the_assembly(client, address):
    call_command("loaddata", "delegations", "news", verbosity=0)
    page = main(client.get(address))
    found = "What this site holds" if address.startswith("/search") else "Что есть на этом сайте"
    assert found in page
    assert not {"/privacy/", "/ru/privacy/"} & links(client.get(address)).keys()
