"""How the cost of a page grows with the rows: not at all. Queries are counted, and rows, never time."""

import json
import re
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

# SQLite tells after each so many steps of its machine.
EACH = 10


def queries(client, address):
    """Return the number of queries that an address costs."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return len(captured)


def costs(client, addresses):
    """Return ``{address: queries}``, to compare before and after more rows come."""
    return {address: queries(client, address) for address in addresses}


class Counter:
    """Counts what the database does inside: steps of its machine, or the rows that it reads."""

    def __init__(self):
        self.number = 0

    def add(self, number=EACH):
        self.number += number


@contextmanager
def _steps():
    counter = Counter()
    connection.ensure_connection()
    connection.connection.set_progress_handler(counter.add, EACH)
    try:
        yield counter
    finally:
        connection.connection.set_progress_handler(None, 0)


def _rows_of(plan):
    """Return the rows that a plan has read and thrown away, with those of its parts."""
    read = sum(
        plan.get(name, 0)
        for name in ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
    )
    return plan["Actual Loops"] * read + sum(map(_rows_of, plan.get("Plans", ())))


@contextmanager
def _rows():
    counter = Counter()
    is_inside = False

    def explained(execute, sql, params, many, context):
        nonlocal is_inside
        if not is_inside and re.match(r"\s*\(*\s*(SELECT|WITH)\b", sql):
            is_inside = True
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                [answer] = cursor.fetchone()
            is_inside = False
            [plan] = json.loads(answer) if isinstance(answer, str) else answer
            counter.add(_rows_of(plan["Plan"]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explained):
        yield counter


def counted():
    """Count what the database does inside, as a ``Counter``: SQLite's steps, or rows of PostgreSQL's plans."""
    return _steps() if connection.vendor == "sqlite" else _rows()


def work(client, address):
    """Return what an address makes the database do."""
    client.get(address)
    with counted() as counter:
        assert client.get(address).status_code == 200, address
    return counter.number
