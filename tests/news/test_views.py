"""The pages of the news."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from delegations.models import Delegation
from news.models import Article
from tests import make
from tests.growth import costs
from tests.reading import main, parsed, words

pytestmark = pytest.mark.django_db

RUSSIAN = {"headline_ru": "Заголовок", "summary_ru": "Кратко", "body_ru": "<p>Подробно</p>"}


def moscow(*moment):
    return timezone.make_aware(dt.datetime(*moment))


def slugs(response):
    return [article.get_absolute_url().split("/")[-2] for article in response.context["page"]]


def title(response):
    return words(parsed(response).find(".//title"))


def delegation(slug=None):
    return Delegation.objects.get(pk=make.parliament(slug).pk)


# One article


def test_an_article_shows_all_that_is_on_record_of_it(client):
    belarus, person, topic = delegation("belarus"), make.person("viktor-kogut"), make.topic("laws")
    source = make.source(title_en="News item", url="https://example.org/item")
    make.article(
        "conference",
        headline_en="A conference & more",
        summary_en="Held <in> two cities.",
        body_en="<p>It was <em>long</em>.</p>",
        delegations=[belarus],
        people=[person],
        topics=[topic],
        source=source,
    )
    page = client.get("/news/conference/").text
    assert '<h1 lang="en">A conference &amp; more</h1>' in page
    assert "Held &lt;in&gt; two cities." in page
    assert "<p>It was <em>long</em>.</p>" in page
    assert f'<a href="/delegations/belarus/">{belarus.name}</a>' in page
    assert '<a href="/people/viktor-kogut/">Viktor Kogut</a>' in page
    assert '<a href="/topics/laws/">Laws</a>' in page
    assert "News item" in page
    assert '<a href="https://example.org/item"' in page
    assert "no translation" not in page


def test_an_article_without_a_source_claims_none(client):
    make.article("one")
    assert "Sources" not in main(client.get("/news/one/"))


def test_an_article_says_when_it_was_last_changed(client):
    article = make.article("one", published_at=dt.datetime(2021, 5, 21, tzinfo=dt.UTC))
    for day in (3, 9):
        with time_machine.travel(dt.datetime(2034, 3, day, 21, 30, tzinfo=dt.UTC)):
            article.headline_en = f"Headline of {day} March"
            article.save()
    # The day in Moscow.
    assert "Last changed on 10 March 2034" in main(client.get("/news/one/"))
    assert "10 марта 2034" in main(client.get("/ru/news/one/"))


@pytest.mark.parametrize(
    ("moment", "english", "russian"),
    [
        ((2021, 5, 21), ">21\xa0May 2021<", ">21\xa0мая 2021<"),
        ((2021, 5, 21, 9, 30), ">21\xa0May 2021, 09:30<", ">21\xa0мая 2021, 09:30<"),
        ((2021, 5, 21, 0, 0, 1), ">21\xa0May 2021, 00:00<", ">21\xa0мая 2021, 00:00<"),
    ],
)
def test_midnight_is_shown_as_the_date_alone(client, moment, english, russian):
    make.article("one", published_at=moscow(*moment), **RUSSIAN)
    for address in ("/news/one/", "/news/", "/news/2021/", "/news/2021/05/"):
        assert english in client.get(address).text
        assert russian in client.get(f"/ru{address}").text


def test_an_hour_is_one_of_moscow_and_no_part_of_a_second_is_told(client):
    make.article("one", published_at=moscow(2021, 5, 21, 9, 30, 1, 187125))
    page = client.get("/news/one/")
    assert "21 May 2021, 09:30 (Moscow time)" in main(page)
    assert 'datetime="2021-05-21T09:30:01+03:00"' in page.text
    make.article("two", published_at=moscow(2021, 5, 21))
    assert "Moscow" not in main(client.get("/news/two/"))


def test_an_article_without_the_readers_language_says_so(client):
    make.article("one", headline_ru="Заголовок без текста")
    page = client.get("/ru/news/one/")
    assert '<p class="notice">' in page.text
    assert '<h1 lang="en">Headline of one</h1>' in page.text
    assert '<div class="article__body prose" lang="en"><p>Body of one</p></div>' in page.text
    assert "Заголовок без текста" not in page.text
    # The page does not claim to be a translation.
    assert 'hreflang="ru" href="http' not in page.text
    assert 'hreflang="en" href="http://testserver/news/one/"' in page.text
    listed = client.get("/ru/news/").text
    assert '<span lang="en">Headline of one</span> <span class="language-note">' in listed
    assert '<p class="teaser__summary" lang="en">Summary of one</p>' in listed


def test_an_article_in_both_languages_is_shown_in_the_readers(client):
    make.article("one", **RUSSIAN)
    assert "Headline of one" in client.get("/news/one/").text
    for address in ("/ru/news/one/", "/ru/news/"):
        page = client.get(address).text
        assert "Заголовок" in page
        assert "Headline of one" not in page
        assert '<p class="notice">' not in page


def test_related_news_shares_a_topic_or_a_delegation(client):
    belarus, topic = delegation("belarus"), make.topic()
    day = timezone.now() - dt.timedelta(days=9)
    make.article("this", delegations=[belarus], topics=[topic])
    make.article("by-both", delegations=[belarus], topics=[topic], published_at=day)
    make.article("by-topic", topics=[topic], published_at=day + dt.timedelta(days=1))
    make.article("by-delegation", delegations=[belarus], published_at=day + dt.timedelta(days=2))
    make.article("older", topics=[topic], published_at=day - dt.timedelta(days=1))
    make.article("other", topics=[make.topic()])
    make.article("draft", topics=[topic], status="draft")
    related = client.get("/news/this/").context["related"]
    assert [article.get_absolute_url() for article in related] == [
        "/news/by-delegation/",
        "/news/by-topic/",
        "/news/by-both/",
    ]
    assert client.get("/news/other/").context["related"] == []


def test_an_article_leads_to_those_next_to_it_in_time(client):
    moment = moscow(2021, 5, 21)
    make.article("first", published_at=moment - dt.timedelta(days=1))
    make.article("second", published_at=moment)
    make.article("draft", published_at=moment, status="draft")
    make.article("third", published_at=moment)
    make.article("fourth", published_at=moment + dt.timedelta(days=1))
    make.article("ahead", published_at=timezone.now() + dt.timedelta(days=1))
    ways = {
        "first": {"Later: Headline of second": "/news/second/"},
        "second": {
            "Earlier: Headline of first": "/news/first/",
            "Later: Headline of third": "/news/third/",
        },
        "third": {
            "Earlier: Headline of second": "/news/second/",
            "Later: Headline of fourth": "/news/fourth/",
        },
        "fourth": {"Earlier: Headline of third": "/news/third/"},
    }
    for slug, expected in ways.items():
        nav = parsed(client.get(f"/news/{slug}/")).find(".//main//nav[@class='neighbours']")
        assert {words(a): a.get("href") for a in nav.iter("a")} == expected


def test_an_article_alone_leads_nowhere(client):
    make.article("one")
    assert parsed(client.get("/news/one/")).find(".//main//nav") is None


def test_a_slug_of_digits_is_no_address(client):
    make.article("12345")
    make.article("2021")
    assert client.get("/news/12345/").status_code == 404
    assert "page" in client.get("/news/2021/").context
    assert client.get("/news/").status_code == 200


# Lists


def test_the_list_has_the_latest_first_and_pages_that_keep_the_question(client):
    topic = make.topic("laws")
    for day in range(1, 46):
        make.article(
            f"n-{day}", topics=[topic], published_at=moscow(2021, 1, 1 + day % 28, day % 24)
        )
    first = client.get("/news/?topic=laws&from=2021-01-01")
    assert len(slugs(first)) == 20
    position = first.context["page"].next
    assert f'href="?topic=laws&amp;from=2021-01-01&amp;page={position}"' in first.text
    second = client.get("/news/", {"topic": "laws", "page": position})
    third = client.get("/news/", {"topic": "laws", "page": second.context["page"].next})
    assert len(slugs(third)) == 5
    assert third.context["page"].next is None
    everything = [
        article.slug for article in Article.objects.published().order_by("-published_at", "-id")
    ]
    assert slugs(first) + slugs(second) + slugs(third) == everything
    back = client.get("/news/", {"topic": "laws", "page": second.context["page"].previous})
    assert slugs(back) == slugs(first)


def test_a_position_that_cannot_be_read_is_named(client):
    make.article("one")
    response = client.get("/news/?page=7")
    assert slugs(response) == ["one"]
    assert "cannot be read" in response.text
    assert "cannot be read" not in client.get("/news/").text


def test_an_empty_list_says_so(client):
    assert "No news has been published." in client.get("/news/").text


def test_lists_load_no_bodies_and_count_nothing(client):
    make.article("one", topics=[make.topic("laws")])
    for address in ("/news/", "/news/?topic=laws", "/topics/laws/", "/news/2021/"):
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        for query in captured.captured_queries:
            columns = query["sql"].partition(" FROM ")[0]
            assert '."body_en",' not in columns
            assert "COUNT(" not in columns


# The archive


def test_the_archive_goes_by_the_days_of_moscow(client):
    make.article("old-year", published_at=moscow(2020, 12, 31, 23, 59))
    make.article("new-year", published_at=moscow(2021, 1, 1))
    make.article("may", published_at=moscow(2021, 5, 31, 23, 59, 59))
    make.article("june", published_at=moscow(2021, 6, 1))
    assert slugs(client.get("/news/2020/")) == ["old-year"]
    assert slugs(client.get("/news/2021/")) == ["june", "may", "new-year"]
    assert slugs(client.get("/news/2020/12/")) == ["old-year"]
    assert slugs(client.get("/news/2021/05/")) == ["may"]
    assert slugs(client.get("/ru/news/2021/06/")) == ["june"]


def test_an_empty_period_says_that_nothing_was_published(client):
    make.article()
    assert "Nothing was published in this year." in client.get("/news/1999/").text
    assert "Nothing was published in this month." in client.get("/news/1999/02/").text


@pytest.mark.parametrize(
    "period",
    [
        *("1899", "2200", "0000", "9999", "21", "20211"),
        *("2021/0", "2021/00", "2021/13", "2021/005"),
    ],
)
def test_there_is_no_such_period(client, period):
    assert client.get(f"/news/{period}/").status_code == 404
    assert client.get(f"/ru/news/{period}/").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_a_month_of_one_digit_leads_to_that_of_two(client, prefix):
    response = client.get(f"{prefix}/news/2021/5/?page=x")
    assert response.status_code == 301
    assert response.url == f"{prefix}/news/2021/05/?page=x"
    assert client.get(f"{prefix}/news/1899/5/").status_code == 404


@pytest.mark.parametrize("period", ["1900", "2199", "2199/12", "1900/01"])
def test_the_first_and_the_last_period(client, period):
    assert client.get(f"/news/{period}/").status_code == 200


def test_a_long_archive_has_pages(client):
    for day in range(1, 23):
        make.article(published_at=moscow(2021, 5, day))
    for address in ("/news/2021/", "/news/2021/05/"):
        position = client.get(address).context["page"].next
        assert len(slugs(client.get(address, {"page": position}))) == 2


@pytest.mark.parametrize(
    ("address", "first", "second"),
    [
        ("/news/", "News", "News, page from 2 May 2021"),
        ("/news/?topic=laws", "News: Topic: Laws", "News: Topic: Laws, page from 2 May 2021"),
        ("/news/2021/", "News of 2021", "News of 2021, page from 2 May 2021"),
        ("/news/2021/05/", "News: May 2021", "News: May 2021, page from 2 May 2021"),
        ("/topics/laws/", "Laws", "Laws, page from 2 May 2021"),
    ],
)
def test_each_page_of_a_list_says_what_it_is(client, address, first, second):
    laws = make.topic("laws")
    for day in range(1, 23):
        make.article(published_at=moscow(2021, 5, day), topics=[laws])
    response = client.get(address)
    path, _question, query = address.partition("?")
    assert title(response).startswith(f"{first} – ")
    position = response.context["page"].next
    following = client.get(f"{path}?{query}&page={position}")
    assert title(following).startswith(f"{second} – ")
    heading = parsed(following).find(".//h1")
    assert words(heading).endswith(second.rpartition(", ")[2])
    # Whoever comes back to the first page finds its own title again.
    back = client.get(f"{path}?{query}&page={following.context['page'].previous}")
    assert title(back) == title(response)


def test_two_pages_that_start_on_one_day_have_titles_of_their_own(client):
    for minute in range(50):
        make.article(published_at=moscow(2021, 5, 21, 10, minute))
    titles, position = set(), ""
    while position is not None:
        response = client.get("/news/", {"page": position})
        titles.add(title(response).partition(" –")[0])
        position = response.context["page"].next
    assert titles == {
        "News",
        "News, page from 21 May 2021, 10:29",
        "News, page from 21 May 2021, 10:09",
    }


# Topics


def test_a_topic_shows_its_news(client):
    topic = make.topic("laws", name_ru="Законы")
    make.article("about-it", topics=[topic])
    make.article("about-another", topics=[make.topic()])
    assert slugs(client.get("/topics/laws/")) == ["about-it"]
    assert "<h1>Законы</h1>" in client.get("/ru/topics/laws/").text
    assert client.get("/topics/unknown/").status_code == 404
    make.topic("empty")
    assert "Nothing has been published on this topic." in client.get("/topics/empty/").text


@pytest.mark.parametrize(
    ("address", "feeds"),
    [
        ("/news/", ["/news/feed.atom", "/news/feed.rss"]),
        ("/ru/news/one/", ["/ru/news/feed.atom", "/ru/news/feed.rss"]),
        ("/news/2021/", ["/news/feed.atom", "/news/feed.rss"]),
        ("/ru/topics/laws/", ["/ru/topics/laws/news.atom", "/ru/topics/laws/news.rss"]),
        (
            "/ru/delegations/belarus/",
            ["/ru/delegations/belarus/news.atom", "/ru/delegations/belarus/news.rss"],
        ),
        ("/", ["/news/feed.atom", "/news/feed.rss"]),
    ],
)
def test_pages_name_their_feeds(client, address, feeds):
    make.article("one", topics=[make.topic("laws")], delegations=[delegation("belarus")])
    page = client.get(address).text
    for feed in feeds:
        [link] = [
            line for line in page.splitlines() if f'href="{feed}">' in line and "<link" in line
        ]
        assert 'rel="alternate"' in link


def test_the_pages_cost_the_same_with_many_articles(client):
    def add(number):
        for _ in range(number):
            make.article(
                published_at=moscow(2021, 5, 1),
                delegations=[delegation()],
                people=[make.person()],
                topics=[laws, make.topic()],
                source=make.source(),
            )

    laws = make.topic("laws")
    make.article("one", topics=[laws], source=make.source(), published_at=moscow(2021, 5, 2))
    one = Article.objects.get()
    one.delegations.set([delegation("belarus")])
    one.people.set([make.person()])
    add(1)
    addresses = [
        prefix + address
        for prefix in ("", "/ru")
        for address in (
            *("/news/", "/news/?q=headline&delegation=belarus&topic=laws&from=2021-01-01"),
            *("/news/one/", "/news/2021/", "/news/2021/05/", "/topics/laws/"),
        )
    ]
    before = costs(client, addresses)
    add(4)
    for _ in range(4):
        one.delegations.add(delegation())
        one.people.add(make.person())
        one.topics.add(make.topic())
    assert costs(client, addresses) == before
