"""The composition of delegations as of a day: who sends how many seats, and who represents.

Every page, total, file and language asks here, so that none of them counts for itself.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import FETCH_RAISE, Count, Exists, OuterRef, Prefetch, Q

from cstopa.languages import sorted_by
from cstopa.periods import today
from delegations.models import (
    Chamber,
    Delegation,
    Membership,
    Office,
    Participation,
    SeatAllocation,
)


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
    def facts(self):
        """The dated facts that are counted or named here, without the chambers themselves."""
        facts = [part.allocation for part in self.chambers]
        return [fact for fact in (*facts, self.representative, self.participation) if fact]

    @property
    def is_undated(self):
        """Whether a row that counts has neither a start nor an end: "on record", not "current"."""
        return any(fact.is_undated for fact in self.facts)

    @property
    def is_wholly_undated(self):
        return self.is_undated and all(fact.is_undated for fact in self.facts)


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
            Chamber.objects.fetch_mode(FETCH_RAISE)
            .as_of(day)
            .select_related("parliament", "source")
            .order_by("house", "code")
            .prefetch_related(
                Prefetch(
                    "allocations",
                    SeatAllocation.objects.fetch_mode(FETCH_RAISE)
                    .as_of(day)
                    .select_related("chamber__parliament", "source"),
                    to_attr="of_day",
                )
            ),
            to_attr="chambers_of_day",
        ),
        Prefetch(
            "offices",
            Office.objects.fetch_mode(FETCH_RAISE)
            .as_of(day)
            .filter(function=Office.Function.REPRESENTATIVE)
            .select_related("person", "parliament", "source"),
            to_attr="representatives_of_day",
        ),
        Prefetch(
            "participations",
            Participation.objects.fetch_mode(FETCH_RAISE).as_of(day).select_related("source"),
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
        for delegation in delegations.fetch_mode(FETCH_RAISE).prefetch_related(*facts_of_day)
    ]


def taking_part(delegations, status, day):
    """Return those with this participation on the day; None: with none on record."""
    of_day = Participation.objects.as_of(day).filter(parliament=OuterRef("pk"))
    if status is None:
        return delegations.exclude(Exists(of_day))
    return delegations.filter(Exists(of_day.filter(status=status)))


def with_chambers(delegations, number, day):
    """Return those of a parliament that has this number of chambers on the day."""
    parliaments = Chamber.objects.as_of(day).order_by().values("parliament")
    return delegations.filter(
        pk__in=parliaments.annotate(number=Count("pk")).filter(number=number).values("parliament")
    )


def members(delegation, day):
    """Return the memberships of a delegation on the day, by chamber and by name."""
    return (
        Membership.objects.fetch_mode(FETCH_RAISE)
        .as_of(day)
        .filter(chamber__parliament=delegation)
        .select_related("person", "chamber__parliament", "source")
        .order_by(
            *("chamber__house", "chamber__code"),
            *(sorted_by("person__family_name"), sorted_by("person__given_name"), "pk"),
        )
    )


def officers(day):
    """Return the offices of the Assembly on the day, the Chairman's first."""
    rank = Office.Function.values
    offices = (
        Office.objects.fetch_mode(FETCH_RAISE)
        .as_of(day)
        .filter(parliament=None)
        .select_related("person", "parliament", "source")
    )
    return sorted(offices, key=lambda office: rank.index(office.function))


def officers_of(delegation, day):
    """Return the offices of the Assembly held on the day by its representative and members."""
    represent = Office.objects.as_of(day).filter(parliament=delegation)
    sit = Membership.objects.as_of(day).filter(chamber__parliament=delegation)
    people = Q(person__in=represent.values("person")) | Q(person__in=sit.values("person"))
    return (
        Office.objects.fetch_mode(FETCH_RAISE)
        .as_of(day)
        .filter(people, parliament=None)
        .select_related("person", "parliament", "source")
    )


def on_other_days(composition):
    """Return what there is of one delegation but does not count on the day of the composition."""
    delegation = composition.delegation
    counted = {part.allocation for part in composition.chambers}
    counted |= {composition.representative, composition.participation}
    facts = {
        "allocations": SeatAllocation.objects.filter(chamber__parliament=delegation),
        "representatives": Office.objects.filter(parliament=delegation),
        "participations": Participation.objects.filter(parliament=delegation),
    }
    related = {
        "allocations": ("chamber__parliament", "source"),
        "representatives": ("person", "parliament", "source"),
        "participations": ("source",),
    }
    return {
        name: [
            fact
            for fact in rows.fetch_mode(FETCH_RAISE).select_related(*related[name])
            if fact not in counted
        ]
        for name, rows in facts.items()
    }
