"""Whatever writes anything public raises the version of the site, in its own transaction."""

import json
import threading
import time
from contextlib import suppress

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from cstopa.accounts.models import Session
from cstopa.http.kept.models import SiteVersion
from cstopa.http.kept.version import current
from cstopa.http.kept.writes import writes
from news.models import Article, Topic
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import filled

pytestmark = pytest.mark.django_db(transaction=True)


def by_save():
    topic = Topic.objects.get()
    topic.name_en = "Renamed"
    topic.save()


def by_save_of_one_column():
    topic = Topic.objects.get()
    topic.name_en = "Renamed"
    topic.save_base(raw=True, update_fields=["name_en"])


def by_bulk_create():
    Topic.objects.bulk_create([Topic(slug="a", name_en="A"), Topic(slug="b", name_en="B")])


def by_bulk_update():
    topic = Topic.objects.get()
    topic.name_en = "Renamed"
    Topic.objects.bulk_update([topic], ["name_en"])


def by_loaddata(folder):
    record = {"model": "news.topic", "fields": {"slug": "new", "code": "new", "name_en": "New"}}
    file = folder / "topics.json"
    file.write_text(json.dumps([record]))
    call_command("loaddata", file, verbosity=0)


def by_the_desk():
    client = Client()
    client.force_login(User.objects.create_superuser("editor"))
    address = page(Topic.objects.get(), "change")
    form = filled(client.get(address), name_en="Renamed")
    before = current()
    assert client.post(address, form).status_code == 302
    assert current() != before


def by_sql(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def by_many():
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE news_topic SET name_en = %s", [["A"], ["B"]])


WRITES = {
    "save": lambda _: by_save(),
    "raw save": lambda _: by_save_of_one_column(),
    "create": lambda _: make.topic(),
    "delete": lambda _: Topic.objects.get().delete(),
    "update": lambda _: Topic.objects.update(name_en="Renamed"),
    "delete of a query": lambda _: Topic.objects.all().delete(),
    "raw delete": lambda _: Topic.objects.all()._raw_delete("default"),
    "bulk_create": lambda _: by_bulk_create(),
    "bulk_update": lambda _: by_bulk_update(),
    "many-to-many": lambda _: Article.objects.get().topics.set(Topic.objects.all()),
    "the other side": lambda _: Article.topics.through.objects.create(
        article=Article.objects.get(), topic=Topic.objects.get()
    ),
    "loaddata": by_loaddata,
    "the desk": lambda _: by_the_desk(),
    "SQL": lambda _: by_sql("update news_topic set name_en = %s", "Renamed"),
    "SQL after a comment": lambda _: by_sql("/* a */ DELETE FROM news_topic"),
    "SQL in a common table": lambda _: by_sql(
        "WITH few AS (SELECT 1) INSERT INTO news_article_topics (article_id, topic_id) "
        "SELECT news_article.id, news_topic.id FROM news_article, news_topic"
    ),
    "SQL for many": lambda _: by_many(),
}


@pytest.fixture
def rows():
    make.article()
    make.topic("laws")


@pytest.mark.parametrize("way", WRITES)
def test_each_way_to_write_raises_the_version(rows, tmp_path, way):
    before = current()
    assert before
    WRITES[way](tmp_path)
    assert current() not in {before, None}


def test_what_nobody_sees_raises_nothing(rows, client):
    editor = User.objects.create_superuser("editor")
    before = current()
    client.force_login(editor)
    client.get("/admin/")
    User.objects.update(last_login=timezone.now())
    Session.objects.all().delete()
    list(Topic.objects.all())
    with transaction.atomic():
        list(Topic.objects.select_for_update())
        list(Topic.objects.iterator())
    assert current() == before


def test_what_is_taken_back_raises_nothing(rows):
    before = current()
    with transaction.atomic():
        Topic.objects.update(name_en="Renamed")
        assert current() is None
        transaction.set_rollback(True)
    assert current() == before
    with pytest.raises(IntegrityError):
        Topic.objects.bulk_create([Topic(slug="laws", name_en="Twice")])
    assert current() == before


def test_a_transaction_that_wrote_keeps_nothing_until_it_commits(rows):
    before = current()
    with transaction.atomic():
        with transaction.atomic():
            Topic.objects.update(name_en="Renamed")
            transaction.set_rollback(True)
        # What a savepoint took back is too fine to tell.
        assert current() is None
    assert current() not in {before, None}


def test_others_see_the_version_with_what_was_written(rows):
    def ask():
        try:
            seen.append((current(), Topic.objects.get().name_en))
        finally:
            connection.close()

    def seen_by_another():
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
        return seen.pop()

    seen = []
    before = seen_by_another()
    with transaction.atomic():
        Topic.objects.update(name_en="Renamed")
        assert seen_by_another() == before
    version, name = seen_by_another()
    assert (version, name) == (current(), "Renamed")
    assert version != before[0]


def test_without_autocommit_the_commit_raises_it(rows):
    before = current()
    transaction.set_autocommit(False)
    try:
        Topic.objects.update(name_en="Renamed")
        transaction.rollback()
        assert current() == before
        Topic.objects.update(name_en="Renamed")
        transaction.commit()
        assert current() not in {before, None}
        transaction.rollback()
    finally:
        transaction.set_autocommit(True)


def test_a_row_that_is_written_outside_a_transaction_is_read_back(rows):
    topic = Topic(slug="new", code="new", name_en="New")
    topic.save_base(raw=True)
    assert Topic.objects.get(pk=topic.pk).slug == "new"
    with connection.cursor() as cursor:
        sql = "UPDATE news_topic SET name_en = slug RETURNING name_en"
        cursor.execute(f"{sql}")
        assert cursor.fetchone() is not None
        assert len(cursor.fetchmany(5)) == 1
        assert cursor.fetchone() is None
        cursor.execute(sql)
        assert sorted(cursor) == [("laws",), ("new",)]
        cursor.execute("SELECT slug FROM news_topic ORDER BY slug")
        assert cursor.fetchall() == [("laws",), ("new",)]


def test_the_version_never_comes_back(rows):
    seen = {current()}
    for _ in range(3):
        SiteVersion.objects.all().delete()
        assert current() is None
        Topic.objects.update(name_en="Renamed")
        assert current() not in seen
        seen.add(current())


def test_two_who_save_what_the_other_needs_do_not_wait_for_one_another(rows):
    """One deletes a topic while the other gives it to an article."""
    if connection.vendor == "sqlite":
        # One writes at a time.
        return

    def tag():
        try:
            with transaction.atomic():
                Article.topics.through.objects.create(
                    article=Article.objects.get(), topic=Topic.objects.get()
                )
                inserted.set()
                time.sleep(0.2)
        except DatabaseError as error:
            errors.append(error)
        finally:
            connection.close()

    errors, inserted = [], threading.Event()
    thread = threading.Thread(target=tag)
    with suppress(DatabaseError), transaction.atomic():
        Topic.objects.select_for_update().get()
        thread.start()
        inserted.wait(5)
        by_sql("DELETE FROM news_topic")
        time.sleep(0.5)
    thread.join()
    assert not [error for error in errors if "deadlock" in str(error)]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ('INSERT INTO "news_topic" ("id") SELECT 1', True),
        ('INSERT OR IGNORE INTO "news_article_topics" VALUES (1)', True),
        ('UPDATE ONLY "news_topic" SET id = 1', True),
        ("  delete from news_topic", True),
        ('REPLACE INTO "news_topic" VALUES (1)', True),
        ("MERGE INTO news_topic USING x ON true", True),
        ("TRUNCATE news_topic", True),
        ("COPY news_topic FROM STDIN", True),
        ("DO $$ BEGIN END $$", True),
        ("-- a comment", True),
        ('INSERT INTO "django_session" VALUES (1)', False),
        ('UPDATE "auth_user" SET last_login = NULL', False),
        ('DELETE FROM "kept_siteversion"', False),
        ("(SELECT 1) UNION (SELECT 2)", False),
        ("SELECT 1 FROM news_topic FOR UPDATE", False),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("EXPLAIN ANALYZE DELETE FROM news_topic", True),
        ("EXPLAIN SELECT 1", False),
        ("SAVEPOINT a", False),
        ("BEGIN IMMEDIATE", False),
        ('CREATE INDEX CONCURRENTLY "a" ON "news_topic" ("id")', False),
    ],
)
def test_a_statement_writes_unless_it_is_known_to_read(sql, expected):
    assert writes(sql) is expected


def test_a_request_reads_the_version_once_until_it_writes(monkeypatch):
    make.topic("laws")
    read = []
    token = connection._token
    monkeypatch.setattr(connection, "_token", lambda: read.append(1) or token())
    client = Client(headers={"cookie": "sessionid=0"})
    client.get("/news/")
    assert len(read) == 1
    client.get("/news/")
    assert len(read) == 2
    seen = [current(), current()]
    by_save()
    assert len({*seen, current()}) == 2
    assert len(read) == 5
    request_started.send(None)
    seen = [current(), current()]
    by_save_of_one_column()
    Topic.objects.update(name_en="Again")
    assert len({*seen, current()}) == 2
    assert len(read) == 7
    request_finished.send(None)
