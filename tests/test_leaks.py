"""What is not published is at no public address; once its moment has come, it is at each."""

import datetime as dt
import re
from collections import deque

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from delegations.models import Delegation
from news.models import Article
from tests import make
from tests.public import addresses
from tests.reading import text

pytestmark = pytest.mark.django_db

MOMENT = dt.datetime(2021, 5, 21, 9, tzinfo=dt.UTC)
# What each article says is found by this word, which all of them have.
SHARED = "assembly"
QUESTIONS = [
    "",
    f"?q={SHARED}&delegation=belarus&topic=laws&person=viktor-kogut&from=2021-01-01&to=2021-12-31",
    "?date=2021-05-21",
]
# What is asked alone, of the lists that read it.
FILTERS = [f"?q={SHARED}", "?delegation=belarus", "?topic=laws", "?from=1990-01-01"]
LISTS = {"news:list", "search"}


def words(mark):
    """Return the fields of an article in both languages; each holds the mark of its own."""
    fields = {"slug": f"{mark}-slug"}
    for language in ("en", "ru"):
        fields |= {
            f"headline_{language}": f"{SHARED} {mark}-headline-{language}",
            f"summary_{language}": f"{SHARED} {mark}-summary-{language}",
            f"body_{language}": f"<p>{SHARED} {mark}-body-{language}</p>",
        }
    return fields


@pytest.fixture(scope="module", autouse=True)
def news(module_db):
    """A public article, and those that are not, all about the same."""
    about = {
        "delegations": [Delegation.objects.get(pk=make.parliament("belarus").pk)],
        "people": [make.person("viktor-kogut")],
        "topics": [make.topic("laws")],
    }
    make.chamber(about["delegations"][0], source=make.source(code="decision"))
    make.office(about["people"][0])
    fields = words("open") | {"slug": "conference"}
    make.article(**fields, **about, published_at=MOMENT - dt.timedelta(days=1))
    make.article(**words("undated"), **about, status="draft", published_at=None)
    make.article(**words("draft"), **about, status="draft", published_at=MOMENT)
    make.article(**words("ahead"), **about, published_at=MOMENT + dt.timedelta(hours=1))
    make.article(
        **words("old-draft"),
        **about,
        status="draft",
        published_at=MOMENT.replace(year=1997),
    )
    withdrawn = make.article(**words("withdrawn"), **about, published_at=MOMENT)
    withdrawn.status = "draft"
    withdrawn.save()
    make.article(**words("deleted"), **about, published_at=MOMENT.replace(year=1998)).delete()


HIDDEN = ["undated", "draft", "ahead", "old-draft", "withdrawn", "deleted"]


def asked():
    """Return every public address with each question, in order."""
    return [
        address + question
        for name, some in addresses().items()
        for address in some
        for question in [*QUESTIONS, *(FILTERS if name in LISTS else [])]
    ]


def crawl(client):
    """Return ``{address: text}`` of every public address, and of every one that they link to.

    A filter is taken away from what is asked here, not from what is left then: the rest would be
    every set of filters in every order.
    """
    given = asked()
    queue, seen = deque(given), {}
    while queue:
        address = queue.popleft()
        if address in seen:
            continue
        response = client.get(address)
        is_data = address.startswith("/api/") or re.search(r"\.(json|csv|svg)(\?|$)", address)
        expected = {200, 400} if is_data else {200, 302}
        assert response.status_code in expected, address
        seen[address] = text(response)
        here = address.partition("?")[0]
        is_followed = "?" in address and address not in given
        for link in re.findall(r'href="([^"#]*)', seen[address]):
            link = link.replace("&amp;", "&").removeprefix("http://testserver")
            if link.startswith("?"):
                link = here + link
            if is_followed and "?" in link:
                continue
            if link.startswith("/") and not link.startswith(("/static/", "/admin/")):
                queue.append(link)
    return seen


def holding(pages, mark):
    return {address for address, text in pages.items() if mark in text}


@pytest.fixture(scope="module")
def pages(news):
    """Return what is public at the moment, ``{address: text}``."""
    with time_machine.travel(MOMENT, tick=False):
        return crawl(Client())


def test_what_is_not_published_is_at_no_address(pages):
    assert len(pages) > len(QUESTIONS) * len(addresses())
    for mark in HIDDEN:
        for part in ("slug", "headline", "summary", "body"):
            assert holding(pages, f"{mark}-{part}") == set()
    # Nor do the archive and the map betray when it was written.
    assert holding(pages, "/news/1997/") == holding(pages, "/news/1998/") == set()
    assert holding(pages, "sitemap-news-1997") == holding(pages, "sitemap-news-1998") == set()
    # The test would see it: what is published is there.
    assert "/news/" in holding(pages, "open-headline")


@time_machine.travel(MOMENT, tick=False)
@pytest.mark.parametrize("prefix", ["", "/ru"])
@pytest.mark.parametrize("mark", HIDDEN)
def test_its_own_address_says_nothing_of_it(client, mark, prefix):
    response = client.get(f"{prefix}/news/{mark}-slug/")
    assert response.status_code == (410 if mark in {"withdrawn", "deleted"} else 404)
    for part in ("headline", "summary", "body"):
        assert f"{mark}-{part}" not in response.text


@pytest.mark.parametrize("mark", HIDDEN)
@pytest.mark.parametrize("address", ["/news/", "/search/", "/ru/news/", "/ru/search/"])
def test_its_words_find_nothing(client, mark, address):
    with time_machine.travel(MOMENT, tick=False):
        for word in (f"{mark}-headline-en", f"{mark}-body-ru", f"{mark}-slug"):
            page = client.get(address, {"q": word})
            assert page.status_code == 200
            assert f"{mark}-summary" not in page.text
            assert f"/news/{mark}-slug/" not in page.text


def test_once_its_moment_has_come_it_is_everywhere(client):
    article = Article.objects.get(slug="ahead-slug")
    own = ["/news/ahead-slug/", "/ru/news/ahead-slug/"]
    with time_machine.travel(article.published_at, tick=False):
        found = [each for each in [*asked(), *own] if "ahead-headline" in text(client.get(each))]
        assert f"http://testserver{own[1]}" in client.get("/sitemap-news-2021-05.xml").text
    expected = {
        *("home", "delegations:detail", "delegations:person-detail", "search"),
        *("news:list", "news:archive-year", "news:archive-month", "news:topic"),
        *("news:atom", "news:topic-atom", "news:delegation-atom"),
        *("news:rss", "news:topic-rss", "news:delegation-rss"),
        # Beside the other article, as related.
        "news:detail",
        *("opendata:list", "opendata:table", "opendata:workbook", "opendata:archive"),
        "sitemap-latest",
    }
    paths = {address.partition("?")[0] for address in found}
    assert {name for name, some in addresses().items() if some <= paths} == expected
    assert paths >= {*own}
    # And a second before at none of them, nor, an hour before, at any other: see above.
    with time_machine.travel(article.published_at - dt.timedelta(seconds=1), tick=False):
        for address in {*found} - {*own}:
            assert "ahead-" not in text(client.get(address)), address


@time_machine.travel(MOMENT, tick=False)
def test_once_withdrawn_it_is_nowhere(client, pages):
    article = Article.objects.get(slug="conference")
    assert timezone.now() > article.published_at
    part = re.compile("open-(headline|summary|body)")
    found = [address for address in asked() if part.search(pages[address])]
    assert len(found) > len(LISTS)
    article.status = "draft"
    article.save()
    for address in found:
        assert not part.search(text(client.get(address))), address


def test_who_edits_what_is_hidden_is_not_noticed(client):
    def etags():
        everywhere = [each for some in addresses().values() for each in some]
        return {address: client.get(address).headers.get("ETag") for address in everywhere}

    with time_machine.travel(MOMENT, tick=False) as clock:
        before = etags()
        assert all(before[address] for address in ("/", "/news/feed.atom", "/sitemap.xml"))
        clock.shift(1)
        for slug in ("draft-slug", "ahead-slug", "withdrawn-slug"):
            article = Article.objects.get(slug=slug)
            article.headline_en = f"{SHARED} anew"
            article.save()
        article.delete()
        make.article("new", status="draft")
        assert etags() == before
