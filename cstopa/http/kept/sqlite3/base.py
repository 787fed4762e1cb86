"""Django's backend for SQLite, which raises the version of the site."""

from itertools import islice

from django.db.backends.sqlite3 import base

from cstopa.http.kept.writes import READ, RaisesVersion


class Cursor(base.SQLiteCursorWrapper):
    """Can read at once the rows of ``RETURNING``: until then SQLite refuses to commit."""

    _rows = None

    def hold_rows(self):
        if self.description:
            self._rows = iter(super().fetchall())

    def execute(self, *args):
        self._rows = None
        return super().execute(*args)

    def __iter__(self):
        return super().__iter__() if self._rows is None else self._rows

    def fetchone(self):
        return super().fetchone() if self._rows is None else next(self._rows, None)

    def fetchmany(self, size=1):
        return super().fetchmany(size) if self._rows is None else list(islice(self._rows, size))

    def fetchall(self):
        return super().fetchall() if self._rows is None else list(self._rows)


class DatabaseWrapper(RaisesVersion, base.DatabaseWrapper):
    def create_cursor(self, name=None):
        return self.connection.cursor(factory=Cursor)

    def finish(self, cursor):
        cursor.cursor.hold_rows()

    def _token(self):
        row = self.connection.execute(READ).fetchone()
        return row and row[0]
