"""Dated facts: what was so from a day to a day, and by which source."""

from django.utils.translation import gettext_lazy as _

from cstopa.languages import LANGUAGES
from cstopa.opendata.catalogue.evidence import EVIDENCE
from cstopa.opendata.fields import (
    ADDRESS,
    DAY,
    MOMENT,
    YES_OR_NO,
    Field,
    InEachLanguage,
    ListOf,
    Scalar,
    number_of,
    one_of,
    optional,
)
from cstopa.opendata.resources import (
    CHAMBER,
    CHANGED_AT,
    CODE_FIELD,
    NAME_OF_DAY,
    PAGE,
    PARLIAMENT,
    PERSON,
    SOURCE,
    Resource,
    with_changed_at,
)
from delegations.models import (
    Chamber,
    ChamberName,
    CompleteRoster,
    Membership,
    Office,
    ParliamentName,
    Participation,
    Role,
    SeatAllocation,
)

PERIOD = (
    Field("valid_from", optional(DAY), "First day in force; null where the start is not known."),
    Field("valid_to", optional(DAY), "Last day in force; null where no end is known."),
    Field(
        "valid_to_is_latest",
        YES_OR_NO,
        "Whether valid_to is only the latest possible end, the exact one being unknown.",
    ),
    Field(
        "last_day",
        optional(DAY),
        "The day with which it really ends: valid_to, or that of its chamber where this ends "
        "earlier; null where neither is known. It counts on a day from valid_from to last_day, "
        "both included, and an unknown start counts on every day up to the end.",
    ),
    Field(
        "last_day_is_latest",
        YES_OR_NO,
        "Whether last_day is only the latest possible end.",
        lambda fact: bool(fact.ends) and min(fact.ends)[1],
    ),
)
SOURCES = (
    Field("source", SOURCE, "The document that it follows."),
    Field("further_sources", ListOf(EVIDENCE), "Other documents about it."),
    Field(
        "checked_on", optional(DAY), "The day on which it was last found to be true; null if never."
    ),
    Field(
        "corrected_at",
        optional(MOMENT),
        "The moment at which it was last corrected, having been wrong; null if never.",
    ),
)
OF_PARLIAMENT = Field("parliament", PARLIAMENT, "The parliament.")
OF_CHAMBER = (
    Field("chamber", CHAMBER, "The chamber."),
    Field(
        "parliament",
        PARLIAMENT,
        "The parliament of the chamber, which sends the delegation.",
        lambda fact: fact.chamber.parliament,
    ),
)
OF_PERSON = Field("person", PERSON, "The person.")
THE_NAME = Field("name", InEachLanguage(), "The name.")


def facts(name, record, description, model, *own, related):
    """Return the resource of a kind of dated fact; ``related``: the rows that its fields read."""

    def rows(day):
        found = with_changed_at(model.objects.with_evidence()).select_related("source", *related)
        return found if day is None else found.as_of(day)

    fields = (CODE_FIELD, *own, *PERIOD, *SOURCES, PAGE, CHANGED_AT)
    return Resource(name, record, description, model, fields, rows, is_dated=True)


CHAMBERS = facts(
    "chambers",
    "Chamber",
    _(
        "Houses of parliaments. A parliament with one chamber is unicameral, and that one may have "
        "no name."
    ),
    Chamber,
    OF_PARLIAMENT,
    NAME_OF_DAY,
    Field(
        "undated_name",
        InEachLanguage(),
        "Its name on the days for which no dated one is on record.",
        lambda row: {language: getattr(row, f"name_{language}") for language in LANGUAGES},
    ),
    Field("house", optional(one_of(Chamber.House)), "Null where there is one chamber."),
    Field("member_title", one_of(Chamber.MemberTitle), "How those whom it sends are called."),
    Field("website", optional(ADDRESS), "Its website; null where it is not known."),
    Field(
        "website_language",
        optional(Scalar("string", choices=LANGUAGES)),
        "The language of the website; null where the address does not say it.",
    ),
    related=("parliament",),
)
PARLIAMENT_NAMES = facts(
    "parliament-names",
    "ParliamentName",
    _("Names that parliaments have in a period, where it is not the undated one."),
    ParliamentName,
    OF_PARLIAMENT,
    THE_NAME,
    related=("parliament",),
)
CHAMBER_NAMES = facts(
    "chamber-names",
    "ChamberName",
    _("Names that chambers have in a period, where it is not the undated one."),
    ChamberName,
    Field("chamber", CHAMBER, "The chamber."),
    THE_NAME,
    related=("chamber__parliament",),
)
ALLOCATIONS = facts(
    "allocations",
    "SeatAllocation",
    _("How many seats of its parliament's delegation a chamber sends."),
    SeatAllocation,
    *OF_CHAMBER,
    Field("seats", number_of("seats"), "The number of seats."),
    related=("chamber__parliament",),
)
ROSTERS = facts(
    "rosters",
    "CompleteRoster",
    _(
        "Statements that every member whom a chamber sends is on record: only then is a seat "
        "without a member vacant, and not one whose holder is not recorded."
    ),
    CompleteRoster,
    *OF_CHAMBER,
    related=("chamber__parliament",),
)
MEMBERSHIPS = facts(
    "memberships",
    "Membership",
    _("Who holds one of a delegation's seats, on behalf of a chamber."),
    Membership,
    OF_PERSON,
    *OF_CHAMBER,
    related=("person", "chamber__parliament"),
)
OFFICES = facts(
    "offices",
    "Office",
    _("Who holds a function, which is no seat."),
    Office,
    OF_PERSON,
    Field("function", one_of(Office.Function), "The function."),
    Field(
        "parliament",
        optional(PARLIAMENT),
        "The parliament that is represented; null for an office of the Assembly.",
    ),
    related=("person", "parliament"),
)
ROLES = facts(
    "roles",
    "Role",
    _("What somebody is in a delegation beside holding a seat, or without one."),
    Role,
    OF_PERSON,
    OF_PARLIAMENT,
    Field("kind", one_of(Role.Kind), "The role."),
    related=("person", "parliament"),
)
PARTICIPATIONS = facts(
    "participations",
    "Participation",
    _("How parliaments take part in the Assembly. Where no row covers a day, it is not recorded."),
    Participation,
    OF_PARLIAMENT,
    Field("status", one_of(Participation.Status), "How it takes part."),
    related=("parliament",),
)
