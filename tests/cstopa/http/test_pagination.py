"""Pages of a long list: nothing counted, nothing skipped, nothing shown twice."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from cstopa.http.pagination import page_of
from delegations.models import Person
from news.models import Article
from tests import make

pytestmark = pytest.mark.django_db


def walk(queryset, size):
    """Return the rows of each page, on to the end and back to the start."""
    onwards, page = [], page_of(queryset, size=size)
    while True:
        onwards.append(page.rows)
        if page.next is None:
            break
        page = page_of(queryset, page.next, size)
    back = [page.rows]
    while page.previous:
        page = page_of(queryset, page.previous, size)
        back.append(page.rows)
    return onwards, back[::-1]


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 6, 7])
def test_each_row_is_on_one_page_in_order(number):
    moment = timezone.now()
    for each in range(number):
        # Some share their moment, and none their key.
        make.article(published_at=moment - dt.timedelta(days=each // 3))
    articles = Article.objects.published()
    onwards, back = walk(articles, 3)
    assert [row for rows in onwards for row in rows] == list(articles)
    assert all(len(rows) == 3 for rows in onwards[:-1])
    assert back == onwards


def test_names_are_paged_as_the_reader_sorts_them():
    for given, family in [("А", "Яров"), ("Б", "Агеев"), ("В", "Агеев"), ("Г", "Агеев")]:
        make.person(given_name_ru=given, family_name_ru=family)
    with translation.override("ru"):
        people = Person.objects.by_family_name()
        onwards, back = walk(people, 1)
        assert [row.name for [row] in onwards] == ["Б Агеев", "В Агеев", "Г Агеев", "А Яров"]
        assert back == onwards


def test_rows_that_come_in_between_move_nothing():
    for _ in range(6):
        make.article()
    articles = Article.objects.published()
    rows = list(articles)
    page = page_of(articles, size=2)
    make.article(published_at=timezone.now())
    assert page_of(articles, page.next, 2).rows == rows[2:4]


def test_rows_that_go_in_between_leave_a_full_first_page():
    for _ in range(6):
        make.article()
    articles = Article.objects.published()
    second = page_of(articles, page_of(articles, size=2).next, 2)
    third = page_of(articles, second.next, 2)
    articles.first().delete()
    back = page_of(articles, second.previous, 2)
    assert back.rows == list(articles[:2])
    assert back.previous is None
    for row in third.rows:
        row.delete()
    assert page_of(articles, second.next, 2).rows == list(articles[:2])


def test_nothing_is_counted():
    for _ in range(5):
        make.article()
    articles = Article.objects.published()
    position = page_of(articles, size=2).next
    with CaptureQueriesContext(connection) as captured:
        page_of(articles, position, size=2)
    [query] = captured.captured_queries
    assert "COUNT(" not in query["sql"]
    assert "LIMIT 3" in query["sql"]


@pytest.mark.parametrize(
    "position", ["garbage", "0", "-1", "a.b", "\0", ".", "é", "x" * 10_000, "W10.x"]
)
def test_a_position_that_cannot_be_read_gives_the_first_page(position):
    rows = [make.article() for _ in range(3)]
    page = page_of(Article.objects.published(), position, 2)
    assert page.is_misread
    assert page.rows == rows[:0:-1]
    assert page.previous is None


def test_a_position_belongs_to_its_list():
    for _ in range(3):
        make.article()
        make.person()
    position = page_of(Article.objects.published(), size=1).next
    assert page_of(Person.objects.by_family_name(), position, 1).is_misread


def test_a_position_in_an_order_of_a_language_belongs_to_that_language(client):
    for number in range(45):
        make.person(f"ann-p{number:02}", family_name_ru=f"П{99 - number}", given_name_ru="Анна")
    position = client.get("/people/").context["page"].next
    second = client.get("/people/", {"page": position}).context["page"]
    assert second.rows[0].slug == "ann-p20"
    response = client.get("/ru/people/", {"page": position})
    first = response.context["page"]
    assert first.is_misread
    assert first.rows[0].slug == "ann-p44"
    following = client.get("/ru/people/", {"page": first.next}).context["page"]
    assert not following.is_misread


def test_a_position_among_the_news_is_the_same_in_every_language(client):
    for _ in range(25):
        make.article()
    position = client.get("/news/").context["page"].next
    for address in ("/news/", "/ru/news/"):
        page = client.get(address, {"page": position}).context["page"]
        assert not page.is_misread
        assert len(page) == 5


def test_a_position_is_safe_in_an_address(client):
    for _ in range(21):
        make.article()
    page = client.get("/news/").context["page"]
    assert not set(page.next) - set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    )
    assert f"?page={page.next}" in client.get("/news/").text
