"""Periods: from when to when something was so.

What is dated inherits :class:`Period`; its queryset answers ``as_of(day)``. A day is a day in
``TIME_ZONE``, and so is :func:`today`.
"""

import datetime as dt
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, F, Func, Q
from django.db.models.lookups import IsNull
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from cstopa.models.constraints import FieldCheck, NoOverlap, all_checks_hold, overlapping
from cstopa.models.fields import FlagField
from cstopa.models.partial_dates import (
    PartialDate,
    PartialDateField,
    Precision,
    PrecisionField,
    first_possible,
    is_exact,
    last_possible,
)

# The days that the database takes. A year typed with a wrong digit is refused, and so is every
# sentinel: an end that nobody knows is an empty field.
EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2199, 12, 31)
ONE_DAY = dt.timedelta(days=1)
# What a period is told by; each day is read and written as far as it is known.
PERIOD = ("valid_from", "valid_to", "valid_to_is_latest")
# No line breaks between a day and its month.
DAY = "j\N{NO-BREAK SPACE}E Y"
PATTERNS = {Precision.MONTH: "E Y", Precision.YEAR: "Y"}


def today():
    """Return the current day in ``TIME_ZONE``."""
    return timezone.localdate()


def not_ahead(day):
    """Refuse a day that has not come: nobody has done anything on it."""
    if day > today():
        raise ValidationError(_("This day has not come yet."))


def start_of(day):
    """Return the moment at which a day starts in ``TIME_ZONE``."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def day_in_words(day, pattern=DAY):
    """Return a day as a reader writes it, as far as it is known: 21 May 2021, 21 мая 2021, May 2021."""
    if not is_exact(day):
        pattern = PATTERNS[day.precision]
    return _day_in_words(day, pattern, get_language())


# A page says some hundred days, and another page the same ones.
@lru_cache(maxsize=4096)
def _day_in_words(day, pattern, _language):
    return date_format(day, pattern)


def month_in_words(day):
    """Return a month by itself, not that of a day: May 2021, май 2021."""
    words = _day_in_words(day, "F Y", get_language())
    return words.lower() if _day_in_words(day, "E Y", get_language()).islower() else words


def moment_in_words(moment):
    """Return a moment as a reader writes it, in ``TIME_ZONE``: 21 May 2021, 14:05."""
    local = timezone.localtime(moment)
    words = {"day": day_in_words(local.date()), "time": f"{local:%H:%M}"}
    return pgettext("a moment", "%(day)s, %(time)s") % words


def start_in_words(day):
    """Return a first day, with what Russian puts before it: 2 May 2021, со 2 мая 2021 г."""
    words = {"day": day_in_words(day)}
    if is_exact(day) and day.day == 2:
        return pgettext("the first day, the second of a month", "%(day)s") % words
    return pgettext("the first day", "%(day)s") % words


def date_in_words(day):
    """Return a date by itself, or in the case that Russian has after "up to": 31 мая 2021, май 2021."""
    is_month = not is_exact(day) and day.precision == Precision.MONTH
    return month_in_words(day) if is_month else day_in_words(day)


def period_in_words(valid_from, ends):
    """Return in words a period that ends with the first of ``ends``, see :attr:`Period.ends`."""
    if valid_from is None and not ends:
        return gettext("dates not given")
    start = valid_from and start_in_words(valid_from)
    if not ends:
        return gettext("since %(start)s") % {"start": start}
    last_day, is_latest = min(ends)
    if is_latest:
        end = day_in_words(last_day)
        words = gettext("%(start)s to no later than %(end)s")
        if start is None:
            words = gettext("until no later than %(end)s, start not known")
    else:
        end = date_in_words(last_day)
        words = gettext("%(start)s to %(end)s")
        if start is None:
            words = gettext("until %(end)s, start not known")
    return words % {"start": start, "end": end}


class IsMoment(Func):
    """Whether a moment can be read: SQLite stores any text as one."""

    output_field = models.BooleanField()

    def as_sqlite(self, compiler, connection, **context):
        template = (
            "COALESCE(date(%(expressions)s) = substr(%(expressions)s, 1, 10)"
            " AND time(%(expressions)s) IS NOT NULL, 0)"
        )
        sql, params = self.as_sql(compiler, connection, template=template, **context)
        return sql, (*params, *params, *params)

    def as_postgresql(self, compiler, connection, **context):
        template = "(%(expressions)s IS NOT NULL)"
        return self.as_sql(compiler, connection, template=template, **context)


class PeriodQuerySet(models.QuerySet):
    def as_of(self, day):
        """Return the rows that hold on ``day`` or may: all but those whose period excludes it."""
        return self.filter(overlapping(day, day))


def is_a_day(field):
    """Return the condition that a date is empty or a day that the database takes.

    SQLite stores any text as a date, so it is asked to read what it stored.
    """
    day = Func(F(field), function="date", output_field=models.DateField())
    return Q(**{f"{field}__isnull": True}) | Q(
        IsNull(day, False),
        **{field: day, f"{field}__gte": EARLIEST, f"{field}__lte": LATEST},
    )


def is_known_precision(field):
    """Return the condition that a day is known to itself, or, where there is one, to less."""
    known = f"{field}_precision"
    less = [Precision.MONTH.value, Precision.YEAR.value]
    return Q(**{known: Precision.DAY.value}) | Q(
        **{f"{known}__in": less, f"{field}__isnull": False}
    )


class Period(models.Model):
    """Something that was so from a day to a day, both days included."""

    valid_from = PartialDateField(
        _("valid from"),
        null=True,
        blank=True,
        help_text=_(
            "First day in force, or its month or year: “March 2005”, “2005”. Leave it empty where the "
            "start is not known."
        ),
    )
    valid_from_precision = PrecisionField(_("precision of “valid from”"))
    valid_to = PartialDateField(
        _("valid to"),
        null=True,
        blank=True,
        is_end=True,
        help_text=_(
            "Last day in force, or its month or year. Leave it empty where no end is known."
        ),
    )
    valid_to_precision = PrecisionField(_("precision of “valid to”"))
    valid_to_is_latest = FlagField(
        _("ended no later than this day"),
        default=False,
        help_text=_("Tick it where the exact end is not known, only that it came by that day."),
    )

    class Meta:
        abstract = True
        constraints = [
            FieldCheck(
                field="valid_to",
                name="%(app_label)s_%(class)s_period_in_order",
                condition=Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("A period does not end before it starts."),
            ),
            FieldCheck(
                field="valid_from",
                name="%(app_label)s_%(class)s_period_of_days",
                condition=is_a_day("valid_from"),
                violation_error_message=_("“Valid from” is a day between 1900 and 2199."),
            ),
            FieldCheck(
                field="valid_to",
                name="%(app_label)s_%(class)s_period_to_a_day",
                condition=is_a_day("valid_to"),
                violation_error_message=_(
                    "“Valid to” is a day between 1900 and 2199; leave it empty where no end is known."
                ),
            ),
            CheckConstraint(
                name="%(app_label)s_%(class)s_precision_known",
                condition=is_known_precision("valid_from") & is_known_precision("valid_to"),
            ),
            FieldCheck(
                field="valid_to",
                name="%(app_label)s_%(class)s_latest_has_a_day",
                condition=Q(valid_to_is_latest=False) | Q(valid_to__isnull=False),
                violation_error_message=_("“Ended no later than” needs the day in “valid to”."),
            ),
        ]

    def validate_constraints(self, exclude=None, apart_from=()):
        """Raise what the rules say. ``apart_from`` are rows, see :meth:`NoOverlap.validate`."""
        exclude = exclude or set()
        errors = {}
        for model, rules in self.get_constraints():
            checks_hold = all_checks_hold(rules, model, self, exclude)
            for rule in rules:
                if checks_hold and isinstance(rule, CheckConstraint):
                    continue
                options = {"apart_from": apart_from} if isinstance(rule, NoOverlap) else {}
                try:
                    rule.validate(model, self, exclude, **options)
                except ValidationError as error:
                    errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    @property
    def start(self):
        """The start as far as it is known, or None."""
        return PartialDate.of(self.valid_from, self.valid_from_precision)

    @property
    def end(self):
        """The end as far as it is known, or None."""
        return PartialDate.of(self.valid_to, self.valid_to_precision)

    @property
    def latest_start(self):
        """The last day on which it may have started, or None where the start is not known."""
        latest = last_possible(self.start)
        return latest and min(latest, self.valid_to or latest)

    @property
    def earliest_end(self):
        """The first day with which it may end, or None where no end is known."""
        earliest = first_possible(self.end)
        return earliest and max(earliest, self.valid_from or earliest)

    @property
    def ends(self):
        """The days that end it, each with whether it is the latest possible one only."""
        return [(self.end, self.valid_to_is_latest)] if self.valid_to else []

    @property
    def last_day(self):
        """The last day on which it may be in force, or None where no end is known."""
        return last_possible(min(self.ends)[0]) if self.ends else None

    @property
    def is_undated(self):
        """Whether neither the start nor the end is known: never "current"."""
        return self.valid_from is None and not self.ends

    def covers(self, day):
        """Return whether it holds on ``day`` or may, as ``as_of(day)`` would."""
        return (self.valid_from is None or self.valid_from <= day) and (
            not self.ends or day <= self.last_day
        )

    def dates(self):
        """Return the days that are known of it, wherever they lie: an exact start or end."""
        days = self.start, None if self.valid_to_is_latest else self.end
        return [day for day in days if day]

    @property
    def evidence(self):
        """The days on which it is known to have been so."""
        return [day for day in self.dates() if is_exact(day) and self.covers(day)]

    @property
    def is_dated_by_nothing(self):
        return not (self.valid_from or self.valid_to or self.evidence)

    def holds(self, day, now=None):
        """Return whether it was so on ``day``; where ``covers(day)`` alone says yes, it only may have been.

        From a known start it holds to a known end, an open one included. Where either is not known,
        or not to the day, it holds from the earliest and to the latest evidence. What nothing dates
        holds when today is asked, which is ``now`` to a version of the record.
        """
        if not self.covers(day):
            return False
        if self.is_dated_by_nothing:
            return day == (now or today())
        return self.has_begun(day) and self.lasts(day)

    def has_begun(self, day):
        """Return whether it is known to have started by ``day``."""
        start = self.start
        if start and (start <= day if is_exact(start) else start.last < day):
            return True
        return any(known <= day for known in self.evidence)

    def lasts(self, day):
        """Return whether it is known not to have ended before ``day``."""
        end = self.end
        if not end:
            return True
        if not self.valid_to_is_latest and (day <= end if is_exact(end) else day < end.first):
            return True
        return any(day <= known for known in self.evidence)

    @property
    def period_in_words(self):
        return period_in_words(self.start, self.ends)


def held_and_possible(facts, day, now=None):
    """Return those of the facts that hold on a day, and those that only may, see ``holds()``."""
    holding, possible = [], []
    for fact in facts:
        if fact.covers(day):
            (holding if fact.holds(day, now) else possible).append(fact)
    return holding, possible
