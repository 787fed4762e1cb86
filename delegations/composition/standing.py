"""What people are on a day, or else last were, and who holds a post: for lists of people."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import FETCH_RAISE, Q
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cstopa.http.kept.rows import each_until_written, until_written
from cstopa.models.periods import held_and_possible
from delegations.composition.queries import held_on
from delegations.models import (
    Delegation,
    Membership,
    Office,
    Participation,
    PersonFact,
    SeatAllocation,
)
from delegations.models.people import person_fact_models

OFFICER, MEMBER = "officer", "member"
SEATS, PARTICIPATION = "seats", "participation"
OF_PARLIAMENTS = {SeatAllocation: SEATS, Participation: PARTICIPATION}


@dataclass(frozen=True)
class Standing:
    """What is on record of a person as of a day: the ``facts`` that hold, and those that only may.

    Where there are none, ``before`` is the last one that ended before it, or else ``after`` the first
    one that starts after it.
    """

    facts: tuple[PersonFact, ...] = ()
    possible: tuple[PersonFact, ...] = ()
    before: PersonFact | None = None
    after: PersonFact | None = None


def standings(people, day):
    """Return ``{person: Standing}`` of these people, in their order."""
    held = held_on(day)
    others = _on_other_days([person.pk for person in people if person.pk not in held], day)
    return {
        person: _of_day(held[person.pk], day) if person.pk in held else others[person.pk]
        for person in people
    }


def _of_day(facts, day):
    return Standing(*map(tuple, held_and_possible(facts, day)))


@each_until_written(size=1_000)
def _on_other_days(keys, day):
    """Return ``{key of a person: Standing}`` of those who hold nothing on a day."""
    facts = defaultdict(list)
    for model in person_fact_models() if keys else ():
        rows = model.objects.fetch_mode(FETCH_RAISE).filter(person__in=keys)
        for fact in rows.with_related():
            facts[fact.person_id].append(fact)
    return {key: _nearest(facts[key], day) for key in keys}


def _nearest(facts, day):
    ended = [fact for fact in facts if fact.ends and fact.last_day < day]
    if ended:
        return Standing(before=max(ended, key=lambda fact: fact.last_day))
    ahead = [fact for fact in facts if fact.valid_from and fact.valid_from > day]
    return Standing(after=min(ahead, key=lambda fact: fact.valid_from, default=None))


def posts():
    """Return the choices of what a person may be, those of every kind of fact of people."""
    choices = {OFFICER: _("Officer of the Assembly")}
    for model in person_fact_models():
        if model is Membership:
            choices[MEMBER] = _("Member of the delegation")
        elif model.post_field:
            of_assembly = model.of_no_parliament() is not None
            for code, label in model._meta.get_field(model.post_field).choices:
                if not of_assembly or code == Office.Function.REPRESENTATIVE:
                    choices[code] = label
        else:
            choices[model.fact_kind] = capfirst(model._meta.verbose_name)
    return list(choices.items())


def held_as(post):
    """Return the facts by which people are what one of ``posts()`` says, or, where it is "", anything."""
    models = person_fact_models()
    if post == OFFICER:
        return [rows for model in models if (rows := model.of_no_parliament()) is not None]
    if post == MEMBER:
        return [Membership.objects.all()]
    if not post:
        return [model.objects.all() for model in models]
    found = []
    for model in models:
        if model.post_field and post in dict(model._meta.get_field(model.post_field).choices):
            found.append(model.objects.filter(**{model.post_field: post}))
        elif post == model.fact_kind:
            found.append(model.objects.all())
    return found


def holders(post, delegation, day):
    """Return the condition that somebody is, or may be, what a post says on a day, in a delegation by its slug.

    Either may be "", which is any.
    """
    condition = Q(pk__in=[])
    for facts in held_as(post):
        home = facts.model.home
        if not delegation:
            condition |= Q(pk__in=facts.as_of(day).order_by().values("person"))
        elif home:
            of_delegation = facts.as_of(day).filter(**{f"{home}__slug": delegation})
            condition |= Q(pk__in=of_delegation.order_by().values("person"))
    return condition


@dataclass(frozen=True)
class Unrecorded:
    """That something is not on record, of some ``delegations``; without any: of the Assembly."""

    what: str
    delegations: list

    @property
    def lead(self):
        """What a reader is told, before the delegations."""
        number = len(self.delegations)
        if not number:
            words = gettext("%(what)s: not recorded.")
        else:
            words = ngettext(
                "%(what)s: not recorded of %(number)s delegation:",
                "%(what)s: not recorded of %(number)s delegations:",
                number,
            )
        return words % {"what": self.what, "number": number}

    def __str__(self):
        states = ", ".join(row.state for row in self.delegations)
        return f"{self.lead} {states}." if states else self.lead


def kinds_of(model):
    """Return the kinds of ``unrecorded_on()`` that a table of facts of one kind may lack."""
    if model in OF_PARLIAMENTS:
        return (OF_PARLIAMENTS[model],)
    if model is Membership:
        return (MEMBER,)
    if not getattr(model, "post_field", None):
        return ()
    choices = dict(model._meta.get_field(model.post_field).choices)
    of_assembly = (OFFICER,) if model.of_no_parliament() is not None else ()
    return (*of_assembly, *(code for code, _label in posts() if code in choices))


@until_written(size=100)
def unrecorded_on(kinds, day, slug=""):
    """Return an Unrecorded for each of the kinds of which no fact covers the day, of some delegation.

    A kind is SEATS, PARTICIPATION or one of ``posts()``. ``day`` None: of which there is none of any
    day. ``slug``: of this delegation alone.
    """
    delegations = [row for row in _delegations() if slug in ("", row.slug)]
    stated = {
        SEATS: (_("Seats in the delegation"), [SeatAllocation.objects.all()]),
        PARTICIPATION: (_("Participation in the Assembly"), [Participation.objects.all()]),
    }
    labels = dict(posts())
    found = []
    for kind in kinds:
        what, every = stated.get(kind) or (labels[kind], held_as(kind))
        of_day = [facts.as_of(day) if day else facts for facts in every]
        if kind == OFFICER:
            if not any(facts.exists() for facts in of_day):
                found.append(Unrecorded(what, []))
            continue
        recorded = set()
        for facts in of_day:
            if home := facts.model.home:
                recorded.update(facts.order_by().values_list(home, flat=True).distinct())
        if missing := [row for row in delegations if row.pk not in recorded]:
            found.append(Unrecorded(what, missing))
    return found


@until_written(size=1)
def _delegations():
    return [*Delegation.objects.with_names()]
