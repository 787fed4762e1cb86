"""The feeds of the news."""

import datetime as dt
import xml.etree.ElementTree as ET
from pathlib import Path

import feedparser
import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import http_date
from lxml import etree

from delegations.models import Delegation
from tests import make
from tests.growth import costs

pytestmark = pytest.mark.django_db

SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent.parent / "atom.rng"))
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITE = ["/news/feed.atom", "/news/feed.rss"]
ABOUT = [
    *("/delegations/belarus/news.atom", "/delegations/belarus/news.rss"),
    *("/topics/laws/news.atom", "/topics/laws/news.rss"),
]
FEEDS = SITE + ABOUT
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


def read(client, address):
    """Return a feed as a reader's program reads it, which complains of nothing."""
    response = client.get(address)
    assert response.status_code == 200
    headers = {name.lower(): value for name, value in response.headers.items()}
    headers["content-location"] = f"http://testserver{address}"
    feed = feedparser.parse(response.content, response_headers=headers, sanitize_html=False)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version in {"atom10", "rss20"}
    return feed


def text(entry, name):
    return entry.findtext(f"a:{name}", namespaces=ATOM)


def test_a_feed_holds_what_is_whole_in_its_language(client, about):
    make.article("english", **about, headline_ru="Только заголовок")
    make.article("both", **about, **RUSSIAN)
    for address in FEEDS:
        english, russian = client.get(address).text, client.get(f"/ru{address}").text
        assert "Headline of english" in english
        assert "Headline of both" in english
        assert "Заголовок" not in english
        assert "Заголовок" in russian
        assert "Headline" not in russian
        assert "Только заголовок" not in russian


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_addresses_are_those_of_the_site_whatever_the_host(client, about, settings, prefix):
    settings.SITE_URL = "https://assembly.example"
    make.article("both", **about, **RUSSIAN)
    for address in FEEDS:
        feed = client.get(prefix + address, headers={"host": "localhost"}).text
        assert f"https://assembly.example{prefix}/news/both/" in feed
        assert f'href="https://assembly.example{prefix}{address}"' in feed
        assert "localhost" not in feed
        assert "testserver" not in feed


@pytest.mark.usefixtures("about")
def test_a_feed_is_not_written_by_programs_either(client):
    client.handler.enforce_csrf_checks = True
    for address in FEEDS:
        assert client.post(address).status_code == 405


def test_a_feed_about_a_row_holds_its_news_alone(client, about):
    make.article("this", **about)
    make.article("other", topics=[make.topic()])
    for address in ABOUT:
        feed = read(client, address)
        assert [entry.title for entry in feed.entries] == ["Headline of this"]
    assert feed.feed.title == "Laws: news"
    for address in ABOUT:
        kind, _slug, feed = address.strip("/").split("/")
        assert client.get(f"/{kind}/none/{feed}").status_code == 404


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
            for address in (SITE[0], ABOUT[0], f"/ru{SITE[0]}")
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
    for feed in ("news.atom", "news.rss"):
        assert client.get(f"/ru/topics/laws/{feed}").url == f"/ru/topics/acts/{feed}"
    laws.delete()
    for feed in ("news.atom", "news.rss"):
        assert client.get(f"/topics/acts/{feed}").status_code == 410


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
        [entry] = read(client, address).entries
        assert entry.title == "5 < 7 & 9"
        assert "<b>" not in entry.content[0].value


def test_an_empty_feed_is_a_feed(client, about):
    for address in FEEDS:
        feed = read(client, f"/ru{address}")
        assert feed.entries == []
        assert feed.feed.title


@pytest.mark.usefixtures("about")
def test_an_empty_feed_is_the_same_at_every_request(client):
    for address in FEEDS:
        with time_machine.travel("2027-01-01T00:00Z"):
            before = client.get(address)
        with time_machine.travel("2027-02-01T00:00Z"):
            after = client.get(address)
        assert after.content == before.content
        assert after["ETag"] == before["ETag"]


def test_feeds_cost_the_same_with_many_articles(client, about):
    make.article(**about, **RUSSIAN)
    addresses = FEEDS + [f"/ru{address}" for address in FEEDS]
    before = costs(client, addresses)
    for _ in range(4):
        make.article(**about, **RUSSIAN)
    assert costs(client, addresses) == before


# The whole text


def test_a_feed_holds_the_whole_text_with_the_numbers_of_its_day(client, about):
    belarus = about["delegations"][0]
    day = timezone.localdate() - dt.timedelta(days=100)
    house = make.chamber(belarus)
    make.allocation(house, 7, valid_to=day)
    make.allocation(house, 9, valid_from=day + dt.timedelta(days=1))
    body = (
        "<p>It sends [[seats:belarus]]: "
        '<a hreflang="en" href="/people/?page=a&amp;b=c">all</a>, <a href="#part">a part</a>, '
        '<a href="https://example.org/x">elsewhere</a>, <a href="mailto:a@example.org">write</a>, '
        'a sign: href="/kept/"</p>'
    )
    moment = timezone.now() - dt.timedelta(days=101)
    make.article("old", **about, body_en=body, published_at=moment)
    asked = f"http://testserver/delegations/belarus/?date={timezone.localdate(moment)}"
    for address in FEEDS:
        [entry] = read(client, address).entries
        assert entry.summary == "Summary of old"
        [content] = entry.content
        assert content.type == "text/html"
        assert content.value.startswith("<p>Summary of old</p><p>It sends <a href=")
        for part in (
            f'<a href="{asked}"',
            '<data class="reference" value="seats:belarus">7</data>',
            'href="http://testserver/people/?page=a&amp;b=c"',
            'href="http://testserver/news/old/#part"',
            'href="https://example.org/x"',
            'href="mailto:a@example.org"',
            'a sign: href="/kept/"',
        ):
            assert part in content.value


def test_a_program_reads_of_each_what_the_page_says(client, about):
    moment = timezone.now().replace(microsecond=0) - dt.timedelta(days=3)
    article = make.article("one", **about, **RUSSIAN, published_at=moment)
    article.headline_ru = "<b>Другой</b> заголовок & 5"
    article.save()
    changed = article.history.first().history_date
    for address in FEEDS:
        feed = read(client, f"/ru{address}")
        [entry] = feed.entries
        assert feed.feed.language == "ru"
        assert entry.title == "<b>Другой</b> заголовок & 5"
        assert entry.link == "http://testserver/ru/news/one/"
        assert entry.content[0].value == "<p>Кратко</p><p>Подробно</p>"
        assert entry.published_parsed[:6] == moment.utctimetuple()[:6]
        assert entry.updated_parsed[:6] == changed.utctimetuple()[:6]
        assert feed.feed.updated_parsed[:6] == changed.utctimetuple()[:6]
        [alone] = [link.href for link in feed.feed.links if link.rel == "self"]
        assert alone == f"http://testserver/ru{address}"


ATOM_FEEDS = [
    *(address for address in FEEDS if address.endswith("atom")),
    *("/changes/feed.atom", "/delegations/belarus/changes/feed.atom"),
]


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_atom_follows_its_schema(client, about, prefix):
    for address in ATOM_FEEDS:
        SCHEMA.assertValid(etree.fromstring(client.get(prefix + address).content))
    call_command("loaddata", "delegations", "news", verbosity=0)
    make.article(**about, **RUSSIAN, headline_en="<5> & \x1f", summary_en="a\x0b]]>")
    for address in ATOM_FEEDS:
        feed = etree.fromstring(client.get(prefix + address).content)
        SCHEMA.assertValid(feed)
        assert len(feed.findall("a:entry", ATOM))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<id>", "<no>"),
        ('type="html"', 'type="htm"'),
        ("+00:00</updated>", "</updated>"),
        ("tag:testserver", "testserver"),
        ("<summary ", "<title>a</title><summary "),
        ('rel="self"', 'rel="self" target="x"'),
    ],
)
def test_the_schema_refuses_what_is_no_atom(client, right, wrong):
    make.article()
    feed = client.get(SITE[0]).text
    assert SCHEMA.validate(etree.fromstring(feed.encode()))
    broken = feed.replace(right, wrong)
    if right == "<id>":
        broken = broken.replace("</id>", "</no>")
    assert broken != feed
    assert not SCHEMA.validate(etree.fromstring(broken.encode()))


# Not modified


def conditions(response):
    """Return what a reader may ask that has an answer, and the moment at which it came."""
    assert "Last-Modified" not in response
    etag = {"if-none-match": response["ETag"]}
    return [etag, etag | {"if-modified-since": http_date()}]


def ahead(seconds):
    return time_machine.travel(timezone.now() + dt.timedelta(seconds=seconds), tick=False)


def test_what_has_not_changed_is_not_sent_again(client, about):
    make.article(**about, **RUSSIAN)
    for path in (*FEEDS, *(f"/ru{address}" for address in FEEDS)):
        before = client.get(path)
        with ahead(90_000):
            for headers in conditions(before):
                response = client.get(path, headers=headers)
                assert response.status_code == 304
                assert response.content == b""
                assert response["ETag"] == before["ETag"]
            assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200
            assert client.get(path).content == before.content
            assert client.head(path)["ETag"] == before["ETag"]
            # Two changes share a second, so a moment tells nothing.
            assert client.get(path, headers={"if-modified-since": http_date()}).status_code == 200


def changed_at(response):
    return feedparser.parse(response.content).feed.updated_parsed


@pytest.mark.parametrize("address", [address for address in FEEDS if "delegations" in address])
def test_another_name_by_date_is_another_feed(client, about, address):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    make.name(about["delegations"][0], "Duma", valid_from=tomorrow)
    before = client.get(address)
    with ahead(90_000):
        for headers in conditions(before):
            after = client.get(address, headers=headers)
            assert after.status_code == 200
            assert feedparser.parse(after.content).feed.title == "Duma: news"


def corrected(article):
    article.body_en = "<p>Another</p>"
    article.save()


def withdrawn(article):
    article.status = "draft"
    article.save()


def deleted(article):
    article.delete()


def recounted(article):
    allocation = article.delegations.get().chambers.get().allocations.get()
    allocation.seats += 1
    allocation.save()


@pytest.mark.parametrize("change", [corrected, withdrawn, deleted, recounted])
def test_a_feed_that_changed_is_sent(client, about, change):
    house = make.chamber(about["delegations"][0])
    make.allocation(house, 7)
    make.article("other", **about, published_at=timezone.now() - dt.timedelta(days=9))
    article = make.article("one", **about, body_en="<p>[[seats:belarus]]</p>")
    feeds = {address: client.get(address) for address in FEEDS}
    with ahead(5):
        change(article)
    with ahead(9):
        for address, before in feeds.items():
            for headers in conditions(before):
                after = client.get(address, headers=headers)
                assert after.status_code == 200
                assert after.content != before.content
                # What is withdrawn takes the feed forwards in time, not back to its older items.
                assert changed_at(after) > changed_at(before)


def test_what_was_written_without_a_version_is_sent(client, about):
    article = make.article("one", **about)
    feeds = {address: client.get(address) for address in FEEDS}
    type(article).objects.update(headline_en="Another")
    for address, before in feeds.items():
        after = client.get(address, headers=conditions(before)[0])
        assert after.status_code == 200
        assert "Another" in after.text


def test_what_becomes_public_by_time_changes_the_feed(client, about):
    make.article("one", **about)
    make.article("soon", **about, published_at=timezone.now() + dt.timedelta(hours=1))
    feeds = {address: client.get(address) for address in FEEDS}
    with ahead(3590):
        for address, before in feeds.items():
            assert client.get(address, headers=conditions(before)[0]).status_code == 304
    with ahead(3610):
        for address, before in feeds.items():
            for headers in conditions(before):
                after = client.get(address, headers=headers)
                assert after.status_code == 200
                assert "Headline of soon" in after.text
