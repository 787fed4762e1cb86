"""Actions of the desk: a form, a preview of all that it would do, and one confirmation."""

import json

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.options import IS_POPUP_VAR, Action, ActionLocation
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cstopa.admin.collisions import tried_again, why_put_off

FORM_TEMPLATE = "admin/action_form.html"


def part(form, *fieldsets):
    """Return a part of a page: some fieldsets of a form as the desk shows them."""
    return AdminForm(form, fieldsets, {})


class PreviewedForm(forms.Form):
    """The form of an action. ``parts`` are those of the page, each of :func:`part`."""

    parts = ()

    def plan(self):
        """Return what the form would do, see :class:`PreviewedAction`."""
        raise NotImplementedError

    def as_sent(self):
        """Return the fields as hidden ones, which carry the form through the preview."""
        return [field.as_hidden() for field in self if not isinstance(field.field, forms.FileField)]


class AnswersForm(forms.Form):
    """What the editor decides in the preview: ``{name: field}``, the open questions first."""

    prefix = "decide"

    def __init__(self, questions, data=None):
        super().__init__(data)
        self.fields |= sorted(questions.items(), key=lambda each: bool(each[1].initial))

    @property
    def taken(self):
        """The answers by which the plan is decided, as one text: those given, or else the likely ones."""
        answers = self.cleaned_data if self.is_bound and self.is_valid() else self.likely
        return json.dumps(answers, default=str, sort_keys=True)

    @property
    def is_answered(self):
        """Whether the plan is decided by what was answered, or by likely answers to all of it."""
        is_given = self.is_bound and self.is_valid()
        return is_given or all(field.initial for field in self.fields.values())

    @property
    def likely(self):
        """The answers that are given already, as the form would have them cleaned."""
        return {name: field.initial for name, field in self.fields.items() if field.initial}


class PreviewedAction:
    """An action on one row of a model, on the rows chosen in its list, or else on the model.

    Its form's ``plan()`` has a ``digest`` of all that it read, ``answers(data)``, a form of what only an
    editor can decide, ``decide(cleaned)``, ``is_possible``, and ``apply()``, which does all of it or
    nothing. What the rows said in the preview is what they say when it is done, or else the preview
    comes again.
    """

    name = ""
    title = ""
    on_row, on_chosen = True, False
    form = None
    preview_template = None

    def __init__(self, pages):
        self.pages = pages
        self.opts = pages.model._meta

    @property
    def urls(self):
        where = f"{'<path:object_id>/' if self.on_row else ''}{self.name.replace('_', '-')}/"
        answer = require_http_methods(["GET", "HEAD", "POST"])(self.answer)
        view = self.pages.admin_site.admin_view(answer)
        return [path(where, view, name=self._named(self.name))]

    def _named(self, name):
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def address(self, *args):
        return reverse(f"admin:{self._named(self.name)}", args=args)

    def is_allowed(self, request):
        raise NotImplementedError

    def make_form(self, request, row, *data):
        return self.form(row, *data)

    def answer(self, request, object_id=None):
        if not self.is_allowed(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._act(request, object_id)
        row = self._row(request, object_id)
        return self._page(request, row, FORM_TEMPLATE, form=self.make_form(request, row))

    def _show_form(self, request, object_id):
        messages.error(request, why_put_off())
        row = self._row(request, object_id)
        form = self.make_form(request, row, request.POST, request.FILES)
        return self._page(request, row, FORM_TEMPLATE, form=form)

    @tried_again(_show_form)
    @transaction.atomic
    def _act(self, request, object_id):
        if row := self._row(request, object_id):
            # Whoever acts on the same row at the same moment waits, and is shown what was done.
            list(type(row)._base_manager.select_for_update().filter(pk=row.pk))
            row = self._row(request, object_id)
        form = self.make_form(request, row, request.POST, request.FILES)
        if not form.is_valid() or "_back" in request.POST:
            return self._page(request, row, FORM_TEMPLATE, form=form)
        plan = form.plan()
        is_confirmed = "_confirm" in request.POST
        if is_confirmed and request.POST.get("digest") != plan.digest:
            is_confirmed = False
            messages.warning(
                request, _("The records have changed since. This is what would be done now.")
            )
        answers = plan.answers(request.POST if is_confirmed else None)
        if is_confirmed and answers.is_valid():
            plan.decide(answers.cleaned_data)
            if plan.is_possible:
                if self.is_shown(request, answers):
                    return self._done(request, row, plan)
                messages.info(request, _("This is what follows from your choice: confirm it."))
        else:
            plan.decide(answers.likely)
        return self._page(
            request, row, self.preview_template, form=form, plan=plan, answers=answers
        )

    def is_shown(self, request, answers):
        """Return whether the preview that is confirmed had what follows from the answers."""
        return True

    def _row(self, request, object_id):
        if not self.on_row:
            return None
        row = self.pages.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        return row

    def _done(self, request, row, plan):
        plan.apply()
        self.log(request, row, plan)
        # Some follow from the answers, which came after the preview.
        for warning in plan.warnings:
            messages.warning(request, warning)
        messages.success(request, self.outcome(request, row, plan))
        return HttpResponseRedirect(self.address_after(row, plan))

    def outcome(self, request, row, plan):
        """Return what is said when it is done."""
        return plan.outcome

    def address_after(self, row, plan):
        """Return the address to which it leads when it is done."""
        where = ("change", [row.pk]) if row else ("changelist", [])
        return reverse(f"admin:{self._named(where[0])}", args=where[1])

    def log(self, request, row, plan):
        self.pages.log_change(request, row, str(self.title))

    def _page(self, request, row, template, **context):
        forms_shown = (each for each in context.values() if isinstance(each, forms.BaseForm))
        context |= {
            **self.pages.admin_site.each_context(request),
            "title": self.title,
            "subtitle": str(row or capfirst(self.opts.verbose_name_plural)),
            "original": row,
            "opts": self.opts,
            "media": sum((each.media for each in forms_shown), start=self.pages.media),
        }
        return TemplateResponse(request, template, context)


class WithActions:
    """Pages of a model with previewed actions, each with a button where it belongs."""

    previewed_actions = ()

    def get_urls(self):
        actions = (action(self) for action in self.previewed_actions)
        return [*(url for action in actions for url in action.urls), *super().get_urls()]

    def _on_chosen(self):
        return [each(self) for each in self.previewed_actions if each.on_chosen]

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        actions = super().get_actions(request, action_location)
        if action_location == ActionLocation.CHANGE_LIST and IS_POPUP_VAR not in request.GET:
            for each in self._on_chosen():
                if each.is_allowed(request):
                    words = {"description": each.title, "plural_description": each.title}
                    actions[each.name] = Action(
                        func=each.choose, name=each.name, locations=[action_location], **words
                    )
        return actions

    def _buttons(self, request, *args):
        buttons = (each for each in self.previewed_actions if not each.on_chosen)
        actions = (each(self) for each in buttons if each.on_row == bool(args))
        return {
            "previewed_actions": [
                (action.address(*args), action.title)
                for action in actions
                if action.is_allowed(request)
            ]
        }

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = self._buttons(request, object_id) | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def changelist_view(self, request, extra_context=None):
        asked = request.POST.getlist("action")
        if any(each.name in asked and not each.is_allowed(request) for each in self._on_chosen()):
            raise PermissionDenied
        context = self._buttons(request) | (extra_context or {})
        return super().changelist_view(request, context)
