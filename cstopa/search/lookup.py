"""Which rows answer a query, asked of the index of either database."""

from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import timezone

from cstopa.search import fts5, tsvector
from cstopa.search.index import label
from cstopa.search.models import Entry
from cstopa.search.places import at, key_of, region, second
from cstopa.search.vocabulary import longer_words

# Of rows that are narrowed by something else too, so many that are found are looked through first.
LOOKED_THROUGH = 2_000
# Looked for at each of so many keys: SQLite tries every pair of them.
MOST_MOMENTS = 250
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
    sql, params = engine().regions(Asked(terms, is_any=True), models)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = {number for (number,) in cursor.fetchall()}
    return {model for model in models if region(model) in found}


def newest(query):
    """Return how ``page_of()`` takes the rows, by their moments, that answer a Query.

    The index gives the next ones in order, so that the rest need not be known. Where the rows are
    narrowed by something else, more of them are looked through, and at last all.
    """

    asked = Asked(query.wanted, query.unwanted)

    def take(rows, number, border=None, forward=True):
        # One more: the row at the border may come along.
        for limit in (number + 1, 10 * number, LOOKED_THROUGH):
            keys, is_all = _next_keys(asked, border, forward, limit)
            found = list(_with_keys(rows, keys)[:number]) if keys else []
            if is_all or len(found) == number:
                return found
        return list(rows.matching(query)[:number])

    return take


def _with_keys(rows, keys):
    """Return those of ordered rows that have one of the keys."""
    own, _key = rows.model._meta.ordering
    moment, key = (name.removeprefix("-") for name in rows.query.order_by or (own, _key))
    found = rows.filter(**{f"{key}__in": keys})
    if moment == own.removeprefix("-") or len(keys) > MOST_MOMENTS:
        return found
    # Of a list that is joined SQLite would read all; with moments it enters the index at each.
    same = rows.model._base_manager.order_by().filter(pk__in=keys)
    return found.filter(**{f"{moment}__in": same.values(own.removeprefix("-"))})


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
