"""Replaying the log: what was on record of a day at a moment, made of entries alone."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from delegations.changes.models import Change, kind_of, logged_models
from delegations.changes.rows import row_of
from delegations.composition import Composition, by_rank
from delegations.models import Chamber, DatedName, Delegation, Parliament

HOMES = {kind_of(model) for model in (Parliament, Chamber)}


def by_code(model, code):
    """Return a row of which nothing but the code is known."""
    return model(code=code)


def state_at(entries, day, recorded=None, related=by_code):
    """Return the ReplayedState of a day by the entries recorded up to a moment, or by all of them.

    ``entries`` are those of a log, whole, or any objects with their ``kind``, ``code``, ``number``,
    ``change``, ``recorded_at`` and ``values``, such as those of the data that the log publishes.
    ``related(model, code)`` gives the people and sources, of which the log tells the codes alone.
    """
    values = {(each.kind, each.code): each.values for each in standing(entries, day, recorded)}
    return ReplayedState(values, day, related)


def standing(entries, day, recorded=None):
    """Return the last entry of each row that was on record at a moment, as far as a state needs it.

    What is not in force on the day by what it says itself is left out, but for what facts belong to.
    """
    last = {}
    for entry in entries:
        key = entry.kind, entry.code
        if recorded is not None and entry.recorded_at > recorded:
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


def may_cover(values, day):
    """Return whether a fact may be in force on a day, in ISO form: thousands were, on others."""
    first, last = values["valid_from"], values["valid_to"]
    return (first is None or first <= day) and (last is None or day <= last)


class OfAnotherLog(LookupError):
    """An entry names a row of which this log does not tell."""


class ReplayedState:
    """Rows in force on a day, made anew and never saved, under the names of that day.

    It is made of ``{(kind, code): values}``. ``facts`` is ``{kind: {code: row}}``, sorted by codes.
    """

    def __init__(self, values, day, related):
        self.day = day
        self._values, self._related, self._rows = values, related, {}
        self.facts = {kind: {} for kind in logged_models()}
        for kind, code in sorted(values):
            try:
                row = self._row(kind, code)
            except OfAnotherLog:
                continue
            if isinstance(row, Parliament) or row.covers(day):
                self.facts[kind][code] = row
        for name in [row for rows in self.facts.values() for row in rows.values()]:
            if isinstance(name, DatedName):
                holder = getattr(name, name.holder)
                holder.name_en, holder.name_ru = name.name_en, name.name_ru

    def _row(self, kind, code):
        key = kind, code
        if key not in self._rows:
            if key not in self._values:
                raise OfAnotherLog
            self._rows[key] = row_of(logged_models()[kind], code, self._values[key], self._named)
        return self._rows[key]

    def _named(self, model, code):
        kind = kind_of(model)
        return self._row(kind, code) if kind else self._related(model, code)

    def of(self, kind, parliament):
        """Return the facts of a kind in force that belong to the parliament with this code."""
        return [
            row
            for row in self.facts[kind].values()
            if row.home_row is not None and row.home_row.code == parliament
        ]

    def composition(self, parliament):
        """Return the Composition of a delegation; None where its parliament was not on record."""
        if parliament not in self.facts["parliament"]:
            return None
        kinds = self.facts.keys() - {"parliament"}
        facts = [row for kind in kinds for row in self.of(kind, parliament)]
        seated = Counter(membership.chamber.code for membership in self.members(parliament))
        return Composition.of(self.facts["parliament"][parliament], self.day, facts, seated)

    def members(self, parliament):
        """Return the memberships of a delegation, by chamber."""
        memberships = self.of("membership", parliament)
        return sorted(memberships, key=lambda row: (row.chamber.house, row.chamber.code))

    def roles(self, parliament):
        """Return the roles in a delegation, its head's first."""
        return by_rank(self.of("role", parliament))


@dataclass(frozen=True)
class RecordedComposition:
    """What was on record of a delegation and a day, ``recorded`` by the end of another."""

    delegation: Delegation
    day: date
    recorded: date
    state: ReplayedState

    @cached_property
    def composition(self):
        """The Composition of the delegation; None where its parliament was not on record."""
        return self.state.composition(self.delegation.code)

    @property
    def members(self):
        return self.state.members(self.delegation.code)

    @property
    def roles(self):
        return self.state.roles(self.delegation.code)
