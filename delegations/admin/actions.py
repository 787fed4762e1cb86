"""The form of a decision, by which an action of the desk changes many rows."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms import fields_for_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.days import DayField
from cstopa.admin.fields import SafeAutocompleteSelect
from cstopa.admin.previews import PreviewedAction, PreviewedForm
from cstopa.languages import IN_LANGUAGE, LANGUAGES
from cstopa.models.periods import EARLIEST, LATEST, ONE_DAY
from delegations.admin.undoing import TakeBack
from delegations.models import FurtherSource, Membership, Source


class FirstDay(DayField):
    """A day before which another is, on which what was before can end."""

    default_validators = [
        MinValueValidator(EARLIEST + ONE_DAY, gettext_lazy("Write a day between 1900 and 2199.")),
        MaxValueValidator(LATEST, gettext_lazy("Write a day between 1900 and 2199.")),
    ]


def language_fields(model, name, label):
    """Return form fields of a translated field, under a label that names the language."""
    columns = {f"{name}_{language}": IN_LANGUAGE[language] for language in LANGUAGES}
    return fields_for_model(
        model,
        columns,
        labels={column: label % {"language": words} for column, words in columns.items()},
        widgets=dict.fromkeys(columns, AdminTextInputWidget),
    )


class DecisionForm(PreviewedForm):
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
        label = _("Title of a new source (%(language)s)")
        self.fields |= {
            f"source_{name}": field
            for name, field in language_fields(Source, "title", label).items()
        }

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
        same = list(Source.objects.filter(**{name: getattr(source, name) for name in titles})[:2])
        if len(same) > 1:
            self.add_error("source", _("Several sources have this title: choose one of them."))
        return same[0] if same else source


class PlanAction(PreviewedAction):
    """An action whose form makes a Plan."""

    preview_template = "admin/delegations/plan_preview.html"
    # Whose rows one has to be allowed to add and to change.
    models = ()

    def is_allowed(self, request):
        return request.user.has_perms(
            f"{model._meta.app_label}.{action}_{model._meta.model_name}"
            for model in (*self.models, Source, FurtherSource)
            for action in ("add", "change")
        )

    def is_shown(self, request, answers):
        return request.POST.get("answers") == answers.taken

    def _page(self, request, row, template, plan=None, answers=None, **context):
        if plan:
            # It is tried: in the transaction of the answer, not while a page is written.
            effects = plan.effects() if plan.is_possible and answers.is_answered else None
            context |= {"plan": plan, "answers": answers, "effects": effects}
        return super()._page(request, row, template, **context)

    def outcome(self, request, row, plan):
        if not plan.written:
            return plan.outcome
        done = {"back": self.address_after(row, plan), "written": plan.written}
        return TakeBack().button(request, done, plan.outcome)
