"""The log as pages show it: what one person recorded at once is one decision."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, F, Max, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.text import capfirst

from cstopa.http import pagination
from cstopa.models.periods import day_in_words
from delegations.changes.log import EntryInWords, address, asking, shared_in_words
from delegations.changes.models import Change, LogEntry, logged_models
from delegations.changes.replay import Version

# How many entries of a decision a page shows; the others stand on a page of its own.
SHOWN = 20
# How many entries the page of a decision shows: not fewer than the feed has.
EACH = 50


@dataclass(frozen=True)
class Decision:
    """The entries of a page of one decision, the last first, ``total`` in all.

    ``counts`` is ``{(kind, change): number of entries}``. ``before`` and ``after`` are the Versions of
    the record around the whole of it; what was recorded first has none before.
    """

    entries: list[EntryInWords]
    counts: Counter
    before: Version | None = None
    after: Version | None = None

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
    def day(self):
        """A day of which the record says something else since: by the entry recorded last."""
        return self.entries[0].day_of_difference

    @property
    def record_before(self):
        return self.before and self._on_record(self.before)

    @property
    def record_after(self):
        return self._on_record(self.after)

    def _on_record(self, version):
        """Return the address that lasts of its delegation, or of all, on its day by a version."""
        homes = {each.delegation and each.delegation.code: each.delegation for each in self.entries}
        delegation = next(iter(homes.values())) if len(homes) == 1 else None
        return address(delegation, "on-record") + asking(self.day, version)

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
    for entry in shared_in_words(tuple(shown), parliament):
        by_key[entry.decision].append(entry)
    around = _around(keys)
    return replace(page, rows=[Decision(by_key[key], counts[key], *around[key]) for key in keys])


def entries_of(entries, parliament, position):
    """Return a Page of the entries of one decision, as Decisions of one entry each."""
    page = pagination.page_of(entries, position, size=EACH)
    told = shared_in_words(tuple(page.rows), parliament)
    around = _around({each.decision for each in told})
    return replace(
        page, rows=[Decision([each], Counter(), *around[each.decision]) for each in told]
    )


def _around(keys):
    """Return ``{key: (Version before, Version after)}`` of decisions: each begins with its key."""
    first = Subquery(LogEntry.objects.order_by("pk").values("pk")[:1])
    decisions = LogEntry.objects.filter(decision__in=keys).order_by().values_list("decision")
    return {
        key: (Version(key - 1, None) if key > first else None, Version(last, None))
        for key, last, first in decisions.annotate(Max("pk"), first=first)
    }
