"""What a reader may ask of the log."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from cstopa.forms import (
    MISREAD,
    AsOfForm,
    DayField,
    FromToFilterSet,
    FromToForm,
    SinceFilter,
    UntilFilter,
)
from cstopa.models.periods import today
from delegations.changes.models import Change, LogEntry, logged_models


class LogForm(FromToForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="page:%s", **kwargs)


class LogFilter(FromToFilterSet):
    """``?kind=&change=&from=&to=``; both days are days of recording, and included."""

    kind = ChoiceFilter(
        label=_("About"),
        choices=[
            (kind, capfirst(model._meta.verbose_name_plural))
            for kind, model in logged_models().items()
        ],
        empty_label=_("everything"),
        error_messages=MISREAD,
    )
    change = ChoiceFilter(
        label=_("What was done"),
        choices=[each for each in Change.choices if each[0] != Change.EVIDENCE],
        empty_label=_("changes and corrections"),
        error_messages=MISREAD,
    )
    from_ = SinceFilter("recorded_at", label=_("Recorded from"))
    to = UntilFilter("recorded_at", label=_("Recorded up to"))

    class Meta:
        model = LogEntry
        fields = []
        form = LogForm

    @property
    def narrows(self):
        """Whether less than the whole log was asked for."""
        return any(self.form.cleaned_data.values())


class DataFilter(LogFilter):
    """The same of the data, which tells of each version that replaced a source too."""

    change = ChoiceFilter(choices=Change.choices, error_messages=MISREAD)


class OnRecordForm(AsOfForm):
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
