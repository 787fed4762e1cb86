"""Delegations as of a day: seats, and who holds them. Derived, as the pages are, and never stored."""

from typing import Literal

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from cstopa.models.periods import held_and_possible, today
from cstopa.opendata.resources import Resource
from cstopa.opendata.schemas import (
    Addressed,
    Day,
    Reference,
    Schema,
    Shown,
    Words,
    YesOrNo,
    former,
    member,
    number_of,
)
from delegations.composition import compositions
from delegations.models import Chamber, Delegation, Membership, Participation, Role
from delegations.opendata.references import NAME_OF_DAY, NameOfDay, PersonReference

SeatsOrNone = number_of("seats") | None
PeopleOrNone = number_of("people") | None


class Counted(Schema):
    """Seats of a chamber or of a delegation, and how the members on record agree with them."""

    seats: SeatsOrNone = member("Seats on record; null: not recorded.")
    members: PeopleOrNone = member("Members on record; null: not recorded.", at="members_on_record")
    possible_members: number_of("people") = member(
        "How many more may be members on the day, which is not known; members counts none of them."
    )
    vacant: SeatsOrNone = member("Seats that nobody holds; null: not known.")
    unrecorded: SeatsOrNone = member(
        "Seats whose holders, if any, are not on record; null: nor is the number of seats."
    )

    @staticmethod
    def resolve_unrecorded(counted, day):
        return None if counted.seats is None else counted.unrecorded


class CountedInChamber(Counted):
    surplus: PeopleOrNone = member(
        "Members beyond the seats; null: the number of either is not recorded."
    )

    @staticmethod
    def resolve_surplus(part, day):
        return None if None in (part.seats, part.members_on_record) else part.surplus


POSSIBLE_ALLOCATIONS = member(
    "The allocations that may hold on the day, which is not known, and which seats does not count; "
    "none where one is known to hold."
)


class HeldReference(Reference):
    person: PersonReference = member("The person.")


class ChamberOfDay(Reference):
    name: NameOfDay = member("Its name on the day.")
    house: Literal[*Chamber.House.values] | None = member("Null where there is one chamber.")
    member_title: Literal[*Chamber.MemberTitle.values] = member(
        "How those whom it sends are called."
    )


class AllocationReference(Reference):
    seats: number_of("seats") = member("How many.")


class ChamberSeats(CountedInChamber):
    code: str = member("Its code.", at="chamber.code")
    chamber: ChamberOfDay = member("The chamber.")
    allocation: str | None = member(
        "The code of the allocation; null where none is on record.", at="allocation.code"
    )
    possible_allocations: list[AllocationReference] = POSSIBLE_ALLOCATIONS
    roster: str | None = member(
        "The code of the statement that the roster is complete; null where there is none.",
        at="roster.code",
    )
    memberships: list[HeldReference] = member("Who holds the seats.")
    possible_memberships: list[HeldReference] = member("Who may hold one, which is not known.")

    @staticmethod
    def resolve_memberships(part, day):
        return held_and_possible(part.chamber.memberships.all(), day or today())[0]

    @staticmethod
    def resolve_possible_memberships(part, day):
        return held_and_possible(part.chamber.memberships.all(), day or today())[1]


class ParticipationReference(Reference):
    status: Literal[*Participation.Status.values] = member("How.")


class RoleReference(HeldReference):
    kind: Literal[*Role.Kind.values] = member("The role.")


class DelegationNames(Shown, Addressed):
    """The delegation, of which the others are a Composition."""

    day: Day = member("The day of which this speaks.")
    state: Words = member("The official name of the state.")
    name: NameOfDay = NAME_OF_DAY

    @staticmethod
    def resolve_day(delegation, day):
        return day or today()


class Composed(Counted):
    seats_complete: YesOrNo = member(
        "Whether the seats of every chamber are on record, so that seats is the whole.",
        at="is_complete",
    )
    members_complete: YesOrNo = member(
        "Whether the roster of every chamber is said to be complete, so that nobody is missing."
    )
    is_complete: YesOrNo = former("seats_complete")
    chambers: list[ChamberSeats] = member("The chambers in force on the day.")
    possible_chambers: list[ChamberSeats] = member(
        "Those that may have been in force on the day, which is not known, and are counted nowhere."
    )
    participation: ParticipationReference | None = member(
        "How the parliament takes part; null where that is not recorded."
    )
    possible_participations: list[ParticipationReference] = member(
        "How it may have taken part on the day, which is not known; none where participation is."
    )
    representative: HeldReference | None = member(
        "The office of its plenipotentiary representative; null where none is on record."
    )
    possible_representatives: list[HeldReference] = member(
        "The offices of those who may have represented it on the day, which is not known; none where "
        "representative is."
    )
    roles: list[RoleReference] = member("Who heads the delegation, and who else has a role in it.")
    possible_roles: list[RoleReference] = member(
        "Who may have had one on the day, which is not known."
    )

    @staticmethod
    def resolve_roles(composition, day):
        return held_and_possible(composition.delegation.roles.all(), day or today())[0]

    @staticmethod
    def resolve_possible_roles(composition, day):
        return held_and_possible(composition.delegation.roles.all(), day or today())[1]


class DelegationOfDay(Composed, DelegationNames):
    @classmethod
    def read(cls, composition, day=None, only=None):
        names = DelegationNames.read(composition.delegation, day, only)
        return names | Composed.read(composition, day, only)


def sent(delegations, day):
    """Return the Composition of each delegation, with who holds what, at a fixed number of queries."""
    day = day or today()
    rows = Delegation.objects.filter(pk__in=[each.pk for each in delegations]).order_by("code")
    of_delegations = compositions(rows, day)

    def of_day(name, model):
        facts = model.objects.as_of(day).select_related("person", "source")
        return Prefetch(name, facts.order_by("code"))

    chambers = [
        part.chamber
        for each in of_delegations
        for part in (*each.chambers, *each.possible_chambers)
    ]
    prefetch_related_objects(chambers, of_day("memberships", Membership))
    prefetch_related_objects([each.delegation for each in of_delegations], of_day("roles", Role))
    return of_delegations


DELEGATIONS = Resource(
    "delegations",
    _(
        "What parliaments send to the Assembly, as of a day, today by default: the seats of each "
        "chamber and how they agree with the members on record. Worked out from the other resources: "
        "a delegation may change because a day has come, so it cannot be asked what changed since."
    ),
    Delegation,
    DelegationOfDay,
    has_versions=False,
    complete=sent,
    pages=("delegations:list", "delegations:detail"),
)
