"""What changed since a moment, from the versions: rows that are new or other, and those that went."""

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Greatest

from cstopa.opendata.schemas import json_value


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
        # Found by their indexes, those that may be among them: a moment is a version's, or that of
        # the publication of what is public now.
        written = history.order_by().filter(history_date__gte=since).values("id")
        published = resource.queryset().order_by().filter(published_at__gte=since).values("pk")
        last = last.filter(id__in=written.union(published), moment__gte=since)
    return last.order_by("moment", "history_id")


def gone(version):
    """Return what is said of a row that is public no more."""
    return {"code": version.code, "deleted": True, "deleted_at": json_value(version.moment)}


def was_seen(resource, code):
    """Return whether the public ever saw a row with this code."""
    seen, history = resource.seen, resource.model._meta.concrete_model.history
    return (seen() if seen else history).filter(code=code).exists()
