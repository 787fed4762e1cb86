"""A page is kept until something changes, for everybody alike, and then it is made anew."""

import datetime as dt
import gzip
import re
import threading
import time
from contextlib import ExitStack
from urllib.request import urlopen

import pytest
import time_machine
from django.conf import settings as known
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from news.models import Article
from tests import make
from tests.conftest import database_url
from tests.public import addresses
from tests.server import serving

pytestmark = pytest.mark.django_db(transaction=True)

NOON = dt.datetime(2026, 5, 21, 9, tzinfo=dt.UTC)


def ask(client, address, **headers):
    """Return an answer, and whether it was kept: then no page asked for a row."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, headers=headers)
    return response, not captured.captured_queries


def is_kept(client, address, **headers):
    return ask(client, address, **headers)[1]


@pytest.fixture
def article():
    return make.article("conference")


def test_what_has_not_changed_is_kept(client, article):
    for address in ("/", "/ru/news/", "/news/conference/", "/news/feed.atom", "/api/articles/"):
        first, was_kept = ask(client, address)
        again, is_kept_now = ask(client, address)
        assert (was_kept, is_kept_now) == (False, True), address
        assert (again.content, again.headers) == (first.content, first.headers), address
    article.headline_en = "Corrected"
    article.save()
    assert "Corrected" in client.get("/news/").text


def test_each_language_and_address_is_its_own(client, article):
    texts = {client.get(path).text for path in ("/news/", "/ru/news/", "/", "/ru/") * 2}
    assert len(texts) == 4


def test_no_other_process_is_waited_for(client, article):
    client.get("/news/")
    thread = threading.Thread(target=_rename_elsewhere)
    thread.start()
    thread.join()
    assert "Elsewhere" in client.get("/news/").text


def _rename_elsewhere():
    Article.objects.update(headline_en="Elsewhere")
    connection.close()


def test_who_has_a_session_gets_a_page_made_anew(client, article):
    assert not is_kept(client, "/news/")
    client.cookies[known.SESSION_COOKIE_NAME] = "x"
    assert not is_kept(client, "/news/")
    client.cookies.clear()
    client.cookies["other"] = "x"
    assert is_kept(client, "/news/")


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/admin/login/", "/news/none/"])
def test_what_is_not_a_page_is_not_kept(client, db, address):
    first = client.get(address)
    with CaptureQueriesContext(connection) as captured:
        again = client.get(address)
    assert again is not first
    assert first.status_code == again.status_code
    assert address == "/healthz" or len(captured) > 1 or address == "/admin/login/"


def test_a_page_that_is_made_within_a_transaction_is_not_kept(client, article):
    from django.db import transaction

    with transaction.atomic():
        Article.objects.update(headline_en="Passing")
        assert "Passing" in client.get("/news/").text
        assert not is_kept(client, "/news/")
        transaction.set_rollback(True)
    assert "Passing" not in client.get("/news/").text


def test_trackers_are_the_same_page(client, article):
    plain = client.get("/news/?q=conference")
    for tracker in ("utm_source=letter&utm_medium=a", "fbclid=1", "gclid=a%20b", "yclid"):
        for address in (f"/news/?q=conference&{tracker}", f"/news/?{tracker}&q=conference"):
            response, was_kept = ask(client, address)
            assert was_kept, address
            assert response.content == plain.content, address
    assert client.get("/api/articles/?utm_source=letter").status_code == 400


@pytest.mark.parametrize("query", ["q=gclid", "q=headline&utm=1", "fbclidx=1"])
def test_other_parameters_are_not(client, article, query):
    client.get("/news/")
    assert not is_kept(client, f"/news/?{query}")
    assert is_kept(client, f"/news/?{query}")


def test_head_has_the_headers_of_the_page(client, article):
    head = client.head("/news/")
    assert is_kept(client, "/news/")
    page = client.get("/news/")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == page.headers


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_who_has_the_page_gets_304_whether_it_is_kept_or_not(article, encoding):
    for address in ("/", "/news/", "/news/feed.atom", "/sitemap.xml", "/api/articles/"):
        etag = Client().get(address, headers={"accept-encoding": encoding})["ETag"]
        # Another client has a memory of its own. What is short is zipped or not as chance has it,
        # by the random bytes against BREACH, and weakly the same either way.
        client = Client()
        asked = {"accept-encoding": encoding, "if-none-match": f'"other", {etag}'}
        first, again = client.get(address, headers=asked), client.get(address, headers=asked)
        assert first.status_code == again.status_code == 304
        assert first.content == again.content == b""
        assert first.headers == again.headers
        assert again["ETag"].removeprefix("W/") == etag.removeprefix("W/")
        assert again["X-Content-Type-Options"] == "nosniff"
        assert "Content-Type" not in again
        # The page itself is there for the next one.
        assert is_kept(client, address, **{"accept-encoding": encoding})


def test_the_etag_is_of_what_is_said(client, article):
    topic = make.topic("unused")
    before = client.get("/news/conference/")["ETag"]
    topic.delete()
    response, was_kept = ask(client, "/news/conference/")
    assert not was_kept
    assert response["ETag"] == before


def test_plain_and_compressed_are_kept_apart(client, article):
    plain = client.get("/news/")
    packed = client.get("/news/", headers={"accept-encoding": "br, gzip"})
    again, was_kept = ask(client, "/news/", **{"accept-encoding": "gzip"})
    assert was_kept
    # Compressed anew it would be other bytes.
    assert again.content == packed.content
    assert again["Content-Encoding"] == "gzip"
    assert int(again["Content-Length"]) == len(again.content)
    assert gzip.decompress(again.content) == plain.content
    assert again["ETag"] == f"W/{plain['ETag']}"
    assert "Content-Encoding" not in client.get("/news/")


def test_a_foreign_host_gets_no_page(client, article):
    client.get("/news/")
    assert client.get("/news/", headers={"host": "evil.test"}).status_code == 400
    assert is_kept(client, "/news/", host="localhost")


def test_every_host_of_ours_gets_the_same(article):
    make.topic("laws")
    for address in [each for some in addresses().values() for each in some]:
        here, there = (Client().get(address, headers={"host": host}) for host in HOSTS)
        if address not in {"/readyz", "/healthz"} and here.status_code == 200:
            assert here.content == there.content, address


HOSTS = ("testserver", "localhost")


def test_without_https_nobody_gets_what_was_kept_with_it(article):
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=60):
        client = Client()
        page = client.get("/news/", secure=True)
        assert client.get("/news/").status_code == 301
        again = client.get("/news/", secure=True)
        assert again["Strict-Transport-Security"] == page["Strict-Transport-Security"]


def test_the_clock_changes_pages(client):
    with time_machine.travel(NOON, tick=False) as clock:
        make.article("early", published_at=NOON)
        make.article("late", published_at=NOON + dt.timedelta(hours=1))
        client.get("/news/")
        clock.shift(dt.timedelta(minutes=59, seconds=59))
        page, was_kept = ask(client, "/news/")
        assert was_kept
        assert "/news/late/" not in page.text
        clock.shift(1)
        assert "/news/late/" in client.get("/news/").text
        # A clock that goes back is believed.
        clock.shift(-1)
        assert "/news/late/" not in client.get("/news/").text


def test_at_midnight_in_moscow_another_day_begins(client):
    chamber = make.chamber(make.parliament("belarus"), valid_to=dt.date(2026, 5, 21))
    make.allocation(chamber, 7)
    before_midnight = dt.datetime(2026, 5, 21, 20, 59, 59, tzinfo=dt.UTC)
    with time_machine.travel(before_midnight, tick=False) as clock:
        today = client.get("/delegations/belarus/").text
        assert is_kept(client, "/delegations/belarus/")
        clock.shift(1)
        assert client.get("/delegations/belarus/").text != today


def test_the_latest_news_leave_their_map(client):
    with time_machine.travel(NOON, tick=False) as clock:
        make.article("old", published_at=NOON)
        clock.shift(dt.timedelta(days=2))
        assert "/news/old/" in client.get("/news-sitemap.xml").text
        clock.shift(1e-6)
        assert "/news/old/" not in client.get("/news-sitemap.xml").text


def test_one_makes_a_popular_page_and_the_others_wait(article, monkeypatch):
    made = []

    def slowly(view, request, *args, **kwargs):
        made.append(request.path)
        time.sleep(0.3)
        return dispatch(view, request, *args, **kwargs)

    from news.views import ArticleDetail

    dispatch = ArticleDetail.dispatch
    monkeypatch.setattr(ArticleDetail, "dispatch", slowly)
    client, texts = Client(), []
    # Its middleware is made with the first request.
    client.get("/")

    def read():
        try:
            texts.append(client.get("/news/conference/").text)
        finally:
            connection.close()

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert len(texts) == 8
    assert len({*texts}) == 1


@override_settings(PAGE_MEMORY=400_000)
def test_the_memory_is_bounded(client, article):
    for number in range(20):
        make.article(f"article-{number}", body_en="<p>long</p>" * 1000)
    for number in range(20):
        client.get(f"/news/article-{number}/")
    # Of the oldest nothing is left.
    assert not is_kept(client, "/news/article-0/")
    assert is_kept(client, "/news/article-19/")
    # Whatever is asked, no page is driven out.
    for number in range(40):
        client.get(f"/news/?q={number}")
    assert is_kept(client, "/news/article-19/")
    assert not is_kept(client, "/news/?q=0")


def test_an_endless_question_is_not_kept(client, article):
    query = "q=headline" + "&x=1" * 150
    assert client.get(f"/news/?{query}").status_code == 200
    assert not is_kept(client, f"/news/?{query}")


@override_settings(PAGE_MEMORY=0)
def test_a_site_without_memory_keeps_nothing(client, article):
    client.get("/news/")
    assert not is_kept(client, "/news/")


def test_a_connection_that_was_lost_is_opened_again(client, article):
    client.get("/news/")
    connection.connection.close()
    assert client.get("/news/").status_code == 200
    connection.connection.close()
    assert client.get("/people/").status_code == 200


def test_a_save_is_seen_at_once_by_every_server(article, tmp_path):
    with ExitStack() as stack:
        url = database_url()
        servers = [
            stack.enter_context(serving(tmp_path / name, DATABASE_URL=url)).url for name in "ab"
        ]

        def headlines():
            for server in servers:
                with urlopen(f"{server}/news/", timeout=20) as page:
                    yield re.search(r"conference/\"[^>]*>\s*([^<]+)", page.read().decode())[1]

        assert [*headlines(), *headlines()] == ["Headline of conference"] * 4
        for headline in ("Corrected", "Corrected again"):
            Article.objects.update(headline_en=headline)
            assert [*headlines(), *headlines()] == [headline] * 4
