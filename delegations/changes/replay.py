"""Replaying the log: what was on record of a day at a moment, made of entries alone."""

from collections import Counter

from delegations.changes.querysets import MODELS, Change
from delegations.composition import ChamberSeats, Composition
from delegations.models import Office, Person, Role, Source


def state_at(entries, day, recorded=None):
    """Return the State of a day by the entries recorded up to a moment, or by all of them.

    ``entries`` are those of a log, whole, or any objects with their ``kind``, ``code``, ``number``,
    ``change``, ``recorded_at`` and ``values``, such as those of the data that the log publishes.
    """
    last = {}
    for entry in entries:
        key = entry.kind, entry.code
        if recorded is not None and entry.recorded_at > recorded:
            continue
        # Not by the moment: a clock that is put right goes back at times.
        if key not in last or last[key].number < entry.number:
            last[key] = entry
    return State((entry for entry in last.values() if entry.change != Change.REMOVED), day)


class State:
    """Rows in force on a day, made anew and never saved, under the names of that day.

    ``facts`` is ``{kind: {code: row}}``. Of people and sources a row knows the code alone.
    """

    def __init__(self, entries, day):
        self.day = day
        entries = sorted(entries, key=lambda entry: (list(MODELS).index(entry.kind), entry.code))
        self._rows = {kind: {} for kind in MODELS}
        for entry in entries:
            row = self._row(entry)
            if row is not None:
                self._rows[entry.kind][entry.code] = row
        for kind in ("parliament_name", "chamber_name"):
            for name in self._rows[kind].values():
                if name.covers(day):
                    holder = getattr(name, name.holder)
                    holder.name_en, holder.name_ru = name.name_en, name.name_ru
        self.facts = {
            kind: {
                code: row for code, row in rows.items() if kind == "parliament" or row.covers(day)
            }
            for kind, rows in self._rows.items()
        }

    def _row(self, entry):
        """Return the row that an entry tells of, or None where it is of another log's."""
        model = MODELS[entry.kind]
        row = model(code=entry.code)
        for name, value in entry.values.items():
            field = model._meta.get_field(name)
            if not field.is_relation:
                value = field.to_python(value)
            elif name == "person":
                value = Person(code=value)
            elif name == "source":
                value = Source(code=value)
            elif value is not None:
                value = self._rows[name].get(value)
                if value is None:
                    return None
            setattr(row, name, value)
        return row

    def of(self, kind, parliament):
        """Return the facts of a kind in force that belong to the parliament with this code."""
        return [
            row
            for row in self.facts[kind].values()
            if home_of(row) is not None and home_of(row).code == parliament
        ]

    def composition(self, parliament):
        """Return the Composition of a delegation; None where its parliament was not on record."""
        if parliament not in self.facts["parliament"]:
            return None
        sit = Counter(membership.chamber.code for membership in self.members(parliament))

        def of_chamber(kind):
            return {row.chamber.code: row for row in self.of(kind, parliament)}

        allocations, rosters = of_chamber("allocation"), of_chamber("roster")
        chambers = [
            ChamberSeats(
                chamber, allocations.get(chamber.code), rosters.get(chamber.code), sit[chamber.code]
            )
            for chamber in sorted(
                self.of("chamber", parliament), key=lambda row: (row.house, row.code)
            )
        ]
        return Composition(
            delegation=self.facts["parliament"][parliament],
            day=self.day,
            chambers=chambers,
            representative=next(iter(self.of("office", parliament)), None),
            participation=next(iter(self.of("participation", parliament)), None),
        )

    def members(self, parliament):
        """Return the memberships of a delegation, by chamber."""
        return sorted(
            self.of("membership", parliament),
            key=lambda row: (row.chamber.house, row.chamber.code, row.code),
        )

    def roles(self, parliament):
        """Return the roles in a delegation, its head's first."""
        rank = Role.Kind.values
        return sorted(
            self.of("role", parliament), key=lambda role: (rank.index(role.kind), role.code)
        )

    def officers(self):
        """Return the offices of the Assembly, the Chairman's first."""
        rank = Office.Function.values
        offices = [row for row in self.facts["office"].values() if row.parliament is None]
        return sorted(offices, key=lambda office: (rank.index(office.function), office.code))


def home_of(row):
    """Return the parliament to which a fact belongs; None for an office of the Assembly."""
    return row.chamber.parliament if hasattr(row, "chamber") else row.parliament
