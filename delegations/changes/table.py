"""The log as a table, in the reader's language."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cstopa.models.periods import PERIOD
from cstopa.opendata import tables


def table(entries):
    """Yield the text of a table: a header that says units, then the entries."""
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
    return tables.table(header, map(cells, entries))


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
