"""A row of each model, and where the desk edits it."""

from django.contrib import admin
from django.urls import reverse

from delegations.models import (
    Chamber,
    Delegation,
    FurtherSource,
    Parliament,
    Person,
    SeatAllocation,
    Source,
)
from news.models import Topic
from tests import make


def base_of(model):
    return type(admin.site._registry[model]).__mro__[1]


MODELS = [
    model for model in admin.site._registry if model._meta.app_label in {"delegations", "news"}
]

# One model for each class of which the pages of the desk are made, found by words or not.
OF_EACH_BASE = {(base_of(model), hasattr(model, "search_text")): model for model in MODELS}.values()


def page(row_or_model, name, *args):
    opts = row_or_model._meta
    key = [row_or_model.pk] if name in {"change", "delete", "history"} else []
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=[*key, *args])


def everything():
    """A row of each model, all about one state."""
    parliament = make.parliament(state_ru="Беларусь", name_ru="Национальное собрание")
    source = make.source(title_ru="Состав Ёлок")
    chamber = make.chamber(parliament, name_ru="Палата представителей", source=source)
    person = make.person(given_name_ru="Виктор", family_name_ru="Когут")
    delegation = Delegation.objects.get(pk=parliament.pk)
    topic = make.topic(name_ru="Модельные законы")
    allocation = make.allocation(chamber)
    rows = {
        Parliament: parliament,
        Chamber: chamber,
        Person: person,
        Source: source,
        Delegation: delegation,
        Topic: topic,
        SeatAllocation: allocation,
        FurtherSource: make.further_source(
            allocation=allocation, differs=True, says_en="6 deputies", why_en="It is later."
        ),
        **{
            type(row): row
            for row in (
                make.participation(parliament),
                make.membership(person, chamber),
                make.office(person, "representative", parliament=parliament),
                make.role(person, parliament=parliament),
                make.roster(chamber),
                make.name(parliament, name_ru="Парламент"),
                make.name(chamber, name_ru="Палата"),
                make.article(
                    delegations=[delegation],
                    people=[person],
                    topics=[topic],
                    headline_ru="Заседание Ассамблеи",
                ),
                # Over an article of its own.
                make.draft(),
            )
        },
    }
    about = {"parliament": parliament, "chamber": chamber, "person": person}
    return rows | {type(row): row for row in make.facts_of_further_kinds(*rows, **about)}


def until_settled(tab):
    """Wait until an editor that was just entered leaves the cursor alone: by its own clock, 20 ms."""
    tab.evaluate("() => new Promise((done) => setTimeout(done, 50))")
