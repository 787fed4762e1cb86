"""The feeds of the news."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
import time_machine
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from delegations.models import Delegation
from tests import make
from tests.growth import costs

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = [
    "/news/feed.atom",
    "/news/feed.rss",
    "/delegations/belarus/news.atom",
    "/topics/laws/news.atom",
]
RUSSIAN = {"headline_ru": "Заголовок", "summary_ru": "Кратко", "body_ru": "<p>Подробно</p>"}


@pytest.fixture
def about():
    parliament = make.parliament("belarus", name_ru="Национальное собрание")
    return {
        "delegations": [Delegation.objects.get(pk=parliament.pk)],
        "topics": [make.topic("laws", name_ru="Законы")],
    }


def entries(client, address="/news/feed.atom", **extra):
    response = client.get(address, **extra)
    assert response.status_code == 200
    return ET.fromstring(response.content).findall("a:entry", ATOM)


def text(entry, name):
    return entry.findtext(f"a:{name}", namespaces=ATOM)


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_holds_what_is_whole_in_its_language(client, about, address):
    make.article("english", **about, headline_ru="Только заголовок")
    make.article("both", **about, **RUSSIAN)
    english, russian = client.get(address).text, client.get(f"/ru{address}").text
    assert "Headline of english" in english
    assert "Headline of both" in english
    assert "Заголовок" not in english
    assert "Заголовок" in russian
    assert "Headline" not in russian
    assert "Только заголовок" not in russian


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_addresses_are_those_of_the_site_whatever_the_host(
    client, about, settings, address, prefix
):
    settings.SITE_URL = "https://assembly.example"
    make.article("both", **about, **RUSSIAN)
    feed = client.get(prefix + address, headers={"host": "localhost"}).text
    assert f"https://assembly.example{prefix}/news/both/" in feed
    assert f'href="https://assembly.example{prefix}{address}"' in feed
    assert "localhost" not in feed
    assert "testserver" not in feed


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_read_and_not_written(client, about, address, method):
    client.handler.enforce_csrf_checks = True
    response = getattr(client, method)(address)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert client.head(address).status_code == 200


def test_a_feed_about_a_row_holds_its_news_alone(client, about):
    make.article("this", **about)
    make.article("other", topics=[make.topic()])
    for address in FEEDS[2:]:
        feed = ET.fromstring(client.get(address).content)
        [entry] = feed.findall("a:entry", ATOM)
        assert text(entry, "title") == "Headline of this"
    assert feed.findtext("a:title", namespaces=ATOM) == "Laws: news"
    assert client.get("/topics/none/news.atom").status_code == 404
    assert client.get("/delegations/none/news.atom").status_code == 404


def test_atom_and_rss_are_typed(client):
    assert client.get(FEEDS[0])["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert client.get(FEEDS[1])["Content-Type"] == "application/rss+xml; charset=utf-8"
    atom = ET.fromstring(client.get(f"/ru{FEEDS[0]}").content)
    assert atom.get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"
    assert atom.find("a:author/a:name", ATOM).text
    rss = ET.fromstring(client.get(f"/ru{FEEDS[1]}").content)
    assert rss.findtext("channel/language") == "ru"


def test_an_id_outlives_the_slug_and_the_words(client, about):
    article = make.article("old", **about, **RUSSIAN)

    def ids():
        return [
            text(entry, "id")
            for address in (FEEDS[0], FEEDS[2], f"/ru{FEEDS[0]}")
            for entry in entries(client, address)
        ]

    before = ids()
    assert before[0] == before[1] != before[2]
    article.slug, article.headline_en = "new", "New words"
    article.save()
    assert ids() == before
    assert text(entries(client)[0], "title") == "New words"
    assert client.get("/news/feed.rss").text.count(f">{before[0]}</guid>") == 1


def test_a_feed_follows_the_slug_of_its_row(client, about):
    laws = about["topics"][0]
    laws.slug = "acts"
    laws.save()
    assert client.get("/ru/topics/laws/news.atom").url == "/ru/topics/acts/news.atom"


def test_updated_is_the_later_of_publication_and_the_last_version(client):
    now = timezone.now()
    article = make.article("one", published_at=now - dt.timedelta(days=9))
    ahead = make.article("ahead", published_at=now + dt.timedelta(days=1))
    with time_machine.travel(now + dt.timedelta(days=2), tick=False):
        article.headline_en = "Corrected"
        article.save()
        changed, scheduled = sorted(entries(client), key=lambda entry: text(entry, "title"))
        assert parse_datetime(text(changed, "published")) == article.published_at
        assert parse_datetime(text(changed, "updated")) == timezone.now()
        assert parse_datetime(text(scheduled, "updated")) == ahead.published_at


def test_a_feed_holds_the_newest(client):
    for day in range(35):
        make.article(f"n-{day}", published_at=timezone.now() - dt.timedelta(days=day + 1))
    titles = [text(entry, "title") for entry in entries(client)]
    assert titles == [f"Headline of n-{day}" for day in range(30)]


def test_words_are_escaped_once_and_signs_that_xml_refuses_are_left_out(client, about):
    topic = about["topics"][0]
    topic.name_en = "A & B\x0b"
    topic.save()
    make.article("one", **about, headline_en="5 < 7 & 9\x1f", summary_en="<b> &\x0c more")
    [entry] = entries(client)
    assert text(entry, "title") == "5 < 7 & 9"
    # A summary is read as HTML.
    assert text(entry, "summary") == "&lt;b&gt; &amp;  more"
    for address in FEEDS:
        ET.fromstring(client.get(address).content)


def test_an_empty_feed_is_a_feed(client, about):
    for address in FEEDS:
        response = client.get(f"/ru{address}")
        assert response.status_code == 200
        ET.fromstring(response.content)


@pytest.mark.parametrize("address", FEEDS)
def test_an_empty_feed_is_the_same_at_every_request(client, about, address):
    with time_machine.travel("2027-01-01T00:00Z"):
        before = client.get(address)
    with time_machine.travel("2027-02-01T00:00Z"):
        after = client.get(address)
    assert after.content == before.content
    assert after["Last-Modified"] == before["Last-Modified"]


def test_feeds_cost_the_same_with_many_articles(client, about):
    make.article(**about, **RUSSIAN)
    addresses = FEEDS + [f"/ru{address}" for address in FEEDS]
    before = costs(client, addresses)
    for _ in range(200):
        make.article(**about, **RUSSIAN)
    assert costs(client, addresses) == before
