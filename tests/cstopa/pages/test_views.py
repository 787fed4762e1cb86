"""The written pages: in one language or both, or not written yet."""

import datetime as dt

import pytest
import time_machine
from django.utils import translation

from cstopa.pages.models import Page, Slug
from tests import make, site
from tests.reading import main, parsed, words

pytestmark = pytest.mark.django_db

RUSSIAN = {"title_ru": "О сайте", "body_ru": "<p>Текст страницы</p>"}


def head(response, path):
    return parsed(response).findall(f".//head/{path}")


@pytest.mark.parametrize("slug", Slug)
@pytest.mark.parametrize("prefix", ["", "/ru"])
@pytest.mark.parametrize("row", [None, {}, {"title_en": "Half", "title_ru": "Половина"}])
def test_a_page_without_its_words_says_so(client, slug, prefix, row):
    if row is not None:
        make.page(slug, **{"title_en": "", "body_en": ""} | row)
    response = client.get(f"{prefix}/{slug}/")
    assert response.status_code == 200
    with translation.override("ru" if prefix else "en"):
        assert words(parsed(response).find(".//h1")) == slug.label
        assert translation.gettext("This page has not been written yet.") in main(response)
    assert "Half" not in response.text
    assert "Половина" not in response.text
    assert head(response, "meta[@name='robots']")[0].get("content") == "noindex"
    assert head(response, "link[@hreflang]") == []


@time_machine.travel(dt.datetime(2026, 3, 1, 22, tzinfo=dt.UTC))
def test_a_page_shows_its_words_and_the_day_of_the_last_change(client):
    make.page(body_en="<h2>First</h2><p>Words &amp; <em>more</em></p>", **RUSSIAN)
    response = client.get("/about/")
    assert words(parsed(response).find(".//h1")) == "Title of about"
    assert parsed(response).find(".//main//em") is not None
    assert "Last changed on 2 March 2026" in main(response)
    assert head(response, "meta[@name='description']")[0].get("content") == "First Words & more"
    assert head(response, "meta[@name='robots']") == []
    assert "Текст страницы" in main(client.get("/ru/about/"))
    with time_machine.travel(dt.datetime(2026, 4, 5, 12, tzinfo=dt.UTC)):
        page = Page.objects.get()
        page.body_en = "<p>Other words</p>"
        page.save()
        assert "Last changed on 5 April 2026" in main(client.get("/about/"))


@pytest.mark.parametrize(
    ("fields", "languages"),
    [({}, ["en"]), (RUSSIAN, ["en", "ru"]), (RUSSIAN | {"title_en": "", "body_en": ""}, ["ru"])],
)
def test_a_missing_language_is_shown_in_the_other_and_marked(client, fields, languages):
    make.page(**fields)
    for language, prefix in (("en", ""), ("ru", "/ru")):
        response = client.get(f"{prefix}/about/")
        heading = parsed(response).find(".//h1")
        shown = language if language in languages else languages[0]
        assert heading.get("lang") == shown
        with translation.override(language):
            notice = translation.gettext(
                "This text has no translation: it is there only %(language)s."
            )
        assert (notice.partition("%")[0] in main(response)) == (shown != language)
        announced = {link.get("hreflang") for link in head(response, "link[@hreflang]")}
        assert announced - {"x-default"} == set(languages)


def test_half_a_translation_is_shown_nowhere(client):
    make.page(title_ru="Черновик перевода")
    for address in ("/about/", "/ru/about/", "/search/?q=черновик", "/ru/search/?q=черновик"):
        assert "Черновик перевода" not in client.get(address).text
    assert not Page.objects.matching("черновик").exists()
    assert Page.objects.matching("черновик", unfinished=True).exists()


def test_each_page_leads_to_the_written_ones(client):
    make.page()
    for address in ("/", "/ru/", "/about/", "/ru/privacy/", "/news/", "/ru/search/", site.UNKNOWN):
        prefix = "/ru" if address.startswith("/ru/") else ""
        footer = parsed(client.get(address)).find(".//footer")
        here = {a.get("href"): a.get("aria-current") for a in footer.iter("a")}
        for slug in Slug:
            target = f"{prefix}/{slug}/"
            assert here[target] == ("page" if address == target else None), address


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_page_is_only_read(client, method):
    assert getattr(client, method)("/about/").status_code == 405
