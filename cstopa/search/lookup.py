"""Which rows answer a query, asked of the index of either database."""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import timezone

from cstopa.search import fts5, tsvector
from cstopa.search.index import label
from cstopa.search.models import Entry
from cstopa.search.places import at, key_of, second
from cstopa.search.vocabulary import longer_words

# Of rows that are narrowed by something else too, so many that are found are looked through first.
LOOKED_THROUGH = 2_000
EVERY = 1 << 62


def engine():
    return fts5 if connection.vendor == "sqlite" else tsvector


@dataclass(frozen=True)
class Asked:
    """What the index is asked: Terms of which all are wanted, or any, and Terms that are not.

    ``unfinished``: for the desk, also words that no page shows yet, and of a word that somebody
    is still typing any beginning.
    """

    wanted: list
    unwanted: list = ()
    unfinished: bool = False
    is_any: bool = False

    @cached_property
    def longer(self):
        return longer_words([*self.wanted, *self.unwanted], self.unfinished)


def entries(asked, model):
    """Return the entries of a model that hold what is Asked."""
    return Entry.objects.filter(model=label(model), id__in=RawSQL(*engine().places(asked, model)))


def newest_keys(asked, model, limit):
    """Return keys of a dated model's rows that hold what is Asked.

    The newest, so many at most, and as many of those that have no moment.
    """
    with connection.cursor() as cursor:
        found = engine().next_places(cursor, asked, 1, EVERY, limit, newest_first=True)
        sql, params = engine().places(asked, model, of_a_moment=False)
        cursor.execute(f"{sql} LIMIT %s", [*params, limit])
        return [key_of(place) for place in (*found, *(place for (place,) in cursor.fetchall()))]


def models_with(terms, models):
    """Return those of the models, none of them dated, some of whose entries may hold one of the Terms."""
    asked = Asked(terms, is_any=True)
    sql, params = zip(*(engine().places(asked, model) for model in models), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(f'EXISTS({each})' for each in sql)}", [*chain.from_iterable(params)]
        )
        [found] = cursor.fetchall()
    return {model for model, is_there in zip(models, found, strict=True) if is_there}


def newest(query):
    """Return how ``page_of()`` takes the rows, by their moments, that answer a Query.

    The index gives the next ones in order, so that the rest need not be known. Where the rows are
    narrowed by something else, more of them are looked through, and at last all.
    """

    asked = Asked(query.wanted, query.unwanted)

    def take(rows, number, border=None, forward=True):
        for limit in (number, LOOKED_THROUGH):
            keys, is_all = _next_keys(asked, border, forward, limit)
            found = list(rows.filter(pk__in=keys)[:number]) if keys else []
            if is_all or len(found) == number:
                return found
        return list(rows.matching(query)[:number])

    return take


def _next_keys(asked, border, forward, limit):
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
            return next_places(cursor, asked, start, end, limit, newest_first=forward)

        found = places(start, end, limit + 1)
        is_all = len(found) <= limit
        if not is_all:
            *found, further = found
            first, last = second(found[-1])
            if first <= further <= last:
                found += places(*((first, further) if forward else (further, last)), EVERY)
    return [key_of(place) for place in found], is_all
