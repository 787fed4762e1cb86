"""The composition of delegations as of a day: who sends how many seats, who holds them, who represents.

Every page, total, file and language asks here, so that none of them counts for itself.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import (
    FETCH_RAISE,
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstopa.languages import sorted_by
from cstopa.models.periods import today
from delegations.models import (
    Chamber,
    CompleteRoster,
    Delegation,
    Membership,
    Office,
    Participation,
    Role,
    SeatAllocation,
)
from delegations.models.people import person_fact_models


@dataclass(frozen=True)
class ChamberSeats:
    """A chamber in force on the day, its seats of that day and who is on record as holding them.

    ``allocation`` None is "not recorded". ``roster`` is the statement that every member is on
    record, without which a seat that nobody is known to hold is not recorded, and no vacant one.
    """

    chamber: Chamber
    allocation: SeatAllocation | None
    roster: CompleteRoster | None = None
    members: int = 0

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
        """The number of seats whose holders are not on record, though somebody may hold them."""
        if self.seats is None or self.roster:
            return 0
        return max(self.seats - self.members, 0)

    @property
    def filled(self):
        """The number of seats that are known to be filled; None where that is not recorded."""
        if self.seats is None or self.members_on_record is None:
            return None
        return min(self.members, self.seats)

    @property
    def surplus(self):
        """The number of members above that of the seats, which no delegation can have."""
        return max(self.members - self.seats, 0) if self.seats is not None else 0

    @property
    def members_on_record(self):
        """The number of members; None, and not 0, where the roster is not recorded."""
        return self.members if self.members or self.roster else None

    @property
    def in_words(self):
        """How the roster agrees with the seats: "6 of 7 seats filled, 1 vacant"."""
        return reconciled([self])


def reconciled(chambers):
    """Return in words how the members on record agree with the seats of chambers, all or no recorded."""
    members = sum(part.members for part in chambers)
    if not members and not any(part.roster for part in chambers):
        return _("roster not recorded")
    seats = total(part.seats for part in chambers if part.allocation)
    if seats is None:
        words = ngettext(
            "%(members)d member, number of seats not recorded",
            "%(members)d members, number of seats not recorded",
            members,
        )
        return words % {"members": members}
    if len(chambers) == 1 and members > seats:
        # Translators: {members} and {seats} are counted, such as "8 members" and "7 seats".
        return _("{members} for {seats}").format(
            members=ngettext("%(members)d member", "%(members)d members", members)
            % {"members": members},
            # Translators: the number after "for": "for 7 seats".
            seats=ngettext("%(seats)d seat", "%(seats)d seats", seats) % {"seats": seats},
        )
    return occupied(chambers)


def occupied(chambers):
    """Return in words what is known of each seat of chambers, and who has none."""
    seats = sum(part.seats for part in chambers)
    vacant = sum(part.vacant or 0 for part in chambers)
    unrecorded = sum(part.unrecorded for part in chambers)
    surplus = sum(part.surplus for part in chambers)
    numbers = {
        "members": sum(part.filled or 0 for part in chambers),
        "seats": seats,
        "vacant": vacant,
        "unrecorded": unrecorded,
        "surplus": surplus,
    }
    said = [
        ngettext(
            "%(members)d of %(seats)d seat filled", "%(members)d of %(seats)d seats filled", seats
        )
    ]
    if vacant and unrecorded:
        # Of the seats that are not recorded some may be vacant too.
        said.append(ngettext("at least %(vacant)d vacant", "at least %(vacant)d vacant", vacant))
    elif vacant:
        said.append(ngettext("%(vacant)d vacant", "%(vacant)d vacant", vacant))
    if unrecorded:
        said.append(
            ngettext("%(unrecorded)d not recorded", "%(unrecorded)d not recorded", unrecorded)
        )
    if surplus:
        # A vacancy of another chamber would hide them otherwise.
        said.append(
            ngettext(
                "%(surplus)d member without a seat", "%(surplus)d members without a seat", surplus
            )
        )
    return ", ".join(words % numbers for words in said)


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
    def members(self):
        """The number of members on record."""
        return sum(part.members for part in self.chambers)

    @property
    def members_on_record(self):
        """The number of members; None, and not 0, where the rosters are not recorded."""
        is_known = self.chambers and all(part.roster for part in self.chambers)
        return self.members if self.members or is_known else None

    @property
    def vacant(self):
        """The number of vacant seats; None where it cannot be told of every chamber."""
        vacant = [part.vacant for part in self.chambers]
        return sum(vacant) if vacant and None not in vacant else None

    @property
    def unrecorded(self):
        """The number of seats on record whose holders are not."""
        return sum(part.unrecorded for part in self.chambers)

    @property
    def is_reconciled(self):
        """Whether anything is on record of who holds the seats."""
        return any(part.members or part.roster for part in self.chambers)

    @property
    def in_words(self):
        """How the rosters agree with the seats; "" where those of some chambers alone are on record."""
        if self.seats is not None and not self.is_complete:
            return ""
        return reconciled(self.chambers)

    @property
    def is_complete(self):
        """Whether the seats of every chamber are on record, so that ``seats`` is the whole."""
        return bool(self.chambers) and all(part.allocation for part in self.chambers)

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


def compositions(delegations=None, day=None):
    """Return a Composition for each delegation, in the order given, at a fixed number of queries."""
    day = day or today()
    if delegations is None:
        delegations = Delegation.objects.all()

    def of_day(name, facts, *related):
        facts = facts.with_evidence().as_of(day).select_related("source", *related)
        return Prefetch(name, facts, to_attr=f"{name}_of_day")

    memberships = Membership.objects.as_of(day).filter(chamber=OuterRef("pk")).order_by()
    members = memberships.values("chamber").annotate(number=Count("pk")).values("number")
    chambers = (
        Chamber.objects.annotate(members_of_day=Coalesce(Subquery(members), 0))
        .order_by("house", "code")
        .prefetch_related(
            of_day("allocations", SeatAllocation.objects.all(), "chamber__parliament"),
            of_day("rosters", CompleteRoster.objects.all(), "chamber__parliament"),
        )
    )
    represents = Office.objects.filter(function=Office.Function.REPRESENTATIVE)
    facts_of_day = [
        of_day("chambers", chambers, "parliament"),
        of_day("offices", represents, "person", "parliament"),
        of_day("participations", Participation.objects.all()),
    ]
    return [
        Composition(
            delegation=delegation,
            day=day,
            chambers=[
                ChamberSeats(
                    chamber,
                    allocation=next(iter(chamber.allocations_of_day), None),
                    roster=next(iter(chamber.rosters_of_day), None),
                    members=chamber.members_of_day,
                )
                for chamber in delegation.chambers_of_day
            ],
            representative=next(iter(delegation.offices_of_day), None),
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
        Membership.objects.with_evidence()
        .as_of(day)
        .filter(chamber__parliament=delegation)
        .select_related("person", "chamber__parliament", "source")
        .order_by(
            *("chamber__house", "chamber__code"),
            *(sorted_by("person__family_name"), sorted_by("person__given_name"), "pk"),
        )
    )


def roles(delegation, day):
    """Return the roles in a delegation on the day: its head, the deputies, the alternates by name."""
    rank = Role.Kind.values
    of_day = (
        Role.objects.with_evidence()
        .as_of(day)
        .filter(parliament=delegation)
        .select_related("person", "parliament", "source")
        .order_by(sorted_by("person__family_name"), sorted_by("person__given_name"), "pk")
    )
    return sorted(of_day, key=lambda role: rank.index(role.kind))


def officers(day):
    """Return the offices of the Assembly on the day, the Chairman's first."""
    rank = Office.Function.values
    offices = (
        Office.objects.with_evidence()
        .as_of(day)
        .filter(parliament=None)
        .select_related("person", "parliament", "source")
    )
    return sorted(offices, key=lambda office: rank.index(office.function))


def people_of(delegation, day=None):
    """Return the condition that the person of a fact represents a delegation, or belongs to it.

    On a day, or else on any.
    """
    people = Q()
    for model in person_fact_models():
        if model.home:
            facts = model.objects.filter(**{model.home: delegation})
            if day is not None:
                facts = facts.as_of(day)
            people |= Q(person__in=facts.order_by().values("person"))
    return people


def officers_of(delegation, day):
    """Return what those are in the Assembly, on the day, who represent a delegation or belong to it."""
    return [
        fact
        for model in person_fact_models()
        if (rows := model.of_the_assembly()) is not None
        for fact in rows.with_evidence()
        .as_of(day)
        .filter(people_of(delegation, day))
        .select_related(*model.related(), "source")
    ]
