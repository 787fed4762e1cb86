"""What an editor means who overwrites a dated fact: that it was wrong, or that it has changed."""

import copy

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.conflicts import ConflictCheckedForm
from cstopa.admin.days import DayField
from cstopa.models.fields import LineField
from cstopa.models.history import because, changing
from cstopa.models.periods import EARLIEST, ONE_DAY, start_in_words

OVERWRITING = ("what_happened", "first_day", "reason")


class WhatHappened(models.TextChoices):
    CORRECTION = "correction", gettext_lazy("correction: it was wrong all along")
    CHANGE = "change", gettext_lazy("change: it was right until a day")


class Reason(forms.CharField):
    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=500, **kwargs)

    def to_python(self, value):
        return LineField().tidied(super().to_python(value))


def answer_errors(answers):
    """Return ``{field: message}`` for answers to ``OVERWRITING`` that do not say what happened."""
    first_day, reason = answers.get("first_day"), answers.get("reason")
    wrong = {}
    match answers.get("what_happened"):
        case WhatHappened.CORRECTION:
            if first_day:
                wrong["first_day"] = _("Leave it empty: what is corrected was wrong all along.")
            if not reason:
                wrong["reason"] = _("Write what was wrong, or where the right value is.")
        case WhatHappened.CHANGE:
            if not first_day:
                wrong["first_day"] = _("Write the first day of the new value.")
            if reason:
                wrong["reason"] = _(
                    "A reason is kept with a correction alone. Leave it empty: why something changed "
                    "is said by its source."
                )
        case _other:
            wrong["what_happened"] = _(
                "Say whether what you overwrite was wrong all along, or right until a day."
            )
    return wrong


def changed_from(stored, row, first_day):
    """Return the two rows that a change leaves: the stored one with its end, and the one that follows.

    ``row`` is the stored one with what is new. ValidationError says why it is no change on that day.
    """
    if row.stated_values() == stored.stated_values():
        raise ValidationError(
            {"what_happened": _("A change has a new value, and at most days differ here.")}
        )
    if not first_day:
        raise ValidationError({"first_day": _("Write the first day of the new value.")})
    if not stored.covers(first_day):
        words = _(
            "What is on record is not in force on this day, but %(period)s. "
            "For other days add a row."
        )
        raise ValidationError({"first_day": words % {"period": stored.period_in_words}})
    if first_day <= EARLIEST or not stored.covers(first_day - ONE_DAY):
        words = _(
            "What is on record is not in force before this day, but %(period)s: "
            "nothing of it would be left. Choose a later day, or the correction."
        )
        raise ValidationError({"first_day": words % {"period": stored.period_in_words}})
    if row.valid_from not in {stored.valid_from, first_day}:
        words = _("Leave it as it is: the new value starts on the first day that you write below.")
        raise ValidationError({"valid_from": words})
    successor = copy.copy(row)
    successor.pk, successor.code, successor._state.adding = None, "", True
    successor.valid_from = first_day
    stored.valid_to, stored.valid_to_is_latest = first_day - ONE_DAY, False
    return stored, successor


class FactForm(ConflictCheckedForm):
    """Asks what happened where it overwrites what a saved fact stated.

    A correction is written over the row, with its reason. A change ends the row on the day before,
    with what it stated, and what stands in the form becomes the row that follows. What a script
    sends without the question is taken for a correction.
    """

    what_happened = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        required=False,
        choices=[("", gettext_lazy("– choose –")), *WhatHappened.choices],
    )
    first_day = DayField(
        label=gettext_lazy("First day of the new value"),
        required=False,
        help_text=gettext_lazy("For a change. What was on record ends on the day before."),
    )
    reason = Reason(
        label=gettext_lazy("Reason"),
        widget=AdminTextInputWidget,
        help_text=gettext_lazy("For a correction. The public log of changes shows it."),
    )

    # For one request: whether its user may add rows, and what a link to the form has answered.
    may_add = True
    chosen_before = ""
    # The error of a change, where no row of this model is followed by another.
    changes_otherwise = ""
    # What a change leaves: the row as it was, with its end, and the one that follows.
    ended = successor = None
    # The row that was written, and whether that corrects.
    saved, corrects = None, False
    # The keys of the rows that are saved in the same step, whose periods the formset compares.
    saved_together = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("what_happened", self.chosen_before)
        if not self.may_add and (field := self.fields.get("what_happened")):
            field.choices = [each for each in field.choices if each[0] != WhatHappened.CHANGE]

    @cached_property
    def changed_data(self):
        # An answer alone writes nothing.
        return [name for name in super().changed_data if name not in OVERWRITING]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("what_happened") == WhatHappened.CHANGE and cleaned.get("reason"):
            self.add_error("reason", answer_errors(cleaned)["reason"])
        return cleaned

    def validate_constraints(self):
        # Until now the row was only put together; these rules compare it with others.
        stored = self._overwritten()
        if stored and self.cleaned_data.get("what_happened") == WhatHappened.CHANGE:
            self._change(stored, self.cleaned_data.get("first_day"))
            return
        self._validate(self.instance)
        # One thing at a time: where something else is wrong, nothing may be overwritten in the end.
        if stored and not self.errors:
            for name, words in answer_errors(self.cleaned_data).items():
                self.add_error(name, words)

    def _overwritten(self):
        """Return the row as it is on record, where the form overwrites it or names a first day."""
        first_day = self.cleaned_data.get("first_day")
        if not (self.has_changed() or first_day) or not self.stored:
            return None
        self.corrects = self.instance.corrects(self.stored)
        is_asked = self.add_prefix("what_happened") in self.data
        return self.stored if is_asked and (self.corrects or first_day) else None

    def _validate(self, row, start="valid_from", *together):
        """Add what the constraints say of a row, at ``start`` what they say of its first day."""
        try:
            exclude = self._get_validation_exclusions()
            row.validate_constraints(exclude, apart_from=(*self.saved_together, *together))
        except ValidationError as error:
            errors = error.update_error_dict({})
            if "valid_from" in errors:
                errors[start] = errors.pop("valid_from")
            self._update_errors(ValidationError(errors))

    def _change(self, stored, first_day):
        if self.changes_otherwise:
            self.add_error("what_happened", self.changes_otherwise)
            return
        try:
            self.ended, self.successor = changed_from(stored, self.instance, first_day)
        except ValidationError as error:
            # A value, or a day, that is none says so itself.
            if not self.errors:
                self._update_errors(error)
        else:
            self._validate(self.successor, "first_day", stored.pk)

    @property
    def rows(self):
        """The rows that saving leaves, in the place of the one row of the form."""
        return [self.ended, self.successor] if self.successor else [self.instance]

    def end(self):
        """Save the end of what was on record, which comes before the row that follows."""
        with changing():
            self.ended.save()

    def save(self, commit=True):
        row = super().save(commit=False)
        if self.successor:
            row = self.successor
        if commit:
            with because(self.cleaned_data.get("reason") or "", corrects=self.corrects):
                row.save()
            self.saved = row
        return row

    @property
    def outcome(self):
        """What saving meant, in words; nothing where nothing was overwritten."""
        if not self.saved:
            return ""
        if self.successor:
            return format_html(
                _("A change: {before}. From {day}: {after}."),
                before=str(self.ended),
                day=start_in_words(self.successor.valid_from),
                after=str(self.successor),
            )
        if not self.corrects:
            return ""
        return format_html(
            _("A correction: {row}. Reason: {reason}"),
            row=str(self.saved),
            reason=self.cleaned_data.get("reason") or _("not recorded"),
        )
