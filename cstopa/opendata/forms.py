"""The parameters of the data, and what is said of those that are not understood."""

import re

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from cstopa.forms import CONTRADICTION, DayField
from cstopa.models.days import ISO
from cstopa.models.periods import EARLIEST, LATEST, start_of
from cstopa.opendata.responses import bad_request, conflict

MOMENT = re.compile(
    ISO.pattern + "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?" + "(Z|[+-][0-9]{2}:[0-9]{2})?"
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
        if ISO.fullmatch(value):
            return start_of(DayField(required=True).clean(value))
        try:
            moment = parse_datetime(value) if MOMENT.fullmatch(value) else None
        except ValueError:
            moment = None
        if moment is None or not EARLIEST.year <= moment.year <= LATEST.year:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


class ParametersForm(forms.Form):
    """The parameters of one address; a day is asked for, or what changed, but not both at once."""

    page = forms.CharField(required=False)
    date = DayField()
    changed_since = MomentField(required=False)

    def __init__(self, data, parameters, is_dated=False):
        super().__init__(data)
        self.is_dated = is_dated
        for name in {*self.fields} - {*parameters}:
            del self.fields[name]

    def clean(self):
        asked = self.cleaned_data
        if self.is_dated and asked.get("date") and asked.get("changed_since"):
            words = (
                "What is no more in force on a day would be missing among what changed: "
                "ask for one of date and changed_since."
            )
            self.add_error("date", forms.ValidationError(words, code=CONTRADICTION))
        return asked


def refusal(form, *others):
    """Return the problem of what a form was asked, or None; ``others`` are known beside the fields.

    A parameter that nobody knows is an error too: to overlook a slip in ``changed_since`` would
    answer another question than the one that was asked. So is an empty one.
    """
    known = [*form.fields, *others]
    words = f"Known here: {', '.join(known) or 'no parameter'}."
    unknown = [(name[:100], words) for name in form.data if name not in known]
    given = {name: form.data.getlist(name) for name in known}
    doubled = [(name, "It is given more than once.") for name in known if len(given[name]) > 1]
    empty = [
        (name, "It is empty: leave it out.")
        for name in known
        if given[name] and not given[name][-1].strip()
    ]
    # A program has one way to write a day.
    not_iso = [
        (name, "Write the day as year-month-day, for example 2024-03-01.")
        for name, field in form.fields.items()
        if isinstance(field, DayField)
        and (day := form.data.get(name, "").strip())
        and not ISO.fullmatch(day)
    ]
    said = dict(empty + not_iso)
    wrong = {
        is_contradiction: [
            (name, message)
            for name, some in form.errors.as_data().items()
            for error in some
            for message in error
            if name not in said and (error.code == CONTRADICTION) is is_contradiction
        ]
        for is_contradiction in (True, False)
    }
    if errors := unknown + doubled + empty + wrong[False] + not_iso:
        return bad_request(errors)
    return conflict(wrong[True]) if wrong[True] else None
