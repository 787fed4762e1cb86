"""Rows for tests: each function makes a valid row, and takes whatever a test cares about."""

import datetime as dt
from itertools import count

from django.utils import timezone

from cstopa.library.documents.models import Document
from cstopa.library.models import Picture
from cstopa.pages.models import Imprint, Page, PageDraft
from delegations.models import (
    Chamber,
    ChamberName,
    CompleteRoster,
    FurtherSource,
    Membership,
    Office,
    Parliament,
    ParliamentName,
    Participation,
    Person,
    Role,
    SeatAllocation,
    Source,
)
from delegations.models.facts import fact_models
from news.models import Article, ArticleDraft, Topic

number = count(1)


# The documents are older than any day of a test, so that a fact without a start holds on each.
OLD = dt.date(1990, 1, 1)


def source(**fields):
    known = {"title_en": f"Decision {next(number)}", "published_on": OLD}
    return Source.objects.create(**known | fields)


def parliament(slug=None, **fields):
    slug = slug or f"state-{next(number)}"
    name = slug.replace("-", " ").title()
    return Parliament.objects.create(
        **{"slug": slug, "state_en": name, "name_en": f"Parliament of {name}", **fields}
    )


def dated(fields):
    return {"source": fields.pop("source", None) or source(), **fields}


def chamber(parliament_=None, **fields):
    fields = {"parliament": parliament_ or parliament(), "name_en": "House", **dated(fields)}
    return Chamber.objects.create(**fields)


def allocation(chamber_=None, seats=7, **fields):
    return SeatAllocation.objects.create(
        chamber=chamber_ or chamber(), seats=seats, **dated(fields)
    )


def person(slug=None, **fields):
    slug = slug or f"ann-example-{next(number)}"
    given, _, family = slug.title().partition("-")
    return Person.objects.create(
        **{"slug": slug, "given_name_en": given, "family_name_en": family or given, **fields}
    )


def membership(person_=None, chamber_=None, **fields):
    return Membership.objects.create(
        person=person_ or person(), chamber=chamber_ or chamber(), **dated(fields)
    )


def office(person_=None, function="deputy_executive_secretary", **fields):
    return Office.objects.create(person=person_ or person(), function=function, **dated(fields))


def participation(parliament_=None, status="member", **fields):
    return Participation.objects.create(
        parliament=parliament_ or parliament(), status=status, **dated(fields)
    )


def role(person_=None, kind="head", **fields):
    fields = {"parliament": fields.pop("parliament", None) or parliament(), **dated(fields)}
    return Role.objects.create(person=person_ or person(), kind=kind, **fields)


def roster(chamber_=None, **fields):
    return CompleteRoster.objects.create(chamber=chamber_ or chamber(), **dated(fields))


def name(holder, name_en="New name", **fields):
    """A dated name of a parliament or a chamber."""
    model, kind = (
        (ParliamentName, "parliament")
        if isinstance(holder, Parliament)
        else (ChamberName, "chamber")
    )
    return model.objects.create(**{kind: holder, "name_en": name_en, **dated(fields)})


def fact(model, **fields):
    """A fact of any kind: the first of its choices, of rows of its own where none are given."""
    made = {Chamber: chamber, Parliament: parliament, Person: person, Source: source}
    for field in model._meta.concrete_fields:
        if field.blank or field.has_default() or field.name in fields:
            continue
        if field.is_relation:
            fields[field.name] = made[field.related_model]()
        else:
            fields[field.name] = field.choices[0][0] if field.choices else 1
    return model.objects.create(**fields)


def facts_of_further_kinds(*known, **fields):
    """A fact of each kind but the ``known`` ones, with those of the fields that the kind has."""
    for model in fact_models().values():
        if model not in known:
            names = {field.name for field in model._meta.fields}
            yield fact(model, **{name: fields[name] for name in fields.keys() & names})


def further_source(**fields):
    """Another document about a fact: ``allocation=row``, for one."""
    return FurtherSource.objects.create(source=fields.pop("source", None) or source(), **fields)


def topic(slug=None, **fields):
    slug = slug or f"topic-{next(number)}"
    return Topic.objects.create(**{"slug": slug, "name_en": slug.title(), **fields})


def article(slug=None, *, delegations=(), people=(), topics=(), **fields):
    """A published article, complete in English; ``status="draft"`` makes a draft."""
    slug = slug or f"article-{next(number)}"
    row = Article.objects.create(
        **{
            "slug": slug,
            "headline_en": f"Headline of {slug}",
            "summary_en": f"Summary of {slug}",
            "body_en": f"<p>Body of {slug}</p>",
            "status": "published",
            "published_at": timezone.now() - dt.timedelta(days=1),
            **fields,
        }
    )
    row.delegations.set(delegations)
    row.people.set(people)
    row.topics.set(topics)
    return row


def draft(live=None, **words):
    """A draft over a public article, with other words."""
    row = ArticleDraft.begun(live or article())
    for name, text in words.items():
        setattr(row, name, text)
    row.save()
    return row


def page_draft(live=None, **words):
    """A draft over a written page, with other words."""
    row = PageDraft.begun(live or page())
    for name, text in words.items():
        setattr(row, name, text)
    row.save()
    return row


def imprint(**fields):
    return Imprint.objects.create(**{"name_en": "Publisher", **fields})


def page(slug="about", **fields):
    """A written page, complete in English."""
    words = {"title_en": f"Title of {slug}", "body_en": f"<p>Body of {slug}</p>"}
    return Page.objects.create(slug=slug, **words | fields)


def picture(**fields):
    """Return a picture whose file is nowhere: tests/cstopa/library/test_drawing.py makes whole ones."""
    each = next(number)
    known = {"file": f"pictures/{each:032x}.jpg", "width": 60, "height": 40}
    said = {"alternative_en": f"Picture {each}", "alternative_ru": f"Снимок {each}"}
    return Picture.objects.create(**known | said | fields)


def document(**fields):
    """Return a document whose file is nowhere: tests/cstopa/library/test_documents.py makes whole ones."""
    each = next(number)
    known = {
        "file": f"documents/{each:032x}.pdf",
        "kind": "pdf",
        "size": 1_258_291,
        "language": "ru",
    }
    return Document.objects.create(**known | {"title_en": f"Document {each}"} | fields)
