"""Days that may be known only to their month or their year: 14 March 2005, March 2005, 2005.

Written as EDTF has them, "2005-03-14", "2005-03", "2005": https://www.loc.gov/standards/datetime/.
"""

import calendar
import datetime as dt
import re
from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import DatabaseDefault
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from cstopa.models.days import months, read_day

EDTF = re.compile("([0-9]{4})(?:-([0-9]{2}))?")
# As people write a month: 03.2005, 3/2005, March 2005, март 2005 года.
NUMBERED = re.compile(r"([0-9]{1,2})[./]([0-9]{4})")
NAMED = re.compile(r"([^\W\d_]+)\.?,?\s+([0-9]{4})(?:\s*(?:г\.?|года?))?")
YEAR = re.compile(r"([0-9]{4})(?:\s*(?:г\.?|года?))?")


class Precision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class PartialDate(dt.date):
    """A day of a month or a year, its first or its last, of which no more is known than that.

    It equals no day of the calendar, unless its precision is that of one. Its ISO form is EDTF's.
    """

    def __new__(cls, year, month, day, precision=Precision.DAY):
        self = super().__new__(cls, year, month, day)
        self.precision = Precision(precision)
        return self

    @classmethod
    def of(cls, day, precision):
        """Return a day as it is known; None where there is none."""
        if day is None or precision == Precision.DAY:
            return day
        return cls(day.year, day.month, day.day, precision)

    @property
    def first(self):
        """The first day that it may be."""
        month = 1 if self.precision == Precision.YEAR else self.month
        return dt.date(self.year, month, self.day if self.precision == Precision.DAY else 1)

    @property
    def last(self):
        """The last day that it may be."""
        month = 12 if self.precision == Precision.YEAR else self.month
        last = calendar.monthrange(self.year, month)[1]
        return dt.date(self.year, month, self.day if self.precision == Precision.DAY else last)

    def isoformat(self):
        length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]
        return super().isoformat()[:length]

    __str__ = isoformat

    def __eq__(self, other):
        precision = getattr(other, "precision", Precision.DAY)
        # Of what is no day the answer is NotImplemented, which is neither true nor false.
        return super().__eq__(other) is True and precision == self.precision

    def __ne__(self, other):
        # That of the calendar compares the days alone.
        return not self == other

    def __hash__(self):
        return super().__hash__() if self.precision == Precision.DAY else hash(self.isoformat())

    def __reduce__(self):
        return type(self), (self.year, self.month, self.day, self.precision)


def first_possible(day):
    """Return the first day that a day may be, which is known to its month or year only."""
    return getattr(day, "first", day)


def last_possible(day):
    return getattr(day, "last", day)


def is_exact(day):
    return getattr(day, "precision", Precision.DAY) == Precision.DAY


def admits(known, other):
    """Return whether ``other`` may be the day that is ``known``, and says no less of it."""
    return first_possible(known) <= first_possible(other) and last_possible(other) <= last_possible(
        known
    )


def read_partial(text, *, is_end=False):
    """Return the PartialDate of a text that names a month or a year; None of any other text."""
    text = " ".join(text.split())
    if match := EDTF.fullmatch(text) or YEAR.fullmatch(text):
        year, month = (*match.groups(), None)[:2]
    elif match := NUMBERED.fullmatch(text):
        month, year = match.groups()
    elif match := NAMED.fullmatch(text):
        month, year = months().get(match[1].lower()), match[2]
        if month is None:
            return None
    else:
        return None
    if not int(year):
        return None
    precision = Precision.MONTH if month else Precision.YEAR
    try:
        known = PartialDate(int(year), int(month or 1), 1, precision)
    except ValueError as error:
        raise ValidationError(_("There is no such month."), code="invalid") from error
    return PartialDate.of(known.last, precision) if is_end else known


class PartialDateFormField(forms.DateField):
    """A day, a month or a year, as people write them."""

    def __init__(self, *, is_end=False, **kwargs):
        super().__init__(**kwargs)
        self.is_end = is_end

    def to_python(self, value):
        if isinstance(value, str) and (partial := read_partial(value, is_end=self.is_end)):
            return partial
        if isinstance(value, str) and value.strip():
            return read_day(value)
        return value if isinstance(value, PartialDate) else super().to_python(value)

    def prepare_value(self, value):
        return value if is_exact(value) else value.isoformat()


class KnownDate(DeferredAttribute):
    """The day of an instance: to set it is to set how far it is known, too."""

    def __set__(self, instance, value):
        if isinstance(value, str):
            # What is no day is kept, for whoever checks the row to say so.
            with suppress(ValidationError):
                value = self.field.to_python(value)
        precision = getattr(value, "precision", Precision.DAY)
        instance.__dict__[self.field.attname] = self.field.stored(value)
        instance.__dict__[self.field.precision_name] = str(precision)


class PartialDateField(models.DateField):
    """The first day that a day may be, or, of an end, the last.

    How far it is known stands beside it, in a PrecisionField. It takes what a person writes, and
    "2005", "2005-03" of fixtures and tables.
    """

    descriptor_class = KnownDate

    def __init__(self, *args, is_end=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_end = is_end

    def deconstruct(self):
        # To the database it is a date like any other.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs

    @property
    def precision_name(self):
        return f"{self.name}_precision"

    def to_python(self, value):
        if isinstance(value, str) and value:
            # Python reads weeks too, and a week is no day.
            return read_partial(value, is_end=self.is_end) or read_day(value)
        return value if isinstance(value, PartialDate) else super().to_python(value)

    def clean(self, value, model_instance):
        # Django sets what this returns, and of a row that is what is stored: a day and no more.
        day = super().clean(value, model_instance)
        return PartialDate.of(day, getattr(model_instance, self.precision_name))

    def get_prep_value(self, value):
        return self.stored(super().get_prep_value(value))

    def stored(self, value):
        """Return the day of the calendar that stands for a day that is known to its month or year."""
        if isinstance(value, PartialDate):
            return value.last if self.is_end else value.first
        return value

    def value_from_object(self, obj):
        """Return the day as it is known: what forms and fixtures show."""
        return PartialDate.of(getattr(obj, self.attname), getattr(obj, self.precision_name))

    def formfield(self, **kwargs):
        return super().formfield(
            **{"form_class": PartialDateFormField, "is_end": self.is_end, **kwargs}
        )


class GivenPrecision(DeferredAttribute):
    """What the day has said of itself stays, where nothing else is given."""

    def __set__(self, instance, value):
        if not isinstance(value, DatabaseDefault):
            instance.__dict__[self.field.attname] = value


class PrecisionField(models.CharField):
    """How far the day before it is known. Fixtures and forms say it with the day."""

    descriptor_class = GivenPrecision

    def __init__(self, *args, **kwargs):
        super().__init__(
            *args,
            **{
                "max_length": 5,
                "choices": Precision,
                "db_default": Precision.DAY.value,
                "editable": False,
                "serialize": False,
                **kwargs,
            },
        )

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
