"""The same data in the form of the Popolo project: persons, organizations, posts, memberships.

Source: the Popolo data specification, https://www.popoloproject.com/specs/. It has one language:
names are English where there is an English one, and those in the other language stand among
``other_names`` with ``lang``. A seat is no post, since seats are counted and not told apart: who
holds one is a member of the delegation on behalf of a chamber.
"""

from collections import defaultdict

from django.conf import settings
from django.db.models import FETCH_RAISE
from django.urls import reverse

from cstopa.http.addresses import absolute
from cstopa.languages import LANGUAGES
from cstopa.models.periods import today
from cstopa.opendata.resources import Document
from cstopa.opendata.schemas import Pages, Schema, in_each_language, json_value
from delegations.models import Chamber, ChamberName, Delegation, Parliament, ParliamentName, Person
from delegations.models.people import person_fact_models

ASSEMBLY = "assembly"


class Popolo(Schema):
    """Lists of the classes of the Popolo data specification, version 1.0."""

    persons: list[dict]
    organizations: list[dict]
    posts: list[dict]
    memberships: list[dict]


def named_rows(model):
    return model.objects.with_names().order_by("code")


def document(day):
    """Return everything of any day, or what was in force on one."""

    def facts(model):
        rows = model.objects.fetch_mode(FETCH_RAISE).with_related()
        return (rows if day is None else rows.as_of(day)).order_by("code")

    def certain(model):
        # The form has no word for what only may be so.
        return [row for row in facts(model) if day is None or row.holds(day)]

    held = [certain(model) for model in person_fact_models()]
    holders = {row.person_id for rows in held for row in rows}
    people = Person.objects.order_by("code")
    posts = {post["id"]: post for rows in held for post in map(post_of, rows) if post}
    former = dated([*facts(ParliamentName), *facts(ChamberName)])
    return {
        "persons": [of_person(row, day) for row in people if day is None or row.pk in holders],
        "organizations": [
            of_assembly(),
            *(of_parliament(row, former[row], day) for row in named_rows(Parliament)),
            *(of_delegation(row, day) for row in named_rows(Delegation)),
            *(of_chamber(row, former[row], day) for row in facts(Chamber)),
        ],
        "posts": [*posts.values()],
        "memberships": [of_fact(row, day) for rows in reversed(held) for row in rows],
    }


POPOLO = Document(
    "popolo",
    "The same in the form of the Popolo project, version 1.0 of its data specification.",
    Popolo,
    document,
)


def all_names(words, further=()):
    """Return the name; the one in the other language, and ``further``, among the other names."""
    first, *others = [(language, words[language]) for language in LANGUAGES if words[language]]
    multilingual = [
        {"name": name, "lang": language, "note": "multilingual"} for language, name in others
    ]
    return {"name": first[1], "other_names": [*multilingual, *further]}


def dated(names):
    """Return ``{holder: its names in a period}``."""
    former = defaultdict(list)
    for row in names:
        for language in LANGUAGES:
            if name := getattr(row, f"name_{language}"):
                former[getattr(row, row.holder)].append(
                    {"name": name, "lang": language, **dates(row), "note": "name in a period"}
                )
    return former


def dates(fact):
    end = min(fact.ends)[0] if fact.ends else None
    return {"start_date": json_value(fact.start), "end_date": json_value(end)}


def sources(fact):
    """Return the link to the source: its own address, or else what the data says of it."""
    ours = absolute(reverse("opendata:detail", args=["sources", fact.source.code]))
    return [{"url": fact.source.url or ours, "note": fact.source.title.plain}]


def links(row, day):
    pages = Pages.read_member(row, "page", day)
    return [{"url": url, "note": language} for language, url in pages.items()]


def id_of(row, kind="parliament"):
    return f"{kind}/{row.code}"


def of_assembly():
    words = in_each_language(lambda: settings.ASSEMBLY_NAME)
    return {"id": ASSEMBLY, "classification": "assembly", **all_names(words)}


def of_parliament(row, former, day):
    names = all_names(row.names_on(day or today()), former)
    return {"id": id_of(row), "classification": "parliament", **names, "links": links(row, day)}


def of_delegation(row, day):
    return {
        "id": id_of(row, "delegation"),
        "classification": "delegation",
        "parent_id": ASSEMBLY,
        **all_names(row.names_on(day or today())),
        "links": links(row, day),
    }


def of_chamber(row, former, day):
    day = row.day_of_name(day or today())
    own, period = row.names_on(day), dates(row)
    return {
        "id": id_of(row, "chamber"),
        "classification": "chamber",
        "parent_id": id_of(row.parliament),
        **all_names(own if any(own.values()) else row.parliament.names_on(day), former),
        "founding_date": period["start_date"],
        "dissolution_date": period["end_date"],
        "sources": sources(row),
    }


def of_person(person, day):
    [language, *_] = [each for each in LANGUAGES if person.name_in(each)]
    return {
        "id": person.code,
        **all_names({each: person.name_in(each) for each in LANGUAGES}),
        "given_name": getattr(person, f"given_name_{language}") or None,
        "patronymic_name": getattr(person, f"patronymic_{language}") or None,
        "family_name": getattr(person, f"family_name_{language}"),
        "links": links(person, day),
    }


def organization_id(fact):
    """Return the id of that of which a person is one: a parliament, its delegation, the Assembly."""
    row = fact.home_row
    if row is None:
        return ASSEMBLY
    return id_of(row, "delegation" if fact.is_in_delegation else "parliament")


def post_of(fact):
    """Return the post that a fact fills, or None."""
    if not fact.post_field:
        return None
    holder, role = organization_id(fact), fact.role_code
    label = str(fact.role_label)
    return {"id": f"{holder}/{role}", "organization_id": holder, "role": role, "label": label}


def of_fact(fact, day):
    """Return the membership that a fact of a person is, labelled with the names of its time."""
    post, chamber = post_of(fact), fact.on_behalf_of
    return {
        "id": f"{fact.fact_kind}/{fact.code}",
        "person_id": fact.person.code,
        "organization_id": organization_id(fact),
        **({"on_behalf_of_id": id_of(chamber, "chamber")} if chamber else {}),
        "post_id": post and post["id"],
        "role": fact.role_code,
        "label": str(fact.title_on(fact.day_of_name(day or today()))),
        **dates(fact),
        "sources": sources(fact),
    }
