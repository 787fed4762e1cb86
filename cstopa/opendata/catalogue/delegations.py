"""Delegations as of a day: seats, and who holds them. Derived, as the pages are, and never stored."""

from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from cstopa.http.as_of import day_spoken_of
from cstopa.opendata.fields import (
    CODE,
    DAY,
    YES_OR_NO,
    Field,
    InEachLanguage,
    ListOf,
    number_of,
    one_of,
    optional,
)
from cstopa.opendata.resources import (
    NAME_OF_DAY,
    PAGE,
    PERSON,
    SLUG,
    Resource,
    addresses,
    in_short,
)
from delegations.composition import ChamberSeats, Composition, compositions
from delegations.models import Chamber, Delegation, Membership, Participation, Role
from delegations.models.names import words_of_the_day


def where_seats_are(name):
    """Return the reader of a number that nothing can be said of without a number of seats."""
    return lambda counted: None if counted.seats is None else getattr(counted, name)


NUMBERS = (
    Field("seats", optional(number_of("seats")), "Seats on record; null: not recorded."),
    Field(
        "members",
        optional(number_of("people")),
        "Members on record; null: not recorded.",
        attrgetter("members_on_record"),
    ),
    Field("vacant", optional(number_of("seats")), "Seats that nobody holds; null: not known."),
    Field(
        "unrecorded",
        optional(number_of("seats")),
        "Seats whose holders, if any, are not on record; null: nor is the number of seats.",
        where_seats_are("unrecorded"),
    ),
)
SURPLUS = Field(
    "surplus",
    optional(number_of("people")),
    "Members beyond the seats; null: the number of seats is not recorded.",
    where_seats_are("surplus"),
)


@dataclass(frozen=True)
class Part:
    """A chamber's seats, and who holds them."""

    counted: ChamberSeats
    memberships: list

    @property
    def code(self):
        return self.counted.chamber.code


@dataclass(frozen=True)
class Sent:
    """A composition, with the rows that it counts."""

    composition: Composition
    parts: list[Part]
    roles: list[Role]

    @property
    def delegation(self):
        return self.composition.delegation

    @property
    def code(self):
        return self.delegation.code


def sent(delegations):
    """Return what the parliaments send on the day spoken of, at a fixed number of queries."""
    day = day_spoken_of()
    keys = [delegation.pk for delegation in delegations]
    memberships, roles = defaultdict(list), defaultdict(list)
    of_day = Membership.objects.as_of(day).filter(chamber__parliament__in=keys)
    for membership in of_day.select_related("person").order_by("code"):
        memberships[membership.chamber_id].append(membership)
    of_day = Role.objects.as_of(day).filter(parliament__in=keys)
    for role in of_day.select_related("person").order_by("code"):
        roles[role.parliament_id].append(role)
    found = compositions(Delegation.objects.filter(pk__in=keys).order_by("code"), day)
    return [
        Sent(
            each,
            [Part(part, memberships[part.chamber.pk]) for part in each.chambers],
            roles[each.delegation.pk],
        )
        for each in found
    ]


def of_part(*path):
    """Return the reader of an attribute of the counted seats, or of None on the way."""

    def read(part):
        value = part.counted
        for name in path:
            value = value and getattr(value, name)
        return value

    return read


def taken(fields, name):
    """Return the fields, each of which reads from the attribute ``name`` of what is shown."""
    return tuple(
        Field(
            each.name, each.kind, each.description, lambda row, e=each: e.read(getattr(row, name))
        )
        for each in fields
    )


CHAMBER = in_short(
    Field("name", InEachLanguage(), "Its name on the day.", words_of_the_day),
    Field("house", optional(one_of(Chamber.House)), "Null where there is one chamber."),
    Field("member_title", one_of(Chamber.MemberTitle), "How those whom it sends are called."),
)
HELD = in_short(Field("person", PERSON, "The person."))
PARTS = ListOf(
    in_short(
        Field("chamber", CHAMBER, "The chamber.", of_part("chamber")),
        *taken((*NUMBERS, SURPLUS), "counted"),
        Field(
            "allocation",
            optional(CODE),
            "The code of the allocation; null where none is on record.",
            of_part("allocation", "code"),
        ),
        Field(
            "roster",
            optional(CODE),
            "The code of the statement that the roster is complete; null where there is none.",
            of_part("roster", "code"),
        ),
        Field("memberships", ListOf(HELD), "Who holds the seats.", lambda part: part.memberships),
    )
)

DELEGATIONS = Resource(
    "delegations",
    "Delegation",
    _(
        "What parliaments send to the Assembly, as of a day, today by default: the seats of each "
        "chamber and how they agree with the members on record. Worked out from the other resources: "
        "a delegation may change because a day has come, so it cannot be asked what changed since."
    ),
    Delegation,
    (
        Field("code", CODE, "The stable code of its parliament."),
        *taken((SLUG,), "delegation"),
        Field("day", DAY, "The day of which this speaks.", lambda sent: sent.composition.day),
        Field(
            "state",
            InEachLanguage(),
            "The official name of the state.",
            lambda sent: InEachLanguage().reader("state")(sent.delegation),
        ),
        *taken((NAME_OF_DAY,), "delegation"),
        *taken(NUMBERS, "composition"),
        *taken(
            (
                Field(
                    "is_complete",
                    YES_OR_NO,
                    "Whether the seats of every chamber are on record, so that seats is the whole.",
                ),
            ),
            "composition",
        ),
        Field("chambers", PARTS, "The chambers in force on the day.", lambda sent: sent.parts),
        *taken(
            (
                Field(
                    "participation",
                    optional(in_short(Field("status", one_of(Participation.Status), "How."))),
                    "How the parliament takes part; null where that is not recorded.",
                ),
                Field(
                    "representative",
                    optional(HELD),
                    "The office of its plenipotentiary representative; null where none is on record.",
                ),
            ),
            "composition",
        ),
        Field(
            "roles",
            ListOf(
                in_short(
                    Field("kind", one_of(Role.Kind), "The role."),
                    Field("person", PERSON, "The person."),
                )
            ),
            "Who heads the delegation, and who else has a role in it.",
            lambda sent: sent.roles,
        ),
        Field(
            "page",
            PAGE.kind,
            PAGE.description,
            lambda sent: addresses(sent.delegation),
            in_tables=False,
        ),
    ),
    lambda _day: Delegation.objects.all(),
    has_versions=False,
    complete=sent,
)
