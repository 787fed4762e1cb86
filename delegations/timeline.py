"""The dates on which something changed: where each fact starts, and the day after its last one."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from django.db.models import F

from cstopa.http.kept.rows import until_written
from cstopa.models.constraints import is_ordered
from cstopa.models.partial_dates import (
    PartialDate,
    Precision,
    first_possible,
    is_exact,
    last_possible,
)
from cstopa.models.periods import LATEST, ONE_DAY
from delegations.composition import people_of
from delegations.models.facts import fact_models
from delegations.models.people import PersonFact

# So many days are shown that lie nearest to the one of the page, and the first one of each year.
NEAREST = 100
# The drawing is as wide as this, in units of its own.
WIDTH = 1000
DENSE = 50
# Labels of ticks: how many fit on a narrow screen, and how many months may lie between two.
MOST_LABELS = 4
MONTHS_APART = (1, 2, 3, 6, *(12 * years for years in (1, 2, 5, 10, 20, 50, 100)))


@until_written(size=30)
def days_of_change(delegation=None):
    """Return the dates, in order, on which anything changed: of one delegation, or of all.

    Of a start or an end that is known to a month or a year that is one, as a PartialDate.
    """
    periods = [_periods(rows) for rows in _facts(delegation)]
    dates = set()
    for start, of_start, end, of_end, *bounds in periods[0].union(*periods[1:]).order_by():
        # The day after the last one of the calendar cannot be asked for.
        last = None if end == LATEST else end
        for day, precision, is_last in ((start, of_start, False), (last, of_end, True)):
            # A fact of a chamber counts on the days of the chamber.
            if day and is_ordered(bounds[0], day) and is_ordered(day, bounds[1]):
                dates.add(_changed_on(day, precision, is_last))
    return sorted(dates, key=lambda known: (seen_on(known), is_exact(known)))


def _changed_on(day, precision, is_last):
    """Return the date from which a start, or an end, makes a difference."""
    if precision == Precision.DAY:
        return day + ONE_DAY if is_last else day
    # A month in which one row ends and another starts is one date.
    return PartialDate.of(PartialDate.of(day, precision).first, precision)


def seen_on(known):
    """Return the day whose page shows a change: of a month or a year the one after it, when it is certain."""
    return known if is_exact(known) else min(known.last, LATEST - ONE_DAY) + ONE_DAY


def _periods(rows):
    """Read when each was so, and its chamber; of what belongs to none the same again."""
    home = "chamber__" if (rows.model.home or "").startswith("chamber__") else ""
    names = [f"{home}{name}" for name in ("valid_from", "valid_to")]
    own = [f"{name}{of}" for name in ("valid_from", "valid_to") for of in ("", "_precision")]
    return rows.order_by().values_list(*own, *map(F, names))


def _facts(delegation):
    """Return the facts of each kind that a page shows, the Assembly's offices of its people too."""
    for model in fact_models().values():
        if delegation is None:
            yield model.objects.all()
            continue
        if model.home:
            yield model.objects.filter(**{model.home: delegation})
        if issubclass(model, PersonFact) and (rows := model.of_no_parliament()) is not None:
            yield rows.filter(people_of(delegation))


def chosen(days, shown):
    """Return those of the ``days``, which are in order, that the page of a day shows."""
    if len(days) <= NEAREST:
        return days
    start = bisect_left(days, shown, key=seen_on) - NEAREST // 2
    start = min(max(start, 0), len(days) - NEAREST)
    firsts = {next(of_year) for _year, of_year in groupby(days, attrgetter("year"))}
    near = {*days[start : start + NEAREST]}
    return [day for day in days if day in near | firsts]


@dataclass(frozen=True)
class Mark:
    """A day on the drawing: ``x`` from 0 to WIDTH. ``known`` is the date of which it is the day."""

    day: date
    x: int
    is_shown: bool = False
    known: date | None = None

    @property
    def at(self):
        """Where it is, as a share of the width."""
        return f"{self.x * 100 / WIDTH:g}%"


class Timeline:
    """The days of change as a page shows them, drawn and listed, with the day that it speaks of.

    ``query`` is the rest of the address, to which ``date=`` is added. ``left_out`` is the number of
    days that are shown where the page speaks of one near to them.
    """

    def __init__(self, days, shown, today, query=""):
        self.query = query
        self.first, self.last = min([*days, today]), max([*map(seen_on, days), today])
        self.marks = [self._mark(known, shown) for known in chosen(days, shown)]
        self.left_out = len(days) - len(self.marks)
        # A day that lies beyond the drawing is marked at its edge.
        self.shown = Mark(shown, self._x(shown), is_shown=True)

    def _mark(self, known, shown):
        # In the middle of a month or a year.
        first, last = first_possible(known), last_possible(known)
        day = seen_on(known)
        return Mark(day, self._x(first + (last - first) / 2), day == shown, known)

    def _x(self, day):
        whole = (self.last - self.first).days or 1
        return min(max(round((day - self.first).days * WIDTH / whole), 0), WIDTH)

    def address(self, mark):
        """Return where a mark leads: to this page as of its day."""
        return f"?{self.query}date={mark.day.isoformat()}"

    @property
    def is_dense(self):
        """Whether a narrow screen has no room for marks of the ordinary width."""
        return len(self.marks) > DENSE

    @cached_property
    def ticks(self):
        """The first days of months, or of years where there are many, a few at most, as Marks."""
        start, end = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        for apart in MONTHS_APART:
            months = range(start + apart - start % apart, end + 1, apart)
            if len(months) <= MOST_LABELS:
                break
        days = [date(month // 12, month % 12 + 1, 1) for month in months]
        return [Mark(day, self._x(day)) for day in days]

    @property
    def tick_format(self):
        """How the ticks are written: as years where each is one."""
        return "Y" if all(tick.day.month == 1 for tick in self.ticks) else "M Y"

    @property
    def before(self):
        """The Mark of the last change before the day shown, or None."""
        return next((mark for mark in self.marks[::-1] if mark.day < self.shown.day), None)

    @property
    def after(self):
        """The Mark of the first change after the day shown, or None."""
        return next((mark for mark in self.marks if mark.day > self.shown.day), None)

    @property
    def years(self):
        """Each year, the last one first, with its marks."""
        by_year = [
            (year, list(marks)) for year, marks in groupby(self.marks, attrgetter("known.year"))
        ]
        return by_year[::-1]
