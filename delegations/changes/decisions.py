"""The log as pages show it: what one person recorded at once is one decision."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, F, OuterRef, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.text import capfirst

from cstopa.http import pagination
from cstopa.http.kept.rows import until_written
from cstopa.models.periods import day_in_words
from delegations.changes.log import EntryInWords, in_words
from delegations.changes.models import Change, logged_models

# How many entries of a decision a page shows; the others stand on a page of its own.
SHOWN = 20
# How many entries the page of a decision shows: not fewer than the feed has.
EACH = 50


@dataclass(frozen=True)
class Decision:
    """The entries of a page of one decision, the last first, ``total`` in all.

    ``counts`` is ``{(kind, change): number of entries}``.
    """

    entries: list[EntryInWords]
    counts: Counter

    @property
    def key(self):
        return self.entries[0].decision

    @property
    def recorded_at(self):
        return self.entries[0].recorded_at

    @property
    def month(self):
        return day_in_words(timezone.localdate(self.recorded_at), "F Y")

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def is_whole(self):
        return self.total == len(self.entries)

    @property
    def source(self):
        """The one document by which all of it was recorded, or None."""
        sources = {
            further.source if (further := next(iter(each.ended_by), None)) else each.source
            for each in self.entries
        }
        return sources.pop() if len(sources) == 1 else None

    @property
    def in_words(self):
        """How much was done: "Memberships: recorded 7, end recorded 7"."""
        return "; ".join(
            f"{capfirst(model._meta.verbose_name_plural)}: {', '.join(done)}"
            for kind, model in logged_models().items()
            if (
                done := [
                    f"{change.label.lower()}\N{NO-BREAK SPACE}{number}"
                    for change in Change
                    if (number := self.counts[kind, change.value])
                ]
            )
        )


def page_of(entries, parliament, position):
    """Return a Page of the Decisions of entries, whichever of them a filter leaves: none is parted."""
    later = entries.filter(decision=OuterRef("decision"), pk__gt=OuterRef("pk")).order_by()
    page = pagination.page_of(entries.filter(~Exists(later)), position)
    keys = tuple(entry.decision for entry in page)
    of_page = entries.filter(decision__in=keys)
    counts = defaultdict(Counter)
    counted = of_page.order_by().values_list("decision", "kind", "change")
    for key, kind, change, number in counted.annotate(Count("pk")):
        counts[key][kind, change] = number
    place = Window(RowNumber(), partition_by=F("decision"), order_by=F("pk").desc())
    shown = of_page.annotate(place=place).filter(place__lte=SHOWN).order_by("-pk")
    by_key = defaultdict(list)
    for entry in _in_words(tuple(shown), parliament):
        by_key[entry.decision].append(entry)
    return replace(page, rows=[Decision(by_key[key], counts[key]) for key in keys])


def entries_of(entries, parliament, position):
    """Return a Page of the entries of one decision, as Decisions of one entry each."""
    page = pagination.page_of(entries, position, size=EACH)
    told = _in_words(tuple(page.rows), parliament)
    return replace(page, rows=[Decision([each], Counter()) for each in told])


# Entries are final, and what they name is read once for both languages.
_in_words = until_written(size=20)(in_words)
