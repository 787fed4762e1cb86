"""The composition of delegations as of a day: who sends how many seats, and who represents.

Every page, total, file and language asks here, so that none of them counts for itself.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from cstopa.periods import today
from delegations.models import Chamber, Delegation, Office, Participation, SeatAllocation


@dataclass(frozen=True)
class ChamberSeats:
    """A chamber in force on the day and its allocation of that day; None is "not recorded"."""

    chamber: Chamber
    allocation: SeatAllocation | None


@dataclass(frozen=True)
class Composition:
    """What is on record of one delegation as of a day."""

    delegation: Delegation
    day: date
    chambers: list[ChamberSeats]
    representative: Office | None
    participation: Participation | None

    @property
    def seats(self):
        """The seats on record, or None where no chamber's are: never 0."""
        return total(part.allocation.seats for part in self.chambers if part.allocation)

    @property
    def is_complete(self):
        """Whether the seats of every chamber are on record, so that ``seats`` is the whole."""
        return bool(self.chambers) and all(part.allocation for part in self.chambers)

    @property
    def is_unicameral(self):
        """Whether the parliament has one chamber on the day; its pages never say "chamber"."""
        return len(self.chambers) == 1

    @property
    def is_undated(self):
        """Whether a row that counts has neither a start nor an end: "on record", not "current"."""
        facts = [part.allocation for part in self.chambers if part.allocation]
        facts += [fact for fact in (self.representative, self.participation) if fact]
        return any(fact.is_undated for fact in facts)


def total(seats):
    """Return the sum, or None where nothing is on record."""
    recorded = list(seats)
    return sum(recorded) if recorded else None


def compositions(delegations=None, day=None):
    """Return a Composition for each delegation, in the order given, at a fixed number of queries."""
    day = day or today()
    if delegations is None:
        delegations = Delegation.objects.all()
    facts_of_day = [
        Prefetch(
            "chambers",
            Chamber.objects.as_of(day)
            .select_related("parliament", "source")
            .order_by("house", "code")
            .prefetch_related(
                Prefetch(
                    "allocations",
                    SeatAllocation.objects.as_of(day).select_related(
                        "chamber__parliament", "source"
                    ),
                    to_attr="of_day",
                )
            ),
            to_attr="chambers_of_day",
        ),
        Prefetch(
            "offices",
            Office.objects.as_of(day)
            .filter(function=Office.Function.REPRESENTATIVE)
            .select_related("person", "parliament", "source"),
            to_attr="representatives_of_day",
        ),
        Prefetch(
            "participations",
            Participation.objects.as_of(day).select_related("source"),
            to_attr="participations_of_day",
        ),
    ]
    return [
        Composition(
            delegation=delegation,
            day=day,
            chambers=[
                ChamberSeats(chamber, next(iter(chamber.of_day), None))
                for chamber in delegation.chambers_of_day
            ],
            representative=next(iter(delegation.representatives_of_day), None),
            participation=next(iter(delegation.participations_of_day), None),
        )
        for delegation in delegations.prefetch_related(*facts_of_day)
    ]
