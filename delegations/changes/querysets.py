"""Which versions of which rows say something new about what was so, and in what way."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import FETCH_RAISE, Case, F, Func, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from delegations.models import Chamber, DatedFact, Parliament
from delegations.models.facts import fact_models

# What a fact refers to comes before the fact.
MODELS = {"parliament": Parliament, "chamber": Chamber} | fact_models()
PERIOD = ("valid_from", "valid_to", "valid_to_is_latest")


class Change(models.TextChoices):
    """What a version did. ``EVIDENCE``: it follows another source, and says the same."""

    RECORDED = "recorded", _("Recorded")
    ENDED = "ended", _("End recorded")
    COMPLETED = "completed", _("Completed")
    CORRECTED = "corrected", _("Corrected")
    REMOVED = "removed", _("Removed")
    EVIDENCE = "evidence", _("Source replaced")


class Differs(Func):
    """Whether two values differ, of which NULL is one."""

    output_field = models.BooleanField()
    template = "(%(expressions)s)"
    arg_joiner = " IS DISTINCT FROM "

    def as_sqlite(self, compiler, connection, **context):
        # SQLite has the words of the standard only since 3.39.
        return self.as_sql(compiler, connection, arg_joiner=" IS NOT ", **context)


def states(kind):
    """Return the columns that say what was so, beside the period."""
    if kind == "parliament":
        return ("name_en", "name_ru", "state_en", "state_ru")
    return MODELS[kind].value_columns()


def columns(kind):
    """Return the columns that say what was so and when."""
    return (*states(kind), *(PERIOD if issubclass(MODELS[kind], DatedFact) else ()))


def versions(kind, parliament=None, evidence=False):
    """Return the versions of the log, the last recorded first; those of one parliament's rows only.

    Each has ``change``, and ``was_…`` for every column of the version before it. Versions that do
    no more than replace the source are in it with ``evidence``; those that were made by a check, or
    by a new address of a website, never are.
    """
    history = MODELS[kind].history
    earlier = history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    dated = "valid_to" in columns(kind)
    kept = (*columns(kind), "history_id", *(["source_id"] if dated else []))
    rows = history.annotate(
        **{
            f"was_{name}": Subquery(earlier.order_by("-history_id").values(name)[:1])
            for name in kept
        }
    )
    says_new = Q(history_type__in=("+", "-")) | any_differs(columns(kind))
    changes = [
        When(history_type="-", then=Value(Change.REMOVED)),
        When(Q(history_type="+") | Q(was_history_id=None), then=Value(Change.RECORDED)),
        When(Q(is_correction=True) | overwritten(kind), then=Value(Change.CORRECTED)),
    ]
    if dated:
        # An end that was decided may come sooner, by a change and no correction.
        ends = Q(was_valid_to=None, valid_to__isnull=False) | Q(
            was_valid_to_is_latest=False, valid_to__lt=F("was_valid_to")
        )
        changes.append(When(ends, then=Value(Change.ENDED)))
    changes.append(When(says_new, then=Value(Change.COMPLETED)))
    if parliament is not None:
        rows = rows.filter(id__in=once_of(parliament, kind))
    return (
        rows.filter(says_new | any_differs(["source_id"]) if evidence and dated else says_new)
        .annotate(
            change=Case(*changes, default=Value(Change.EVIDENCE), output_field=models.CharField())
        )
        .order_by("-history_date", "-history_id")
        .fetch_mode(FETCH_RAISE)
    )


def any_differs(names):
    return reduce(or_, (Q(Differs(F(f"was_{name}"), F(name))) for name in names))


def overwritten(kind):
    """Return the condition that something which was known is said otherwise.

    Versions that are older than ``is_correction``, and those of a parliament, do not say so.
    """
    conditions = []
    for name in states(kind):
        field = MODELS[kind]._meta.get_field(name)
        known = Q(**{f"was_{name}__isnull": False})
        if field.empty_strings_allowed and not field.is_relation:
            known &= ~Q(**{f"was_{name}": ""})
        conditions.append(known & Q(Differs(F(f"was_{name}"), F(name))))
    return reduce(or_, conditions)


def once_of(parliament, kind):
    """Return the keys of the rows that belong to a parliament, or did in any version."""
    if kind == "parliament":
        return [parliament.pk]
    rows = MODELS[kind].history.order_by()
    names = {field.name for field in MODELS[kind]._meta.fields}
    if "chamber" in names:
        return rows.filter(chamber_id__in=once_of(parliament, "chamber")).values("id")
    return rows.filter(parliament_id=parliament.pk).values("id")
