"""News are found the newest first, or the best of them."""

import datetime as dt

import pytest

from tests import make
from tests.cstopa.search.asking import search
from tests.reading import links, main, parsed

pytestmark = pytest.mark.django_db


def news_of(response):
    return [
        address
        for address in links(response)
        if address.startswith("/news/") and not address.startswith("/news/?")
    ]


def dated(day, **fields):
    return make.article(published_at=dt.datetime(2024, 1, day, tzinfo=dt.UTC), **fields)


def test_news_come_the_newest_first_and_page_by_page(client):
    make.topic("ann")
    made = [dated(day).get_absolute_url() for day in range(1, 26)]
    dated(28, status="draft")
    response = search(client, "headline")
    assert news_of(response) == made[:4:-1]
    older = next(each for each, said in links(response).items() if said == "Older")
    response = client.get(f"/search/{older}")
    assert news_of(response) == made[4::-1]
    assert "News: older articles" in main(response)
    # The other kinds stand on the first page alone.
    assert "Topics" in main(search(client, "ann"))
    newer = next(each for each, said in links(response).items() if said == "Newer")
    assert news_of(client.get(f"/search/{newer}")) == made[:4:-1]
    misread = client.get("/search/", {"q": "headline", "page": "x"})
    assert "cannot be read" in main(misread)
    assert news_of(misread) == made[:4:-1]


def test_the_best_come_first_among_the_newest(client):
    """Each is worse than the one before it for one reason alone."""
    body = "<p>Seen by nobody.</p>"
    ranked = [
        dated(1, headline_en="Border guard", summary_en="x", body_en=body),
        dated(2, headline_en="Guard of a border", summary_en="x", body_en=body),
        dated(3, headline_en="Border", summary_en="On guard", body_en=body),
        dated(4, headline_en="x", summary_en="Guard, border", body_en=body),
        dated(5, headline_en="x", summary_en="x", body_en="<p>A border guard</p>"),
        dated(7, headline_en="x", summary_en="x", body_en="<p>border</p><p>guards borders</p>"),
        dated(9, headline_en="x", summary_en="x", body_en="<p>border</p><p>guard</p>"),
        dated(8, headline_en="x", summary_en="x", body_en="<p>border</p><p>guard</p>"),
    ]
    response = client.get("/search/", {"q": "border guard", "order": "best"})
    assert news_of(response) == [article.get_absolute_url() for article in ranked]
    assert "The best of the newest 400 articles" in main(response)
    assert links(response)["?q=border+guard"] == "Newest first"
    # Sent again from the page, the question keeps its order.
    [order] = parsed(response).findall(".//main//form//input[@name='order']")
    assert order.get("value") == "best"
    assert client.get("/search/", {"q": "none", "order": "best"}).status_code == 200


def test_only_the_newest_are_ranked(client, monkeypatch):
    monkeypatch.setattr("cstopa.search.results.RANKED", 2)
    dated(1, headline_en="Border border border")
    newest = [dated(day, summary_en="border") for day in (3, 2)]
    response = client.get("/search/", {"q": "border", "order": "best"})
    assert news_of(response) == [article.get_absolute_url() for article in newest]
