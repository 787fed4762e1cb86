"""What the index gives page by page is what a database would that looks at every row."""

import datetime as dt

import pytest
from django.utils import timezone

from cstopa.http.pagination import page_of
from cstopa.search.lookup import newest
from cstopa.search.queries import parse
from news.models import Article
from tests import make

pytestmark = pytest.mark.django_db


def pages(rows, take):
    """Return the keys on each page, read to the end, and then back to the beginning."""
    there, position = [], ""
    while position is not None:
        page = page_of(rows, position, size=3, take=take)
        there.append([row.pk for row in page])
        last, position = page.previous, page.next
    back, position = [there[-1]], last
    while position is not None:
        page = page_of(rows, position, size=3, take=take)
        back.append([row.pk for row in page])
        position = page.previous
    return there, back


def test_pages_of_the_index_are_in_the_order_of_the_list(chance, monkeypatch):
    monkeypatch.setattr("cstopa.search.lookup.LOOKED_THROUGH", 8)
    now = timezone.now()
    topic = make.topic()
    for number in range(40):
        # Several in one second, or at the very same moment; years apart; and to come.
        days, microseconds = (
            chance.choice([0, 0, 1, 30, 400, 5000, -1]),
            chance.choice([0, 0, 1, 7]),
        )
        moment = (now - dt.timedelta(days=days, hours=1)).replace(microsecond=microseconds)
        words = chance.choice(["guard", "guarded border", "border"])
        status = chance.choice(["published"] * 9 + ["draft"])
        article = make.article(summary_en=words, published_at=moment, status=status)
        if number % 3 == 0:
            article.topics.add(topic)
    every, about = Article.objects.published(), Article.objects.published().filter(topics=topic)
    for rows in (every, about):
        for query in ("guard", "border -guard", "gua", "nowhere"):
            asked = parse(query)
            expected = [*rows.matching(asked).values_list("pk", flat=True)]
            there, back = pages(rows, newest(asked))
            assert [key for page in there for key in page] == expected, query
            for page in filter(None, back):
                first = expected.index(page[0])
                assert page == expected[first : first + len(page)], query
