"""Whom and what entries name: rows as they are now, and those that are gone as they were last."""

from collections import defaultdict

from django.db.models import FETCH_RAISE

from cstopa.models.history import of_version
from delegations.changes.models import (
    EDTF,
    Change,
    LogEntry,
    every_model,
    home_of,
    kind_of,
    steps_home,
)
from delegations.models import FurtherSource, Parliament
from delegations.models.evidence import among


def row_of(model, code, values, related):
    """Return the unsaved row that an entry tells of; ``related(model, code)`` gives those it names."""
    row = model(code=code)
    for name, value in values.items():
        # What is published of a period says each day twice, at last as far as it is known.
        name = name.removesuffix(EDTF)
        field = row._meta.get_field(name)
        if not field.is_relation:
            value = field.to_python(value)
        elif value is not None:
            value = related(field.related_model, value)
        setattr(row, name, value)
    return row


class NamedRows:
    """The rows that entries name by their codes: as they are now, or were last where they are gone.

    A ``parliament`` that was read already is not read again.
    """

    def __init__(self, entries, parliament=None):
        self._named, self._rows, self._last_entries = defaultdict(set), {}, {}
        if parliament is not None:
            self._rows[Parliament, parliament.code] = parliament
        for entry in entries:
            if entry.kind == kind_of(Parliament):
                self._named[Parliament].add(entry.code)
            for values in filter(None, (entry.values, entry.before)):
                self._name(entry.kind, values)
        read = set()
        while rest := self._named.keys() - read:
            # Chambers before parliaments, for they name some.
            model = max(rest, key=steps_home)
            if codes := self._missing(model, self._named[model] - {None}):
                self._read(model, codes)
            read.add(model)
        for (model, _code), row in list(self._rows.items()):
            if name := home_of(model)[0]:
                home = getattr(row, name)
                setattr(row, name, self.get(type(home), home.code))
        # Of the facts that ended, for a further source may say by what.
        ended = [(each.kind, each.object_id) for each in entries if each.change == Change.ENDED]
        self.further_sources = further_sources_of(ended) if ended else {}

    def _name(self, kind, values):
        model = every_model()[kind]
        for name, value in values.items():
            field = model._meta.get_field(name)
            if field.is_relation:
                self._named[field.related_model].add(value)

    def _missing(self, model, codes):
        return {code for code in codes if (model, code) not in self._rows}

    def _read(self, model, codes):
        rows, home = model.objects.fetch_mode(FETCH_RAISE), home_of(model)[0]
        if hasattr(model, "names_on"):
            rows = rows.prefetch_related("names")
        if home:
            rows = rows.select_related(home)
        for row in rows.filter(among("code", codes)).order_by():
            self._rows[model, row.code] = row
            if home:
                self._named[type(getattr(row, home))].add(getattr(row, home).code)
        if not (missing := self._missing(model, codes)):
            return
        kind = kind_of(model)
        last = LogEntry.objects.filter(kind=kind).order_by("-number")
        for entry in last.filter(among("code", missing)):
            if self._last_entries.setdefault((model, entry.code), entry) is entry:
                self._name(kind, entry.values)

    def get(self, model, code):
        """Return the row of a model that has, or had, the code."""
        row = self._rows.get((model, code))
        if row is None:
            entry = self._last_entries.get((model, code))
            row = row_of(model, code, entry.values if entry else {}, self.get)
            # By their keys sources are told apart in the footnotes.
            row.pk = entry and entry.object_id
            self._rows[model, code] = row
        return row


def further_sources_of(facts):
    """Return ``{(kind, key): further sources}`` that say the same, with when each was recorded."""
    moment = of_version(FurtherSource, "history_date", "history_id")
    rows = FurtherSource.objects.filter(differs=False).annotate(recorded_at=moment)
    return rows.by_key(facts)


def is_gone(row):
    return row._state.adding
