"""Actions on the rows that were chosen in a list: each is previewed, and all are done at once, with undo."""

import copy
import hashlib
import json
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from cstopa.admin.hardening import is_key
from cstopa.admin.previews import (
    FORM_TEMPLATE,
    AnswersForm,
    PreviewedAction,
    PreviewedForm,
    part,
)
from cstopa.admin.undoing import AT_ONCE, too_many
from cstopa.publishing.undoing import deed, with_undo


class Keys(forms.Field):
    """The keys of the chosen rows; of those that are no key, or not there any more, nothing comes."""

    widget = hidden_widget = forms.MultipleHiddenInput

    def __init__(self, model):
        super().__init__(error_messages={"required": _("Choose rows in the list first.")})
        self.model = model

    def to_python(self, value):
        return [key for key in value or () if is_key(self.model, key)]

    def validate(self, value):
        super().validate(value)
        if len(value) > AT_ONCE:
            raise ValidationError(too_many())


class ChosenForm(PreviewedForm):
    """The chosen rows, and what an action has to know before its preview."""

    def __init__(self, action, request, data=None, files=None, initial=None):
        super().__init__(data, files, initial=initial)
        self.action, self.request = action, request
        self.fields = {"rows": Keys(action.pages.model), **copy.deepcopy(action.asks)}

    @property
    def parts(self):
        return [part(self, (None, {"fields": [*self.fields]}))]

    def plan(self):
        rows = self.action.rows(self.request).filter(pk__in=self.cleaned_data["rows"])
        if transaction.get_connection().in_atomic_block:
            rows = rows.select_for_update(of=("self",))
        return ChosenPlan(self.action, self.request, rows.order_by("pk"), self.cleaned_data)


class ChosenPlan:
    """What an action does to the chosen rows: ``changes`` and ``refused`` are pairs of a row and words."""

    warnings = ()

    def __init__(self, action, request, rows, asked):
        self.action, self.request, self.asked = action, request, asked
        self.changes, self.refused, self.answered = [], [], {}
        rows = list(rows)
        told = asked | action.known_of(request, rows)
        for row in rows:
            if not action.pages.has_change_permission(request, row):
                why_not = _("You may not change it.")
            else:
                why_not = action.why_not(request, row, told)
            if why_not:
                self.refused.append((row, why_not))
            else:
                self.changes.append((row, action.effect(request, row, told)))

    @property
    def digest(self):
        read = [
            [(row.pk, row.newest_version, str(words)) for row, words in rows]
            for rows in (self.changes, self.refused)
        ]
        return hashlib.sha256(json.dumps(read).encode()).hexdigest()

    def answers(self, data=None):
        return AnswersForm(copy.deepcopy(self.action.questions) if self.changes else {}, data)

    def decide(self, answered):
        self.answered = answered

    @property
    def is_possible(self):
        return bool(self.changes)

    @property
    def shown(self):
        """What the page shows: the row, what is so now, and what would be."""
        return [(row, self.action.before(row), words) for row, words in self.changes]

    def apply(self):
        for row, _words in self.changes:
            self.action.do(self.request, row, self.asked | self.answered)


class ChosenAction(PreviewedAction):
    """An action on the chosen rows of a model.

    ``done`` says what was done to so many. ``asks`` are the fields of what it has to know before its
    preview, ``questions`` those that are answered in it; ``undone`` the fields of a row that it
    writes, if not all.
    """

    on_row, on_chosen = False, True
    preview_template = "admin/chosen_preview.html"
    done = ""
    asks, questions, undone = {}, {}, ()

    def rows(self, request):
        return self.pages.get_queryset(request)

    def known_of(self, request, rows):
        """Return what is told beside what was asked, read once for all rows."""
        return {}

    def why_not(self, request, row, asked):
        """Return why a row stays as it is, or nothing."""
        raise NotImplementedError

    def before(self, row):
        """Return in words what is so now of a row."""
        raise NotImplementedError

    def effect(self, request, row, asked):
        """Return in words what would be so."""
        raise NotImplementedError

    def do(self, request, row, answers):
        """Write the row, as one version."""
        raise NotImplementedError

    def is_allowed(self, request):
        return self.pages.has_change_permission(request)

    def make_form(self, request, row, *data, **options):
        return ChosenForm(self, request, *data, **options)

    def choose(self, pages, request, queryset):
        """Lead from the list to the preview of what was chosen there."""
        keys = list(queryset.values_list("pk", flat=True)[: AT_ONCE + 1])
        if len(keys) > AT_ONCE:
            messages.warning(request, too_many())
            return None
        return HttpResponseRedirect(f"{self.address()}?{urlencode({'rows': keys}, doseq=True)}")

    def answer(self, request, object_id=None):
        if not self.is_allowed(request):
            raise PermissionDenied
        if request.method == "POST" and ("_back" not in request.POST or self.asks):
            return self._act(request, object_id)
        keys = (request.POST or request.GET).getlist("rows")
        form = self.make_form(request, None, {"rows": keys}, initial={"rows": keys})
        form.full_clean()
        if request.method == "POST" or "rows" in form.errors:
            for message in form.errors.get("rows", ()):
                messages.warning(request, message)
            return HttpResponseRedirect(self.pages.list_address)
        if self.asks:
            form = self.make_form(request, None, initial={"rows": keys})
            return self._page(request, None, FORM_TEMPLATE, form=form)
        plan = form.plan()
        return self._page(
            request, None, self.preview_template, form=form, plan=plan, answers=plan.answers()
        )

    def _done(self, request, row, plan):
        plan.apply()
        rows = [row for row, _words in plan.changes]
        LogEntry.objects.log_actions(request.user.pk, rows, CHANGE, str(self.title))
        words = self.done % {"number": len(rows)}
        done = [deed(row, self.undone) for row in rows]
        messages.success(request, with_undo(request, words, done, self.pages.list_address))
        return HttpResponseRedirect(self.pages.list_address)
