"""Replaying the log: what was on record of a day at a moment, made of entries alone."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from cstopa.models.periods import held_and_possible
from delegations.changes.models import (
    Change,
    LogEntry,
    every_model,
    kind_of,
    logged_models,
    named_by,
    named_models,
)
from delegations.changes.rows import row_of
from delegations.composition import Composition, by_rank
from delegations.models import Chamber, DatedName, Office, Parliament
from delegations.models.evidence import among, any_of
from delegations.models.names import in_force

HOMES = {Parliament.fact_kind, Chamber.fact_kind}


def by_code(model, code):
    """Return a row of which nothing but the code is known."""
    return model(code=code)


def state_at(entries, day, recorded=None, related=by_code, version=None):
    """Return the ReplayedState of a day by the entries recorded up to a moment or a version, or by all.

    ``entries`` are those of a log, whole, or any objects with their ``kind``, ``code``, ``number``,
    ``version``, ``change``, ``recorded_at`` and ``values``, such as those of the data that the log
    publishes. ``related(model, code)`` gives the people and sources, of which the log that is
    published tells the codes alone.
    """
    last = standing(entries, day, recorded, version)
    values = {(each.kind, each.code): each.values for each in last}
    return ReplayedState(values, day, related)


def standing(entries, day, recorded=None, version=None):
    """Return the last entry of each row that was on record at a moment, as far as a state needs it.

    What is not in force on the day by what it says itself is left out, but for what facts belong to.
    """
    last = {}
    for entry in entries:
        key = entry.kind, entry.code
        if recorded is not None and entry.recorded_at > recorded:
            continue
        if version is not None and entry.version > version:
            continue
        # Whom and what facts name: by their codes alone.
        if entry.kind in named_models():
            continue
        # Not by the moment: a clock that is put right goes back at times.
        if key not in last or last[key].number < entry.number:
            last[key] = entry
    return [
        entry
        for entry in last.values()
        if entry.change != Change.REMOVED
        and (entry.kind in HOMES or may_cover(entry.values, day.isoformat()))
    ]


def version_of(log, day, version):
    """Return the ReplayedState of a day in a Version of the record, by what the ``log`` has of it.

    As of standing(), and by the database: of no row more than its last entry is read.
    """
    iso, year = day.isoformat(), str(day.year)
    # A start or an end that is known to its month or year is the beginning of a day in ISO form.
    may_cover = (Q(values__valid_from=None) | Q(values__valid_from__lte=iso)) & (
        Q(values__valid_to=None) | Q(values__valid_to__gte=year)
    )
    entries = log.of_facts().standing(version.number).filter(Q(kind__in=HOMES) | may_cover)
    # Of a row whose entries were made anew, more than one may stand.
    last = {(each.kind, each.code): each for each in entries.order_by("number")}
    named = set().union(*map(named_by, last.values()))
    values = {row: entry.values for row, entry in last.items()}
    # From its moment on it was the record of each today, whenever that is asked again.
    now = version.day and max(day, version.day)
    return ReplayedState(values | named_values(named, version.number), day, by_code, now)


def named_values(named, version):
    """Return ``{(kind, code): values}`` of whom and what is named, as a version of the record has them;
    as they were first recorded where that is older than the log of their kind.
    """
    of_kind = any_of(named, lambda kind, codes: Q(kind=kind) & among("code", codes))
    rows = LogEntry.objects.filter(of_kind)
    last = {(each.kind, each.code): each for each in rows.standing(version).order_by("number")}
    if missing := named - last.keys():
        first = {(each.kind, each.code): each for each in rows.order_by("-pk")}
        last |= {row: first[row] for row in missing & first.keys()}
    # By their keys sources are told apart in the footnotes.
    return {row: last[row].values | {"id": last[row].object_id} for row in named & last.keys()}


def may_cover(values, day):
    """Return whether a fact may be in force on a day, in ISO form: thousands were, on others."""
    first, last = values["valid_from"], values["valid_to"]
    # Of a month or a year the text is shorter, and begins the days that lie in it.
    return (first is None or first <= day) and (last is None or day <= f"{last}~")


class OfAnotherLog(LookupError):
    """An entry names a row of which this log does not tell."""


class ReplayedState:
    """Rows in force on a day, made anew and never saved, under the names of that day.

    It is made of ``{(kind, code): values}``. ``facts`` is ``{kind: {code: row}}``, sorted by codes.
    """

    def __init__(self, values, day, related, now=None):
        self.day, self.now = day, now
        self._values, self._related, self._rows = values, related, {}
        self.facts = {kind: {} for kind in logged_models()}
        for kind, code in sorted(values):
            if kind not in self.facts:
                continue
            try:
                row = self._row(kind, code)
            except OfAnotherLog:
                continue
            if isinstance(row, Parliament) or row.covers(day):
                self.facts[kind][code] = row
        named = defaultdict(list)
        for name in [row for rows in self.facts.values() for row in rows.values()]:
            if isinstance(name, DatedName):
                holder = getattr(name, name.holder)
                named[type(holder), holder.code].append(name)
        for names in named.values():
            name = in_force(names, day)
            holder = getattr(name, name.holder)
            holder.name_en, holder.name_ru = name.name_en, name.name_ru

    def _row(self, kind, code):
        key = kind, code
        if key not in self._rows:
            if key not in self._values:
                raise OfAnotherLog
            self._rows[key] = row_of(every_model()[kind], code, self._values[key], self._named)
        return self._rows[key]

    def _named(self, model, code):
        kind = kind_of(model)
        if kind in self.facts or (kind, code) in self._values:
            return self._row(kind, code)
        return self._related(model, code)

    def of(self, kind, parliament):
        """Return the facts of a kind in force that belong to the parliament with this code, or to none."""
        return self._by_home[kind].get(parliament, [])

    @cached_property
    def _by_home(self):
        by_home = {kind: defaultdict(list) for kind in self.facts}
        for kind in by_home.keys() - {"parliament"}:
            for row in self.facts[kind].values():
                by_home[kind][row.home_row and row.home_row.code].append(row)
        return by_home

    def composition(self, parliament):
        """Return the Composition of a delegation; None where its parliament was not on record."""
        return self._compositions.get(parliament)

    @cached_property
    def _compositions(self):
        return {code: self._counted(row) for code, row in self.facts["parliament"].items()}

    def _counted(self, delegation):
        parliament = delegation.code
        kinds = self.facts.keys() - {"parliament"}
        facts = [row for kind in kinds for row in self.of(kind, parliament)]
        seated = (
            Counter(membership.chamber.code for membership in members)
            for members in self.held_and_possible(self.of("membership", parliament))
        )
        return Composition.of(delegation, self.day, facts, *seated, now=self.now)

    def held_and_possible(self, facts):
        return held_and_possible(facts, self.day, self.now)

    def members(self, parliament):
        """Return the memberships of a delegation that hold, by chamber."""
        composition = self.composition(parliament)
        sending = {part.chamber.code for part in composition.chambers} if composition else ()
        memberships = self.held_and_possible(self.of("membership", parliament))[0]
        memberships = [row for row in memberships if row.chamber.code in sending]
        return sorted(memberships, key=lambda row: (row.chamber.house, row.chamber.code))

    def roles(self, parliament):
        """Return the roles in a delegation, its head's first."""
        return by_rank(self.held_and_possible(self.of("role", parliament))[0])

    def officers(self):
        """Return the offices of the Assembly, the Chairman's first."""
        rank = Office.Function.values
        holding, _possible = self.held_and_possible(self.of("office", None))
        return sorted(holding, key=lambda row: rank.index(row.function))

    def named(self, kind):
        """Return the people, or the sources, that the facts in force name, by their codes."""
        named = {}
        for facts in self.facts.values():
            for row in facts.values():
                for field in row._meta.concrete_fields:
                    if field.is_relation and kind_of(field.related_model) == kind:
                        other = getattr(row, field.name)
                        named[other.code] = other
        return dict(sorted(named.items()))


@dataclass(frozen=True)
class Version:
    """A version of the record by its ``number``, and the moment of its last entry; 0 has none."""

    number: int
    recorded_at: datetime | None

    @classmethod
    def of(cls, number):
        entries = LogEntry.objects.filter(pk__lte=number)
        return cls(number, entries.values_list("recorded_at", flat=True).first())

    @classmethod
    def of_entry(cls, entry):
        return cls(entry.pk, entry.recorded_at)

    @property
    def day(self):
        """The day on which it was recorded, in ``TIME_ZONE``."""
        return self.recorded_at and timezone.localdate(self.recorded_at)
