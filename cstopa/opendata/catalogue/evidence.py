"""The documents that facts follow, and those beside them."""

from django.db.models import FETCH_RAISE
from django.utils.translation import gettext_lazy as _

from cstopa.opendata.fields import (
    ADDRESS,
    CODE,
    DAY,
    YES_OR_NO,
    Field,
    InEachLanguage,
    Record,
    Scalar,
    optional,
)
from cstopa.opendata.resources import CHANGED_AT, CODE_FIELD, SOURCE, Resource, with_changed_at
from delegations.models import FurtherSource, Source
from delegations.models.facts import fact_models

# The resource of each kind of fact, by the name of the column.
ABOUT = {
    "allocation": "allocations",
    "chamber": "chambers",
    "chamber_name": "chamber-names",
    "membership": "memberships",
    "office": "offices",
    "parliament_name": "parliament-names",
    "participation": "participations",
    "role": "roles",
    "roster": "rosters",
}
DOCUMENT = (
    Field("source", SOURCE, "The further document."),
    Field("differs", YES_OR_NO, "Whether it says something else than the source that is followed."),
    Field("says", InEachLanguage(), "What it says; null where it says just what the fact does."),
    Field("why", InEachLanguage(), "Why the other source is followed, where it differs."),
    Field("checked_on", optional(DAY), "The day on which it was last read; null if not known."),
)
EVIDENCE = Record((Field("code", CODE, "Its code."), *DOCUMENT))

SOURCES = Resource(
    "sources",
    "Source",
    _("Documents that facts follow."),
    Source,
    (
        CODE_FIELD,
        Field("title", InEachLanguage(), "Its title."),
        Field("publisher", InEachLanguage(), "Who published it."),
        Field("url", optional(ADDRESS), "Its address; null where it is not known."),
        Field("published_on", optional(DAY), "Its date; null where it has none."),
        Field("read_on", optional(DAY), "The day on which it was read; null if not known."),
        CHANGED_AT,
    ),
    lambda _day: with_changed_at(Source.objects.all()),
    is_as_of_day=False,
)


def further_sources(_day):
    rows = FurtherSource.objects.fetch_mode(FETCH_RAISE).select_related("source", *fact_models())
    return with_changed_at(rows)


def resource_of(row):
    return ABOUT[next(name for name in fact_models() if getattr(row, f"{name}_id") is not None)]


FURTHER_SOURCES = Resource(
    "further-sources",
    "FurtherSource",
    _("Documents about a fact beside the one that it follows."),
    FurtherSource,
    (
        CODE_FIELD,
        Field(
            "resource",
            Scalar("string", choices=tuple(ABOUT.values())),
            "The resource that has the fact.",
            resource_of,
        ),
        Field("fact", CODE, "The code of the fact.", lambda row: row.fact.code),
        *DOCUMENT,
        CHANGED_AT,
    ),
    further_sources,
    is_as_of_day=False,
)
