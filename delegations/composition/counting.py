"""Counting the seats of a delegation as of a day, from rows that somebody else has read."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from delegations.composition.seat_count import ChamberSeats, SeatCount
from delegations.models import Delegation, Office, Participation, Role

REPRESENTATIVE = Office.Function.REPRESENTATIVE


@dataclass(frozen=True)
class Composition(SeatCount):
    """What is on record of one delegation as of a day: what holds, and apart what only may.

    ``possible_chambers`` are those of which nothing holds. A parliament that takes no part sends no
    seats, whether somebody closed its rows or not: it has no chambers here. Where one row holds of
    what there is one on any day, no other may.
    """

    delegation: Delegation
    day: date
    chambers: list[ChamberSeats]
    representative: Office | None
    participation: Participation | None
    possible_chambers: list[ChamberSeats] = ()
    possible_representatives: list[Office] = ()
    possible_participations: list[Participation] = ()
    head: Role | None = None
    possible_heads: list[Role] = ()

    @classmethod
    def of(cls, delegation, day, facts, members, possible_members=None, now=None):
        """Count what was so on a day.

        ``facts`` are rows of the delegation, of any kinds and any days; ``members`` is ``{code of a
        chamber: how many hold its seats on the day}``, ``possible_members`` how many more may.
        ``now``: as ``holds()`` has it.
        """
        holding, possible = defaultdict(list), defaultdict(list)
        possible_members = possible_members or {}
        for fact in facts:
            if fact.covers(day):
                (holding if fact.holds(day, now) else possible)[fact.fact_kind].append(fact)

        def by_chamber(rows):
            return {fact.chamber.code: fact for fact in rows}

        allocations, rosters = by_chamber(holding["allocation"]), by_chamber(holding["roster"])

        def part(chamber):
            code = chamber.code
            return ChamberSeats(
                chamber,
                allocations.get(code),
                rosters.get(code),
                members.get(code, 0),
                possible_members.get(code, 0),
                [
                    fact
                    for fact in possible["allocation"]
                    if fact.chamber.code == code and code not in allocations
                ],
            )

        # A chamber of which something holds was there, whatever is known of itself.
        certain = {chamber.code for chamber in holding["chamber"]}
        certain |= allocations.keys() | rosters.keys() | {code for code in members if members[code]}
        parts = [part(row) for row in sorted(holding["chamber"] + possible["chamber"], key=place)]
        participation = next(iter(holding["participation"]), None)
        representative = next(filter(represents, holding["office"]), None)
        head = next(filter(heads, holding["role"]), None)
        if participation and participation.status == Participation.Status.NOT_PARTICIPATING:
            parts = []
        return cls(
            delegation,
            day,
            [each for each in parts if each.chamber.code in certain],
            representative,
            participation,
            [each for each in parts if each.chamber.code not in certain],
            [] if representative else [*filter(represents, possible["office"])],
            [] if participation else possible["participation"],
            head,
            [] if head else [*filter(heads, possible["role"])],
        )

    @property
    def sends_none(self):
        """Whether it is on record that the parliament takes no part in the Assembly."""
        return self.status == Participation.Status.NOT_PARTICIPATING

    @property
    def status(self):
        """How the parliament takes part; None where that is not recorded."""
        return self.participation and self.participation.status

    @property
    def seats(self):
        """The seats on record, or None where no chamber's are; 0 where it takes no part."""
        return 0 if self.sends_none else super().seats

    @property
    def possible_members(self):
        return sum(part.possible_members for part in (*self.chambers, *self.possible_chambers))

    @property
    def possible_allocations(self):
        """The seats that its chambers only may have sent on the day."""
        parts = (*self.chambers, *self.possible_chambers)
        return [fact for part in parts for fact in part.possible_allocations]

    @property
    def may_hold(self):
        """The facts that only may hold on the day, of those that are counted or named here."""
        people = *self.possible_representatives, *self.possible_heads
        return [*self.possible_allocations, *people, *self.possible_participations]

    @property
    def members_on_record(self):
        """The number of members; None, and not 0, where the rosters are not recorded."""
        return self.members if self.members or self.members_complete else None

    @property
    def in_words(self):
        """How the rosters agree with the seats; "" where those of some chambers alone are on record."""
        if self.sends_none:
            return _("no seats")
        if self.seats is not None and not self.is_complete:
            return ""
        return super().in_words

    @property
    def is_complete(self):
        """Whether the seats of every chamber are on record, so that ``seats`` is the whole."""
        return self.sends_none or (
            bool(self.chambers) and all(part.allocation for part in self.chambers)
        )

    @property
    def members_complete(self):
        """Whether the roster of every chamber is said to be complete, so that nobody is missing."""
        return self.sends_none or (
            bool(self.chambers) and all(part.roster for part in self.chambers)
        )

    @property
    def is_unicameral(self):
        """Whether the parliament has one chamber on the day; its pages never say "chamber".

        Where another one may have been there, the one that was has its name.
        """
        return len(self.chambers) + len(self.possible_chambers) == 1

    @property
    def chambers_without_seats(self):
        """The chambers of the day where the seats of none are recorded, so that nothing else names them."""
        if self.seats is not None or self.is_unicameral:
            return []
        return [part.chamber for part in self.chambers]

    @property
    def facts(self):
        """The dated facts that are counted or named here, without the chambers themselves."""
        facts = [fact for part in self.chambers for fact in (part.allocation, part.roster)]
        facts += [self.participation, self.representative, self.head]
        return [fact for fact in facts if fact]


def place(chamber):
    return chamber.house, chamber.code


def represents(office):
    return office.function == REPRESENTATIVE


def heads(role):
    return role.kind == Role.Kind.HEAD
