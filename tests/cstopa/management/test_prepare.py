import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from cstopa.pages.models import Page, Slug
from delegations.models import Parliament
from news.models import Article

pytestmark = pytest.mark.django_db


def prepare():
    out = StringIO()
    call_command("prepare", stdout=out)
    return out.getvalue()


def test_prepare_fills_an_empty_database_and_prints_a_password_that_opens_it(client):
    password = re.search(r"password: (\S+)", prepare())[1]
    assert Parliament.objects.count() == 5
    assert Article.objects.exists()
    assert Page.objects.published().count() == len(Slug)
    assert client.login(username="admin", password=password)
    assert get_user_model().objects.get().is_superuser


def test_prepare_again_changes_nothing():
    prepare()
    Parliament.objects.filter(slug="belarus").update(name_en="Corrected")
    Article.objects.all().delete()
    Page.objects.filter(slug="about").update(title_en="Changed")
    assert "password" not in prepare()
    assert Parliament.objects.get(slug="belarus").name_en == "Corrected"
    assert not Article.objects.exists()
    assert Page.objects.get(slug="about").title_en == "Changed"
    assert get_user_model().objects.count() == 1


def test_two_at_once_follow_one_another(tmp_path):
    file = tmp_path / "new.sqlite3"
    both = [
        subprocess.Popen(
            [sys.executable, "manage.py", "prepare"],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": f"sqlite:///{file}"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _each in range(2)
    ]
    said, errors = zip(*(each.communicate() for each in both), strict=True)
    assert errors == ("", "")
    assert "".join(said).count("password: ") == 1
    with closing(sqlite3.connect(file)) as made:
        assert made.execute("SELECT count(*) FROM delegations_parliament").fetchone() == (5,)
        assert made.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_database_of_another_version_is_left_alone():
    MigrationRecorder(connection).record_applied("delegations", "0002_of_another_version")
    with pytest.raises(
        CommandError, match=r"migration delegations\.0002_of_another_version, which"
    ):
        prepare()
    assert not Parliament.objects.exists()


RECORDED = """
    CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied datetime);
    INSERT INTO django_migrations (app, name, applied) VALUES ('{}', '{}', '2026-11-24');
"""


@pytest.mark.parametrize(
    ("sql", "difference"),
    [
        (
            RECORDED.format("delegations", "0003_codes"),
            "it has the migration delegations.0003_codes, which is not here",
        ),
        # The first one of an app has the same name in each version.
        (
            RECORDED.format("search", "0001_initial")
            + "CREATE TABLE search_entry (id integer, model text, object_id integer, words text);",
            "its table search_entry has no column stems",
        ),
        (
            "CREATE TABLE news_article (id integer);",
            "it has the table news_article, but not the migration that makes it",
        ),
    ],
)
def test_make_run_says_in_a_sentence_what_to_do_with_an_older_database(tmp_path, sql, difference):
    file = tmp_path / "older.sqlite3"
    with closing(sqlite3.connect(file)) as older:
        older.executescript(f"PRAGMA journal_mode = WAL; {sql}")
    before = file.read_bytes()
    done = subprocess.run(
        [sys.executable, "manage.py", "prepare"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{file}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr == (
        f"CommandError: {file} was made by another version of the site ({difference}) and was left "
        "as it is: move it away, or name another in DATABASE_URL, to start anew; "
        "docs/operations.md says how to take its facts along.\n"
    )
    assert file.read_bytes() == before
