"""What the OpenAPI document says of the log of changes, whose addresses are beside its pages."""

import datetime as dt
from typing import Literal

from cstopa.models.reasons import OF_THE_HOUSE
from cstopa.opendata.openapi import DAY, LIMITS, MOMENT, PARAMETERS, Operation, parameter
from cstopa.opendata.schemas import (
    Address,
    Moment,
    Schema,
    Words,
    in_each_language,
    member,
    readers,
)
from delegations.changes.models import Change, LogEntry, logged_models, published
from delegations.changes.recording import values_of
from delegations.changes.table import table
from delegations.opendata.delegations import Counted
from delegations.opendata.references import Dated, SourceReference

Kind = Literal[*logged_models()]
# Not a schema: each kind of fact has columns of its own.
Values = dict[str, str | int | bool | None]


class EndedBy(Schema):
    """A further source of an end, and what it says of it."""

    code: str = member("Its code.", at="source.code")
    title: Words = member("Its title.", at="source.title")
    url: Address | None = member("Its address; null where it is not known.", at="source.url")
    says: Words


class Entry(Schema):
    """What one version of a fact changed. Replay goes by its kind, code, number, change, moment of
    recording and values.
    """

    id: str
    kind: Kind
    code: str
    number: int
    version: int = member("The version of the record that it made: no two have one.")
    change: Literal[*Change.values]
    recorded_at: Moment
    delegation: str | None = member("The code of the delegation.", at="parliament.code")
    in_words: Words
    values: Values
    before: Values | None
    reason: str
    source: SourceReference | None
    ended_by: list[EndedBy]

    @staticmethod
    def resolve_reason(entry, day):
        # Untranslated: the document has one text of it, whoever asks.
        return OF_THE_HOUSE.get(entry.stored.reason, entry.stored.reason)

    @staticmethod
    def resolve_id(entry, day):
        return f"{entry.kind}-{entry.number}"

    @staticmethod
    def resolve_values(entry, day):
        return published(entry.values)

    @staticmethod
    def resolve_before(entry, day):
        return published(entry.before)

    @staticmethod
    def resolve_in_words(entry, day):
        return in_each_language(lambda: entry.in_words)


class EntryPage(Schema):
    entries: list[Entry]
    next: Address | None


class OfVersion(Schema):
    date: dt.date = member("The day that is told of.", at="day")
    version: int = member("The version of the record that is told.", at="version.number")
    recorded_at: Moment | None = member(
        "When that was recorded; null: before anything was.", at="version.recorded_at"
    )
    recorded_up_to: dt.date | None = member(
        "The day on which that was recorded, which is Moscow's.", at="version.day"
    )
    people: dict[str, Values] = member("Whom the facts name, by their codes.")
    sources: dict[str, Values] = member("The documents that the facts follow, by their codes.")

    @staticmethod
    def resolve_people(record, day):
        return said_by(record.people)

    @staticmethod
    def resolve_sources(record, day):
        return said_by(record.sources)


def said_by(rows):
    return {code: values_of(row, type(row)) for code, row in rows.items()}


class OfDelegation(Schema):
    """What was on record of a delegation on a day."""

    delegation: str = member("Its code.", at="code")
    is_on_record: bool
    name: Words | None = member("Its name on the day.", at="composition.delegation.name")
    seats: int | None = member("Seats on record.", at="composition.seats")
    members: int | None = member("Members on record.", at="composition.members_on_record")
    vacant: int | None = member("Seats that nobody holds.", at="composition.vacant")
    unrecorded: int | None
    facts: dict[Kind, dict[str, Values]] = member(
        "The facts of each kind by their codes; last_day is the day with which each really ends, its "
        "own or that of its chamber."
    )

    @staticmethod
    def resolve_is_on_record(record, day):
        return record.composition is not None

    @staticmethod
    def resolve_unrecorded(record, day):
        composition = record.composition
        return composition and Counted.resolve_unrecorded(composition, day)

    @staticmethod
    def resolve_facts(record, day):
        return {
            kind: {
                row.code: published(values_of(row, type(row)))
                | last_day_of(row)
                | {"holds": row.holds(record.day, record.state.now)}
                for row in record.state.of(kind, record.code)
            }
            for kind in record.state.facts
            if kind != "parliament"
        }


def last_day_of(fact):
    """Return the day with which a fact really ends, which may be that of its chamber."""
    return {
        name: member(fact, None)
        for name, member in readers(Dated).items()
        if name in ("last_day", "last_day_is_latest")
    }


def whole_log():
    """Return the parts of the text of the whole log as a table."""
    return table(LogEntry.objects.of_facts(), None)


class OnRecord(OfDelegation, OfVersion):
    """The same, with the version that says so."""


class AllOnRecord(OfVersion):
    """What was on record of all delegations on a day, and of the offices of the Assembly."""

    delegations: list[OfDelegation]
    offices: dict[str, Values] = member("The offices of the Assembly, by their codes.")

    @staticmethod
    def resolve_offices(record, day):
        return said_by({row.code: row for row in record.officers})


ABOUT = (
    parameter("kind", {"enum": [*logged_models()]}, "Only entries about this kind of fact."),
    parameter("change", {"enum": Change.values}, "Only entries of this kind."),
    parameter(
        "from", DAY, f"Only what was recorded on this day, which is Moscow's, or later. {LIMITS}"
    ),
    parameter(
        "to",
        DAY,
        f"Only what was recorded on this day, which is Moscow's, or before. {LIMITS} 409 where it is "
        "before the first one.",
    ),
)
OF_DAYS = (
    parameter("date", DAY, f"The day that is told of; today without it. {LIMITS}"),
    parameter(
        "version",
        {"type": "integer", "minimum": 0},
        "The number of a version of the record; the last one without it. No later correction changes "
        "what is answered. Without a day, the one on which it was recorded is told of; 409 where there is no such "
        "version yet.",
    ),
    parameter(
        "recorded",
        MOMENT,
        "A moment, or a day, which is its end: leads to the last version before it, which is the one of "
        "the greatest number among those with such a moment or an earlier one, where a clock was set "
        "back; 409 where it has not come yet.",
    ),
)


def log(start, name, of="", problems=()):
    """Return the operations of a log, page by page and as a table."""
    listed = f"The log of changes{of}, the last recorded first."
    as_table = f"The whole log of changes{of} as a table."
    page = PARAMETERS["page"]
    return (
        Operation(
            f"{start}changes.json", name, listed, EntryPage, (*ABOUT, page), (404, 409, *problems)
        ),
        Operation(f"{start}changes.csv", f"{name}-table", as_table, None, ABOUT, (409, *problems)),
    )


def on_record(start, name, of, schema, problems=()):
    """Return the operations of what was on record: as a document, and as tables."""
    whole = f"The composition of {of} on a day, as a version of the record has it"
    leads = "Asked of a moment: the address of the version."
    return (
        Operation(
            f"{start}on-record.json",
            name,
            f"{whole}.",
            schema,
            OF_DAYS,
            (409, *problems),
            leads=leads,
        ),
        *(
            Operation(
                f"{start}on-record{table}.csv",
                f"{name}{table}-table",
                f"{whole}: a table of {what}; holds is false where that only may have been so.",
                None,
                OF_DAYS,
                (409, *problems),
                leads=leads,
            )
            for table, what in (
                ("", "chambers and seats"),
                ("-people", "seats, roles and offices held"),
            )
        ),
    )


OF_DELEGATION = "/delegations/{slug}/changes/"
OPERATIONS = (
    *log("/changes/", "changes"),
    *log(OF_DELEGATION, "delegation-changes", " of a delegation", (404, 410)),
    *on_record("/changes/", "all-on-record", "all delegations", AllOnRecord),
    *on_record(OF_DELEGATION, "on-record", "a delegation", OnRecord, (404, 410)),
)
