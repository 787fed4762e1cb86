"""A fact that was wrong all along: its form, a preview of what readers will read, and one confirmation."""

import copy

from django import forms
from django.contrib.admin.utils import flatten
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.corrections import WhatHappened
from cstopa.admin.facts import EVIDENCE
from cstopa.admin.previews import PreviewedForm, part
from cstopa.admin.values import in_words, value_of
from cstopa.models.periods import PERIOD
from delegations.admin.seats import warn_of_surplus
from delegations.admin.steps import StepAction, asked_of, on_record
from delegations.steps import Correction

HIDDEN = ("what_happened", "seen_version")


class CorrectingForm:
    """Makes of the form of a fact that of its correction, which is saved from the preview."""

    as_sent = PreviewedForm.as_sent

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.on_record = on_record(copy.copy(self.instance))
        choice = self.fields["what_happened"]
        choice.choices, choice.required = [(each := WhatHappened.CORRECTION, each.label)], True
        choice.widget = forms.HiddenInput()
        self.initial["what_happened"] = WhatHappened.CORRECTION
        for field in self.fields.values():
            # What a row refers to is found, and not added in another window.
            field.widget = getattr(field.widget, "widget", field.widget)
        # Where the facts of a kind differ.
        for name in asked_of(self._meta.model)[:1]:
            self.fields[name].widget.attrs["autofocus"] = True

    def validate_constraints(self):
        super().validate_constraints()
        is_given = self.cleaned_data.get("reason") and self.has_changed()
        if is_given and not (self.corrects or self.errors):
            words = _("Nothing that was said is corrected: leave it empty, no reason is kept.")
            self.add_error("reason", words)

    @property
    def parts(self):
        what = {"fields": [*self.rows, "reason"]} | self.on_record
        when = {"fields": [PERIOD]}
        known = {"fields": [EVIDENCE, *HIDDEN]}
        headings = _("What is right"), _("When it was so"), _("How it is known")
        return [part(self, *zip(headings, (what, when, known), strict=True))]

    @property
    def merges(self):
        return [self.merge] if self.merge else []

    def plan(self):
        model = self._meta.model
        fields = [
            (self.fields[each].label, model._meta.get_field(each)) for each in self.changed_data
        ]
        changes = [
            (
                label,
                *(in_words(field, value_of(row, field)) for row in (self.stored, self.instance)),
            )
            for label, field in fields
        ]
        return Correction(
            self.instance.source,
            row=self.instance,
            stored=self.stored,
            reason=self.cleaned_data["reason"],
            corrects=self.corrects,
            changes=changes,
        )


class Correct(StepAction):
    name = "correct"
    title = gettext_lazy("Correct")
    preview_template = "admin/delegations/correction_preview.html"

    def is_allowed(self, request):
        return self.pages.has_change_permission(request)

    def make_form(self, request, row, *data):
        rows = self.pages.own_rows()
        made = self.pages.get_form(
            request,
            row,
            change=True,
            form=type("CorrectingForm", (CorrectingForm, self.pages.form), {"rows": rows}),
            fields=flatten([*rows, PERIOD, EVIDENCE, "reason", *HIDDEN]),
        )
        return made(*data, instance=copy.copy(row))

    def log(self, request, row, plan):
        super().log(request, row, plan)
        warn_of_surplus(request, [plan.row])
