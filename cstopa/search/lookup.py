"""Which rows answer a query, asked of the index of either database."""

from django.db import connection
from django.db.models.expressions import RawSQL

from cstopa.search import fts5, tsvector
from cstopa.search.index import label
from cstopa.search.models import Entry

LATEST_PLACE = (1 << 63) - 1


def engine():
    return fts5 if connection.vendor == "sqlite" else tsvector


def entries(wanted, unwanted, model, unfinished=False):
    """Return the entries of a model that hold all wanted Terms, and none of the unwanted.

    ``unfinished``: for the desk, also words that no page shows yet, and of a word that somebody
    is still typing any beginning.
    """
    places = RawSQL(*engine().places(wanted, unwanted, model, unfinished))
    return Entry.objects.filter(model=label(model), id__in=places)
