"""The map of the site, and robots.txt."""

import datetime as dt
import re
import xml.etree.ElementTree as ET
import zlib
from collections import Counter
from hashlib import sha256
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.http import http_date

from cstopa.http import sitemaps
from delegations.models import Person
from tests import make
from tests.growth import costs
from tests.reading import parsed

pytestmark = pytest.mark.django_db

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
RUSSIAN = {"headline_ru": "Заголовок", "summary_ru": "Кратко", "body_ru": "<p>Подробно</p>"}


def read(client, address="/sitemap.xml", **extra):
    """Return the tree of a map, which agrees with its schema."""
    response = client.get(address, **extra)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    tree = ET.fromstring(response.content)
    agree(tree)
    return tree


def maps(client, **extra):
    """Return the addresses of the maps that the index names."""
    return [each.findtext("s:loc", namespaces=NAMES) for each in read(client, **extra)]


def entries(client, **extra):
    """Return ``{address: entry}`` of every map; no address is on two."""
    found = {}
    for each in maps(client, **extra):
        for url in read(client, urlsplit(each).path, **extra):
            address = url.findtext("s:loc", namespaces=NAMES)
            assert address not in found
            found[address] = url
    return found


# What the schemas of sitemaps.org (0.9) and of Google News (0.9) ask: the children of an element
# in their order, each with the fewest and the most of it, and the shape of the words.
ADDRESS = re.compile(r"https?://[^\s<>]{4,2040}")
DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?")
MANY = 50_000
SCHEMA = {
    "s:sitemapindex": [("s:sitemap", 1, MANY)],
    "s:sitemap": [("s:loc", 1, 1), ("s:lastmod", 0, 1)],
    # The schema has at least one; without news of the last days Google takes a map of none.
    "s:urlset": [("s:url", 0, MANY)],
    "s:url": [
        *(("s:loc", 1, 1), ("s:lastmod", 0, 1), ("s:changefreq", 0, 1), ("s:priority", 0, 1)),
        *(("x:link", 0, MANY), ("n:news", 0, 1)),
    ],
    "s:loc": ADDRESS,
    "s:lastmod": DAY,
    "x:link": [],
    "n:news": [("n:publication", 1, 1), ("n:publication_date", 1, 1), ("n:title", 1, 1)],
    "n:publication": [("n:name", 1, 1), ("n:language", 1, 1)],
    "n:publication_date": DAY,
    "n:name": re.compile(".+"),
    "n:language": re.compile("[a-z]{2,3}"),
    "n:title": re.compile(".+"),
}


def agree(element):
    """Fail where an element or one inside it is not what its schema asks."""
    name = short(element.tag)
    rule = SCHEMA[name]
    if isinstance(rule, re.Pattern):
        assert rule.fullmatch(element.text), (name, element.text)
        assert len(element) == 0
        return
    assert not (element.text or "").strip()
    counts = Counter(short(child.tag) for child in element)
    order = [child for child, _fewest, _most in rule]
    assert set(counts) <= set(order), name
    assert all(fewest <= counts[child] <= most for child, fewest, most in rule), name
    places = [order.index(short(child.tag)) for child in element]
    assert places == sorted(places), name
    for child in element:
        agree(child)


def short(tag):
    namespace, _brace, name = tag.removeprefix("{").partition("}")
    prefix = next(prefix for prefix, uri in NAMES.items() if uri == namespace)
    return f"{prefix}:{name}"


def alternates(entry):
    return {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMES)}


def test_every_public_page_is_on_the_map(client):
    make.parliament("belarus", name_ru="Национальное собрание")
    make.person("viktor-kogut", family_name_ru="Когут")
    make.topic("laws", name_ru="Законы")
    make.article("one", **RUSSIAN)
    pages = [
        *(
            "/",
            "/delegations/",
            "/parliaments/",
            "/people/",
            "/news/",
            "/changes/",
            "/sources/",
            "/ahead/",
            "/compare/",
        ),
        "/open-data/",
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
    for path in ("/sitemap.xml", "/sitemap-facts.xml", "/news-sitemap.xml", "/robots.txt"):
        assert "localhost" not in client.get(path, headers={"host": "localhost"}).text


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
            assert lastmod == timezone.localdate(moment).isoformat()


@pytest.mark.parametrize("part", ["0", "1", "02", "2", "x", "", "99999", "9" * 5000])
def test_a_part_that_is_not_there_is_unknown(client, part):
    make.article("one", published_at=dt.datetime(2021, 5, 21, tzinfo=dt.UTC))
    for name in ("facts", "news-2021-05"):
        assert client.get(f"/sitemap-{name}.xml").status_code == 200
        assert client.get(f"/sitemap-{name}-{part}.xml").status_code == 404


def test_many_rows_are_on_several_maps(client, monkeypatch):
    now = dt.datetime(2024, 3, 10, 12, tzinfo=dt.UTC)
    for number in range(5):
        make.person(f"person-{number}", family_name_ru="Когут")
        make.article(f"article-{number}", published_at=now, **RUSSIAN)
    with time_machine.travel(now, tick=False):
        whole = entries(client)
        monkeypatch.setattr(sitemaps, "SIZE", 2)
        assert maps(client) == [
            f"http://testserver/sitemap-{name}{part}.xml"
            for name, parts in (
                ("facts", ["", "-2", "-3", "-4", "-5"]),
                ("news-2024-03", ["", "-2", "-3"]),
            )
            for part in parts
        ]
        divided = entries(client)
    assert divided.keys() == whole.keys()
    assert all(alternates(divided[address]) == alternates(whole[address]) for address in whole)


def test_a_part_of_a_map_is_small(client):
    """60 KB compressed, with names that share nothing."""
    for number in range(sitemaps.SIZE):
        slug = sha256(b"%d" % number).hexdigest()[:20]
        Person.objects.bulk_create([Person(slug=slug, family_name_en="A", family_name_ru="Б")])
    assert len(zlib.compress(client.get("/sitemap-facts.xml").content)) < 60_000


def test_each_month_that_has_public_articles_has_a_map(client):
    now = dt.datetime(2024, 3, 10, 12, tzinfo=dt.UTC)
    # In Moscow it is the first of May already.
    make.article("may", published_at=dt.datetime(2021, 4, 30, 21, tzinfo=dt.UTC))
    make.article("april", published_at=dt.datetime(2021, 4, 30, 20, 59, tzinfo=dt.UTC))
    make.article("draft", status="draft", published_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    make.article("ahead", published_at=now + dt.timedelta(days=30))
    make.article("this-month", published_at=now)
    with time_machine.travel(now, tick=False):
        assert maps(client) == [
            f"http://testserver/sitemap-{name}.xml"
            for name in ("facts", "news-2024-03", "news-2021-05", "news-2021-04")
        ]
        for month, slug in (("2021-05", "may"), ("2021-04", "april"), ("2024-03", "this-month")):
            tree = read(client, f"/sitemap-news-{month}.xml")
            addresses = [url.findtext("s:loc", namespaces=NAMES) for url in tree]
            assert addresses == [f"http://testserver/news/{slug}/"]
        for nothing in ("2020-01", "2024-04", "2021-06", "1899-01", "2021-13", "2021-5"):
            assert client.get(f"/sitemap-news-{nothing}.xml").status_code == 404


def test_a_map_that_has_not_changed_says_so(client):
    article = make.article("one", published_at=dt.datetime(2021, 5, 21, tzinfo=dt.UTC))
    for path in ("/sitemap.xml", "/sitemap-facts.xml", "/sitemap-news-2021-05.xml"):
        etag = {"if-none-match": client.get(path)["ETag"]}
        assert client.get(path, headers=etag).status_code == 304
        assert client.head(path)["ETag"] == etag["if-none-match"]
        make.person()
        article.slug += "-renamed"
        article.save()
        assert client.get(path, headers=etag).status_code == (304 if path[-5] == "p" else 200)


def test_a_map_from_which_something_was_taken_is_sent(client):
    """No moment tells of it: the newest change of what is left is an older one."""
    day = dt.datetime(2021, 5, 21, tzinfo=dt.UTC)
    make.article("stays", published_at=day)
    article = make.article("goes", published_at=day)
    make.page("about").delete()
    paths = ("/sitemap-facts.xml", "/sitemap-news-2021-05.xml")
    for path in paths:
        assert "Last-Modified" not in client.get(path)
    article.delete()
    for path in paths:
        response = client.get(path, headers={"if-modified-since": http_date()})
        assert response.status_code == 200
        assert "/news/goes/" not in response.text


def test_the_latest_news_are_those_of_two_days_in_each_language(client, settings):
    now = dt.datetime(2024, 3, 10, 12, tzinfo=dt.UTC)
    with time_machine.travel(now, tick=False):
        assert list(read(client, "/news-sitemap.xml")) == []
        make.article("both", published_at=now, **{**RUSSIAN, "headline_ru": "Один & <два>"})
        make.article(
            "english",
            headline_en="Seats: [[total]]",
            published_at=now - dt.timedelta(days=1, hours=23),
        )
        make.article("old", published_at=now - dt.timedelta(days=2, seconds=1))
        make.article("ahead", published_at=now + dt.timedelta(seconds=1))
        make.article("draft", status="draft", published_at=now)
        make.allocation(make.chamber(make.parliament()), 7)
        found = [
            [url.find("s:loc", NAMES).text.removeprefix("http://testserver")]
            + [url.find(f".//n:{name}", NAMES).text for name in ("language", "title")]
            + [parse_datetime(url.find(".//n:publication_date", NAMES).text)]
            for url in read(client, "/news-sitemap.xml")
        ]
    headline = client.get("/news/both/").context["article"].headline.plain
    assert found == [
        ["/news/both/", "en", headline, now],
        ["/ru/news/both/", "ru", "Один & <два>", now],
        ["/news/english/", "en", "Seats: 7", now - dt.timedelta(days=1, hours=23)],
    ]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_latest_news_name_their_publication(client, language):
    make.article(published_at=timezone.now(), **RUSSIAN)
    [name] = {
        each.find(".//n:name", NAMES).text
        for each in read(client, "/news-sitemap.xml")
        if each.find(".//n:language", NAMES).text == language
    }
    with translation.override(language):
        assert name == str(settings.ASSEMBLY_NAME)


def test_robots_are_sent_to_the_map_and_not_to_the_desk(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.text.splitlines()
    assert lines[:2] == ["User-agent: *", "Disallow: /admin/"]
    assert lines[-2:] == [
        f"Sitemap: http://testserver/{name}.xml" for name in ("sitemap", "news-sitemap")
    ]


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("/delegations/belarus/", True),
        ("/delegations/belarus/?date=2021-05-21", True),
        ("/delegations/belarus/changes/on-record/?date=2021-05-21&version=7", True),
        ("/delegations/?participation=observer&date=2021-05-21", False),
        ("/delegations/?date=2021-05-21&participation=observer", False),
        ("/ru/news/?page=x", True),
        ("/news/?topic=laws", False),
        ("/search/?q=a", False),
        ("/admin/", False),
        ("/static/css/site.css", True),
    ],
)
def test_robots_are_kept_from_answers_and_not_from_pages_of_a_list(client, address, is_open):
    """Read as RFC 9309 asks: "*" is anything, and the longest rule that fits decides."""
    rules = re.findall(r"^(Allow|Disallow): (.+)$", client.get("/robots.txt").text, re.MULTILINE)
    fitting = [
        (len(path), kind == "Allow")
        for kind, path in rules
        if re.match(re.escape(path).replace(r"\*", ".*"), address)
    ]
    assert max(fitting, default=(0, True))[1] is is_open


@pytest.mark.parametrize(
    "address",
    ["sitemap.xml", "sitemap-facts.xml", "news-sitemap.xml", "robots.txt", "healthz", "readyz"],
)
def test_what_is_for_machines_has_one_address(client, address):
    assert client.get(f"/{address}").status_code == 200
    assert client.get(f"/ru/{address}").status_code == 404


def test_the_maps_cost_the_same_with_many_rows(client):
    day = timezone.now().date()
    addresses = [
        *("/sitemap.xml", "/sitemap-facts.xml", "/news-sitemap.xml"),
        f"/sitemap-news-{day:%Y-%m}.xml",
    ]

    def add():
        topics, people = [make.topic()], [make.person()]
        make.article(topics=topics, people=people, published_at=timezone.now(), **RUSSIAN)
        make.parliament()

    add()
    before = costs(client, addresses)
    for _ in range(4):
        add()
    assert costs(client, addresses) == before
