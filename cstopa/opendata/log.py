"""What the OpenAPI document says of the log of changes, whose addresses are beside its pages."""

from django.conf import settings
from django.urls import get_script_prefix

from cstopa.opendata.operations import (
    ADDRESS,
    TEXT,
    list_of,
    ok,
    operation,
    or_null,
    parameter,
    record,
    reference,
)
from delegations.changes.querysets import MODELS, Change

DAY = {"type": "string", "format": "date"}
NUMBER = {"type": ["integer", "null"]}
KIND = {"enum": [*MODELS]}
CHANGE = {"enum": Change.values}
WORDS = record(en={"type": ["string", "null"]}, ru={"type": ["string", "null"]})
# Each kind of fact has columns of its own.
VALUES = {
    "type": "object",
    "additionalProperties": {"type": ["string", "integer", "boolean", "null"]},
}
SOURCE = {"code": TEXT, "title": WORDS, "url": or_null(ADDRESS)}
NARROWED = [
    parameter("kind", KIND, "Only entries about this kind of fact."),
    parameter("change", CHANGE, "Only entries of this kind."),
    parameter("from", DAY, "Only what was recorded on this day, which is Moscow's, or later."),
    parameter("to", DAY, "Only what was recorded on this day, which is Moscow's, or before."),
]
OF_DAYS = [
    parameter("date", DAY, "The day that is told of; today without it."),
    parameter("recorded", DAY, "The day up to whose end it was recorded; today without it."),
]
SCHEMAS = {
    "Entry": record(
        id=TEXT,
        kind=KIND,
        code=TEXT,
        number={"type": "integer"},
        change=CHANGE,
        recorded_at={"type": "string", "format": "date-time"},
        delegation={"type": ["string", "null"]},
        in_words=WORDS,
        values=VALUES,
        before=or_null(VALUES),
        reason=TEXT,
        source=or_null(record(**SOURCE)),
        ended_by=list_of(record(**SOURCE, says=WORDS)),
    ),
    "EntryPage": record(entries=list_of(reference("Entry")), next=or_null(ADDRESS)),
    "OnRecord": record(
        delegation=TEXT,
        date=DAY,
        recorded_up_to=DAY,
        is_on_record={"type": "boolean"},
        name=or_null(WORDS),
        seats=NUMBER,
        members=NUMBER,
        vacant=NUMBER,
        unrecorded=NUMBER,
        facts={
            "type": "object",
            "propertyNames": KIND,
            "additionalProperties": {"type": "object", "additionalProperties": VALUES},
        },
    ),
}


def paths():
    found = {}
    for start, name, of, given in (
        ("/changes/", "changes", "", {}),
        (
            "/delegations/{slug}/changes/",
            "delegation-changes",
            " of a delegation",
            {"problems": (404, 410), "in_path": ["slug"]},
        ),
    ):
        found[f"{start}changes.json"] = operation(
            name,
            f"The log of changes{of}, the last recorded first.",
            ok(reference("EntryPage")),
            [*NARROWED, reference("page", "parameters")],
            **given,
        )
        found[f"{start}changes.csv"] = operation(
            f"{name}-table",
            f"The whole log of changes{of} as a table.",
            ok(TEXT, "text/csv"),
            NARROWED,
            **given,
        )
    found["/delegations/{slug}/changes/on-record.json"] = operation(
        "on-record",
        "The composition of a delegation on a day, as it was recorded by the end of another.",
        ok(reference("OnRecord")),
        OF_DAYS,
        **given,
    )
    server = {"url": f"{settings.SITE_URL}{get_script_prefix()}".rstrip("/")}
    return {path: {"servers": [server], **methods} for path, methods in found.items()}
