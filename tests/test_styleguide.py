"""The style page: every component, from made-up objects alone, and only where it is asked for."""

import re
import sys
from importlib import reload

import pytest
from django.conf import settings as project
from django.urls import clear_url_caches

from tests.reading import parsed, words

STYLES = sorted((project.BASE_DIR / "static" / "css").glob("*.css"))
# What has no block of its own: the tokens, the elements, paper, and the list of the files.
NO_COMPONENTS = {"base", "print", "site", "tokens"}


@pytest.fixture
def addresses(settings):
    """Read the addresses of the site again under other settings, and once more afterwards."""

    def read():
        reload(sys.modules[project.ROOT_URLCONF])
        clear_url_caches()

    yield read
    settings.STYLEGUIDE = False
    read()


@pytest.fixture
def pages(client, settings, addresses):
    """The style page in both languages. No database is open to this test."""
    settings.STYLEGUIDE = True
    addresses()
    return [client.get(f"{prefix}/styleguide/") for prefix in ("", "/ru")]


def test_every_component_is_on_the_page(pages):
    for response in pages:
        shown = {name for each in parsed(response).iter() for name in each.get("class", "").split()}
        blocks = {re.split("__|--", name)[0] for name in shown}
        assert {path.stem for path in STYLES} - NO_COMPONENTS - blocks == set()


def test_it_is_a_page_like_the_others_and_not_for_search_engines(pages):
    for response, language in zip(pages, ("en", "ru"), strict=True):
        tree = parsed(response)
        assert tree.get("lang") == language
        assert tree.find(".//meta[@name='robots']").get("content") == "noindex"
        ids = [each.get("id") for each in tree.iter() if each.get("id")]
        assert len(ids) == len(set(ids))
        assert not [each for each in tree.iter() if "style" in each.attrib]


def test_it_shows_every_token_and_every_state(pages):
    text = words(parsed(pages[0]).find(".//main"))
    tokens = (project.BASE_DIR / "static" / "css" / "tokens.css").read_text()
    for name in re.findall(r"^  (--[\w-]+): #", tokens, re.MULTILINE):
        assert name in text
    for state in ("1 vacant", "not recorded", "8 members for 7 seats", "differs; it says: 6"):
        assert state in text


@pytest.mark.django_db
def test_without_the_setting_there_is_no_such_page(client):
    assert client.get("/styleguide/").status_code == 404
