"""The resources of dated facts, each of which follows from the declaration of its model."""

from functools import partial
from typing import Literal

from django.db import models
from django.utils import translation
from pydantic import create_model

from cstopa.languages import text_of
from cstopa.opendata.resources import Resource
from cstopa.opendata.schemas import Address, Coded, Words, YesOrNo, member, number_of, versioned
from delegations.composition import kinds_of, unrecorded_on
from delegations.models import ChamberFact
from delegations.models.facts import fact_models
from delegations.models.people import PersonFact
from delegations.opendata.references import (
    NAME_OF_DAY,
    UNDATED_NAME,
    Dated,
    HolderReference,
    NameOfDay,
    Sourced,
    reference_to,
)

PARLIAMENT_OF_CHAMBER = member(
    "The parliament of the chamber, which sends the delegation.", at="home_row"
)


def fact_resources(*, of_people):
    """Return the resource of each kind of fact of a person, or of each other kind.

    Those of a parliament come before those of its chambers.
    """
    kinds = [each for each in fact_models().values() if issubclass(each, PersonFact) is of_people]
    return [fact_resource(each) for each in sorted(kinds, key=lambda each: len(each.home or ""))]


def fact_resource(model):
    def rows(day):
        facts = model.objects.with_evidence().with_related()
        return facts if day is None else facts.as_of(day)

    with translation.override("en"):
        schema = schema_of(model)
    return Resource(
        model.api.name,
        model.api.description,
        model,
        schema,
        rows,
        is_dated=True,
        gaps=partial(unrecorded_on, kinds_of(model)),
    )


def schema_of(model):
    """Return what is said of a fact. Its own members come between its code and its period."""
    own = create_model(f"{model.__name__}Values", __base__=Coded, **members(model))
    return versioned(create_model(model.__name__, __base__=(Sourced, Dated, own)))


def members(model):
    """Return the members of ``value_fields``, and those that ``api.fields`` names beside them."""
    fields = {}
    for name in dict.fromkeys((*model.value_fields, *model.api.fields)):
        field = model._meta.get_field(name)
        text = text_of(field)
        name = text or name
        if text and hasattr(model, "names"):
            fields |= {"name": (NameOfDay, NAME_OF_DAY), "undated_name": (Words, UNDATED_NAME)}
            continue
        words = model.api.fields.get(name, f"The {field.verbose_name}.")
        fields[name] = (Words if text else type_of(field), member(words))
        if name == "chamber" and issubclass(model, ChamberFact):
            fields["parliament"] = (HolderReference, PARLIAMENT_OF_CHAMBER)
    return fields


def type_of(field):
    """Return the type of the values of a field of a model."""
    if field.is_relation:
        kind = reference_to(field.related_model)
    elif field.choices:
        kind = Literal[*(value for value, _label in field.flatchoices if value)]
    elif isinstance(field, models.BooleanField):
        kind = YesOrNo
    elif isinstance(field, models.IntegerField):
        kind = number_of(str(field.verbose_name))
    else:
        kind = Address if isinstance(field, models.URLField) else str
    return kind | None if field.null or field.blank else kind
