"""Which rows answer a query, asked of the index of either database."""

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import timezone

from cstopa.search import fts5, tsvector
from cstopa.search.index import label
from cstopa.search.models import Entry
from cstopa.search.places import at, key_of, second

# Of rows that are narrowed by something else too, so many that are found are looked through first.
LOOKED_THROUGH = 2_000
EVERY = 1 << 62


def engine():
    return fts5 if connection.vendor == "sqlite" else tsvector


def entries(wanted, unwanted, model, unfinished=False):
    """Return the entries of a model that hold all wanted Terms, and none of the unwanted.

    ``unfinished``: for the desk, also words that no page shows yet, and of a word that somebody
    is still typing any beginning.
    """
    places = RawSQL(*engine().places(wanted, unwanted, model, unfinished))
    return Entry.objects.filter(model=label(model), id__in=places)


def newest(query):
    """Return how ``page_of()`` takes the rows, by their moments, that answer a Query.

    The index gives the next ones in order, so that the rest need not be known. Where the rows are
    narrowed by something else, more of them are looked through, and at last all.
    """

    def take(rows, number, border=None, forward=True):
        for limit in (number, LOOKED_THROUGH):
            keys, is_all = _next_keys(query, border, forward, limit)
            found = list(rows.filter(pk__in=keys)[:number])
            if is_all or len(found) == number:
                return found
        return list(rows.matching(query)[:number])

    return take


def _next_keys(query, border, forward, limit):
    """Return ``(keys, whether these are all)`` of the rows that come next: ``limit``, or a few more.

    A place knows the second alone, so that of the last one all are taken.
    """
    now = second(at(timezone.now()))[1]
    if border is None:
        start, end = 1, now
    elif forward and not border[0].microsecond:
        start, end = 1, at(border[0]) | border[1]
    elif forward:
        start, end = 1, second(at(border[0]))[1]
    else:
        start, end = second(at(border[0]))[0], now
    with connection.cursor() as cursor:

        def places(start, end, limit):
            next_places = engine().next_places
            return next_places(cursor, query, start, end, limit, newest_first=forward)

        found = places(start, end, limit + 1)
        is_all = len(found) <= limit
        if not is_all:
            *found, further = found
            first, last = second(found[-1])
            if first <= further <= last:
                found += places(*((first, further) if forward else (further, last)), EVERY)
    return [key_of(place) for place in found], is_all
