"""The day of which a page speaks: today, or the one asked for by ``?date=2024-03-01``.

It surrounds what is made for one request, as the language does: names are those of the day, and
links keep it.
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cstopa.periods import EARLIEST, LATEST, today

# ISO 8601 as this site takes it; Python's own readers take more than they should.
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass
class Surroundings:
    """The day that was asked for, or None, and what was read for it."""

    asked: date | None = None
    memory: dict = field(default_factory=dict)


_surroundings = ContextVar("surroundings", default=None)


@contextmanager
def speaking_of(asked):
    """Let what is made inside speak of a day; of today where None is asked for."""
    token = _surroundings.set(Surroundings(asked))
    try:
        yield
    finally:
        _surroundings.reset(token)


def asked_day():
    """Return the day that was asked for, or None."""
    surroundings = _surroundings.get()
    return surroundings and surroundings.asked


def day_spoken_of():
    return asked_day() or today()


def remembered(key, make):
    """Return ``make()``, called once while the same page is made, and each time elsewhere."""
    surroundings = _surroundings.get()
    if surroundings is None:
        return make()
    if key not in surroundings.memory:
        surroundings.memory[key] = make()
    return surroundings.memory[key]


def address(view, *args, anchor=""):
    """Return the path of a page that answers for any day, with the day that was asked for."""
    path = reverse(view, args=args)
    if asked := asked_day():
        path = f"{path}?date={asked.isoformat()}"
    return f"{path}#{anchor}" if anchor else path


def each_request_alone(get_response):
    """Middleware: what was read for one request is forgotten with it."""

    def middleware(request):
        with speaking_of(None):
            return get_response(request)

    return middleware


def start_of(day):
    """Return the moment at which a day starts in ``TIME_ZONE``."""
    return timezone.make_aware(datetime.combine(day, time.min))


class DayField(forms.DateField):
    """A day in ISO form, within the days that the database takes."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "invalid": _("Write the day as year-month-day, for example 2024-03-01."),
    }
    default_validators = [
        MinValueValidator(EARLIEST, _("Ask for a day between 1900 and 2199.")),
        MaxValueValidator(LATEST, _("Ask for a day between 1900 and 2199.")),
    ]

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "input_formats": ["%Y-%m-%d"], **kwargs})

    def to_python(self, value):
        if value and isinstance(value, str) and not DAY.fullmatch(value.strip()):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def bound_data(self, data, initial):
        # The browser's own field takes a day or nothing, and complains of anything else.
        try:
            return self.to_python(data)
        except forms.ValidationError:
            return None


class FromToForm(forms.Form):
    """A question about the days ``from`` one ``to`` another, both included.

    ``understood`` are the answers that can be read, even where one contradicts another.
    """

    def clean(self):
        cleaned = super().clean()
        self.understood = dict(cleaned)
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and last < first:
            self.add_error("to", _("This day is before the first one."))
        return cleaned
