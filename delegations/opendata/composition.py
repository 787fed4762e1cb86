"""The seats of each chamber through time, as a table: what the pages of delegations say of every day."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

from django.utils.translation import gettext_lazy as _

from cstopa.models.periods import ONE_DAY, today
from cstopa.opendata.resources import Table
from cstopa.opendata.schemas import Day, Schema, Words, YesOrNo, member
from delegations.composition import (
    MEMBER,
    SEATS,
    ChamberSeats,
    Chronicle,
    Composition,
    unrecorded_on,
)
from delegations.models import Participation
from delegations.opendata.delegations import (
    POSSIBLE_ALLOCATIONS,
    AllocationReference,
    ChamberOfDay,
    CountedInChamber,
    SeatsOrNone,
)
from delegations.opendata.references import HolderReference, SourceReference

NO_DAYS = {"valid_from": None, "valid_to": None}


@dataclass
class Stretch:
    """Days on which the same is on record of a chamber; None: from the first, or to the last, of all."""

    valid_from: date | None
    valid_to: date | None
    composition: Composition
    part: ChamberSeats
    holds: bool

    def __getattr__(self, name):
        return getattr(self.part, name)

    @property
    def is_dated(self):
        part = self.part
        facts = [part.allocation] if part.allocation else part.possible_allocations
        return any(not fact.is_dated_by_nothing for fact in facts or [part.chamber])

    @property
    def least_possible_seats(self):
        return min((fact.seats for fact in self.part.possible_allocations), default=None)

    @property
    def most_possible_seats(self):
        return max((fact.seats for fact in self.part.possible_allocations), default=None)

    @property
    def day(self):
        """The day whose names it has."""
        return self.valid_from or self.valid_to or today()

    @property
    def said(self):
        """What a reader is told of each of its days, by which it is told from the next one."""
        return ChamberPeriod.read(self, self.day) | NO_DAYS


class Facts(Schema):
    """Whose seats they are, and when."""

    delegation: HolderReference = member("The delegation.", at="composition.delegation")
    state: Words = member("The official name of the state.", at="composition.delegation.state")
    participation: Literal[*Participation.Status.values] | None = member(
        "How the parliament takes part; null where that is not recorded.", at="composition.status"
    )
    chamber: ChamberOfDay = member("The chamber.", at="part.chamber")
    holds: YesOrNo = member("Whether the chamber was in force; false: it only may have been.")
    is_dated: YesOrNo = member(
        "Whether anything dates the seats; false: they count on the day on which this table is made, "
        "which is no day of theirs, so that valid_from and valid_to leave it out."
    )
    valid_from: Day | None = member(
        "The first day of which this is so; null: any day up to the last, or, where is_dated is "
        "false, that no first day is known."
    )
    valid_to: Day | None = member("The last day of which this is so; null: no end is known.")


class ChamberPeriod(CountedInChamber, Facts):
    least_possible_seats: SeatsOrNone = member(
        "The least number of seats of the allocations that may hold; seats counts none of them."
    )
    most_possible_seats: SeatsOrNone = member("The greatest number of these.")
    possible_allocations: list[AllocationReference] = POSSIBLE_ALLOCATIONS
    allocation: str | None = member("The code of the allocation.", at="allocation.code")
    roster: str | None = member(
        "The code of the statement that the roster is complete.", at="roster.code"
    )
    source: SourceReference | None = member(
        "The document that the allocation follows.", at="allocation.source"
    )


def stretches(chronicle, delegation):
    """Yield the Stretches of each chamber of a delegation, in the order in which they end."""
    running = {}
    for first, last, composition in chronicle.periods(delegation):
        new = {
            part.chamber.code: Stretch(first, last, composition, part, holds)
            for holds, parts in (
                (True, composition.chambers),
                (False, composition.possible_chambers),
            )
            for part in parts
        }
        for code, stretch in list(running.items()):
            if code in new and new[code].said == stretch.said:
                stretch.valid_to = new.pop(code).valid_to
            else:
                yield running.pop(code)
        running |= new
    yield from running.values()


def rows(day):
    chronicle = Chronicle()
    for _code, delegation in sorted(chronicle.delegations.items()):
        in_order = sorted(
            stretches(chronicle, delegation),
            key=lambda each: (each.chamber.house, each.chamber.code, each.valid_from or date.min),
        )
        yield from without_today(
            ChamberPeriod.read(each, day or each.day)
            for each in in_order
            if day is None
            or ((each.valid_from or day) <= day and (each.valid_to is None or day <= each.valid_to))
        )


def without_today(rows):
    """Return rows without the bounds that undated seats have of the day on which they are asked for."""
    now, found = today(), []
    last_days, first_days = [
        {day.isoformat() for day in days} for days in ((now - ONE_DAY, now), (now, now + ONE_DAY))
    ]
    for row in rows:
        if not row["is_dated"]:
            resumes = row["valid_from"] in first_days
            if resumes:
                row["valid_from"] = None
            if row["valid_to"] in last_days:
                row["valid_to"] = None
            before = next((each for each in found if resumes and continues(each, row)), None)
            if before:
                before["valid_to"] = row["valid_to"]
                continue
        found.append(row)
    return found


def continues(before, row):
    """Return whether a row says what one without an end said."""
    return before["valid_to"] is None and before | NO_DAYS == row | NO_DAYS


COMPOSITION = Table(
    "composition",
    _("Composition by chamber and day"),
    _(
        "How many seats each chamber sends, how many members hold them and how many are vacant, in a "
        "row for each time in which that stayed the same. What no source dates is told of today alone, and "
        "of other days as possible."
    ),
    ChamberPeriod,
    rows,
    gaps=partial(unrecorded_on, (SEATS, MEMBER)),
)
