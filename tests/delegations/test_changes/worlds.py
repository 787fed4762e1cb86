"""Random histories of a small world, and what the pages say of it at the time."""

import datetime as dt

from django.db import DatabaseError, transaction

from cstopa.models.history import because
from delegations import composition
from delegations.models import (
    Chamber,
    ChamberName,
    CompleteRoster,
    Membership,
    Office,
    Parliament,
    ParliamentName,
    Participation,
    Role,
    SeatAllocation,
)
from tests import make
from tests.delegations.sitting import members

FIRST = dt.date(2024, 3, 1)
DAYS = [FIRST + dt.timedelta(days=number) for number in range(8)]
FACTS = [
    *(Chamber, ChamberName, ParliamentName, SeatAllocation, CompleteRoster),
    *(Membership, Role, Office, Participation),
]
CHOICES = {
    "seats": range(1, 9),
    "house": Chamber.House.values,
    "status": Participation.Status.values,
    "kind": Role.Kind.values,
    "function": Office.Function.values,
    "name_en": ["Diet", "Council"],
    "name_ru": ["", "Сейм"],
}


class World:
    """Edits by a ``random.Random``, each of which the database may refuse."""

    def __init__(self, chance):
        self.chance = chance
        self.sources = [make.source(), make.source()]
        self.parliaments = [make.parliament("utopia"), make.parliament("erewhon")]
        self.people = [make.person(f"person-{letter}") for letter in "abc"]
        for parliament in self.parliaments:
            make.chamber(parliament, name_en="", source=self.sources[0])

    def edit(self):
        """Save one random edit, as any form or script would."""
        edit = self.chance.choice(
            [self.add, self.add, self.end, self.correct, self.check, self.rename, self.remove]
        )
        try:
            with transaction.atomic(), because("It was misread."):
                edit()
        except DatabaseError:
            pass

    def period(self):
        days = sorted(self.chance.choice([None, *DAYS]) or FIRST for _ in range(2))
        known = [day if self.chance.random() < 0.7 else None for day in days]
        return {
            "valid_from": known[0],
            "valid_to": known[1],
            "valid_to_is_latest": bool(known[1]) and self.chance.random() < 0.3,
        }

    def row(self, model=None):
        rows = list((model or self.chance.choice(FACTS)).objects.order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def values(self, model):
        columns = {field.name for field in model._meta.fields}
        values = {
            name: self.chance.choice(list(some))
            for name, some in CHOICES.items()
            if name in columns
        }
        for name, rows in {
            "parliament": self.parliaments,
            "person": self.people,
            "chamber": list(Chamber.objects.order_by("pk")),
        }.items():
            if name in columns:
                values[name] = self.chance.choice(rows)
        if model is Office and values["function"] != "representative":
            values["parliament"] = None
        return values

    def save(self, row, **values):
        if row is not None:
            for name, value in values.items():
                setattr(row, name, value)
            row.save()

    def add(self):
        model = self.chance.choice(FACTS)
        source = self.chance.choice(self.sources)
        self.save(model(source=source), **self.values(model), **self.period())

    def end(self):
        self.save(self.row(), valid_to=self.chance.choice(DAYS))

    def correct(self):
        if row := self.row():
            self.save(row, **self.values(type(row)), **self.period())

    def check(self):
        self.save(
            self.row(),
            checked_on=self.chance.choice(DAYS),
            source=self.chance.choice(self.sources),
        )

    def rename(self):
        row = Parliament.objects.get(pk=self.chance.choice(self.parliaments).pk)
        self.save(row, name_ru=self.chance.choice(["", "Собрание", "Дума"]))

    def remove(self):
        # A chamber with facts stays: they protect it.
        if row := self.row():
            row.delete()


def facts(rows):
    """Return what rows say, by their codes, so that saved and replayed ones are compared."""
    return {
        row.code: {
            name: getattr(getattr(row, name.removesuffix("_id")), "code", None)
            if name.endswith("_id")
            else getattr(row, name)
            for name in (
                *row.value_columns(),
                "valid_from",
                "valid_to",
                "valid_to_is_latest",
                "source_id",
            )
            # The name of a chamber on the page is that of the day.
            if not (isinstance(row, Chamber) and name.startswith("name_"))
        }
        for row in rows
    }


def of_composition(found):
    return {
        "name": str(found.delegation.name_on(found.day)),
        "seats": found.seats,
        "members": found.members,
        "vacant": found.vacant,
        "unrecorded": found.unrecorded,
        "chambers": [
            (
                part.chamber.code,
                str(part.chamber.name_on(found.day)),
                part.seats,
                part.members,
                part.in_words,
            )
            for part in found.chambers
        ],
        "facts": facts(
            row
            for part in found.chambers
            for row in (part.chamber, part.allocation, part.roster)
            if row
        ),
        "others": facts(row for row in (found.representative, found.participation) if row),
    }


def told(day):
    """Return what the pages say of a day now."""
    said = {"officers": facts(composition.officers(day))}
    for found in composition.compositions(day=day):
        delegation = found.delegation
        said[delegation.code] = {
            **of_composition(found),
            "sit": facts(members(delegation, day)),
            "roles": facts(composition.roles(delegation, day)),
        }
    return said


def replayed(state):
    """Return the same of a State that the log was replayed to."""
    officers = (row for row in state.facts["office"].values() if row.parliament is None)
    said = {"officers": facts(officers)}
    for code in state.facts["parliament"]:
        said[code] = {
            **of_composition(state.composition(code)),
            "sit": facts(state.members(code)),
            "roles": facts(state.roles(code)),
        }
    return said
