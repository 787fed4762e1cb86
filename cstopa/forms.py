"""Fields and filters of the query string: a day, and days from and to."""

import re

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django_filters import Filter, FilterSet

from cstopa.models.periods import EARLIEST, LATEST, ONE_DAY, start_of, today

# ISO 8601 as this site takes it; Python's own readers take more than they should.
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
# The errors of a field of choices: they do not repeat the value, which whoever made the link has written.
MISREAD = {"invalid_choice": _("Choose one of the list.")}


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


class AsOfForm(forms.Form):
    """Knows the day of the facts that a page shows: today where none is asked for, or misread."""

    @property
    def asked(self):
        """The day that was asked for and understood, or None."""
        self.is_valid()
        return self.cleaned_data.get("date")

    @property
    def day(self):
        return self.asked or today()


class DayForm(AsOfForm):
    date = DayField(label=_("As of the day"))


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


class DayFilter(Filter):
    field_class = DayField


class SinceFilter(DayFilter):
    """Keeps the rows whose moment lies on the day or later."""

    def filter(self, rows, day):
        return rows.filter(**{f"{self.field_name}__gte": start_of(day)}) if day else rows


class UntilFilter(DayFilter):
    """Keeps the rows whose moment lies on the day or earlier."""

    def filter(self, rows, day):
        if not day:
            return rows
        return rows.filter(**{f"{self.field_name}__lt": start_of(day + ONE_DAY)})


class FromToFilterSet(FilterSet):
    """Has filters ``from_`` and ``to``. The parameter is ``from``, which cannot name an attribute."""

    class Meta:
        form = FromToForm

    @classmethod
    def get_filters(cls):
        return {name.rstrip("_"): filter_ for name, filter_ in super().get_filters().items()}
