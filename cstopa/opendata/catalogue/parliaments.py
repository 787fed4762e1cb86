"""Parliaments and people: rows with a page, to which facts belong."""

from django.db.models import FETCH_RAISE, Prefetch
from django.utils.translation import gettext_lazy as _

from cstopa.languages import LANGUAGES
from cstopa.opendata.fields import Field, InEachLanguage, ListOf
from cstopa.opendata.resources import (
    CHANGED_AT,
    CODE_FIELD,
    NAME_OF_DAY,
    PAGE,
    PERSON,
    SLUG,
    Resource,
    in_short,
    with_changed_at,
)
from delegations.models import Chamber, Membership, Office, Parliament, Person, Role


def codes(name, description):
    """Return the field of the codes of facts; with a day, of those in force on it."""
    return Field(
        name,
        ListOf(in_short()),
        f"{description} With a day, those in force on it.",
        lambda row: getattr(row, f"{name}_asked"),
    )


def with_facts(rows, day, **models):
    """Return the rows with the codes of their facts, by the name of the relation."""
    chosen = {
        name: model.objects.all() if day is None else model.objects.as_of(day)
        for name, model in models.items()
    }
    return (
        with_changed_at(rows)
        .fetch_mode(FETCH_RAISE)
        .prefetch_related(
            *(
                Prefetch(name, facts.order_by("code"), to_attr=f"{name}_asked")
                for name, facts in chosen.items()
            )
        )
    )


PARLIAMENTS = Resource(
    "parliaments",
    "Parliament",
    _("Legislatures of states."),
    Parliament,
    (
        CODE_FIELD,
        SLUG,
        Field("state", InEachLanguage(), "The official name of the state."),
        NAME_OF_DAY,
        Field(
            "undated_name",
            InEachLanguage(),
            "Its name on the days for which no dated one is on record.",
            lambda row: {language: getattr(row, f"name_{language}") for language in LANGUAGES},
        ),
        codes("chambers", "Its chambers."),
        PAGE,
        CHANGED_AT,
    ),
    lambda day: with_facts(Parliament.objects.all(), day, chambers=Chamber),
)
PEOPLE = Resource(
    "people",
    "Person",
    _("Those who hold, or held, a seat, a role or an office."),
    Person,
    (
        CODE_FIELD,
        SLUG,
        *(field for field in PERSON.fields if field.name == "name"),
        Field("given_name", InEachLanguage(), "Given name."),
        Field("patronymic", InEachLanguage(), "Patronymic."),
        Field("family_name", InEachLanguage(), "Family name."),
        codes("memberships", "Seats held."),
        codes("roles", "Roles in delegations."),
        codes("offices", "Offices held."),
        PAGE,
        CHANGED_AT,
    ),
    lambda day: with_facts(
        Person.objects.all(), day, memberships=Membership, roles=Role, offices=Office
    ),
)
