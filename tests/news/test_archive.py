"""The archive: the months that have public articles, and how many each has."""

import datetime as dt
from collections import Counter
from random import Random

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from delegations.models import Delegation
from news.archive.counts import public_years
from news.archive.listings import FIELDS
from news.archive.models import Listing, Month
from news.models import Article
from tests import make
from tests.growth import costs
from tests.reading import parsed, words

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2023, 6, 1, 12, tzinfo=dt.UTC)


def moscow(*moment):
    return timezone.make_aware(dt.datetime(*moment))


def archive(client, address="/news/"):
    """Return ``{address: number}`` of the links of the archive beside a page."""
    found = {}
    for item in parsed(client.get(address)).find(".//aside").iter("li"):
        number = next(each for each in item.iter("span"))
        found[item.find("a").get("href")] = int(words(number).strip("()"))
    return found


def counted():
    """Return ``{first day: number}`` as the public sees it, from the stored counts."""
    return {
        month: number for year in public_years(Article.objects) for month, number in year.months
    }


def assert_counts_are_true():
    published = Article.objects.filter(status="published")
    moments = published.values_list("published_at", flat=True)
    months = Counter(timezone.localdate(moment).replace(day=1) for moment in moments)
    stored = Counter(dict(Month.objects.values_list("first_day", "articles")))
    assert +stored == months
    public = Article.objects.published().values_list("published_at", flat=True)
    assert counted() == Counter(timezone.localdate(moment).replace(day=1) for moment in public)


def assert_lists_are_true():
    stored = Listing.objects.values_list("field", "subject", "published_at", "article")
    published = Article.objects.filter(status="published")
    assert sorted(stored) == sorted(
        (field, subject, moment, key)
        for field in FIELDS
        for subject, moment, key in published.exclude(**{field: None}).values_list(
            field, "published_at", "pk"
        )
    )


def test_years_and_months_with_public_articles_are_linked_and_no_others(client):
    make.article(published_at=moscow(2019, 1, 1))
    make.article(published_at=moscow(2021, 5, 21))
    make.article(published_at=moscow(2021, 5, 31, 23, 59))
    make.article(published_at=moscow(2021, 12, 31, 23))
    make.article(published_at=moscow(2021, 7, 1), status="draft")
    make.article(published_at=moscow(2020, 7, 1), status="draft")
    years = {"/news/2021/": 3, "/news/2019/": 1}
    of_2021 = {"/news/2021/12/": 1, "/news/2021/05/": 2}
    # The newest year is open where no other is shown.
    for address in ("/news/", "/news/2021/", "/news/2021/05/", "/news/2021/06/"):
        assert archive(client, address) == years | of_2021
    assert archive(client, "/news/2019/") == years | {"/news/2019/01/": 1}
    assert '<a href="/ru/news/2021/12/">Декабрь</a>' in client.get("/ru/news/").text


def test_there_is_no_archive_of_nothing(client):
    make.article(published_at=moscow(2021, 7, 1), status="draft")
    assert parsed(client.get("/news/")).find(".//aside") is None
    assert parsed(client.get("/news/2021/")).find(".//aside") is None


def test_the_page_of_a_period_is_marked(client):
    make.article(published_at=moscow(2021, 5, 21))
    for address in ("/news/2021/", "/news/2021/05/"):
        aside = parsed(client.get(address)).find(".//aside")
        [here] = [a for a in aside.iter("a") if a.get("aria-current")]
        assert here.get("href") == address
    assert 'name="robots"' not in client.get("/news/2021/05/").text
    assert '<meta name="robots" content="noindex">' in client.get("/news/2021/06/").text
    assert '<meta name="robots" content="noindex">' in client.get("/news/2020/").text


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("/news/2021/05/", {"Earlier: December 2019": "/news/2019/12/"}),
        ("/news/2019/12/", {"Later: May 2021": "/news/2021/05/"}),
        (
            "/news/2020/06/",
            {"Earlier: December 2019": "/news/2019/12/", "Later: May 2021": "/news/2021/05/"},
        ),
        ("/news/2021/", {"Earlier: 2019": "/news/2019/"}),
        ("/news/2019/", {"Later: 2021": "/news/2021/"}),
        ("/news/2020/", {"Earlier: 2019": "/news/2019/", "Later: 2021": "/news/2021/"}),
    ],
)
def test_a_period_leads_to_those_before_and_after_that_have_articles(client, address, links):
    make.article(published_at=moscow(2019, 12, 31))
    make.article(published_at=moscow(2021, 5, 21))
    make.article(published_at=moscow(2021, 4, 21), status="draft")
    make.article(published_at=timezone.now() + dt.timedelta(days=99))
    main = parsed(client.get(address)).find(".//main")
    found = {words(a): a.get("href") for a in main.iter("a") if "paging" in a.get("class", "")}
    assert found == links


@time_machine.travel(NOW, tick=False)
def test_an_article_counts_from_its_moment_until_it_is_withdrawn(client):
    make.article(published_at=moscow(2023, 5, 1))
    ahead = make.article(published_at=NOW + dt.timedelta(hours=1))
    may = {"/news/2023/": 1, "/news/2023/05/": 1}
    assert archive(client) == may
    with time_machine.travel(ahead.published_at - dt.timedelta(seconds=1), tick=False):
        assert archive(client) == may
    with time_machine.travel(ahead.published_at, tick=False):
        assert archive(client) == may | {"/news/2023/": 2, "/news/2023/06/": 1}
        ahead.status = "draft"
        ahead.save()
        assert archive(client) == may
        ahead.status = "published"
        ahead.save()
        ahead.delete()
        assert archive(client) == may


def test_the_counts_follow_whatever_is_written():
    article = make.article(published_at=moscow(2021, 5, 31, 23, 59))
    make.article(published_at=moscow(2021, 6, 1))
    make.article(published_at=timezone.now() + dt.timedelta(days=40))
    make.article(status="draft", published_at=None)
    assert_counts_are_true()
    # To another month, to a draft and back, some columns alone.
    for changes in (
        {"published_at": moscow(2020, 1, 1)},
        {"status": "draft"},
        {"headline_en": "Other"},
        {"status": "published", "published_at": moscow(2021, 6, 30)},
        {"published_at": "1999-12-31T23:30:00+03:00"},
    ):
        for name, value in changes.items():
            setattr(article, name, value)
        article.save()
        assert_counts_are_true()
    article.refresh_from_db()
    article.status, article.published_at = "draft", moscow(2001, 1, 1)
    article.save(update_fields=["published_at"])
    assert_counts_are_true()
    # What is deleted is the row as it was stored.
    article.delete()
    assert_counts_are_true()


def test_the_counts_follow_bulk_calls():
    def new(slug, *moment, status="published"):
        words = {"headline_en": slug, "summary_en": slug, "body_en": "<p>a</p>"}
        return Article(slug=slug, code=slug, status=status, published_at=moscow(*moment), **words)

    rows = [new("a", 2021, 5, 1), new("b", 2021, 5, 2), new("c", 2021, 6, 1, status="draft")]
    Article.objects.bulk_create(rows)
    assert_counts_are_true()
    Article.objects.bulk_create([new("a", 2022, 1, 1)], ignore_conflicts=True)
    assert_counts_are_true()
    Article.objects.bulk_create(
        [new("a", 2022, 1, 1)],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["published_at"],
    )
    assert_counts_are_true()
    Article.objects.filter(slug="b").update(published_at=moscow(2000, 1, 1))
    assert_counts_are_true()
    Article.objects.update(status="published")
    assert_counts_are_true()
    stored = list(Article.objects.all())
    for row in stored:
        row.published_at -= dt.timedelta(days=400)
    Article.objects.bulk_update(stored, ["published_at"])
    assert_counts_are_true()
    Article.objects.exclude(slug="a").delete()
    assert_counts_are_true()
    assert sum(counted().values()) == 1


def test_rebuild_archive_counts_everything_again(capsys):
    make.article(published_at=moscow(2021, 5, 1), topics=[make.topic()])
    make.article(published_at=moscow(2021, 6, 1), topics=[make.topic()], people=[make.person()])
    Month.objects.update(articles=7)
    Month.objects.create(first_day=dt.date(1999, 1, 1), articles=3)
    Listing.objects.filter(field="people").delete()
    Listing.objects.update(subject=0)
    call_command("rebuild_archive")
    assert capsys.readouterr().out == "2 months, 3 places in lists.\n"
    assert_counts_are_true()
    assert_lists_are_true()


def test_loaded_news_is_counted():
    call_command("loaddata", "delegations", "news", verbosity=0)
    assert counted()
    assert_counts_are_true()


def test_no_request_counts_and_the_cost_stays(client):
    for day in range(1, 4):
        make.article(published_at=moscow(2021, 5, day))
    addresses = ["/news/", "/news/2021/", "/news/2021/05/"]
    before = costs(client, addresses)
    for number in range(6):
        make.article(published_at=moscow(2010 + number // 3, 1 + number % 3, 1))
        make.article(published_at=timezone.now() + dt.timedelta(days=number + 1))
    assert costs(client, addresses) == before
    with CaptureQueriesContext(connection) as captured:
        client.get("/news/2021/05/")
    assert not [query for query in captured.captured_queries if "COUNT(" in query["sql"]]


@pytest.mark.parametrize("moment", ["2021-05-31T23:30:00Z", "2021-06-01 02:30+03:00"])
def test_rows_made_with_a_text_for_their_moment_are_counted(moment):
    words = {"headline_en": "One", "summary_en": "One", "body_en": "<p>One</p>"}
    row = Article(slug="one", status="published", published_at=moment, **words)
    Article.objects.bulk_create([row])
    assert counted() == {dt.date(2021, 6, 1): 1}
    assert_counts_are_true()


# The lists by what an article is about


def test_the_lists_follow_whatever_is_written():
    """Random edits of every way into the database, after each of which the lists are true."""
    chance = Random(20261125)
    rows = {
        "topics": [make.topic() for _ in range(3)],
        "people": [make.person() for _ in range(3)],
        "delegations": [Delegation.objects.get(pk=make.parliament().pk) for _ in range(3)],
    }
    moments = [moscow(2021, 5, 1), moscow(1999, 12, 31), NOW + dt.timedelta(days=9999)]
    for _ in range(3):
        make.article(**rows)

    def save(article):
        article.status = chance.choice(["draft", "published"])
        article.published_at = chance.choice(moments)
        article.save()

    def update(article):
        Article.objects.filter(pk__lte=article.pk).update(
            status=chance.choice(["draft", "published"]), published_at=chance.choice(moments)
        )

    def bulk_update(article):
        articles = list(Article.objects.exclude(pk=article.pk))
        for each in articles:
            each.published_at = chance.choice(moments)
        Article.objects.bulk_update(articles, ["published_at"])

    def relate(article):
        field = chance.choice(FIELDS)
        getattr(article, field).set(chance.sample(rows[field], chance.randrange(4)))

    def relate_from_the_other_side(article):
        row = chance.choice(rows["topics"])
        chance.choice([row.articles.add, row.articles.remove])(article)

    def clear(article):
        getattr(article, chance.choice(FIELDS)).clear()

    def delete(article):
        article.delete()
        make.article(**rows)

    def delete_many(article):
        Article.objects.filter(pk=article.pk).delete()
        make.article(**rows, status="draft")

    edits = [save, update, bulk_update, relate, relate_from_the_other_side, clear, delete]
    for _ in range(60):
        edit = chance.choice([*edits, delete_many])
        edit(chance.choice(Article.objects.all()))
        assert_lists_are_true()
    assert Listing.objects.exists()


def test_loaded_news_is_listed():
    call_command("loaddata", "delegations", "news", verbosity=0)
    assert Listing.objects.exists()
    assert_lists_are_true()
