"""An action of the desk on one row: a form, a preview of what it does, and one confirmation."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.base import SafeAutocompleteSelect, day_of_the_calendar, retry_on_integrity_error
from cstopa.forms import DayField
from cstopa.languages import IN_LANGUAGE, LANGUAGES
from cstopa.models.periods import EARLIEST, LATEST
from delegations.models import FurtherSource, Membership, Source
from delegations.plans import DAY


class Day(DayField):
    default_validators = [day_of_the_calendar]


class FirstDay(Day):
    """A day before which another is, on which what was before can end."""

    default_validators = [
        MinValueValidator(EARLIEST + DAY, gettext_lazy("Write a day between 1900 and 2199.")),
        MaxValueValidator(LATEST, gettext_lazy("Write a day between 1900 and 2199.")),
    ]


class DecisionForm(forms.Form):
    """The source of a decision: one on record, or a new one, of which the title is enough."""

    evidence = (
        gettext_lazy("By which decision"),
        {"fields": ["source", ("source_title_en", "source_title_ru")]},
    )

    source = forms.ModelChoiceField(
        Source.objects,
        label=gettext_lazy("Source"),
        required=False,
        help_text=gettext_lazy(
            "Find the document by typing, or write the title of a new one below."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = Membership._meta.get_field("source")
        self.fields["source"].widget = SafeAutocompleteSelect(
            field, admin.site, choices=self.fields["source"].choices
        )
        for language in LANGUAGES:
            name = f"title_{language}"
            self.fields[f"source_{name}"] = Source._meta.get_field(name).formfield(
                label=_("Title of a new source (%(language)s)")
                % {"language": IN_LANGUAGE[language]},
                widget=AdminTextInputWidget,
            )

    def clean(self):
        cleaned = super().clean()
        titles = {
            f"title_{language}": title
            for language in LANGUAGES
            if (title := cleaned.get(f"source_title_{language}"))
        }
        if cleaned.get("source"):
            if titles:
                self.add_error("source_title_en", _("There is a source already: leave this empty."))
        elif titles:
            cleaned["source"] = self._titled(titles)
        elif not self.errors.keys() & {"source", *(f"source_title_{each}" for each in LANGUAGES)}:
            self.add_error("source", _("Which document says so?"))
        return cleaned

    def _titled(self, titles):
        """Return the one source of this title, or else a new one, which is saved with the rest."""
        source = Source(**titles)
        try:
            source.clean_fields(exclude=["code"])
            source.validate_constraints(exclude=["code"])
        except forms.ValidationError as error:
            self.add_error("source_title_en", error.messages)
            return None
        found = list(Source.objects.filter(**{name: getattr(source, name) for name in titles})[:2])
        if len(found) > 1:
            self.add_error("source", _("Several sources have this title: choose one of them."))
        return found[0] if found else source

    @property
    def parts(self):
        """The forms that the page shows, each with its fieldsets."""
        raise NotImplementedError

    def plan(self):
        """Return the Plan of what the form says."""
        raise NotImplementedError

    def as_sent(self):
        """Return the fields as hidden ones, which carry the form through the preview."""
        return [field.as_hidden() for field in self if not isinstance(field.field, forms.FileField)]


class AnswersForm(forms.Form):
    """What the editor decides in the preview."""

    prefix = "decide"

    def __init__(self, questions, data=None):
        super().__init__(data)
        # What is open comes before what is likely.
        for each in sorted(questions, key=lambda question: bool(question.default)):
            choices = each.choices if each.default else [("", _("– choose –")), *each.choices]
            self.fields[each.key] = forms.ChoiceField(
                label=each.about,
                choices=choices,
                initial=each.default,
                error_messages={"required": _("Choose one of these.")},
            )


class Action:
    """One action on a row of the model whose pages it belongs to.

    All of it is done or nothing. What the rows said in the preview is what they say when it is
    done, or else the preview comes again.
    """

    name = ""
    title = ""
    form = DecisionForm
    # Whoever may add and change rows of all these.
    models = ()

    def __init__(self, pages):
        self.pages = pages
        opts = pages.model._meta
        self.view_name = f"{opts.app_label}_{opts.model_name}_{self.name}"

    @property
    def url(self):
        view = self.pages.admin_site.admin_view(self.answer)
        address = f"<path:object_id>/{self.name.replace('_', '-')}/"
        return path(address, view, name=self.view_name)

    def address(self, key):
        return reverse(f"admin:{self.view_name}", args=[key])

    def is_allowed(self, request):
        return request.user.has_perms(
            f"delegations.{action}_{model._meta.model_name}"
            for model in (*self.models, Source, FurtherSource)
            for action in ("add", "change")
        )

    @retry_on_integrity_error
    def answer(self, request, object_id):
        if not self.is_allowed(request):
            raise PermissionDenied
        row = self.pages.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if request.method != "POST":
            return self.page(request, row, "form", form=self.form(row))
        # Whoever acts on the same row at the same moment waits.
        type(row)._base_manager.select_for_update().get(pk=row.pk)
        form = self.form(row, request.POST, request.FILES)
        if not form.is_valid() or "_back" in request.POST:
            return self.page(request, row, "form", form=form)
        plan = form.plan()
        answers = AnswersForm(plan.questions)
        if "_confirm" in request.POST:
            if request.POST.get("digest") != plan.digest:
                messages.warning(
                    request, _("The records have changed since. This is what would be done now.")
                )
            else:
                answers = AnswersForm(plan.questions, request.POST)
                if answers.is_valid():
                    plan.decide(answers.cleaned_data)
                    if plan.changes_something and not plan.obstacles:
                        return self.done(request, row, plan)
                    return self.page(request, row, "preview", form=form, plan=plan, answers=answers)
        plan.decide(plan.defaults)
        return self.page(request, row, "preview", form=form, plan=plan, answers=answers)

    def done(self, request, row, plan):
        plan.apply()
        self.pages.log_change(request, row, str(self.title))
        # Some follow from the answers, which came after the preview.
        for warning in plan.warnings:
            messages.warning(request, warning)
        messages.success(
            request,
            _("Done at once. Rows that end: %(ended)d, rows that start: %(started)d.")
            % {"ended": len(plan.ends), "started": len(plan.starts)},
        )
        opts = self.pages.model._meta
        return HttpResponseRedirect(
            reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[row.pk])
        )

    def page(self, request, row, name, **context):
        context |= {
            **self.pages.admin_site.each_context(request),
            "title": self.title,
            "subtitle": str(row),
            "original": row,
            "opts": self.pages.opts,
            "media": self.pages.media + context["form"].media,
        }
        return TemplateResponse(request, f"admin/delegations/action_{name}.html", context)


class WithActions:
    """Pages of a model with actions on a row, each with a button on the row's page."""

    row_actions = ()

    def get_urls(self):
        return [*(action(self).url for action in self.row_actions), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        actions = [action(self) for action in self.row_actions]
        buttons = [
            (action.address(object_id), action.title)
            for action in actions
            if action.is_allowed(request)
        ]
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), "row_actions": buttons}
        )


def part(form, *fieldsets):
    """Return a part of a page: some fieldsets of a form as the desk shows them."""
    return AdminForm(form, fieldsets, {})
