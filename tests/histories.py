"""Histories that nobody planned: random edits of a small world, and what they come to, told anew.

``steps()`` is a strategy of hypothesis; ``World.do(step)`` saves what the step says, as any script
would, and the database may refuse it. ``World.state(day)`` counts in plain Python, from the rows
alone and by rules that are written here a second time on purpose: the site's own code is not asked.
"""

import datetime as dt

from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from cstopa.models.constraints import NoOverlap
from cstopa.models.history import because
from delegations.models import (
    Chamber,
    ChamberName,
    CompleteRoster,
    Membership,
    Office,
    Parliament,
    ParliamentName,
    Participation,
    Person,
    Role,
    SeatAllocation,
    Source,
)
from tests import make

FIRST = dt.date(2024, 3, 1)
DAYS = [FIRST + dt.timedelta(days=number) for number in range(12)]
FACTS = [
    *(Chamber, ChamberName, ParliamentName, SeatAllocation, CompleteRoster),
    *(Membership, Role, Office, Participation),
]
# These count on no day on which their chamber is not in force.
OF_A_CHAMBER = {SeatAllocation, CompleteRoster, Membership}
OFFICES = ["chairman", "executive_secretary", "deputy_executive_secretary", "representative"]
CHANGES = {
    "seats": st.integers(1, 9),
    "status": st.sampled_from(["member", "suspended", "observer", "partner", "not_participating"]),
    "kind": st.sampled_from(["head", "deputy_head", "alternate"]),
    "house": st.sampled_from(["", "lower", "upper"]),
    "name_en": st.sampled_from(["Diet", "Council", "Assembly"]),
    "name_ru": st.sampled_from(["", "Сейм"]),
}
# To another row of these, of which each is meant by its number.
MOVES = {
    "chamber": Chamber,
    "parliament": Parliament,
    "person": Person,
    "source": Source,
}


# Each history is taken back by its test.
any_history = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


# The months and years in which they lie.
PARTLY_KNOWN = ["2024-03", "2024"]


def days():
    return st.none() | st.sampled_from(DAYS) | st.sampled_from(PARTLY_KNOWN)


def periods():
    """Periods in any order of their days: the database refuses those that end before they start."""
    return st.fixed_dictionaries({"valid_from": days(), "valid_to": days()}).flatmap(
        lambda period: st.fixed_dictionaries(
            {
                **{name: st.just(day) for name, day in period.items()},
                "valid_to_is_latest": st.booleans() if period["valid_to"] else st.just(False),
            }
        )
    )


def steps():
    """Return the strategy of one step, ``(what, values)``: rows are meant by their numbers."""
    number = st.integers(0, 7)

    def adding(model, **values):
        return st.tuples(
            st.just("add"),
            st.fixed_dictionaries({"model": st.just(model), "period": periods(), **values}),
        )

    row = {"model": st.sampled_from(FACTS), "row": number}
    return st.one_of(
        adding(Chamber, parliament=number, house=st.sampled_from(["lower", "upper"])),
        adding(SeatAllocation, chamber=number, seats=CHANGES["seats"]),
        adding(Membership, chamber=number, person=number),
        adding(CompleteRoster, chamber=number),
        adding(ChamberName, chamber=number, name_en=CHANGES["name_en"]),
        adding(ParliamentName, parliament=number, name_en=CHANGES["name_en"]),
        adding(Role, parliament=number, person=number, kind=CHANGES["kind"]),
        adding(Office, parliament=number, person=number, function=st.sampled_from(OFFICES)),
        adding(Participation, parliament=number, status=CHANGES["status"]),
        st.tuples(
            st.just("end"),
            st.fixed_dictionaries({**row, "day": st.sampled_from(DAYS), "latest": st.booleans()}),
        ),
        st.tuples(st.just("move"), st.fixed_dictionaries({**row, "period": periods()})),
        st.tuples(st.just("correct"), st.fixed_dictionaries({**row, **CHANGES})),
        st.tuples(st.just("relate"), st.fixed_dictionaries(row | dict.fromkeys(MOVES, number))),
        st.tuples(st.just("rename"), st.fixed_dictionaries({"row": number, **CHANGES})),
        st.tuples(
            st.just("call"), st.fixed_dictionaries({"row": number, "word": CHANGES["name_en"]})
        ),
        st.tuples(st.just("check"), st.fixed_dictionaries({**row, "day": st.sampled_from(DAYS)})),
        st.tuples(st.just("delete"), st.fixed_dictionaries(row)),
    )


def chosen(rows, number):
    """Return one of the rows by any number, or None where there is none."""
    rows = list(rows.order_by("pk"))
    return rows[number % len(rows)] if rows else None


class World:
    """Two parliaments, one of them with two chambers, and four people; all else comes with steps."""

    def __init__(self):
        self.source = make.source(code="decision")
        make.source(code="report", published_on=None)
        self.parliaments = [make.parliament("utopia"), make.parliament("erewhon")]
        self.people = [make.person(f"person-{letter}") for letter in "abcd"]
        for house in ("lower", "upper"):
            make.chamber(self.parliaments[0], house=house, name_en=house, source=self.source)
        make.chamber(self.parliaments[1], name_en="", source=self.source)

    def do(self, step):
        """Save what a step says, and return whether the database took it."""
        what, values = step
        try:
            with transaction.atomic(), because("It was misread."):
                return getattr(self, f"_{what}")(**values)
        except (DatabaseError, ProtectedError):
            return False

    def _add(self, model, period, **values):
        for name in MOVES.keys() & values.keys():
            values[name] = chosen(MOVES[name].objects, values[name])
            if values[name] is None:
                return False
        if model is Office and values["function"] != "representative":
            values["parliament"] = None
        model.objects.create(source=self.source, **period, **values)
        return True

    def _end(self, model, row, day, latest):
        return self._set(model, row, valid_to=day, valid_to_is_latest=latest)

    def _move(self, model, row, period):
        return self._set(model, row, **period)

    def _check(self, model, row, day):
        return self._set(model, row, checked_on=day)

    def _correct(self, model, row, **values):
        columns = {field.name for field in model._meta.fields}
        return self._set(model, row, **{n: v for n, v in values.items() if n in columns})

    def _call(self, row, word):
        """Give another name to what facts name, and another website to a chamber."""
        website = f"https://example.org/{word}"
        self._correct(Person, row, family_name_en=word)
        self._correct(Source, row, title_en=word, url=website)
        return self._correct(Chamber, row, website=website)

    def _rename(self, row, **values):
        return self._correct(Parliament, row, **values)

    def _relate(self, model, row, **numbers):
        rows = {name: chosen(MOVES[name].objects, number) for name, number in numbers.items()}
        if model is Office and not self._is_of_a_parliament(row):
            del rows["parliament"]
        return self._correct(model, row, **rows)

    def _is_of_a_parliament(self, row):
        office = chosen(Office.objects, row)
        return office is not None and office.parliament is not None

    def _set(self, model, row, **values):
        instance = chosen(model.objects, row)
        if instance is None:
            return False
        for name, value in values.items():
            setattr(instance, name, value)
        instance.save()
        return True

    def _delete(self, model, row):
        instance = chosen(model.objects, row)
        if instance is None:
            return False
        instance.delete()
        return True

    # What it comes to

    def overlaps(self):
        """Return the pairs of rows that share a day and must not."""
        return [
            (one, other)
            for model in FACTS
            for rule in model._meta.constraints
            if isinstance(rule, NoOverlap)
            for rows in [list(model.objects.order_by("pk"))]
            for number, one in enumerate(rows)
            for other in rows[:number]
            if rule.applies_to(one)
            and rule.applies_to(other)
            and all(getattr(one, name) == getattr(other, name) for name in rule.same)
            and set(DAYS_AROUND) & surely(one) & surely(other)
        ]

    def facts(self, day):
        """Return what each fact in force on the day says, whomever it concerns."""
        chambers = self._on(Chamber, day)
        return facts_of(
            row
            for model in FACTS
            for row in self._on(model, day)
            if model not in OF_A_CHAMBER or row.chamber in chambers
        )

    def state(self, day):
        """Return ``{slug: {…}}``: what is so of each delegation on the day."""
        return {
            parliament.slug: self._delegation(parliament, day)
            for parliament in Parliament.objects.order_by("slug")
        }

    def _delegation(self, parliament, day):
        def first(model, **which):
            return next(iter(self._holding(model, day, **which)), None)

        def word(row, name):
            return row and getattr(row, name)

        participation = word(first(Participation, parliament=parliament), "status")
        possible = self._on(Chamber, day, parliament=parliament)
        if participation == "not_participating":
            possible = []
        chambers = [
            chamber
            for chamber in possible
            if holds(chamber, day)
            or any(self._holding(model, day, chamber=chamber) for model in OF_A_CHAMBER)
        ]
        names = sorted(
            self._on(ParliamentName, day, parliament=parliament), key=lambda row: row.code
        )
        name = next((row for row in names if holds(row, day)), next(iter(names), None))
        representative = first(Office, parliament=parliament, function="representative")
        seats = {
            chamber.code: word(first(SeatAllocation, chamber=chamber), "seats")
            for chamber in chambers
        }
        recorded = [number for number in seats.values() if number is not None]
        return {
            "name": name.name_en if name else parliament.name_en,
            "seats": seats,
            "total": sum(recorded) if recorded else None if participation != LEFT else 0,
            "members": {
                chamber.code: sorted(
                    row.person.code for row in self._holding(Membership, day, chamber=chamber)
                )
                for chamber in chambers
            },
            "possible_members": sum(
                len(self._on(Membership, day, chamber=chamber))
                - len(self._holding(Membership, day, chamber=chamber))
                for chamber in possible
            ),
            "complete": sorted(
                chamber.code for chamber in chambers if first(CompleteRoster, chamber=chamber)
            ),
            "roles": sorted(
                (row.kind, row.person.code)
                for row in self._holding(Role, day, parliament=parliament)
            ),
            "representative": representative and representative.person.code,
            "participation": participation,
        }

    def _on(self, model, day, **which):
        return [row for row in model.objects.filter(**which).order_by("pk") if day in lasts(row)]

    def _holding(self, model, day, **which):
        return [row for row in self._on(model, day, **which) if holds(row, day)]


def facts_of(rows):
    """Return ``{(model, code): values}`` of rows; other rows are named by their codes."""
    said = {}
    for row in rows:
        # The name of a chamber is that of the day.
        own = [name for name in row.value_columns() if not (name in NAMES and type(row) is Chamber)]
        values = {name.removesuffix("_id") for name in (*own, *PERIOD, "source")}
        said[type(row), row.code] = {
            name: getattr(value, "code", value)
            for name, value in ((name, getattr(row, name)) for name in values)
        }
    return said


NAMES = {"name_en", "name_ru"}
PERIOD = ("valid_from", "valid_to", "valid_to_is_latest")
PERIOD += ("valid_from_precision", "valid_to_precision")
LEFT = "not_participating"
DAYS_AROUND = [FIRST + dt.timedelta(days=number) for number in range(-2, 14)]


def lasts(row):
    """Return the days, of those that any history speaks of, on which a row is in force."""
    return {
        day
        for day in DAYS_AROUND
        if (row.valid_from is None or row.valid_from <= day)
        and (row.valid_to is None or day <= row.valid_to)
    }


def first_and_last(day, precision):
    """Return the first and the last day that one is, which is known to its day, month or year."""
    if precision == "day":
        return day, day
    if precision == "month":
        return day.replace(day=1), day.replace(day=31)
    return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)


def surely(row):
    """Return the days on which a row is in force wherever in their months and years its ends lie."""
    start = row.valid_from and first_and_last(row.valid_from, row.valid_from_precision)[1]
    end = row.valid_to and first_and_last(row.valid_to, row.valid_to_precision)[0]
    return {day for day in DAYS_AROUND if (not start or start <= day) and (not end or day <= end)}


def evidence(row):
    """Return the days that prove a row, of those that lie in its period, and in that of its chamber."""
    days = {row.checked_on, row.source.published_on}
    if row.valid_from_precision == "day":
        days.add(row.valid_from)
    if row.valid_to_precision == "day" and not row.valid_to_is_latest:
        days.add(row.valid_to)
    periods = [row, row.chamber] if type(row) in OF_A_CHAMBER else [row]
    return {
        day
        for day in days - {None}
        if all(
            (each.valid_from is None or each.valid_from <= day)
            and (each.valid_to is None or day <= each.valid_to)
            for each in periods
        )
    }


def holds(row, day):
    """Return whether a row, which is in force on the day or may be, is known to be."""
    proofs = evidence(row)
    if not (row.valid_from or row.valid_to or proofs):
        # Today is no day of a history.
        return False

    def has_begun(one):
        if any(proof <= day for proof in proofs):
            return True
        if not one.valid_from:
            return False
        first, last = first_and_last(one.valid_from, one.valid_from_precision)
        return first <= day if first == last else last < day

    def lasts_on(one):
        if not one.valid_to or any(proof >= day for proof in proofs):
            return True
        if one.valid_to_is_latest:
            return False
        first, last = first_and_last(one.valid_to, one.valid_to_precision)
        return day <= last if first == last else day < first

    begun, lasting = has_begun(row), lasts_on(row)
    if type(row) in OF_A_CHAMBER:
        chamber, of_chamber = row.chamber, evidence(row.chamber)
        begun &= (
            not chamber.valid_from
            or has_begun(chamber)
            or any(proof <= day for proof in of_chamber)
        )
        lasting &= (
            not chamber.valid_to or lasts_on(chamber) or any(proof >= day for proof in of_chamber)
        )
    return begun and lasting
