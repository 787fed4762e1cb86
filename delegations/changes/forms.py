"""What a reader may ask of the log."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cstopa.forms import DayField, FromToForm
from cstopa.models.periods import today
from delegations.changes.models import Change, logged_models
from delegations.filters import MISREAD


def kinds():
    names = [
        (kind, capfirst(model._meta.verbose_name_plural)) for kind, model in logged_models().items()
    ]
    return [("", _("everything")), *names]


def changes():
    shown = [(value, label) for value, label in Change.choices if value != Change.EVIDENCE]
    return [("", _("changes and corrections")), *shown]


class LogForm(FromToForm):
    """``?kind=&change=&from=&to=``; both days are days of recording, and included."""

    kind = forms.ChoiceField(
        label=_("About"), choices=kinds, required=False, error_messages=MISREAD
    )
    change = forms.ChoiceField(
        label=_("What was done"), choices=changes, required=False, error_messages=MISREAD
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # "from" is a word of Python and cannot name an attribute.
        self.fields["from"] = DayField(label=_("Recorded from"))
        self.fields["to"] = DayField(label=_("Recorded up to"))

    @property
    def asked(self):
        """What was asked for, as the log understands it."""
        names = {"kind": "kind", "change": "change", "first": "from", "last": "to"}
        return {name: self.cleaned_data[key] for name, key in names.items()}

    @property
    def narrows(self):
        """Whether less than the whole log was asked for."""
        return any(self.asked.values())


class DataForm(LogForm):
    """The same to the data, which tells of each version that replaced a source too."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["change"].choices = Change.choices


class OnRecordForm(forms.Form):
    """``?date=&recorded=``: which day it is about, and by what was recorded up to which day."""

    date = DayField(label=_("About the day"))
    recorded = DayField(label=_("As it was recorded at the end of"))

    def clean_recorded(self):
        recorded = self.cleaned_data["recorded"]
        if recorded and recorded > today():
            raise forms.ValidationError(
                _("This day has not come yet: nobody knows what will be recorded by then.")
            )
        return recorded
