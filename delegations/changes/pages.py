"""Versions of several kinds in one order, the last recorded first, whole or page by page."""

from datetime import datetime
from operator import attrgetter

from django.core import signing
from django.db.models import Q

from cstopa.http.pagination import Page
from delegations.changes.querysets import MODELS

SIZE = 20
RANK = {kind: rank for rank, kind in enumerate(MODELS)}
# No two versions share all of it.
position_of = attrgetter("history_date", "rank", "history_id")


def taken_from(tables, narrow=lambda versions, rank: versions):
    """Return the versions of each kind, which know it as ``kind_of_fact``."""
    taken = []
    for kind, versions in tables.items():
        for version in narrow(versions, RANK[kind]):
            version.kind_of_fact, version.rank = kind, RANK[kind]
            taken.append(version)
    return taken


def whole(tables):
    """Return all the versions of ``tables``, ``{kind: versions}``, the last recorded first."""
    return sorted(taken_from(tables), key=position_of, reverse=True)


def page_of(tables, position="", size=SIZE):
    """Return the Page of ``tables`` at a position that another Page gave.

    Each table is asked for as many versions as one page has.
    """
    # Signed, so that what comes back is a position in this very list, and no other value.
    signer = signing.Signer(sep=".", salt="changes")

    def versions(border=None, forward=True):
        def narrow(rows, rank):
            if not forward:
                rows = rows.order_by("history_date", "history_id")
            if border:
                rows = rows.filter(beyond(rank, border, forward))
            return rows[: size + 1]

        found = sorted(taken_from(tables, narrow), key=position_of, reverse=forward)
        return found[: size + 1]

    def position_at(version, forward):
        moment, *numbers = position_of(version)
        return signer.sign_object([forward, moment.isoformat(), *numbers])

    def page(rows, previous=None, **found):
        following = position_at(rows[size - 1], True) if len(rows) > size else None
        return Page(rows[:size], previous, following, **found)

    if not position:
        return page(versions())
    try:
        forward, moment, *numbers = signer.unsign_object(position)
    except (signing.BadSignature, ValueError):
        return page(versions(), is_misread=True)
    rows = versions((datetime.fromisoformat(moment), *numbers), forward)
    if forward:
        return page(rows, position_at(rows[0], False) if rows else None)
    if len(rows) <= size:
        # The first page is always a full one.
        return page(versions())
    rows = rows[:size][::-1]
    return Page(rows, position_at(rows[0], False), position_at(rows[-1], True))


def beyond(rank, border, forward):
    """Return the condition that versions of a rank come after the border, or before it."""
    moment, border_rank, number = border
    later = "lt" if forward else "gt"
    if rank == border_rank:
        # "Not before it" is implied, and lets the database start inside the index.
        return Q(**{f"history_date__{later}e": moment}) & (
            Q(**{f"history_date__{later}": moment}) | Q(**{f"history_id__{later}": number})
        )
    or_same = "" if (rank > border_rank) == forward else "e"
    return Q(**{f"history_date__{later}{or_same}": moment})
