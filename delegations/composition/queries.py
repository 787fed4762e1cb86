"""Reading the rows of which a composition is made, at a fixed number of queries."""

from django.db.models import FETCH_RAISE, Count, Exists, OuterRef, Prefetch, Q

from cstopa.languages import sorted_by
from cstopa.models.periods import today
from delegations.composition.counting import Composition
from delegations.models import (
    Chamber,
    ChamberName,
    CompleteRoster,
    Delegation,
    Membership,
    Office,
    ParliamentName,
    Participation,
    Role,
    SeatAllocation,
)
from delegations.models.facts import fact_models
from delegations.models.people import PersonFact, person_fact_models


def with_seats(delegations, read):
    """Return the delegations with their names, and the chambers with theirs and their seats.

    ``read(model)`` are the facts of a kind.
    """
    chambers = read(Chamber).prefetch_related(
        "names",
        Prefetch("allocations", read(SeatAllocation)),
        Prefetch("rosters", read(CompleteRoster)),
    )
    return (
        delegations.fetch_mode(FETCH_RAISE)
        .with_names()
        .prefetch_related(Prefetch("chambers", chambers))
    )


def record_of(delegation, day):
    """Return what is on record of a delegation, ``{kind: facts}``: of any day, but its members of one.

    The rows share the delegation, which was read with its names, and the chambers.
    """

    def read(model):
        related = {*model.related()} - {"parliament", "chamber__parliament"}
        facts = model.objects.with_corrections().filter(**{model.home: delegation})
        return facts.select_related("source", *related)

    chambers = {row.pk: row for row in read(Chamber).prefetch_related("names")}
    for chamber in chambers.values():
        chamber.parliament = delegation
    record = {
        Chamber: [*chambers.values()],
        ChamberName: [name for row in chambers.values() for name in row.names.all()],
        ParliamentName: [*delegation.names.all()],
    }
    for model in fact_models().values():
        if model.home and model not in record:
            facts = by_name(read(model)) if issubclass(model, PersonFact) else read(model)
            record[model] = [*(facts.as_of(day) if model is Membership else facts)]
            for fact in record[model]:
                if model.home == "parliament":
                    fact.parliament = delegation
                elif model.home == "chamber__parliament":
                    fact.chamber = chambers[fact.chamber_id]
    return record


def by_name(facts):
    """Return facts of people in the order of the names."""
    return facts.order_by(sorted_by("person__family_name"), sorted_by("person__given_name"), "pk")


def seat_facts(delegation):
    """Return the chambers, allocations and rosters that were read with a delegation."""
    chambers = delegation.chambers.all()
    return [
        *chambers,
        *(row for each in chambers for row in (*each.allocations.all(), *each.rosters.all())),
    ]


def compositions(delegations=None, day=None):
    """Return a Composition for each delegation, in the order given, at a fixed number of queries."""
    day = day or today()
    rows = Delegation.objects.all() if delegations is None else delegations

    def read(model):
        return model.objects.fetch_mode(FETCH_RAISE).select_related("source").as_of(day)

    sitting = Membership.objects.as_of(day).order_by().values_list("chamber__code")
    if delegations is not None:
        sitting = sitting.filter(chamber__parliament__in=delegations.order_by().values("pk"))
    members = dict(sitting.annotate(number=Count("pk")))
    rows = with_seats(rows, read).prefetch_related(
        Prefetch("offices", read(Office).select_related("person")),
        Prefetch("participations", read(Participation)),
    )
    return [
        Composition.of(
            row, day, [*seat_facts(row), *row.offices.all(), *row.participations.all()], members
        )
        for row in rows
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


def roles(delegation, day):
    """Return the roles in a delegation on the day: its head, the deputies, the alternates by name."""
    rows = Role.objects.as_of(day).filter(parliament=delegation)
    return by_rank(by_name(rows.select_related("person", "parliament")))


def by_rank(roles):
    """Return the roles of people who are sorted: the head's first."""
    rank = Role.Kind.values
    return sorted(roles, key=lambda role: rank.index(role.kind))


def officers(day):
    """Return the offices of the Assembly on the day, the Chairman's first."""
    rank = Office.Function.values
    offices = Office.objects.fetch_mode(FETCH_RAISE).select_related("person", "source")
    of_assembly = offices.as_of(day).filter(parliament=None)
    return sorted(of_assembly, key=lambda office: rank.index(office.function))


def people_of(delegation):
    """Return the condition that the person of a fact ever represented a delegation, or belonged to it."""
    people = Q()
    for model in person_fact_models():
        if model.home:
            facts = model.objects.filter(**{model.home: delegation})
            people |= Q(person__in=facts.order_by().values("person"))
    return people


def officers_of(people, day):
    """Return what these people, by their keys, are in the Assembly on the day."""
    return [
        fact
        for model in person_fact_models()
        if (rows := model.of_no_parliament()) is not None
        for fact in rows.with_corrections()
        .as_of(day)
        .filter(person__in=people)
        .select_related(*model.related(), "source")
    ]
