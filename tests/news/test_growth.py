"""What a page of the news makes the database do does not grow with the articles."""

import datetime as dt

import pytest
from django.db import connection, models
from django.utils import timezone

from cstopa.search import index
from delegations.models import Delegation
from news.archive import counts, listings
from news.models import Article
from tests import make
from tests.growth import counted, work

pytestmark = pytest.mark.django_db

# The first are one in each month: the archive beside a page has as many lines then.
FEW, MANY = 400, 20_000
START = timezone.make_aware(dt.datetime(1996, 1, 1, 9))
DAYS = 365 * 30


def moment(number, of):
    return START + dt.timedelta(days=DAYS * number / of)


def add(number, about, *, is_searched=False):
    """Add so many narrow articles, spread over thirty years, of which each second is about each row."""
    rows = [
        Article(
            slug=f"n-{number}-{each}",
            code=f"n-{number}-{each}",
            headline_en=f"Headline {each}",
            summary_en="Summary",
            body_en=f"<p>{'Gallery' if each % 2 else 'Lantern'} {'quorum' * (each % 4 < 2)}</p>",
            status="published",
            published_at=moment(each, number),
        )
        for each in range(number)
    ]
    # No versions, which take longest to write, nor words where nobody looks for them.
    models.QuerySet(Article).bulk_create(rows)
    for name, row in about.items():
        field = Article._meta.get_field(name)
        through = field.remote_field.through
        through._base_manager.bulk_create(
            through(**{field.m2m_field_name(): article, field.m2m_reverse_field_name(): row})
            for article in rows[:: 2 if name != "people" else 3]
        )
    counts.rebuild(Article.objects)
    listings.rebuild(Article)
    if is_searched:
        index.rebuild()
    # A SQLite database of the site has no statistics.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def test_what_a_page_reads_does_not_grow_with_the_articles(client):
    about = {
        "delegations": Delegation.objects.get(pk=make.parliament("belarus").pk),
        "topics": make.topic("laws"),
        "people": make.person("viktor-kogut"),
    }
    for _ in range(20):
        make.person()
    add(FEW, about)
    make.article(
        "middle", **{name: [row] for name, row in about.items()}, published_at=moment(1, 2)
    )
    # As many before and after: two pages of these periods are full.
    for day in range(1, 29):
        for hour in 8, 9:
            make.article(published_at=timezone.make_aware(dt.datetime(2010, 5, day, hour)))
    lists = [
        *("/news/", "/ru/news/", "/news/?to=2010-05-28", "/news/2010/", "/news/2010/05/"),
        *("/news/?topic=laws", "/news/?delegation=belarus", "/news/?person=viktor-kogut"),
        *("/news/?topic=laws&delegation=belarus&to=2011-01-01", "/topics/laws/"),
        "/news/?topic=laws&delegation=belarus&person=viktor-kogut",
    ]
    addresses = [*lists, "/news/middle/", "/people/viktor-kogut/", "/topics/laws/news.atom"]
    addresses.append("/api/articles/")
    for address in lists:
        position = client.get(address).context["page"].next
        addresses.append(f"{address}{'&' if '?' in address else '?'}page={position}")
    before = {address: work(client, address) for address in addresses} | saves(about)
    add(MANY, about)
    after = {address: work(client, address) for address in addresses} | saves(about)
    grown = {
        name: (before[name], after[name])
        for name in before
        if after[name] > 1.2 * before[name] + 200
    }
    for each in before:
        print(each[:60], before[each], after[each])
    assert not grown


def test_what_a_search_reads_does_not_grow_with_the_articles(client):
    about = {"topics": make.topic("laws")}
    add(FEW, about, is_searched=True)
    for number in range(30):
        body = "Zephyrine" if number % 3 else "Gallery, lantern: zephyrine"
        make.article(body_en=f"<p>{body}</p>", published_at=moment(number, 30))
    words = ["zephyrine", "quorum", "quo", "gallery+quorum", "gallery+lantern", "gallery+-quorum"]
    addresses = [f"/search/?q={each}" for each in (*words, "xylophonist", '"gallery+quorum"')]
    addresses += [
        "/search/?q=gallery+lantern&order=best",
        *(f"/news/?q={each}&topic=laws" for each in ("zephyrine", "quorum", "xylophonist")),
    ]
    addresses += [
        f"{address}&page={client.get(address).context['articles'].next}"
        for address in addresses[:2]
    ]
    before = {address: work(client, address) for address in addresses}
    add(MANY, about, is_searched=True)
    after = {address: work(client, address) for address in addresses}
    grown = {
        address: (before[address], after[address])
        for address in addresses
        # FTS5 keeps more words in more parts, and looks into each.
        if after[address] > 1.2 * before[address] + 3_000
    }
    assert not grown


def saves(about):
    """Return what it takes to write an article, to publish it and to withdraw it."""
    concerned, work_of = {name: [row] for name, row in about.items()}, {}
    with counted() as counter:
        article = make.article(status="draft", **concerned)
    work_of["new"] = counter.number
    for status in ("published", "draft"):
        article.status = status
        with counted() as counter:
            article.save()
        work_of[status] = counter.number
    return work_of
