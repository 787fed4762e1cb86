"""What is to be recorded, step by step, each at its moment."""

import datetime as dt
from functools import partial

from django.utils import timezone

from cstopa.models.history import because, changing
from delegations.models import Person, Source
from tests.demo.names import Names

# The first loading: what was so before was recorded on that day.
OPENED = dt.date(2010, 1, 18)
# The last day of which anything was recorded.
LAST = dt.date(2026, 11, 1)
ENDS, STARTS, NEWS = range(3)


def day(text):
    """Return a day of its ISO form, of a month or a year the first; None for None."""
    return dt.date.fromisoformat(f"{text}-01-01"[:10]) if text else None


def moment(on, hour=11, minute=0):
    return timezone.make_aware(dt.datetime.combine(on, dt.time(hour, minute)))


class Record:
    """Steps, done by ``play()`` in the order of their days, and on a day ends before starts, then news.

    Those of a day are of one moment, as what is saved in one form.

    A row is asked for by a function, for it is not there before its step was done.
    """

    def __init__(self, chance):
        self.chance = chance
        self.names = Names(chance)
        # What articles and corrections speak of.
        self.chambers, self.allocations, self.officers, self.terms = {}, {}, [], []
        self._steps, self._habits = [], {}
        self._sources = {}
        self._people = {}

    @property
    def first(self):
        return moment(OPENED, 9)

    def at(self, on, step, rank=STARTS):
        self._steps.append((max(on, OPENED), rank, len(self._steps), step))

    def play(self, clock):
        """Do every step at its moment."""
        last = None
        for on, rank, _number, step in sorted(self._steps, key=lambda each: each[:3]):
            if (on, rank) != last:
                now, last = moment(on, 9 + 2 * rank, self.chance.randrange(50)), (on, rank)
                clock.move_to(now)
            step()

    def fact(self, model, since=None, until=None, *, source, recorded=None, ended=None, **values):
        """Record a fact some days after its start, and its end some days after that.

        ``recorded`` and ``ended`` are other days for that; what is decided ahead needs the first.
        Return a function that returns the row.
        """
        found, stated, ends_on, since, until = [], since, until, day(since), day(until)
        # What started on one day was recorded on one.
        late, is_checked = self._habits.setdefault(
            since, (dt.timedelta(days=self.chance.randint(1, 12)), self.chance.random() < 0.6)
        )
        recorded = day(recorded) or (max(OPENED, since + late) if since else OPENED)
        # Before what follows, with which it may not share a day.
        ended = day(ended) or (until and until + dt.timedelta(days=1))
        # What ends after all this is known to end from the first.
        knows_end = until and (ended <= recorded or ended > LAST)
        is_latest = values.pop("valid_to_is_latest", False)
        end = {"valid_to": ends_on, "valid_to_is_latest": is_latest}

        def record():
            row = model(
                valid_from=stated,
                source=self.source(source),
                checked_on=recorded if is_checked else None,
                **{name: value() if callable(value) else value for name, value in values.items()},
                **end if knows_end else {},
            )
            row.save()
            found.append(row)

        def close():
            row = found[0]
            row.refresh_from_db()
            row.valid_to, row.valid_to_is_latest = until, is_latest
            with changing():
                row.save()

        self.at(recorded, record)
        if until and not knows_end:
            self.at(ended, close, ENDS)
        return lambda: found[0]

    def correct(self, on, row, reason, **values):
        """Write other values over those of a row, as a correction."""

        def save():
            found = row()
            found.refresh_from_db()
            for name, value in values.items():
                setattr(found, name, value() if callable(value) else value)
            with because(reason, corrects=True):
                found.save()

        self.at(day(on), save)

    def delete(self, on, row, reason):
        def remove():
            with because(reason):
                row().delete()

        self.at(day(on), remove)

    def check(self, on, row):
        """Say that a fact was found to be true once more."""

        def save():
            found = row()
            found.refresh_from_db()
            found.checked_on = day(on)
            with changing():
                found.save()

        self.at(day(on), save)

    def source(self, fields):
        """Return the row of a source, made where nothing was recorded by it before."""
        key = tuple(sorted(fields.items()))
        if key not in self._sources:
            self._sources[key] = Source.objects.create(**fields)
        return self._sources[key]

    def person(self, **names):
        """Return a function that returns the row of somebody new; names are invented if none are given."""
        fields = names or self.names.next()
        return partial(self._person, fields["slug"], fields)

    def _person(self, slug, fields):
        if slug not in self._people:
            self._people[slug] = Person.objects.create(**fields)
        return self._people[slug]
