"""The facts of one delegation as of a day, kind by kind, each with what may become of it."""

from dataclasses import dataclass, field

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from cstopa.admin.base import desk_address
from cstopa.admin.days import DayField
from cstopa.models.constraints import overlapping
from cstopa.models.periods import today
from delegations.admin.correcting import Correct
from delegations.admin.replace_chambers import ReplaceChambers
from delegations.admin.steps import Begin, End, Follow
from delegations.composition.queries import by_name, by_rank
from delegations.in_words import FactInWords
from delegations.models import (
    Chamber,
    ChamberName,
    CompleteRoster,
    Membership,
    Office,
    Parliament,
    ParliamentName,
    Participation,
    PersonFact,
    Role,
    SeatAllocation,
)
from delegations.models.facts import fact_models

# In the order in which one looks for them.
KINDS = (
    *(SeatAllocation, Membership, CompleteRoster, Role, Office, Participation),
    *(Chamber, ParliamentName, ChamberName),
)


class DayForm(forms.Form):
    date = DayField(label=gettext_lazy("As of"), required=False, initial=today)


@dataclass
class Line:
    """A fact, its words and what may become of it: ``[(address, words)]``."""

    fact: object
    day: object
    answers: list

    @property
    def words(self):
        return str(FactInWords(self.fact, self.day))

    @property
    def address(self):
        return desk_address(self.fact)

    @property
    def is_possible(self):
        return not self.is_later and not self.fact.holds(self.day)

    @property
    def is_later(self):
        return not self.fact.covers(self.day)


@dataclass
class SectionOfKind:
    """The facts of a kind that are in force on the day or later, and what may be ``begun``."""

    key: str
    heading: str
    lines: list
    begun: list = field(default_factory=list)


def sections(request, site, delegation, day):
    """Yield the sections of those kinds that somebody may see, at a fixed number of queries."""
    others = [each for each in fact_models().values() if each.home and each not in KINDS]
    for model in (*KINDS, *others):
        pages = site.get_model_admin(model)
        if not pages.has_view_permission(request):
            continue
        steps = [each(pages) for each in (Correct, Follow, End)]
        steps = [each for each in steps if each.is_allowed(request)]
        rows = model.objects.filter(overlapping(day, None), Q((model.home, delegation.pk)))
        rows = rows.with_related()
        rows = by_name(rows) if issubclass(model, PersonFact) else rows.order_by("code")
        rows = by_rank(rows) if model is Role else rows
        lines = []
        for row in rows:
            row_steps = [
                (each.address(row.pk), each.title)
                for each in steps
                if each.name != End.name or row.valid_to is None or row.valid_to_is_latest
            ]
            lines.append(Line(row, day, row_steps))
        lines.sort(key=lambda line: line.is_later)
        # Of which chamber it is says the order.
        if model in {SeatAllocation, Membership}:
            lines.sort(key=lambda line: (line.is_later, line.fact.chamber.code))
        yield SectionOfKind(
            model.fact_kind,
            capfirst(model._meta.verbose_name_plural),
            lines,
            list(_begun(request, site, delegation, model)),
        )


def _begun(request, site, delegation, model):
    if model is Chamber:
        action = ReplaceChambers(site.get_model_admin(Parliament))
        if action.is_allowed(request):
            yield action.address(delegation.pk), action.title
        return
    pages = site.get_model_admin(type(delegation))
    for each in pages.previewed_actions:
        if issubclass(each, Begin) and each.kind is model and each(pages).is_allowed(request):
            yield each(pages).address(delegation.pk), each(pages).title
