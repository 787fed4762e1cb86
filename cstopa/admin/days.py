"""Days and moments at the desk: one written format, and beside the field the words that it means."""

import datetime as dt
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import from_current_timezone
from django.http import Http404, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.models.days import read_day, read_moment
from cstopa.models.partial_dates import (
    PartialDateField,
    PartialDateFormField,
    is_exact,
    read_partial,
)
from cstopa.models.periods import EARLIEST, LATEST, day_in_words

# What the desk says instead of the public pages, by the code of an error.
AT_THE_DESK = {
    "unreadable": gettext_lazy("Write a day like 2027-10-01."),
    "ambiguous": gettext_lazy(
        "This may be %(first)s or %(second)s: write %(first_iso)s or %(second_iso)s."
    ),
}


def day_of_the_calendar(value):
    """Refuse a day, or a moment, that the database or a reader could not use."""
    if isinstance(value, dt.datetime):
        # A rule of moments is in UTC: of its first and its last day another zone has a part.
        if not EARLIEST < value.date() < LATEST:
            text = _("Write a moment after 1 January 1900 and before 31 December 2199.")
            raise ValidationError(text)
        return
    if not EARLIEST <= value <= LATEST:
        raise ValidationError(_("Write a day between 1900 and 2199."))


def in_words(value):
    """Return what a day or a moment means: Friday 1 October 2027, 09:00 in Moscow."""
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value)
        words = {"day": in_words(local.date()), "time": f"{local:%H:%M}"}
        return _("%(day)s, %(time)s in Moscow") % words
    if not is_exact(value):
        return day_in_words(value)
    words = {"weekday": WEEKDAYS[value.weekday()], "day": day_in_words(value)}
    # Translators: a day of the week and the day: “Friday 1 October 2027”, «пятница, 1 октября 2027».
    return _("%(weekday)s %(day)s") % words


def in_sentence(value):
    """Return the same within a sentence: not in every language a day of the week has a capital there."""
    words = in_words(value)
    return words[0].lower() + words[1:] if date_format(value, "E").islower() else words


class DayInput(forms.TextInput):
    """A text, which says in words what it means; a script says so while one types, and has a calendar.

    ``asks`` is the field that reads it.
    """

    supports_microseconds = False
    asks = None

    def format_value(self, value):
        if isinstance(value, dt.datetime):
            # A moment that was not typed has seconds, and keeps them.
            return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
        return value.isoformat() if isinstance(value, dt.date) else value

    def render(self, name, value, attrs=None, renderer=None):
        attrs = attrs or {}
        words_id = f"{attrs.get('id', name)}_words"
        described = f"{attrs.get('aria-describedby', '')} {words_id}".strip()
        attrs |= {"aria-describedby": described, "autocomplete": "off"}
        context = {
            "input": super().render(name, value, attrs, renderer),
            "words_id": words_id,
            "kind": self.asks.kind,
            # Translators: %s is the time in the zone of the account or of the browser, “08:00 with you”.
            "with_you": _("%s with you"),
        }
        understood = self.asks.understood(self.format_value(value))
        return render_to_string("admin/widgets/day.html", context | understood)


class Written:
    """A day that is typed. ``kind`` names the field, ``hint`` says how it is written."""

    widget = DayInput
    default_validators = [day_of_the_calendar]

    def __init__(self, **kwargs):
        words = kwargs.pop("help_text", "")
        kwargs["help_text"] = format_lazy("{} {}", words, self.hint) if words else self.hint
        super().__init__(**kwargs)
        self.widget.asks = self

    def to_python(self, value):
        if not isinstance(value, str):
            return value
        try:
            return self.read(value) if value.strip() else None
        except ValidationError as error:
            words = AT_THE_DESK.get(error.code, error.message)
            raise ValidationError(words, error.code, error.params) from error

    def understood(self, text):
        """Return ``words`` that a text means, its ``day`` and its ``moment``, or the ``error`` in it."""
        try:
            value = self.clean(text) if text else None
        except ValidationError as error:
            return {"error": " ".join(error.messages)}
        if value is None:
            return {}
        is_moment = isinstance(value, dt.datetime)
        day = timezone.localdate(value) if is_moment else value
        moment = value.astimezone(dt.UTC).isoformat() if is_moment else ""
        return {"words": self.in_words(value), "day": day.isoformat(), "moment": moment}

    def in_words(self, value):
        """Return what a value of the field means."""
        return in_words(value)


class DayField(Written, forms.DateField):
    kind = "day"
    hint = gettext_lazy("YYYY-MM-DD, for example 2027-10-01.")

    def read(self, text):
        return read_day(text)


class PartialDayField(Written, PartialDateFormField):
    """A day, or no more than its month or its year."""

    hint = gettext_lazy("YYYY-MM-DD, YYYY-MM or YYYY, for example 2027-10-01.")

    @property
    def kind(self):
        return "end" if self.is_end else "start"

    def read(self, text):
        return read_partial(text, is_end=self.is_end) or read_day(text)


class MomentField(Written, forms.DateTimeField):
    kind = "moment"
    hint = gettext_lazy("YYYY-MM-DD HH:MM, for example 2027-10-01 09:00.")

    def read(self, text):
        return from_current_timezone(read_moment(text))


class UntilField(MomentField):
    """A moment up to which something is so; a day alone means its end."""

    kind = "until"
    hint = gettext_lazy(
        "YYYY-MM-DD, to the end of that day, or YYYY-MM-DD HH:MM, for example 2027-10-01 09:00."
    )
    END = dt.time(23, 59, 59)

    def read(self, text):
        try:
            return super().read(text)
        except ValidationError as error:
            if error.code != "no_time":
                raise
        return from_current_timezone(dt.datetime.combine(read_day(text), self.END))

    def in_words(self, value):
        local = timezone.localtime(value)
        if local.time() != self.END:
            return super().in_words(value)
        return _("to the end of %(day)s in Moscow") % {"day": in_sentence(local.date())}

    def prepare_value(self, value):
        value = super().prepare_value(value)
        is_day = isinstance(value, dt.datetime) and value.time() == self.END
        return value.date() if is_day else value


def written_field(db_field):
    """Return how the desk asks for a field of a model; nothing of one that is no day."""
    match db_field:
        case models.DateTimeField():
            return {"form_class": MomentField, "widget": DayInput}
        case PartialDateField():
            return {"form_class": PartialDayField, "widget": DayInput}
        case models.DateField():
            return {"form_class": DayField, "widget": DayInput}
    return {}


def meaning(request):
    """Answer what a text means to a kind of field, in words."""
    kinds = {
        "day": DayField,
        "start": PartialDayField,
        "end": partial(PartialDayField, is_end=True),
        "moment": MomentField,
        "until": UntilField,
    }
    kind = kinds.get(request.GET.get("kind"))
    if kind is None:
        raise Http404
    return JsonResponse(kind(required=False).understood(request.GET.get("text", "")))
