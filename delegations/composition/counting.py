"""Counting the seats of a delegation as of a day, from rows that somebody else has read."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delegations.models import (
    Chamber,
    CompleteRoster,
    Delegation,
    Office,
    Participation,
    SeatAllocation,
)

REPRESENTATIVE = Office.Function.REPRESENTATIVE


class SeatCount:
    """What is known of the seats of some ``chambers`` together, each a ChamberSeats."""

    @property
    def seats(self):
        """The seats on record, or None where no chamber's are: never 0."""
        return total(part.seats for part in self.chambers if part.allocation)

    @property
    def members(self):
        """The number of members on record."""
        return sum(part.members for part in self.chambers)

    @property
    def filled(self):
        """The number of seats that are known to be filled; None where nothing is."""
        return total(part.filled for part in self.chambers if part.filled is not None)

    @property
    def vacant(self):
        """The number of vacant seats; None where it cannot be told of every chamber."""
        vacant = [part.vacant for part in self.chambers]
        return sum(vacant) if vacant and None not in vacant else None

    @property
    def known_vacant(self):
        """The number of seats that are known to be vacant, beside which there may be others."""
        return sum(part.vacant or 0 for part in self.chambers)

    @property
    def unrecorded(self):
        """The number of seats on record whose holders are not, though somebody may hold them."""
        return sum(part.unrecorded for part in self.chambers)

    @property
    def surplus(self):
        """The number of members above that of the seats of their chamber, which nobody can send."""
        return sum(part.surplus for part in self.chambers)

    @property
    def is_reconciled(self):
        """Whether anything is on record of who holds the seats."""
        return any(part.members or part.roster for part in self.chambers)

    @property
    def in_words(self):
        """How the members agree with the seats, all or none recorded: "6 of 7 seats filled, 1 vacant"."""
        numbers = {"members": self.members, "seats": self.seats}
        if not self.is_reconciled:
            return _("roster not recorded")
        if self.seats is None:
            words = ngettext(
                "%(members)d member, number of seats not recorded",
                "%(members)d members, number of seats not recorded",
                self.members,
            )
            return words % numbers
        if len(self.chambers) == 1 and self.surplus:
            # Translators: {members} and {seats} are counted, such as "8 members" and "7 seats".
            return _("{members} for {seats}").format(
                members=ngettext("%(members)d member", "%(members)d members", self.members)
                % numbers,
                # Translators: the number after "for": "for 7 seats".
                seats=ngettext("%(seats)d seat", "%(seats)d seats", self.seats) % numbers,
            )
        return self.seats_in_words

    @property
    def seats_in_words(self):
        """What is known of each of the seats, and who has none."""
        vacant, unrecorded, surplus = self.known_vacant, self.unrecorded, self.surplus
        words = [
            ngettext(
                "%(members)d of %(seats)d seat filled",
                "%(members)d of %(seats)d seats filled",
                self.seats,
            )
        ]
        if vacant and unrecorded:
            # Of the seats that are not recorded some may be vacant too.
            words.append(
                ngettext("at least %(vacant)d vacant", "at least %(vacant)d vacant", vacant)
            )
        elif vacant:
            words.append(ngettext("%(vacant)d vacant", "%(vacant)d vacant", vacant))
        if unrecorded:
            words.append(
                ngettext("%(unrecorded)d not recorded", "%(unrecorded)d not recorded", unrecorded)
            )
        if surplus:
            # A vacancy of another chamber would hide them otherwise.
            words.append(
                ngettext(
                    "%(surplus)d member without a seat",
                    "%(surplus)d members without a seat",
                    surplus,
                )
            )
        return ", ".join(words) % {
            "members": self.filled or 0,
            "seats": self.seats,
            "vacant": vacant,
            "unrecorded": unrecorded,
            "surplus": surplus,
        }


@dataclass(frozen=True)
class ChamberSeats(SeatCount):
    """A chamber in force on the day, its seats of that day and who is on record as holding them.

    ``allocation`` None is "not recorded". ``roster`` is the statement that every member is on
    record, without which a seat that nobody is known to hold is not recorded, and no vacant one.
    """

    chamber: Chamber
    allocation: SeatAllocation | None
    roster: CompleteRoster | None = None
    members: int = 0

    @property
    def chambers(self):
        return [self]

    @property
    def seats(self):
        return self.allocation.seats if self.allocation else None

    @property
    def vacant(self):
        """The number of seats that nobody holds; None where that cannot be told."""
        if self.seats is None or (self.members < self.seats and not self.roster):
            return None
        return max(self.seats - self.members, 0)

    @property
    def unrecorded(self):
        if self.seats is None or self.roster:
            return 0
        return max(self.seats - self.members, 0)

    @property
    def filled(self):
        if self.seats is None or self.members_on_record is None:
            return None
        return min(self.members, self.seats)

    @property
    def surplus(self):
        return max(self.members - self.seats, 0) if self.seats is not None else 0

    @property
    def members_on_record(self):
        """The number of members; None, and not 0, where the roster is not recorded."""
        return self.members if self.members or self.roster else None


@dataclass(frozen=True)
class Composition(SeatCount):
    """What is on record of one delegation as of a day."""

    delegation: Delegation
    day: date
    chambers: list[ChamberSeats]
    representative: Office | None
    participation: Participation | None

    @classmethod
    def of(cls, delegation, day, facts, members):
        """Count what was so on a day.

        ``facts`` are rows of the delegation, of any kinds and any days; ``members`` is ``{code of a
        chamber: how many hold its seats on the day}``.
        """
        in_force = defaultdict(list)
        for fact in facts:
            if fact.covers(day):
                in_force[fact.fact_kind].append(fact)
        allocations, rosters = (
            {fact.chamber.code: fact for fact in in_force[kind]}
            for kind in ("allocation", "roster")
        )
        return cls(
            delegation,
            day,
            [
                ChamberSeats(
                    chamber,
                    allocations.get(chamber.code),
                    rosters.get(chamber.code),
                    members.get(chamber.code, 0),
                )
                for chamber in sorted(in_force["chamber"], key=lambda row: (row.house, row.code))
            ],
            next((row for row in in_force["office"] if row.function == REPRESENTATIVE), None),
            next(iter(in_force["participation"]), None),
        )

    @property
    def members_on_record(self):
        """The number of members; None, and not 0, where the rosters are not recorded."""
        return self.members if self.members or self.members_complete else None

    @property
    def in_words(self):
        """How the rosters agree with the seats; "" where those of some chambers alone are on record."""
        if self.seats is not None and not self.is_complete:
            return ""
        return super().in_words

    @property
    def is_complete(self):
        """Whether the seats of every chamber are on record, so that ``seats`` is the whole."""
        return bool(self.chambers) and all(part.allocation for part in self.chambers)

    @property
    def members_complete(self):
        """Whether the roster of every chamber is said to be complete, so that nobody is missing."""
        return bool(self.chambers) and all(part.roster for part in self.chambers)

    @property
    def is_unicameral(self):
        """Whether the parliament has one chamber on the day; its pages never say "chamber"."""
        return len(self.chambers) == 1

    @property
    def facts_in_short(self):
        """The dated facts that a list of delegations shows, without the chambers themselves."""
        facts = [fact for part in self.chambers for fact in (part.allocation, part.roster)]
        return [fact for fact in (*facts, self.participation) if fact]

    @property
    def facts(self):
        """The dated facts that are counted or named here, without the chambers themselves."""
        return [*self.facts_in_short, *filter(None, [self.representative])]

    @property
    def is_undated(self):
        """Whether a row that counts has neither a start nor an end: "on record", not "current"."""
        return any(fact.is_undated for fact in self.facts)

    @property
    def is_wholly_undated(self):
        # Of members the number alone is known here, and not whether any is undated.
        return bool(self.chambers) and not self.members and all(f.is_undated for f in self.facts)


def total(seats):
    """Return the sum, or None where nothing is on record."""
    recorded = list(seats)
    return sum(recorded) if recorded else None
