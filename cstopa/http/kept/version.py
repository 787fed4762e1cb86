"""Reads the version of the site."""

from django.db import Error, connection, connections

from cstopa.http.kept.writes import VERSION

READ = f"SELECT token FROM {VERSION}"


def current():
    """Return what is other after each write of anything public, or None where nobody knows.

    Inside a transaction that has written, what this connection sees has no version yet.
    """
    if connection.has_written:
        return None
    try:
        row = _row()
    except Error:
        # Whether the page can do without a database it knows itself.
        return None
    return row and row[0]


def _row():
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return cursor.fetchone()


def after_migrations(using, **_kwargs):
    """Have a version from the start, and another one with other tables."""
    with connections[using].cursor() as cursor:
        connections[using].raise_version(cursor)
