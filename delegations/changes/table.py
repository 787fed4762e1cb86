"""The log as a table, in the reader's language."""

from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from cstopa.models.periods import PERIOD
from cstopa.opendata import tables
from delegations.changes.log import in_words

# How many entries are read at a time, with the rows that they name.
PART = 1000


def table(entries, parliament):
    """Yield the text of a table, part after part, in the language that is active: a header that says
    units, then the LogEntries, the last first. Of the log of a ``parliament``, see ``in_words()``.
    """
    language = get_language()
    header = [
        _("recorded at [date and time, Moscow]"),
        _("what was done"),
        _("kind of fact"),
        _("about"),
        _("code of the fact"),
        _("code of the delegation"),
        _("first day in force [date; empty: not known]"),
        _("last day in force [date; empty: no end is known]"),
        _("the last day is the latest possible one [yes, no]"),
        _("before"),
        _("after"),
        _("reason"),
        _("code of the source"),
        _("source"),
        _("address of the source"),
        _("further sources of the end"),
    ]
    yield from tables.table(header, ())
    for part in in_parts(entries):
        # When it is sent, the request is over for everybody else.
        with override(language):
            lines = tables.lines(map(cells, in_words(part, parliament)))
        yield lines


def in_parts(entries):
    """Yield lists of entries, of which one at a time is in memory."""
    part = list(entries[:PART])
    yield part
    while len(part) == PART:
        part = list(entries.filter(pk__lt=part[-1].pk)[:PART])
        yield part


def cells(entry):
    first, last, is_latest = (entry.values.get(name) for name in PERIOD)
    differences = entry.differences
    return [
        timezone.localtime(entry.recorded_at).isoformat(" ", "seconds"),
        entry.change.label,
        entry.heading,
        # No mark against formulas of spreadsheets: it would falsify names, and editors alone write
        # them.
        entry.in_words,
        entry.code,
        entry.parliament.code if entry.parliament else "",
        first,
        last,
        "" if is_latest is None else (_("yes") if is_latest else _("no")),
        "; ".join(f"{label}: {before}" for label, before, _after in differences),
        "; ".join(f"{label}: {after}" for label, _before, after in differences),
        entry.reason,
        *((entry.source.code, entry.source.title, entry.source.url) if entry.source else ("",) * 3),
        "; ".join(further.source.title for further in entry.ended_by),
    ]
