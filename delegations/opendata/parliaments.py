"""Parliaments, people and documents: rows to which facts belong, or which they follow."""

from typing import Literal

from django.db.models import FETCH_RAISE, Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from pydantic import create_model

from cstopa.opendata.resources import Resource
from cstopa.opendata.schemas import (
    Address,
    Addressed,
    Coded,
    Day,
    Reference,
    Shown,
    Words,
    member,
    versioned,
)
from delegations import models
from delegations.models.facts import fact_models
from delegations.models.people import person_fact_models
from delegations.opendata.references import (
    NAME_OF_DAY,
    UNDATED_NAME,
    Evidence,
    NameOfDay,
    PersonReference,
)

# The kinds of facts of a person, by the name of the relation.
HELD = {model.relation(): model for model in reversed(person_fact_models())}


def with_facts_of_day(rows, day, kinds):
    """Return the rows with those of their facts that are in force on a day; with all, if None."""
    chosen = {
        name: model.objects.all() if day is None else model.objects.as_of(day)
        for name, model in kinds.items()
    }
    return rows.fetch_mode(FETCH_RAISE).prefetch_related(
        *(Prefetch(name, facts.order_by("code")) for name, facts in chosen.items())
    )


def codes(words):
    return member(f"{words} With a day, those in force on it.")


@versioned
class Parliament(Shown, Addressed):
    state: Words = member("The official name of the state.")
    name: NameOfDay = NAME_OF_DAY
    undated_name: Words = UNDATED_NAME
    chambers: list[Reference] = codes("Its chambers.")


class PersonNames(Shown, Addressed):
    name: Words = member("Given name, patronymic and family name.")
    given_name: Words = member("Given name.")
    patronymic: Words = member("Patronymic.")
    family_name: Words = member("Family name.")

    resolve_name = PersonReference.resolve_name


Person = versioned(
    create_model(
        "Person",
        __base__=PersonNames,
        **{
            name: (list[Reference], codes(f"{capfirst(model._meta.verbose_name_plural)}."))
            for name, model in HELD.items()
        },
    )
)


@versioned
class Source(Shown, Coded):
    title: Words = member("Its title.")
    publisher: Words = member("Who published it.")
    url: Address | None = member("Its address; null where it is not known.")
    published_on: Day | None = member("Its date; null where it has none.")
    read_on: Day | None = member("The day on which it was read; null if not known.")


class About(Coded):
    resource: Literal[*(model.api.name for model in fact_models().values())] = member(
        "The resource that has the fact.", at="fact.api.name"
    )
    fact: str = member("The code of the fact.", at="fact.code")


@versioned
class FurtherSource(Evidence, About):
    pass


PARLIAMENTS = Resource(
    "parliaments",
    _("Legislatures of states."),
    models.Parliament,
    Parliament,
    lambda day: with_facts_of_day(
        models.Parliament.objects.with_names(), day, {"chambers": models.Chamber}
    ),
    pages=("delegations:parliament-list", "delegations:parliament-detail"),
)
PEOPLE = Resource(
    "people",
    _("Those who hold, or held, a seat, a role or an office."),
    models.Person,
    Person,
    lambda day: with_facts_of_day(models.Person.objects.all(), day, HELD),
    pages=("delegations:person-list", "delegations:person-detail"),
)
SOURCES = Resource(
    "sources",
    _("Documents that facts follow."),
    models.Source,
    Source,
    is_as_of_day=False,
    pages=("delegations:source-list", "delegations:source-detail"),
)
FURTHER_SOURCES = Resource(
    "further-sources",
    _("Documents about a fact beside the one that it follows."),
    models.FurtherSource,
    FurtherSource,
    lambda day: models.FurtherSource.objects.fetch_mode(FETCH_RAISE).select_related(
        "source", *fact_models()
    ),
    is_as_of_day=False,
)
