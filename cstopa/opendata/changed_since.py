"""What changed since a moment, from the versions: rows that are new or other, and those that went."""

from functools import partial

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Greatest

from cstopa.http.pagination import first_rows, page_of
from cstopa.opendata.schemas import json_value

# Of more, such as were written at one moment, all are sorted.
MANY = 5_000


def last_seen(resource, since):
    """Return the last version of each row that the public saw, where it came or went since.

    ``moment``: that of the version, of its publication where this came later, or of its end where
    the public sees the row no more.
    """
    seen, history = resource.seen, resource.model._meta.concrete_model.history
    versions = seen() if seen else history.all()
    later = versions.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    last = versions.filter(~Exists(later))
    if seen is None:
        # The column itself, which has an index.
        last = last.annotate(moment=F("history_date")).filter(history_date__gte=since)
    else:
        is_public = Q(replaced__isnull=True) & ~Q(history_type="-")
        came = Greatest("history_date", "published_at")
        last = last.annotate(moment=Case(When(is_public, then=came), default=F("until")))
        last = last.filter(moment__gte=since)
    return last.order_by("moment", "history_id")


def page_since(resource, since, position, size):
    """Return the Page of ``last_seen()`` at a position."""
    take = partial(first_seen, resource, since) if resource.seen else first_rows
    versions = last_seen(resource, since)
    return page_of(versions, position, size, never_empty=False, take=take)


def first_seen(resource, since, versions, number, border=None, forward=True):
    """Return so many of ``last_seen()``, without working out the moment of every row there is.

    A moment is that of a version, or of the publication of what is public now: of both the first
    are read in order, by their indexes, and no row that comes before the last of them is another.
    """
    start, some = border[0] if border else since, number
    written = resource.model._meta.concrete_model.history.filter(history_date__gte=start)
    published = resource.queryset().filter(published_at__gte=start)
    while some < MANY:
        some *= 4
        moments = [
            list(rows.order_by(name).values_list("id", name)[:some])
            for rows, name in ((written, "history_date"), (published, "published_at"))
        ]
        rows = versions.filter(id__in={key for part in moments for key, _moment in part})
        ends = [part[-1][1] for part in moments if len(part) == some]
        if ends:
            rows = rows.filter(moment__lt=min(ends))
        found = first_rows(rows, number)
        if len(found) == number or not ends:
            return found
    return first_rows(versions, number)


def gone(version):
    """Return what is said of a row that is public no more."""
    return {"code": version.code, "deleted": True, "deleted_at": json_value(version.moment)}


def was_seen(resource, code):
    """Return whether the public ever saw a row with this code."""
    seen, history = resource.seen, resource.model._meta.concrete_model.history
    return (seen() if seen else history).filter(code=code).exists()
