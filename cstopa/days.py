"""A day as a reader asks for it in an address: ``?date=2024-03-01``."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from cstopa.periods import EARLIEST, LATEST


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

    def bound_data(self, data, initial):
        # The browser's own field takes a day or nothing, and complains of anything else.
        try:
            return self.to_python(data)
        except forms.ValidationError:
            return None
