"""The same data in the form of the Popolo project: persons, organizations, posts, memberships.

Source: the Popolo data specification, https://www.popoloproject.com/specs/. It has one language:
names are English where there is an English one, and those in the other language stand among
``other_names`` with ``lang``. A seat is no post, since seats are counted and not told apart: who
holds one is a member of the delegation on behalf of a chamber.
"""

from django.conf import settings
from django.db.models import FETCH_RAISE
from django.urls import reverse
from django.utils import translation

from cstopa.http.addresses import absolute
from cstopa.languages import LANGUAGES
from cstopa.opendata.resources import addresses
from delegations.models import (
    Chamber,
    ChamberName,
    Delegation,
    Membership,
    Office,
    Parliament,
    ParliamentName,
    Person,
    Role,
)
from delegations.models.names import words_of_the_day

ASSEMBLY = "assembly"
OPTIONAL = {"type": ["string", "null"]}
DATE = {"type": ["string", "null"], "pattern": "^[0-9]{4}(-[0-9]{2}){0,2}$"}


def document(day):
    """Return everything of any day, or what was in force on one."""

    def facts(model, *related):
        rows = model.objects.fetch_mode(FETCH_RAISE).select_related("source", *related)
        return (rows if day is None else rows.as_of(day)).order_by("code")

    delegations = list(Delegation.objects.order_by("code"))
    offices = list(facts(Office, "person", "parliament"))
    roles = list(facts(Role, "person", "parliament"))
    held = [
        *(of_membership(row) for row in facts(Membership, "person", "chamber__parliament")),
        *(of_role(row) for row in roles),
        *(of_office(row) for row in offices),
    ]
    holders = {each["person_id"] for each in held}
    people = Person.objects.order_by("code")
    return {
        "persons": [of_person(row) for row in people if day is None or row.code in holders],
        "organizations": [
            of_assembly(),
            *of_parliaments(facts(ParliamentName, "parliament")),
            *(of_delegation(row) for row in delegations),
            *of_chambers(facts(Chamber, "parliament"), facts(ChamberName, "chamber__parliament")),
        ],
        "posts": [*{post["id"]: post for post in map(post_of, (*offices, *roles))}.values()],
        "memberships": held,
    }


def named(words):
    """Return the name, and the one in the other language among the other names."""
    first, *others = [(language, words[language]) for language in LANGUAGES if words[language]]
    return {
        "name": first[1],
        "other_names": [
            {"name": name, "lang": language, "note": "multilingual"} for language, name in others
        ],
    }


def dated(rows, holder):
    """Return ``{key of the holder: its dated names}``."""
    found = {}
    for row in rows:
        for language in LANGUAGES:
            if name := getattr(row, f"name_{language}"):
                found.setdefault(getattr(row, f"{holder}_id"), []).append(
                    {"name": name, "lang": language, **dates(row), "note": "name in a period"}
                )
    return found


def dates(fact):
    return {
        "start_date": fact.valid_from and fact.valid_from.isoformat(),
        "end_date": fact.last_day and fact.last_day.isoformat(),
    }


def sources(fact):
    """Return the link to the source: its own address, or else what the data says of it."""
    ours = absolute(reverse("opendata:detail", args=["sources", fact.source.code]))
    return [{"url": fact.source.url or ours, "note": fact.source.title.plain}]


def links(row):
    return [{"url": url, "note": language} for language, url in addresses(row).items()]


def of_assembly():
    words = {}
    for language in LANGUAGES:
        with translation.override(language):
            words[language] = str(settings.ASSEMBLY_NAME)
    return {"id": ASSEMBLY, "classification": "assembly", **named(words)}


def of_person(person):
    [language, *_] = [each for each in LANGUAGES if person.name_in(each)]
    return {
        "id": person.code,
        **named({each: person.name_in(each) for each in LANGUAGES}),
        "given_name": getattr(person, f"given_name_{language}") or None,
        "patronymic_name": getattr(person, f"patronymic_{language}") or None,
        "family_name": getattr(person, f"family_name_{language}"),
        "links": links(person),
    }


def of_parliaments(names):
    further = dated(names, "parliament")
    for row in Parliament.objects.order_by("code"):
        found = named(words_of_the_day(row))
        found["other_names"] += further.get(row.pk, [])
        yield {
            "id": organization(row),
            "classification": "parliament",
            **found,
            "links": links(row),
        }


def of_delegation(row):
    return {
        "id": organization(row, "delegation"),
        "classification": "delegation",
        "parent_id": ASSEMBLY,
        **named(words_of_the_day(row)),
        "links": links(row),
    }


def of_chambers(rows, names):
    further = dated(names, "chamber")
    for row in rows:
        own = words_of_the_day(row)
        found = named(own if any(own.values()) else words_of_the_day(row.parliament))
        found["other_names"] += further.get(row.pk, [])
        period = dates(row)
        yield {
            "id": organization(row, "chamber"),
            "classification": "chamber",
            "parent_id": organization(row.parliament),
            **found,
            "founding_date": period["start_date"],
            "dissolution_date": period["end_date"],
            "sources": sources(row),
        }


def organization(row, kind="parliament"):
    return f"{kind}/{row.code}"


def of_membership(row):
    return {
        "id": f"membership/{row.code}",
        "person_id": row.person.code,
        "organization_id": organization(row.chamber.parliament, "delegation"),
        "on_behalf_of_id": organization(row.chamber, "chamber"),
        "post_id": None,
        "role": row.chamber.member_title,
        **dates(row),
        "sources": sources(row),
    }


def of_role(row):
    return {
        "id": f"role/{row.code}",
        "person_id": row.person.code,
        "organization_id": organization(row.parliament, "delegation"),
        "post_id": post_of(row)["id"],
        "role": row.kind,
        **dates(row),
        "sources": sources(row),
    }


def of_office(row):
    return {
        "id": f"office/{row.code}",
        "person_id": row.person.code,
        "organization_id": post_of(row)["organization_id"],
        "post_id": post_of(row)["id"],
        "role": row.function,
        **dates(row),
        "sources": sources(row),
    }


def post_of(row):
    """Return the post that an office or a role fills."""
    if isinstance(row, Role):
        holder, role, label = (
            organization(row.parliament, "delegation"),
            row.kind,
            row.get_kind_display(),
        )
    else:
        holder = organization(row.parliament) if row.parliament_id else ASSEMBLY
        role, label = row.function, row.get_function_display()
    return {"id": f"{holder}/{role}", "organization_id": holder, "role": role, "label": str(label)}


def many(required, **properties):
    return {
        "type": "array",
        "items": {"type": "object", "properties": properties, "required": required},
    }


LINKS = many(["url"], url={"type": "string", "format": "uri"}, note=OPTIONAL)
NAMES = many(["name"], name={"type": "string"}, lang=OPTIONAL, start_date=DATE, end_date=DATE)
TEXT = {"type": "string"}
SCHEMA = {
    "type": "object",
    "properties": {
        "persons": many(
            ["id", "name"], id=TEXT, name=TEXT, other_names=NAMES, links=LINKS, given_name=OPTIONAL
        ),
        "organizations": many(
            ["id", "name", "classification"],
            id=TEXT,
            name=TEXT,
            classification=TEXT,
            other_names=NAMES,
            parent_id=OPTIONAL,
            founding_date=DATE,
            dissolution_date=DATE,
            links=LINKS,
            sources=LINKS,
        ),
        "posts": many(["id", "label"], id=TEXT, label=TEXT, role=OPTIONAL, organization_id=TEXT),
        "memberships": many(
            ["id", "person_id", "organization_id"],
            id=TEXT,
            person_id=TEXT,
            organization_id=TEXT,
            on_behalf_of_id=OPTIONAL,
            post_id=OPTIONAL,
            role=OPTIONAL,
            start_date=DATE,
            end_date=DATE,
            sources=LINKS,
        ),
    },
    "required": ["persons", "organizations", "posts", "memberships"],
    "additionalProperties": False,
}
