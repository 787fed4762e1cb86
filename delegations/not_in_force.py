"""Kinds of facts on a delegation's page: what does not count on its day, and those without a place there."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cstopa.models.periods import EARLIEST, held_and_possible
from delegations.as_of_views import Nearest, row_templates
from delegations.models import (
    Chamber,
    ChamberName,
    CompleteRoster,
    Membership,
    Office,
    ParliamentName,
    Participation,
    PersonFact,
    Role,
    SeatAllocation,
)

# At most so many of each kind. The others stand on the pages of the days of change.
SHOWN = 20
# The kinds that have a place of their own on the page, and their headings.
HEADINGS = {
    SeatAllocation: _("Seats"),
    CompleteRoster: _("Complete rosters"),
    Office: _("Plenipotentiary representative"),
    Role: _("Head, deputy heads and alternates"),
    Participation: _("Participation in the Assembly"),
}
# Those that stand on the pages of parliaments and of people.
ELSEWHERE = {Chamber, ChamberName, Membership, ParliamentName}


@dataclass(frozen=True)
class Section:
    """The facts of one kind as a page lists them."""

    model: type
    facts: list

    @property
    def heading(self):
        return HEADINGS.get(self.model) or capfirst(self.model._meta.verbose_name_plural)

    @property
    def has_holders(self):
        return issubclass(self.model, PersonFact)

    @property
    def row(self):
        """The templates that say what each is; None where its kind says it all, or the heading."""
        if not self.has_holders:
            return row_templates(self.model)
        if all(fact.statement() in ("", self.heading) for fact in self.facts):
            return None
        return "delegations/_statement.html"


@dataclass(frozen=True)
class OtherDays:
    """The facts of each kind, those nearest to the day; ``left_out`` is the number of the others."""

    sections: list
    left_out: int

    def __bool__(self):
        return bool(self.sections)


def on_other_days(record, day):
    """Return the OtherDays of what is on record of a delegation, ``{kind: facts}``."""
    sections, left_out = [], 0
    further = [model for model in record if model not in HEADINGS]
    for model in (*HEADINGS, *further):
        if model not in ELSEWHERE:
            of_others = [fact for fact in record[model] if not fact.covers(day)]
            if issubclass(model, PersonFact):
                of_others.sort(key=by_post_and_time)
            shown = Nearest(of_others, day, SHOWN)
            left_out += shown.left_out
            if shown:
                sections.append(Section(model, shown))
    return OtherDays(sections, left_out)


def by_post_and_time(fact):
    return fact.role_code, fact.valid_from or EARLIEST, fact.code


def split_on(record, day):
    """Return ``{kind: facts}`` of those on record that hold on a day, and of those that only may."""
    kinds = {model: held_and_possible(facts, day) for model, facts in record.items()}
    return ({model: facts[part] for model, facts in kinds.items()} for part in (0, 1))


def sections_of_day(holding):
    """Return a Section for each kind that holds on the day and has no other place on the page."""
    return [
        Section(model, facts)
        for model, facts in holding.items()
        if facts and model not in ELSEWHERE | HEADINGS.keys()
    ]


def may_hold(possible):
    """Return a Section for each kind of which some facts only may hold on the day."""
    kinds = dict.fromkeys((*HEADINGS, Membership, *possible))
    return [
        Section(model, possible[model])
        for model in kinds
        if possible[model] and model not in ELSEWHERE - {Membership}
    ]
