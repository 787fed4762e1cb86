"""What a version of the record says of a day: of a delegation, or of all and the Assembly's offices."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cstopa.languages import LANGUAGES
from cstopa.opendata import tables
from delegations.changes import log
from delegations.changes.models import LogEntry, kind_of, published
from delegations.changes.replay import (
    ReplayedState,
    Version,
    by_code,
    named_values,
    version_of,
)
from delegations.changes.rows import row_of
from delegations.changes.table import OF_PERIOD
from delegations.models import Parliament
from delegations.models.people import person_fact_models


@dataclass(frozen=True)
class Recorded:
    """The state of a day in a ``version`` of the record, of what the log of it holds."""

    day: date
    version: Version
    state: ReplayedState

    @classmethod
    def of(cls, parliament, day, version):
        """Return that of one delegation, by its parliament, or of all where it is None."""
        state = version_of(LogEntry.objects.of(parliament), day, version)
        if parliament is None:
            return RecordedAssembly(day, version, state)
        return RecordedComposition(day, version, state, parliament.code)

    @cached_property
    def people(self):
        return self.state.named("person")

    @cached_property
    def sources(self):
        return self.state.named("source")


@dataclass(frozen=True)
class RecordedComposition(Recorded):
    """What is said of one delegation, by its ``code``."""

    code: str

    @cached_property
    def composition(self):
        """The Composition of the delegation; None where its parliament was not on record."""
        return self.state.composition(self.code)

    @cached_property
    def parliament(self):
        """The parliament as the version has it, or, before it was on record, as it was at first."""
        if self.composition:
            return self.composition.delegation
        key = kind_of(Parliament), self.code
        return row_of(Parliament, self.code, named_values({key}, 0).get(key, {}), by_code)

    @property
    def address(self):
        return log.address(self.parliament, "on-record") + log.asking(self.day, self.version)

    @property
    def members(self):
        return self.state.members(self.code)

    @property
    def roles(self):
        return self.state.roles(self.code)

    @property
    def possible(self):
        """The facts that only may have held on the day; nobody's is counted or named above."""
        if not self.composition:
            return []
        of_people = [*self.state.of("membership", self.code), *self.state.of("role", self.code)]
        return [*self.composition.may_hold, *self.state.held_and_possible(of_people)[1]]

    @property
    def delegations(self):
        return [self]

    @property
    def codes(self):
        """The codes of whose facts are told; None: nobody's."""
        return [self.code]

    @property
    def officers(self):
        return []


@dataclass(frozen=True)
class RecordedAssembly(Recorded):
    """What is said of all delegations and of the offices of the Assembly."""

    @cached_property
    def delegations(self):
        parts = (self.day, self.version, self.state)
        return [RecordedComposition(*parts, code) for code in self.state.facts["parliament"]]

    @property
    def codes(self):
        return [*self.state.facts["parliament"], None]

    @property
    def officers(self):
        return self.state.officers()


def in_languages(name):
    return [f"{name}_{language}" for language in LANGUAGES]


CHAMBERS = (
    *("date", "version", "delegation", *in_languages("delegation_name"), "participation"),
    *("chamber", *in_languages("chamber_name"), "house", "holds", "seats", "members", "vacant"),
    *("unrecorded", "allocation", "source_code", *in_languages("source_title")),
)
PEOPLE = (
    *("date", "version", "delegation", "kind", "code", "role", "chamber", "person"),
    *(*in_languages("person_name"), "holds", *OF_PERIOD, "last_day"),
    *("source_code", *in_languages("source_title")),
)


def titles_of(row, name="title"):
    return [row and getattr(row, f"{name}_{language}") for language in LANGUAGES]


def chambers(recorded):
    """Yield the text of a table: each chamber of each delegation with its seats, and what of either
    only may have held.
    """
    yield tables.first_line(CHAMBERS)
    yield tables.lines(
        [
            *(recorded.day, recorded.version.number, each.code),
            *titles_of(each.parliament, "name"),
            each.composition.participation and each.composition.participation.status,
            *(chamber.code, *chamber.own_names_on(recorded.day).values(), chamber.house),
            *(holds, allocation and allocation.seats, *counts),
            *((allocation.code, allocation.source.code) if allocation else (None, None)),
            *titles_of(allocation and allocation.source),
        ]
        for each in recorded.delegations
        if each.composition
        for chamber, holds, allocation, counts in seats_of(each.composition)
    )


def seats_of(composition):
    """Yield chambers, whether what is said of each holds, its allocation, and its members, vacant and
    unrecorded seats; None: not recorded.
    """
    for part in composition.chambers:
        unrecorded = None if part.seats is None else part.unrecorded
        counts = part.members_on_record, part.vacant, unrecorded
        yield part.chamber, True, part.allocation, counts
        for allocation in part.possible_allocations:
            yield part.chamber, False, allocation, (None, None, None)
    for part in composition.possible_chambers:
        for allocation in part.possible_allocations or [None]:
            yield part.chamber, False, allocation, (None, None, None)


def people(recorded):
    """Yield the text of a table: who held which seat, role and office."""
    yield tables.first_line(PEOPLE)
    yield tables.lines(
        [
            *(recorded.day, recorded.version.number, fact.home_row and fact.home_row.code),
            *(
                fact.fact_kind,
                fact.code,
                fact.role_code,
                fact.on_behalf_of and fact.on_behalf_of.code,
            ),
            *(fact.person.code, *(fact.person.name_in(language) for language in LANGUAGES)),
            fact.holds(recorded.day, recorded.state.now),
            *period(fact),
            fact.last_day,
            *(fact.source.code, *titles_of(fact.source)),
        ]
        for model in person_fact_models()
        for code in recorded.codes
        for fact in recorded.state.of(model.fact_kind, code)
    )


def period(fact):
    days = {
        name: day and day.isoformat()
        for name, day in (("valid_from", fact.start), ("valid_to", fact.end))
    }
    return published(days | {"valid_to_is_latest": fact.valid_to_is_latest}).values()
