"""A fact in words that need nothing beside them: where other pages than its own tell of it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstopa.http.addresses import as_of
from cstopa.models.periods import today
from delegations.models import Chamber, PersonFact
from delegations.models.facts import DatedFact


def name_on(row, day):
    """Return what a row that a fact names is called on a day."""
    return row.title_on(day) if hasattr(row, "title_on") else getattr(row, "name", row)


@dataclass(frozen=True)
class FactInWords:
    """What a fact says, of whom and of what, but for the parliament whose it is.

    Names are those of its own day that is nearest to ``day``, of which the page speaks.
    """

    fact: DatedFact
    day: date

    @cached_property
    def own_day(self):
        return self.fact.day_of_name(self.day)

    @property
    def address(self):
        """Its anchor, on a page that shows it; "" where no page does."""
        address = self.fact.get_absolute_url()
        if not address or isinstance(self.fact, PersonFact) or self.fact.covers(today()):
            return address
        return as_of(address, self.own_day)

    @property
    def kind(self):
        if isinstance(self.fact, Chamber) and not (self.fact.house or self.fact.statement()):
            # The only chamber of a parliament, whose pages never say "chamber".
            return _("Unicameral parliament")
        return capfirst(self.fact._meta.verbose_name)

    @property
    def parliament(self):
        """The parliament whose fact it is; None: the Assembly's."""
        return self.fact.home_row

    @property
    def parliament_name(self):
        return self.parliament and self.parliament.name_on(self.own_day)

    @property
    def parts(self):
        """Its words, each as it is written in a language, to be put one behind another."""
        fact, parts = self.fact, []
        if isinstance(fact, PersonFact) or fact.subject != self.parliament:
            parts.append(name_on(fact.subject, self.own_day))
        # What a name was given to is called by it.
        if str(statement := fact.statement()) not in map(str, parts):
            parts.append(statement)
        if behalf := getattr(fact, "on_behalf_of", None):
            parts.append(name_on(behalf, self.own_day))
        # The only chamber of a parliament has no name of its own.
        return [part for part in parts if part] or [self.parliament_name or self.kind]

    def __str__(self):
        return ", ".join(map(str, self.parts))


def by_parliament(facts):
    """Return ``[(parliament, facts)]`` of what has a ``parliament``, in their order, None for the Assembly's own."""
    groups = {}
    for fact in facts:
        groups.setdefault(fact.parliament, []).append(fact)
    return [*groups.items()]
