import sqlite3
from contextlib import closing

from django.core.checks import Error
from django.db import connection


def has_full_text_search(**_kwargs):
    """Say it before a migration fails: the index is a table of FTS5."""
    if connection.vendor != "sqlite":
        return []
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE entries USING fts5(words)")
        except sqlite3.DatabaseError:
            return [
                Error(
                    "The SQLite of this Python was built without FTS5, which the search needs.",
                    hint="Use another Python, such as that of Debian, python.org or uv, "
                    "or PostgreSQL (DATABASE_URL).",
                    id="search.E001",
                )
            ]
    return []
