"""Whom and what entries name: rows as they are now, and those that are gone as they were last."""

from collections import defaultdict

from django.db.models import FETCH_RAISE, Q

from cstopa.models.history import of_version
from delegations.changes.models import Change, LogEntry, home_of, kind_of, logged_models, steps_home
from delegations.models import FurtherSource, Parliament

# Above this a database may refuse the list of keys, and all the rows are read.
MANY = 500


def row_of(model, code, values, related):
    """Return the unsaved row that an entry tells of; ``related(model, code)`` gives those it names."""
    row = model(code=code)
    for name, value in values.items():
        field = row._meta.get_field(name)
        if not field.is_relation:
            value = field.to_python(value)
        elif value is not None:
            value = related(field.related_model, value)
        setattr(row, name, value)
    return row


class Rows:
    """The rows that entries name by their codes: as they are now, or were last where they are gone.

    A ``parliament`` that was read already is not read again.
    """

    def __init__(self, entries, parliament=None):
        self._named, self._found, self._gone = defaultdict(set), {}, {}
        if parliament is not None:
            self._found[Parliament, parliament.code] = parliament
        for entry in entries:
            if entry.kind == kind_of(Parliament):
                self._named[Parliament].add(entry.code)
            for values in filter(None, (entry.values, entry.before)):
                self._name(entry.kind, values)
        read = set()
        while rest := self._named.keys() - read:
            # A chamber names its parliament in its turn.
            model = max(rest, key=steps_home)
            if codes := self._missing(model, self._named[model] - {None}):
                self._read(model, codes)
            read.add(model)
        for (model, _code), row in list(self._found.items()):
            if name := home_of(model)[0]:
                home = getattr(row, name)
                setattr(row, name, self.get(type(home), home.code))
        self.further_sources = further_sources(
            [entry for entry in entries if entry.change == Change.ENDED]
        )

    def _name(self, kind, values):
        model = logged_models()[kind]
        for name, value in values.items():
            field = model._meta.get_field(name)
            if field.is_relation:
                self._named[field.related_model].add(value)

    def _missing(self, model, codes):
        return {code for code in codes if (model, code) not in self._found}

    def _read(self, model, codes):
        rows, home = model.objects.fetch_mode(FETCH_RAISE), home_of(model)[0]
        if hasattr(model, "names_on"):
            rows = rows.prefetch_related("names")
        if home:
            rows = rows.select_related(home)
        for row in among(rows, "code", codes):
            self._found[model, row.code] = row
            if home:
                self._named[type(getattr(row, home))].add(getattr(row, home).code)
        if not (missing := self._missing(model, codes)):
            return
        if kind := kind_of(model):
            last = LogEntry.objects.filter(kind=kind).order_by("-number")
            for entry in among(last, "code", missing):
                if self._gone.setdefault((model, entry.code), entry) is entry:
                    self._name(kind, entry.values)
        else:
            for version in among(model.history.order_by("-history_id"), "code", missing):
                self._found.setdefault((model, version.code), version.instance)

    def get(self, model, code):
        """Return the row of a model that has, or had, the code."""
        row = self._found.get((model, code))
        if row is None:
            entry = self._gone.get((model, code))
            row = row_of(model, code, entry.values if entry else {}, self.get)
            self._found[model, code] = row
        return row


def is_gone(row):
    return row._state.adding


def among(rows, name, keys):
    return rows.filter(**{f"{name}__in": keys}) if len(keys) <= MANY else rows


def further_sources(entries):
    """Return ``{(kind, key): rows}`` of the facts of entries, each with the moment of its record."""
    keys = defaultdict(set)
    for entry in entries:
        keys[entry.kind].add(entry.object_id)
    if not keys:
        return {}
    about = Q()
    for kind, some in keys.items():
        about |= Q(**({f"{kind}__in": some} if len(some) <= MANY else {f"{kind}__isnull": False}))
    found = defaultdict(list)
    for row in (
        FurtherSource.objects.fetch_mode(FETCH_RAISE)
        .filter(about, differs=False)
        .select_related("source")
        .annotate(recorded_at=of_version(FurtherSource, "history_date", "history_id"))
    ):
        for kind in keys:
            found[kind, getattr(row, f"{kind}_id")].append(row)
    return found
