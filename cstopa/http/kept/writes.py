"""What our database backends add to Django's: a write of anything public raises the site's version.

It is raised just before the commit: others who write wait for that moment alone, and it is visible
together with what was written or not at all. A statement without a transaction is given one.
"""

import re
from uuid import uuid4

from django.db import Error, transaction

VERSION = "kept_siteversion"
READ = f"SELECT token FROM {VERSION}"
RAISE = (
    f"INSERT INTO {VERSION} (id, token) VALUES (1, %s) "
    "ON CONFLICT (id) DO UPDATE SET token = excluded.token"
)

# What no public page shows: who works here, what they have not saved or wait for, and what Django notes for
# itself.
PRIVATE = (
    *("account_", "accounts_", "archive_oldaddress", "auth_", "django_", "documents_upload"),
    *("library_upload", "mfa_", "publishing_", "working_copies_"),
    VERSION,
)
ROWS = re.compile(
    r"\s*(?:(?:INSERT|REPLACE)(?:\s+OR\s+\w+)?\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)"
    r'\s+(?:ONLY\s+)?"?(\w+)',
    re.IGNORECASE,
)
WORD = re.compile(r"[\s(]*(\w*)")
READING = {
    *(
        "SELECT",
        "VALUES",
        "SHOW",
        "PRAGMA",
        "DECLARE",
        "FETCH",
        "MOVE",
        "CLOSE",
        "ATTACH",
        "DETACH",
    ),
    *("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET", "LOCK", "ANALYZE", "VACUUM"),
}
# They change no row that a page shows, and some of them refuse to stand in a transaction.
OF_TABLES = {"CREATE", "ALTER", "DROP", "REINDEX", "COMMENT"}
# What may have any statement inside.
AROUND = {"WITH", "EXPLAIN"}
INSIDE = re.compile(r"\b(?:INSERT|UPDATE|DELETE|MERGE)\b", re.IGNORECASE)


def first_word(sql):
    return WORD.match(sql)[1].upper() if isinstance(sql, str) else ""


def writes(sql):
    """Return whether a statement may change what is public: what is not known to read does."""
    word = first_word(sql)
    if word in READING or word in OF_TABLES:
        return False
    if rows := word and ROWS.match(sql):
        return not rows[1].lower().startswith(PRIVATE)
    return word not in AROUND or bool(INSIDE.search(sql))


class RaisesVersion:
    """A database wrapper that knows whether it has written what is not committed yet."""

    has_written = False
    # Not before the migration that makes its table.
    _has_version = False
    # A request reads the version once, before any row; what is outside of requests has no end, and
    # reads it each time.
    _is_in_request, _version_of_request = False, None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._execute)

    def _execute(self, execute, sql, params, many, context):
        if not writes(sql):
            if first_word(sql) in OF_TABLES:
                self._has_version = False
            return execute(sql, params, many, context)
        if self.in_atomic_block or not self.get_autocommit():
            self.has_written = True
            return execute(sql, params, many, context)
        with transaction.atomic(self.alias):
            self.has_written = True
            answer = execute(sql, params, many, context)
            self.finish(context["cursor"])
            return answer

    def finish(self, cursor):
        """Let a statement end whose rows are still to be read, where a commit needs that."""

    def _commit(self):
        if self.has_written:
            with self.cursor() as cursor:
                self.raise_version(cursor)
            self._version_of_request = None
        super()._commit()
        self.has_written = False

    def raise_version(self, cursor):
        if not self._has_version:
            self._has_version = VERSION in self.introspection.table_names(cursor)
        if self._has_version:
            cursor.execute(RAISE, [uuid4().hex])

    def version(self):
        """Return the token of the version, or None where there is none, or no database to ask.

        Inside a transaction that has written, what is seen has no version yet. It is read with
        each answer, so by the driver alone, and is the check whether a kept connection still stands.
        """
        if self.has_written:
            return None
        if self._is_in_request and self._version_of_request is not None:
            return self._version_of_request
        try:
            with self.wrap_database_errors:
                token = self._version_again() if self.connection is None else self._version()
        except Error:
            return None
        self._version_of_request = token
        return token

    def in_request(self, is_in_request):
        """Say that a request begins, or that it has ended."""
        self._is_in_request, self._version_of_request = is_in_request, None

    def _version(self):
        try:
            token = self._token()
        except self.Database.Error:
            if self.in_atomic_block:
                raise
            self.close()
            return self._version_again()
        self.health_check_done = True
        return token

    def _version_again(self):
        self.ensure_connection()
        return self._token()

    def _rollback(self):
        super()._rollback()
        self.has_written = False

    def connect(self):
        super().connect()
        self.has_written = False
