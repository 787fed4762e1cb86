"""The log for machines: entries as a table, and a State as JSON."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cstopa.opendata import tables
from delegations.changes.models import PERIOD
from delegations.changes.recording import values_of


def on_record(found):
    """Return what was on record of a day: the facts in force, and what they come to."""
    composition = found["composition"]
    return {
        "delegation": found["object"].code,
        "date": found["day"].isoformat(),
        "recorded_up_to": found["recorded"].isoformat(),
        "is_on_record": composition is not None,
        "name": composition
        and {
            "en": composition.delegation.name_en or None,
            "ru": composition.delegation.name_ru or None,
        },
        "seats": composition and composition.seats,
        "members": composition and composition.members_on_record,
        "vacant": composition and composition.vacant,
        "unrecorded": None
        if composition is None or composition.seats is None
        else composition.unrecorded,
        "facts": {
            kind: {
                row.code: values_of(row, type(row))
                for row in found["state"].of(kind, found["object"].code)
            }
            for kind in found["state"].facts
            if kind != "parliament"
        },
    }


def table(entries):
    """Return the text of a table, in the reader's language: a header that says units, then entries."""
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
    differences = entry.differences

    def told(which):
        return "; ".join(f"{each[0]}: {each[which]}" for each in differences)

    first, last, is_latest = (entry.values.get(name) for name in PERIOD)
    return [
        timezone.localtime(entry.recorded_at).isoformat(" ", "seconds"),
        entry.change.label,
        entry.heading,
        # As it is written at the desk: a mark against formulas would falsify a name, and no
        # stranger writes here.
        entry.in_words,
        entry.code,
        entry.parliament.code if entry.parliament else "",
        first,
        last,
        "" if is_latest is None else (_("yes") if is_latest else _("no")),
        told(1),
        told(2),
        entry.reason,
        *((entry.source.code, entry.source.title, entry.source.url) if entry.source else ("",) * 3),
        "; ".join(further.source.title for further in entry.ended_by),
    ]
