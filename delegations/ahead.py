"""What is decided and lies ahead: the days on which facts on record start, and with which they end."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby

from django.db import connection
from django.db.models import FETCH_RAISE, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cstopa.http.kept.rows import until_written
from cstopa.models.history import with_changed_at
from cstopa.models.partial_dates import is_exact
from cstopa.models.periods import today
from delegations.in_words import FactInWords
from delegations.models.facts import DatedFact, fact_models


@dataclass(frozen=True)
class Event:
    """A day on which a fact starts, or its last one. ``changed_at``: when that was recorded last."""

    fact: DatedFact
    day: date
    is_end: bool
    changed_at: datetime | None

    @cached_property
    def described(self):
        return FactInWords(self.fact, self.day)

    @property
    def is_latest(self):
        """Whether it is an end that is known as the latest possible one only."""
        is_exact_end = is_exact(self.fact.end) and not self.fact.valid_to_is_latest
        return self.is_end and not is_exact_end

    @property
    def is_earliest(self):
        """Whether it is a start of which the month or the year alone is known."""
        return not self.is_end and not is_exact(self.fact.start)

    @property
    def label(self):
        if not self.is_end:
            return _("From this day at the earliest") if self.is_earliest else _("From this day")
        return (
            _("Until this day at the latest")
            if self.is_latest
            else _("Up to and including this day")
        )

    @property
    def key(self):
        """Its name, which stays as long as the fact has its code."""
        return f"{self.fact.fact_kind}-{self.fact.code}-{'end' if self.is_end else 'start'}"


@until_written(size=10)
def events_after(day):
    """Return the Events of all facts, those that start after a day, or end with it or after it."""
    # Of most kinds nothing is ahead.
    found = []
    for model in map(fact_models().get, kinds_ahead(day)):
        rows = model.objects.filter(Q(valid_from__gt=day) | Q(valid_to__gte=day))
        for fact in with_changed_at(rows).fetch_mode(FETCH_RAISE).with_related():
            found += events_of(fact, day)
    return sorted(found, key=in_order)


def kinds_ahead(day):
    """Return the kinds of facts that start after a day, or end with it or after it."""
    # Each page asks, and the ORM takes longer to write this than the database to answer.
    asked = " UNION ".join(
        f"SELECT '{kind}' FROM {model._meta.db_table} WHERE valid_from > %s OR valid_to >= %s"
        for kind, model in fact_models().items()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{asked} ORDER BY 1", [day.isoformat()] * 2 * len(fact_models()))
        return [kind for (kind,) in cursor.fetchall()]


def events_ahead_of(day):
    """Return those of a page of a day; none where the day is over, for they may be, too."""
    # A page of any day costs the same.
    events = events_after(max(day, today()))
    return events if day >= today() else []


def events_of(fact, day):
    """Yield its Events, but for the end that its chamber brings, which is an end of the chamber."""
    if fact.valid_from and fact.ends and fact.last_day < fact.valid_from:
        return
    if fact.valid_from and fact.valid_from > day:
        yield Event(fact, fact.valid_from, False, fact.changed_at)
    if fact.valid_to and fact.valid_to == fact.last_day >= day:
        yield Event(fact, fact.valid_to, True, fact.changed_at)


def in_order(event):
    home = event.described.parliament
    return event.day, home is None, home and home.slug, not event.is_end, event.key


def of_parliament(events, parliament):
    return [event for event in events if event.described.parliament == parliament]


@dataclass(frozen=True)
class Together:
    """Events of one day, parliament and kind, all of them starts or all ends."""

    events: list

    @property
    def first(self):
        return self.events[0]

    @property
    def kinds(self):
        return capfirst(self.first.fact._meta.verbose_name_plural)


def grouped(events):
    """Return the Groups of events that are in order."""

    def alike(event):
        return event.day, event.described.parliament, event.label, event.described.kind

    return [Together(list(some)) for _key, some in groupby(events, alike)]
