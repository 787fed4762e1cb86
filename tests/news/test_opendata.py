"""Articles in the data: those that the public sees, and those that it saw."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection, models

from cstopa.opendata import changed_since, views
from news.models import Article
from tests import make
from tests.cstopa.opendata.asking import ask, codes, items
from tests.growth import work

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 8, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def day(number, hour=9):
    return START.replace(day=number, hour=hour)


def since(number):
    return f"/api/articles/?changed_since=2026-08-{number:02}T00:00:00Z"


def test_an_article_is_in_the_languages_in_which_it_is_complete(client):
    make.article("half", headline_ru="Половина", summary_ru="Нет текста")
    found = ask(client, "/api/articles/half/")
    assert found["headline"] == {"en": "Headline of half", "ru": None}
    assert found["summary"]["ru"] is None
    assert found["body"] == {"en": "<p>Body of half</p>", "ru": None}


def test_links_in_a_text_lead_to_the_same_pages_wherever_it_is_shown(client, settings):
    settings.SITE_URL = "https://assembly.example"
    make.parliament("belarus")
    written = {
        "/people/?q=a&amp;b": "https://assembly.example/people/?q=a&amp;b",
        "../other/": "https://assembly.example{}/news/other/",
        "#part": "https://assembly.example{}/news/open/#part",
        "https://example.org/a?b": "https://example.org/a?b",
        "mailto:a@example.org": "mailto:a@example.org",
        "//[x/": "//[x/",
    }
    links = "".join(f'<a hreflang="ru" href="{link}">a href="/x"</a>' for link in written)
    make.article(
        "open",
        body_en=f"<p>{links}[[seats:belarus]] /plain/</p>",
        headline_ru="Заголовок",
        summary_ru="Кратко",
        body_ru=f"<p>{links}[[seats:belarus]] /plain/</p>",
    )
    body = ask(client, "/api/articles/open/")["body"]
    for language, prefix in (("en", ""), ("ru", "/ru")):
        *found, reference = re.findall(r'<a [^>]*href="([^"]*)"', body[language])
        assert found == [link.format(prefix) for link in written.values()]
        assert reference.startswith(f"https://assembly.example{prefix}/delegations/belarus/?date=")
        assert body[language].count('>a href="/x"<') == len(written)
        assert body[language].endswith(" /plain/</p>")


def test_a_draft_was_never_there(client, clock):
    article = make.article("draft", status="draft")
    assert codes(client, "/api/articles/") == []
    ask(client, "/api/articles/draft/", 404)
    assert items(client, since(1)) == []
    article.delete()
    ask(client, "/api/articles/draft/", 404)
    assert items(client, since(1)) == []


def test_a_scheduled_article_changes_when_its_moment_comes(client, clock):
    make.article("ahead", published_at=day(5))
    clock.move_to(day(4))
    ask(client, "/api/articles/ahead/", 404)
    assert items(client, since(1)) == []
    clock.move_to(day(5))
    [found] = items(client, since(5))
    assert found == ask(client, "/api/articles/ahead/")
    assert found["changed_at"] == found["published_at"] == "2026-08-05T12:00:00+03:00"
    assert items(client, since(6)) == []


def test_a_scheduled_article_that_was_stopped_was_never_there(client, clock):
    article = make.article("ahead", published_at=day(5))
    clock.move_to(day(4))
    article.status = "draft"
    article.save()
    clock.move_to(day(9))
    assert items(client, since(1)) == []
    ask(client, "/api/articles/ahead/", 404)


@pytest.mark.parametrize("way", ["withdrawn", "put off", "deleted"])
def test_an_article_that_was_public_is_deleted_for_those_who_read_it(client, clock, way):
    article = make.article("once", published_at=day(1))
    assert codes(client, since(1)) == ["once"]
    clock.move_to(day(3))
    if way == "withdrawn":
        article.status = "draft"
        article.save()
        clock.move_to(day(6))
        # What the desk does with the draft is not for the public, nor that it does something.
        article.headline_en = "secret"
        article.save()
    elif way == "put off":
        article.published_at = day(20)
        article.save()
    else:
        article.delete()
    clock.move_to(day(9))
    gone = {"code": "once", "deleted": True, "deleted_at": "2026-08-03T12:00:00+03:00"}
    assert items(client, since(1)) == items(client, since(3)) == [gone]
    assert items(client, since(4)) == []
    assert codes(client, "/api/articles/") == []
    ask(client, "/api/articles/once/", 410)


def test_an_article_that_came_back_is_there_again(client, clock):
    article = make.article("back", published_at=day(1))
    for number, status in ((3, "draft"), (5, "published")):
        clock.move_to(day(number))
        article.status = status
        article.save()
    clock.move_to(day(9))
    [found] = items(client, since(4))
    assert found["changed_at"] == "2026-08-05T12:00:00+03:00"
    assert items(client, since(6)) == []


def test_a_change_to_what_it_concerns_is_a_change(
    client, clock, django_capture_on_commit_callbacks
):
    # What one transaction sets is one version.
    with django_capture_on_commit_callbacks(execute=True):
        make.article("open", published_at=day(1))
    clock.move_to(day(3))
    Article.objects.get().topics.set([make.topic("laws")])
    [found] = items(client, since(2))
    assert found["topics"] == [{"code": "laws", "name": {"en": "Laws", "ru": None}}]


def test_what_changed_is_found_without_the_rest(client, clock):
    def add(number):
        rows = models.QuerySet(Article).bulk_create(
            Article(
                **{f"{name}_en": "Words" for name in Article.TRANSLATED},
                **dict.fromkeys(("code", "slug"), f"n-{number}-{each}"),
                status="published",
                published_at=day(2) + each * dt.timedelta(seconds=9),
            )
            for each in range(number)
        )
        for row in rows:
            row._history_date = row.published_at
        Article.history.bulk_history_create(rows)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    clock.move_to(day(9))
    add(1000)
    for number in range(2):
        make.article(f"new-{number}", published_at=day(8))
    asked = [since(8), since(1), ask(client, since(1))["next"]]
    before = [work(client, address) for address in asked]
    add(6000)
    after = [work(client, address) for address in asked]
    assert all(now < 1.2 * then + 200 for then, now in zip(before, after, strict=True)), (
        before,
        after,
    )


def test_what_changed_at_one_moment_is_told_page_by_page(client, clock, monkeypatch):
    monkeypatch.setattr(views, "SIZE", 2)
    monkeypatch.setattr(changed_since, "MANY", 9)
    clock.move_to(day(3))
    for number in range(40):
        make.article(f"a-{number:02}", published_at=day(3 if number % 2 else 2))
    assert codes(client, since(1)) == [f"a-{number:02}" for number in range(40)]
