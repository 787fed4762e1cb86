import sqlite3

import pytest
from django.core import checks
from django.db import connection


@pytest.mark.django_db
def test_an_sqlite_without_full_text_search_is_told(monkeypatch):
    assert not [each for each in checks.run_checks() if each.id == "search.E001"]

    def refuse(*_args):
        connection = sqlite3.Connection(":memory:")
        connection.set_authorizer(lambda action, *_what: action == sqlite3.SQLITE_CREATE_VTABLE)
        return connection

    monkeypatch.setattr(sqlite3, "connect", refuse)
    found = [each.id for each in checks.run_checks() if each.id == "search.E001"]
    assert found == ["search.E001"] * (connection.vendor == "sqlite")
