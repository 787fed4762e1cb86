"""What may be asked of the data, and how it is told that a question was not understood."""

import re

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cstopa.forms import DAY, DayField
from cstopa.models.periods import EARLIEST, LATEST, start_of

MOMENT = re.compile(
    DAY.pattern + "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?" + "(Z|[+-][0-9]{2}:[0-9]{2})?"
)


class MomentField(forms.Field):
    """A day, which is its start in ``TIME_ZONE``, or a moment in ISO form."""

    default_error_messages = {
        "invalid": "Write a day, such as 2024-03-01, or a moment, such as 2024-03-01T12:00:00Z; "
        "in an address a plus sign is written %2B.",
    }

    def to_python(self, value):
        if value in self.empty_values:
            return None
        value = value.strip()
        if DAY.fullmatch(value):
            return start_of(DayField(required=True).clean(value))
        try:
            moment = parse_datetime(value) if MOMENT.fullmatch(value) else None
        except ValueError:
            moment = None
        if moment is None or not EARLIEST.year < moment.year < LATEST.year:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


class Question(forms.Form):
    """Knows the parameters of one address, and no others.

    A parameter that nobody knows is an error too: to overlook a slip in ``changed_since`` would
    answer another question than the one that was asked.
    """

    page = forms.CharField(required=False)
    date = DayField()
    changed_since = MomentField(required=False)

    def __init__(self, asked, parameters, is_dated=False):
        super().__init__(asked)
        self.is_dated = is_dated
        for name in {*self.fields} - {*parameters}:
            del self.fields[name]

    def clean(self):
        for name in self.fields:
            if len(self.data.getlist(name)) > 1:
                self.add_error(name, "It is given more than once.")
        found = self.cleaned_data
        if self.is_dated and found.get("date") and found.get("changed_since"):
            self.add_error(
                "date",
                "What is no more in force on a day would be missing among what changed: "
                "ask for one of date and changed_since.",
            )
        return found

    @property
    def complaints(self):
        """Return ``[(name of a parameter, what is wrong with it)]``."""
        known = f"Known here: {', '.join(self.fields) or 'no parameter'}."
        unknown = [(name[:100], known) for name in self.data if name not in self.fields]
        return unknown + [
            (name, message)
            for name, errors in self.errors.as_data().items()
            for error in errors
            for message in error.messages
        ]
