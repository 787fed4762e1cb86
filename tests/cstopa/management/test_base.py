"""A command that meets a database out of order says so in a sentence."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings


def said(file, *command):
    """Return what a command that must fail says of the file that is to be its database."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{file}"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "prepare",
        "rebuild_archive",
        "rebuild_changes",
        "rebuild_order",
        "rebuild_search",
        "import_rows",
    ],
)
def test_each_command_says_why_it_is_not_done(tmp_path, command):
    (tmp_path / "table.csv").write_text("slug,family_name_en\nann,Example")
    table = ["delegations.person", tmp_path / "table.csv"] if command == "import_rows" else []
    # No false reason: the system checks take a file that is not opened for one that knows no JSON.
    assert said(tmp_path, command, *table) == (
        f"CommandError: Not done: the database {tmp_path} says “unable to open database file”.\n"
    )


FOREIGN = "CREATE TABLE django_migrations (number integer);"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no database\n" * 100, "file is not a database"),
        (..., "database disk image is malformed"),
        (FOREIGN, "no such column: django_migrations.id"),
    ],
)
def test_a_file_that_is_no_database_of_the_site_is_left_as_it_is(tmp_path, content, words):
    file = tmp_path / "other.sqlite3"
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        with closing(sqlite3.connect(file)) as other:
            other.executescript(f"PRAGMA journal_mode = WAL; {FOREIGN}")
        if content is ...:
            file.write_bytes(file.read_bytes()[:4096])
    before = file.read_bytes()
    assert said(file, "prepare") == f"CommandError: Not done: the database {file} says “{words}”.\n"
    assert file.read_bytes() == before
