"""What is released stays: no migration of it is edited, and its database is brought along."""

import os
import subprocess
import sys
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests import releases
from tests.conftest import database_url

each_release = pytest.mark.parametrize("name", releases.names())


@pytest.mark.django_db
def test_the_migrations_make_what_the_models_say():
    call_command("makemigrations", check_changes=True, dry_run=True)


@each_release
def test_a_released_migration_is_never_edited(name):
    today = releases.digests()
    released = releases.read(name)["migrations"]
    edited = [file for file, digest in released.items() if today.get(file) != digest]
    assert not edited, f"Released as {name}: put these back as they were, and add a new migration."


@pytest.fixture
def empty_database(tmp_path, django_db_blocker):
    """The address of a database of its own, on the server of the tests."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/release.sqlite3"
        return
    name = f"release_{uuid4().hex}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield database_url(name)
        cursor.execute(f"DROP DATABASE {name}")


@each_release
def test_a_filled_database_of_a_release_keeps_every_row_and_address(name, empty_database):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "tests.releases", "upgrade", name],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": empty_database},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
