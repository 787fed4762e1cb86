"""A step: one fact ends, or another starts and takes its place; or one was wrong."""

import copy
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cstopa.models.constraints import NoOverlap, is_ordered
from cstopa.models.history import because
from cstopa.models.partial_dates import is_exact, last_possible
from cstopa.models.periods import EARLIEST, LATEST, ONE_DAY, day_in_words, start_in_words, today
from delegations.models import (
    Chamber,
    ChamberFact,
    CompleteRoster,
    DatedFact,
    Membership,
    Person,
    Role,
)
from delegations.models.facts import fact_models
from delegations.new_composition import slug_of
from delegations.plans import Obstacle
from delegations.readings import ReadPlan


@dataclass(kw_only=True)
class Step(ReadPlan):
    """``row`` ends with ``last_day``, or ``new``, which has no row yet, takes its place.

    Without a ``row`` it takes that of whatever it contradicts. ``person`` is whom ``new`` is about if
    nobody knew her before.
    """

    row: DatedFact | None = None
    last_day: date | None = None
    is_latest: bool = False
    # That ``row`` is so today, of which nothing on record says when it was.
    is_so: bool = False
    new: DatedFact | None = None
    person: Person | None = None
    # Facts of an ending chamber, which end with it whether somebody closes them or not.
    with_chamber: list = field(default_factory=list)

    def __post_init__(self):
        # Whoever shows the row as it is on record has another one.
        self.row = copy.copy(self.row)
        self.founded_on(self.last_day, self.is_latest, str(self.person))
        if self.row:
            self.reads([self.row])
        if self.new is None:
            self.end(self.row, self.last_day, self.is_latest)
        elif self.new.valid_from is None:
            self.starts.append(self.new)
        else:
            self.succeed(self.new, [*([self.row] if self.row else []), *self._in_the_way()])
            met = (*self.ends, *self.stays, *(each.row for each in self.obstacles))
            goes_on = self.row and is_ordered(self.new.latest_start, self.row.earliest_end)
            if goes_on and self.row not in met:
                why = _("What is to follow it is on record already: let this end by itself.")
                self.obstacles.append(Obstacle(self.row, why))
        if self.is_so and self.row in self.ends and self.row.covers(today()):
            self.row.checked_on = today()
        if self.new:
            self.founded_on(*self.new.stated_values(), self.new.start)
        if self.person:
            self.starts.insert(0, self.person)
        self._ask()

    def _in_the_way(self):
        """Return the rows that could not stand beside the new one, without the one that it follows."""
        found = {}
        for rule in self.new._meta.constraints:
            if isinstance(rule, NoOverlap) and rule.applies_to(self.new):
                same = {name: getattr(self.new, f"{name}_id") for name in rule.same}
                # Somebody new has nothing.
                if None in same.values():
                    continue
                rows = self.in_force_since(
                    self.new.valid_from, type(self.new), **rule.where, **same
                )
                found |= {row.pk: row for row in rows if rule.clash(self.new, row)}
        return [row for row in found.values() if row != self.row]

    def _ask(self):
        """Ask about what could end with a row that ends, and find what does by rule."""
        self._asked = {}
        for row in self.ends:
            for other in self._beside(row):
                key = self.ask_whether_it_ends(other, _("Ends on the same day"), row.end)
                self._asked[key] = other, row
            if isinstance(row, Chamber):
                for model in fact_models().values():
                    if issubclass(model, ChamberFact):
                        rows = self.in_force_since(row.valid_to, model, chamber=row)
                        self.with_chamber += [
                            each for each in rows if each.valid_to != row.valid_to
                        ]

    def _beside(self, row):
        if not isinstance(row, Membership):
            return []
        home = {"person": row.person_id, "parliament": row.chamber.parliament_id}
        rows = [
            *self.in_force_since(row.valid_to, Role, **home),
            *self.in_force_since(row.valid_to, CompleteRoster, chamber=row.chamber_id),
        ]
        is_open = (each for each in rows if each.valid_to is None or each.valid_to_is_latest)
        return [each for each in is_open if each not in self.ends]

    def decide(self, answers):
        for key, (row, ending) in self._asked.items():
            self.end_or_keep(row, answers.get(key), ending.end, ending.valid_to_is_latest)
        self._check()

    def _check(self):
        """Find what the rules of the rows say against it, before the database does."""
        chamber = isinstance(self.new, ChamberFact) and self.new.chamber
        start = chamber and self.new.start
        if start and not (
            is_ordered(chamber.valid_from, last_possible(start))
            and is_ordered(self.new.valid_from, chamber.last_day)
        ):
            why = _("The chamber is not in force on that day.")
            self.obstacles.append(Obstacle(chamber, why))
        for row in (*self.ends, *self.starts):
            if row is self.person:
                continue
            together = [each.pk for each in self.ends if type(each) is type(row)]
            try:
                row.validate_constraints(exclude={"code"}, apart_from=together)
            except ValidationError as error:
                self.obstacles.append(Obstacle(row, " ".join(error.messages)))

    # Its outcome says what readers read.
    apply = ReadPlan.apply_and_read

    def write(self):
        if self.person:
            self.person.slug = slug_of(self.person)
        super().write()

    @property
    def homes(self):
        rows = (self.new or self.row, *self.facts)
        return [*dict.fromkeys(row.home_row for row in rows if row.home_row)]

    @property
    def days(self):
        day = self.last_day if self.new is None else self.new.start
        # From the first day that it may be, readers read that it may.
        perhaps = {day.first} if day and not is_exact(day) and day.first > today() else set()
        return {today(), self.first_day, *perhaps}

    @property
    def first_day(self):
        """The first day that is known to be after it."""
        if self.new is None:
            return last_possible(self.last_day) + ONE_DAY
        start = self.new.start
        if start is None:
            return today()
        return start if is_exact(start) else start.last + ONE_DAY

    @property
    def outcome(self):
        if not self.readings:
            return super().outcome
        now = [each for each in self.readings if each.day == today()]
        if now:
            words = _("Saved. Readers read now: %(readings)s.")
        else:
            words = _("Saved. Readers will read from %(from)s on: %(readings)s.")
        first = self.readings[0].day
        said = self.said(now or [each for each in self.readings if each.day == first])
        return words % {"readings": said, "from": start_in_words(first)}


@dataclass(kw_only=True)
class Correction(ReadPlan):
    """``row`` is written over what is ``stored``. ``changes`` are ``[(label, before, after)]``."""

    row: DatedFact
    stored: DatedFact
    reason: str
    corrects: bool
    changes: list

    def __post_init__(self):
        self.reads([self.stored])
        self.founded_on(self.reason, self.row.checked_on, self.row.source_id)
        self.founded_on(*(after for _label, _before, after in self.changes))

    @property
    def changes_something(self):
        return bool(self.changes)

    apply = ReadPlan.apply_and_read

    def write(self):
        with because(self.reason, corrects=self.corrects):
            self._write(self.row)

    @property
    def facts(self):
        return [self.row, self.stored]

    @property
    def days(self):
        """Today, the nearest day of each, and one that one of them covers and the other does not."""
        days = {today(), *(row.day_of_name(today()) for row in self.facts)}
        starts = {row.latest_start for row in self.facts}
        ends = {row.last_day for row in self.facts}
        if len(starts) > 1:
            first = min(filter(None, starts))
            # Before it one of them has no start.
            days.add(first - ONE_DAY if None in starts and first > EARLIEST else first)
        if len(ends) > 1 and today() <= (last := min(filter(None, ends))) < LATEST:
            days.add(last + ONE_DAY)
        return days

    @property
    def outcome(self):
        now = [each for each in self.readings if each.day == today()]
        if now or not self.readings:
            words = _("Saved. Readers read now: %(readings)s.") if now else _("Saved: %(fact)s.")
        else:
            words = _("Saved. As of %(day)s readers read: %(readings)s.")
        then = [each for each in self.readings if each.day == self.readings[0].day]
        said = {"readings": self.said(now or then), "fact": self.row}
        return words % (said | {"day": then and day_in_words(then[0].day)})
