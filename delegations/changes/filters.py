"""What a reader may ask of the log."""

import datetime as dt
from contextlib import suppress

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from cstopa.forms import (
    CONTRADICTION,
    MISREAD,
    AsOfForm,
    DayField,
    FromToFilterSet,
    FromToForm,
    SinceFilter,
    UntilFilter,
)
from cstopa.models.periods import ONE_DAY, start_of, today
from cstopa.opendata.forms import MOMENT, MomentField
from delegations.changes import log
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
        choices=[(change.value, change.label) for change in Change.of_pages()],
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


class RecordedField(forms.Field):
    """A moment in ISO form, or a day, which is its end in ``TIME_ZONE``."""

    bound_data = DayField.bound_data

    def to_python(self, value):
        with suppress(forms.ValidationError):
            if value and MOMENT.fullmatch(value.strip()):
                return MomentField().clean(value)
        day = DayField().clean(value)
        return day and start_of(day + ONE_DAY) - dt.timedelta(microseconds=1)


class OnRecordForm(AsOfForm):
    """``?date=&version=``: which day it is about, and by which version of the record.

    ``recorded``, a moment, asks for the last version before it.
    """

    date = DayField(label=_("About the day"))
    recorded = RecordedField(
        label=_("As it was recorded at the end of"), required=False, help_text=DayField.hint
    )
    version = forms.IntegerField(
        label=_("Version of the record"),
        required=False,
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"invalid": _("A version of the record is told by its number.")},
    )

    def clean_recorded(self):
        recorded = self.cleaned_data["recorded"]
        if recorded and timezone.localdate(recorded) > today():
            raise forms.ValidationError(
                _("This day has not come yet: nobody knows what will be recorded by then."),
                code=CONTRADICTION,
            )
        return recorded

    def clean_version(self):
        version = self.cleaned_data["version"]
        if version is not None and version > log.last_version().number:
            raise forms.ValidationError(
                _("The record has no such version yet."), code=CONTRADICTION
            )
        return version
