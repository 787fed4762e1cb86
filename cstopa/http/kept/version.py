"""The version of the site."""

from django.db import connection, connections


def current():
    """Return what is other after each write of anything public, or None where nobody knows."""
    return connection.version()


def after_migrations(using, **_kwargs):
    """Have a version from the start, and another one with other tables."""
    with connections[using].cursor() as cursor:
        connections[using].raise_version(cursor)


def begun(**_kwargs):
    for each in connections.all():
        each.in_request(True)


def ended(**_kwargs):
    for each in connections.all():
        each.in_request(False)
