"""The style page: every component, from made-up objects alone, and only where it is asked for."""

import re
from types import ModuleType

import pytest
from django.conf import settings as project
from django.conf.urls.i18n import i18n_patterns
from django.db import DatabaseError, connection
from django.urls import path

from cstopa import urls
from news.styleguide import StyleGuide
from tests.reading import parsed, words

STYLES = sorted((project.BASE_DIR / "static" / "css").glob("*.css"))
# What has no block of its own: the tokens, the elements, paper, and the list of the files; and what
# is on every page of the invented assembly, and on none here.
NO_COMPONENTS = {"base", "print", "site", "tokens", "invented"}


def refused(*_args):
    raise DatabaseError("The style page asks no database.")


@pytest.fixture
def pages(client, db, settings):
    """The style page in both languages. The database answers none of its questions."""
    # Whether a page is kept, and what is due, is asked of the database.
    settings.PAGE_MEMORY = 0
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "publishing" not in each]
    here = path("styleguide/", StyleGuide.as_view(), name="styleguide")
    # The setting is read with the addresses, once in a process.
    settings.ROOT_URLCONF = ModuleType("addresses")
    settings.ROOT_URLCONF.urlpatterns = [
        *i18n_patterns(here, prefix_default_language=False),
        *urls.urlpatterns,
    ]
    with connection.execute_wrapper(refused):
        return [client.get(f"{prefix}/styleguide/") for prefix in ("", "/ru")]


def test_every_component_is_on_the_page(pages):
    for response in pages:
        shown = {name for each in parsed(response).iter() for name in each.get("class", "").split()}
        blocks = {re.split("__|--", name)[0] for name in shown}
        assert {file.stem for file in STYLES} - NO_COMPONENTS - blocks == set()


def test_a_lead_picture_stands_on_cards_and_on_the_page(pages):
    for response in pages:
        places = {each.get("class"): each for each in parsed(response).iter() if each.get("class")}
        for name in ("teaser__picture", "article__picture"):
            image = places[name].find(".//img")
            assert image.get("alt")
            assert image.get("src").startswith("/static/images/sharing")
        caption, credit = places["article__picture"].iterfind("./figcaption/p")
        assert words(caption)
        assert words(credit)


def test_a_text_has_a_picture_and_the_link_of_a_document(pages):
    for response in pages:
        [text] = parsed(response).findall(".//div[@class='article__body prose']")
        [figure] = text.findall("./figure[@class='prose__picture']")
        assert figure.find(".//img").get("alt")
        assert len(figure.findall("./figcaption/p")) == 2
        [link] = text.findall("./p/a[@class='document']")
        assert words(link)
        # In the language of the text.
        assert link.get("hreflang") == text.get("lang")


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
