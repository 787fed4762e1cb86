"""All the rows of the invented assembly."""

import random

import time_machine
from django.db import connection, transaction

from tests.demo.history import history
from tests.demo.news import news, written_pages
from tests.demo.record import Record

SEED = "Amber Road"
# By it the database is known as one of these.
MARK = "invented"


def fill():
    """Make all rows, or none."""
    record = Record(random.Random(SEED))
    history(record)
    news(record)
    written_pages(record)
    with transaction.atomic(), time_machine.travel(record.first, tick=False) as clock:
        record.play(clock)
    # A database that nobody has told how many rows there are reads every row for each of them.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
