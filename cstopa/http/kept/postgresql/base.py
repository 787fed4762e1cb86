"""Django's backend for PostgreSQL, which raises the version of the site."""

from django.db.backends.postgresql import base

from cstopa.http.kept.writes import RaisesVersion


class DatabaseWrapper(RaisesVersion, base.DatabaseWrapper):
    pass
