"""Where the corpora are: they stay under ``var/bench/``, and a new migration comes upon them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests import postgres

BASE = Path(__file__).resolve().parent.parent
FOLDER = BASE / "var" / "bench"


def environment(database, **others):
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "cstopa.settings",
        "DEBUG": "",
        "SECRET_KEY": "for the bench, which signs nothing that anyone trusts",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "http://127.0.0.1",
        "STATIC_ROOT": str(FOLDER / "static"),
        "DATABASE_URL": database,
        **others,
    }


def python(database, *command, **others):
    """Run a command on a database."""
    command = [sys.executable, *command]
    if subprocess.run(command, cwd=BASE, env=environment(database, **others)).returncode:
        sys.exit(f"Not measured: {' '.join(command)} failed.")


class SQLite:
    """Databases that are files."""

    def __init__(self, stack):
        self.processes = ()

    def address(self, name):
        return f"sqlite:///{FOLDER / name}.sqlite3"

    def has(self, name):
        return (FOLDER / f"{name}.sqlite3").exists()

    def create(self, name, source=None):
        # With the log of one that was broken off.
        for file in FOLDER.glob(f"{name}.sqlite3*"):
            file.unlink()
        if source:
            shutil.copy(FOLDER / f"{source}.sqlite3", FOLDER / f"{name}.sqlite3")

    def rename(self, name, as_what):
        (FOLDER / f"{name}.sqlite3").rename(FOLDER / f"{as_what}.sqlite3")


class PostgreSQL:
    """Databases of a server that runs as long as the bench; its data stay."""

    def __init__(self, stack):
        import psycopg

        data = FOLDER / "postgresql"
        self.parts = urlsplit(stack.enter_context(postgres.server(data)))
        self.connection = psycopg.connect(urlunsplit(self.parts), autocommit=True)
        self.processes = (int((data / "postmaster.pid").read_text().split()[0]),)

    def address(self, name):
        return urlunsplit(self.parts._replace(path=f"/{name}"))

    def has(self, name):
        return bool(
            self.connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [name]
            ).fetchone()
        )

    def create(self, name, source="template1"):
        self.connection.execute(f"DROP DATABASE IF EXISTS {name}")
        self.connection.execute(f"CREATE DATABASE {name} TEMPLATE {source}")
        # An index of all texts takes a while.
        for setting in ("statement_timeout = 0", "maintenance_work_mem = '1GB'"):
            self.connection.execute(f"ALTER DATABASE {name} SET {setting}")

    def rename(self, name, as_what):
        self.connection.execute(f"ALTER DATABASE {name} RENAME TO {as_what}")


DATABASES = {"sqlite": SQLite, "postgresql": PostgreSQL}


def build(databases, size):
    """Return the address of a database with so many articles, made where it is not there."""

    def migrate(name):
        python(databases.address(name), "manage.py", "migrate", "--verbosity=0")

    name = f"articles_{size}"
    if databases.has(name):
        migrate(name)
        return databases.address(name)
    if not databases.has("facts"):
        databases.create("facts_begun")
        migrate("facts_begun")
        python(databases.address("facts_begun"), "-m", "bench.corpus", "facts")
        databases.rename("facts_begun", "facts")
    begun = f"{name}_begun"
    databases.create(begun, "facts")
    migrate(begun)
    address = databases.address(begun)
    python(address, "-m", "bench.corpus", str(size))
    python(address, "-m", "bench.plain.fill", DJANGO_SETTINGS_MODULE="bench.plain.settings")
    databases.rename(begun, name)
    return databases.address(name)


def addresses(database):
    """Return ``{name: address}`` of what is measured there."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.corpus", "addresses"],
        cwd=BASE,
        env=environment(database),
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)
