"""The map of the site, and robots.txt."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
import time_machine
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from tests import make
from tests.growth import costs
from tests.reading import parsed

pytestmark = pytest.mark.django_db

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
RUSSIAN = {"headline_ru": "Заголовок", "summary_ru": "Кратко", "body_ru": "<p>Подробно</p>"}


def entries(client, **extra):
    response = client.get("/sitemap.xml", **extra)
    assert response.status_code == 200
    return {url.findtext("s:loc", namespaces=NAMES): url for url in ET.fromstring(response.content)}


def alternates(entry):
    return {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMES)}


def test_every_public_page_is_on_the_map(client):
    make.parliament("belarus", name_ru="Национальное собрание")
    make.person("viktor-kogut", family_name_ru="Когут")
    make.topic("laws", name_ru="Законы")
    make.article("one", **RUSSIAN)
    pages = [
        *("/", "/delegations/", "/parliaments/", "/people/", "/news/", "/changes/"),
        *("/delegations/belarus/", "/parliaments/belarus/", "/people/viktor-kogut/"),
        *("/topics/laws/", "/news/one/"),
    ]
    found = entries(client)
    assert set(found) == {
        f"http://testserver{prefix}{page}" for prefix in ("", "/ru") for page in pages
    }
    for page in pages:
        for prefix in ("", "/ru"):
            assert client.get(prefix + page).status_code == 200
            assert alternates(found[f"http://testserver{prefix}{page}"]) == {
                "en": f"http://testserver{page}",
                "ru": f"http://testserver/ru{page}",
            }


@pytest.mark.parametrize(
    ("make_row", "address"),
    [
        (make.parliament, "/delegations/one/"),
        (make.parliament, "/parliaments/one/"),
        (make.person, "/people/one/"),
        (make.topic, "/topics/one/"),
        (make.article, "/news/one/"),
    ],
)
def test_a_language_is_on_the_map_where_it_exists(client, make_row, address):
    make_row("one")
    found = entries(client)
    assert f"http://testserver/ru{address}" not in found
    assert alternates(found[f"http://testserver{address}"]) == {"en": f"http://testserver{address}"}


RUSSIAN_ONLY = [
    (make.parliament, "delegations", {"state": "Страна", "name": "Парламент"}),
    (make.parliament, "parliaments", {"state": "Страна", "name": "Парламент"}),
    (make.person, "people", {"family_name": "Когут"}),
    (make.topic, "topics", {"name": "Законы"}),
    (make.article, "news", {"headline": "Заголовок", "summary": "Кратко", "body": "<p>Текст</p>"}),
]


@pytest.mark.parametrize(("make_row", "section", "words"), RUSSIAN_ONLY)
@pytest.mark.parametrize("both", [True, False])
def test_pages_announce_the_languages_of_the_map(client, make_row, section, words, both):
    english = {} if both else {f"{name}_en": "" for name in words}
    make_row("one", **{f"{name}_ru": text for name, text in words.items()}, **english)
    russian = f"/ru/{section}/one/"
    mapped = alternates(entries(client)[f"http://testserver{russian}"])
    assert list(mapped) == (["en", "ru"] if both else ["ru"])
    for address in (f"/{section}/one/", russian):
        links = parsed(client.get(address)).findall(".//head/link[@hreflang]")
        announced = {link.get("hreflang"): link.get("href") for link in links}
        assert announced.pop("x-default", None) == mapped.get("en")
        assert announced == mapped


def test_an_article_whose_translation_lacks_a_part_has_one_language(client):
    make.article("one", **{**RUSSIAN, "body_ru": ""})
    assert "http://testserver/ru/news/one/" not in entries(client)


def test_addresses_are_those_of_the_site_whatever_the_host(client, settings):
    settings.SITE_URL = "https://assembly.example"
    make.article("one", **RUSSIAN)
    found = entries(client, headers={"host": "localhost"})
    assert all(address.startswith("https://assembly.example/") for address in found)
    page = client.get("/sitemap.xml", headers={"host": "localhost"}).text
    assert "localhost" not in page
    assert client.get("/robots.txt", headers={"host": "localhost"}).text.count("localhost") == 0


def test_lastmod_is_the_last_change_that_the_public_saw(client):
    now = timezone.now()
    article = make.article("one", published_at=now - dt.timedelta(days=9))
    make.article("ahead", published_at=now + dt.timedelta(days=1))
    with time_machine.travel(now + dt.timedelta(days=2), tick=False):
        article.save()
        found = entries(client)
        for slug, moment in (("one", timezone.now()), ("ahead", now + dt.timedelta(days=1))):
            entry = found[f"http://testserver/news/{slug}/"]
            lastmod = entry.findtext("s:lastmod", namespaces=NAMES)
            assert lastmod == moment.date().isoformat() or parse_datetime(lastmod) == moment


@pytest.mark.parametrize("part", ["0", "2", "x", "", "9" * 5000])
def test_a_part_that_is_not_there_is_unknown(client, part):
    assert client.get("/sitemap.xml", {"p": part}).status_code == 404


def test_robots_are_sent_to_the_map_and_not_to_the_desk(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.text.splitlines()
    assert lines[:2] == ["User-agent: *", "Disallow: /admin/"]
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


@pytest.mark.parametrize("address", ["sitemap.xml", "robots.txt", "healthz", "readyz"])
def test_what_is_for_machines_has_one_address(client, address):
    assert client.get(f"/{address}").status_code == 200
    assert client.get(f"/ru/{address}").status_code == 404


def test_the_map_costs_the_same_with_many_rows(client):
    def add():
        make.article(topics=[make.topic()], people=[make.person()], **RUSSIAN)
        make.parliament()

    add()
    before = costs(client, ["/sitemap.xml"])
    for _ in range(200):
        add()
    assert costs(client, ["/sitemap.xml"]) == before
