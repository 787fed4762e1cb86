"""Reading the rows of which a composition is made, at a fixed number of queries."""

from collections import Counter, defaultdict
from itertools import chain

from django.db.models import FETCH_RAISE, Count, Q
from django.utils.translation import get_language

from cstopa.http.kept.rows import until_written
from cstopa.languages import to_attribute
from cstopa.models.constraints import overlapping
from cstopa.models.periods import held_and_possible, today
from delegations.composition.counting import Composition
from delegations.models import (
    Chamber,
    ChamberName,
    CompleteRoster,
    Delegation,
    FurtherSource,
    Membership,
    Office,
    Parliament,
    ParliamentName,
    Participation,
    Role,
    SeatAllocation,
    Source,
)
from delegations.models.facts import fact_models
from delegations.models.people import PersonFact, person_fact_models


def facts_of_each(delegations, kinds, read):
    """Return ``{delegation: facts}`` of its chambers and of some other kinds, at a query for each kind.

    Delegations and chambers are read with their names, and the facts share them. ``read(model)`` are
    the facts of a kind: of a chamber that is not among them none is taken.
    """
    parliaments = {row.pk: row for row in delegations.fetch_mode(FETCH_RAISE).with_names()}
    rows = {Parliament: parliaments, Chamber: {}}
    facts = {row: [] for row in parliaments.values()}
    for model in (Chamber, *kinds):
        home = model.home.partition("__")[0]
        owners = rows[model._meta.get_field(home).related_model]
        found = read(model).filter(**{f"{home}__in": [*owners]})
        if model is Chamber:
            found = found.prefetch_related("names")
            rows[Chamber] = {row.pk: row for row in found}
        for fact in found:
            setattr(fact, home, owners[getattr(fact, f"{home}_id")])
            facts[fact.home_row].append(fact)
    return facts


def chambers_of(facts):
    """Return the chambers among facts, by their keys."""
    return {fact.pk: fact for fact in facts if isinstance(fact, Chamber)}


def on_record(model):
    """Return the facts of a kind for pages, which have parliaments and chambers already."""
    related = {*model.related()} - {"parliament", "chamber__parliament"}
    facts = model.objects.with_corrections().select_related("source", *related)
    return by_name(facts) if issubclass(model, PersonFact) else facts


@until_written(size=30)
def _lasting_record_of(pk, _language):
    """Return what is on record but for the members, the people of each kind by their names."""
    record = {Chamber: [], ChamberName: [], ParliamentName: []}
    others = [each for each in fact_models().values() if each.home]
    kinds = [model for model in others if model not in {*record, Membership}]
    # Not the row that the page has, which may be older than the version that this is kept for.
    rows = Delegation.objects.filter(pk=pk)
    [(delegation, facts)] = facts_of_each(rows, kinds, on_record).items()
    for named in (delegation, *chambers_of(facts).values()):
        facts += named.names.all()
    record |= {model: [] for model in kinds}
    for fact in facts:
        record[type(fact)].append(fact)
    return delegation, record, FurtherSource.objects.of(facts)


@until_written(size=60)
def record_of(pk, day, language):
    """Return a delegation with its names; what is on record of it, ``{kind: facts}``, of any day, but
    its members of one, the people by their names in a language; what those in force are in the
    Assembly; and the further sources of each fact. They are rows that pages share.
    """
    delegation, record, further_sources = _lasting_record_of(pk, language)
    chambers = {row.pk: row for row in record[Chamber] if row.covers(day)}
    members = on_record(Membership).filter(overlapping(day, day), chamber__in=[*chambers])
    for fact in members:
        fact.chamber = chambers[fact.chamber_id]
    record = record | {Membership: [*members]}
    officers = officers_of(
        {
            fact.person_id
            for fact in chain.from_iterable(record.values())
            if isinstance(fact, PersonFact) and fact.covers(day)
        },
        day,
    )
    return (
        delegation,
        record,
        officers,
        further_sources | FurtherSource.objects.of([*members, *officers]),
    )


# By what is known of a membership it holds on a day, or only may; there are far fewer than members.
OF_PERIOD = ("valid_from", "valid_from_precision", "valid_to", "valid_to_precision")
OF_PERIOD += ("valid_to_is_latest", "checked_on")


def periods_of(memberships):
    """Return ``[(key of a chamber, Membership of nobody, number of those that have this period)]``.

    The chamber of each is missing: whoever asks has it.
    """
    published_on = "source__published_on"
    rows = memberships.order_by().values_list("chamber_id", published_on, *OF_PERIOD)
    return [
        (
            key,
            Membership(
                source=Source(published_on=published), **dict(zip(OF_PERIOD, own, strict=True))
            ),
            number,
        )
        for key, published, *own, number in rows.annotate(number=Count("pk"))
    ]


def seated(periods, chambers, day, now=None):
    """Return how many members hold seats of each chamber on a day, and how many more may, by codes.

    ``periods`` are those of :func:`periods_of`, ``chambers`` rows by their keys; ``now``: as
    ``holds()`` has it.
    """
    members, possible = Counter(), Counter()
    for key, period, number in periods:
        if key in chambers:
            period.chamber = chambers[key]
            if period.covers(day):
                (members if period.holds(day, now) else possible)[period.chamber.code] += number
    return members, possible


@until_written(size=4)
def held_on(day):
    """Return the facts of people that are in force on a day, ``{key of the person: facts}``."""
    held = defaultdict(list)
    for model in person_fact_models():
        for fact in model.objects.fetch_mode(FETCH_RAISE).as_of(day).with_related():
            held[fact.person_id].append(fact)
    return dict(held)


def by_name(facts):
    """Return facts of people in the order of the names."""
    return facts.order_by(f"person__{to_attribute('sort_key', get_language())}", "pk")


# By which seats are counted, beside chambers and members.
COUNTED = (SeatAllocation, CompleteRoster, Participation)


def compositions(delegations=None, day=None):
    """Return a Composition for each delegation, in the order given, at a fixed number of queries."""
    day = day or today()
    # Whose chamber has ended is left out with it.
    of_day = overlapping(day, day)

    def read(model):
        related = ["person"] if issubclass(model, PersonFact) else []
        rows = model.objects.fetch_mode(FETCH_RAISE).filter(of_day)
        if model is Role:
            rows = rows.filter(kind=Role.Kind.HEAD)
        # Not in their own order, for which other rows would be joined.
        return rows.select_related("source", *related).order_by("code")

    every = Delegation.objects.all() if delegations is None else delegations
    facts = facts_of_each(every, (*COUNTED, Office, Role), read)
    chambers = chambers_of(chain.from_iterable(facts.values()))
    periods = periods_of(Membership.objects.filter(of_day, chamber__in=[*chambers]))
    members = seated(periods, chambers, day)
    return [Composition.of(row, day, theirs, *members) for row, theirs in facts.items()]


@until_written(size=20)
def compositions_on(day):
    """Return the compositions of all delegations, which pages share."""
    return compositions(day=day)


def by_rank(roles):
    """Return the roles of people who are sorted: the head's first."""
    rank = Role.Kind.values
    return sorted(roles, key=lambda role: rank.index(role.kind))


def roles(delegation, day):
    """Return the roles in a delegation on the day: its head, the deputies, the alternates by name."""
    rows = Role.objects.as_of(day).filter(parliament=delegation)
    rows = by_name(rows.select_related("person", "parliament", "source"))
    return by_rank(held_and_possible(rows, day)[0])


@until_written(size=20)
def officers(day):
    """Return the offices of the Assembly on the day, the Chairman's first; some only may be held."""
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
