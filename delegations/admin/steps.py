"""The commonest changes, each by itself: a fact ends, another follows it, or one is new of a delegation."""

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint
from django.forms import fields_for_model
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.labels import labels, one_row
from cstopa.admin.previews import part
from cstopa.models.periods import today
from delegations.admin.actions import DecisionForm, PlanAction
from delegations.admin.seats import warn_of_surplus
from delegations.models import Chamber, CompleteRoster, Membership, Person, PersonFact, Role
from delegations.models.facts import fact_models
from delegations.new_composition import NEW
from delegations.person_matching import NAME, people_named
from delegations.plans import is_doubtful
from delegations.steps import Step

NAMES = tuple(one_row(name) for name in ("family_name", "given_name", "patronymic"))


def asked_of(model):
    """Return the value fields in which a fact of a kind differs from the one before it."""
    if model is Chamber:
        # Others take its place by an action of its own.
        return ()
    return ("person",) if issubclass(model, PersonFact) else model.value_fields[1:]


def on_record(row):
    # Django shows it as it is.
    words = conditional_escape(_("On record: %(fact)s") % {"fact": row})
    return {"description": words} if row else {}


def required(field, words):
    """Let a day be asked for, which the form of a fact may leave empty."""
    field.required = True
    field.help_text = format_lazy("{} {}", words, field.hint)


class OfRow(DecisionForm):
    """A decision by which ``row``, if any, ends."""

    is_so = forms.BooleanField(
        label=gettext_lazy("Until then it is so: count it as checked today"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "Nothing on record says on which day it was so. Not checked, readers read of it from now on that it is"
            " not known."
        ),
    )

    def __init__(self, row, *data):
        super().__init__(*data)
        self.row = row
        if not (row and is_doubtful(row)):
            del self.fields["is_so"]

    @property
    def doubts(self):
        """The part of the form, if any, that asks whether what ends is so."""
        has_any = "is_so" in self.fields
        return [(_("What is on record"), {"fields": ["is_so"]})] if has_any else []

    def step(self, **parts):
        is_so = self.cleaned_data.get("is_so", False)
        return Step(self.cleaned_data["source"], row=self.row, is_so=is_so, **parts)


class EndForm(OfRow):
    """``fields`` are those of the end."""

    def __init__(self, row, fields, *data):
        super().__init__(row, *data)
        self.fields |= fields
        required(self.fields["valid_to"], _("Last day in force, or its month or year."))

    @property
    def parts(self):
        fields = {"fields": [("valid_to", "valid_to_is_latest")]} | on_record(self.row)
        return [part(self, (_("When it ends"), fields), self.evidence, *self.doubts)]

    def plan(self):
        cleaned = self.cleaned_data
        return self.step(last_day=cleaned["valid_to"], is_latest=cleaned["valid_to_is_latest"])


class StartForm(OfRow):
    """``fact`` has no row yet; ``fields`` are those that it gets here, the start the last."""

    # Its choices come with the name of somebody on record; without scripts people are found by it.
    whose = forms.CharField(
        label=gettext_lazy("Who is meant"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, fact, row, fields, *data):
        super().__init__(row, *data)
        self.fact, self.person = fact, None
        self.asked = [*fields]
        if "person" in fields:
            fields["person"].required = False
            fields |= fields_for_model(
                Person,
                NAME,
                labels=labels(Person),
                widgets=dict.fromkeys(NAME, AdminTextInputWidget),
            )
        else:
            del self.fields["whose"]
        self.fields |= fields
        if row:
            required(self.fields["valid_from"], _("First day in force, or its month or year."))

    @property
    def parts(self):
        title = _("What follows") if self.row else _("What is new")
        parts = [(title, {"fields": self.asked} | on_record(self.row))]
        if "person" in self.asked:
            asked = ["whose"] if self.fields["whose"].widget.choices else []
            parts.append((_("Or by name, also of somebody new"), {"fields": [*NAMES, *asked]}))
        return [part(self, *parts, self.evidence, *self.doubts)]

    def clean(self):
        cleaned = super().clean()
        if "person" in self.asked:
            self._clean_person(cleaned)
        for name in self.asked:
            if name in cleaned:
                setattr(self.fact, name, cleaned[name])
        if self.person:
            self.fact.person = self.person
        if self.errors:
            return cleaned
        self.fact.source = cleaned["source"]
        is_same = self.row and self.fact.stated_values() == self.row.stated_values()
        if is_same and not self.person:
            self.add_error(self.asked[0], _("This is on record already: write what is new."))
        self._add_errors(self.fact)
        return cleaned

    def _clean_person(self, cleaned):
        name = {column: cleaned.get(column) or "" for column in NAME}
        if not any(name.values()):
            if not cleaned.get("person") and "person" not in self.errors:
                words = _("Find the person by typing, or write the name below.")
                self.add_error("person", words)
            return
        if cleaned.get("person"):
            self.add_error("family_name_en", _("There is a person already: leave this empty."))
            return
        self.person = Person(**name)
        self._add_errors(self.person)
        if self.errors:
            return
        known = {str(each.pk): each for each in people_named([name])[0]}
        if not known:
            return
        # The answer says from whom: one who came meanwhile is asked about anew.
        another = "-".join([NEW, *sorted(known)])
        self.fields["whose"].widget.choices = [
            *((key, f"{each} ({each.slug})") for key, each in known.items()),
            (another, _("Another person of the same name")),
        ]
        answer = cleaned.get("whose")
        if answer in known:
            self.person, cleaned["person"] = None, known[answer]
        elif answer != another:
            self.add_error("whose", _("Somebody of that name is on record: say who is meant."))

    def _add_errors(self, row):
        """Add what its columns and the rules of one row say of it; those of several are the plan's."""
        columns = {each.name for each in row._meta.fields if not each.is_relation}
        others = {each.name for each in row._meta.fields} - (columns & self.fields.keys())
        try:
            # A number that no column takes is nothing to ask a database about.
            row.clean_fields(exclude={*others, *self.errors})
        except ValidationError as error:
            self.add_error(None, error)
            return
        for model, rules in row.get_constraints():
            for rule in rules:
                if isinstance(rule, CheckConstraint):
                    try:
                        rule.validate(model, row, exclude={"code", "slug", "source"})
                    except ValidationError as error:
                        for name, messages in error.update_error_dict({}).items():
                            self.add_error(name if name in self.fields else None, messages)

    def plan(self):
        return self.step(new=self.fact, person=self.person)


class StepAction(PlanAction):
    """One step of a fact, which leads back to the facts of its delegation."""

    @property
    def kind(self):
        return self.pages.model

    @property
    def models(self):
        return (self.kind, *((Person,) if issubclass(self.kind, PersonFact) else ()), *self.beside)

    @property
    def beside(self):
        return (Role, CompleteRoster) if self.kind is Membership else ()

    def fields(self, request, *names):
        """Return the fields of the form of such a fact at the desk."""
        pages = self.pages.admin_site.get_model_admin(self.kind)
        own = labels(self.kind)
        fields = {}
        for name in names:
            field = pages.formfield_for_dbfield(self.kind._meta.get_field(name), request)
            # What a row refers to is found, or named, and not added in another window.
            field.widget = getattr(field.widget, "widget", field.widget)
            field.label = own.get(name, field.label)
            fields[name] = field
        return fields

    def log(self, request, row, plan):
        super().log(request, row, plan)
        warn_of_surplus(request, plan.starts)

    def address_after(self, row, plan):
        if not plan.home:
            return super().address_after(row, plan)
        # At its top, where the message is.
        return reverse("admin:delegations_delegation_change", args=[plan.home.pk])


class End(StepAction):
    name = "end"
    title = gettext_lazy("It ends")

    def make_form(self, request, row, *data):
        return EndForm(row, self.fields(request, "valid_to", "valid_to_is_latest"), *data)


class Follow(StepAction):
    name = "follow"
    title = gettext_lazy("It is followed by")

    def is_allowed(self, request):
        return bool(asked_of(self.kind)) and super().is_allowed(request)

    def make_form(self, request, row, *data):
        asked = asked_of(self.kind)
        same = {name: getattr(row, name) for name in row.value_fields if name not in asked}
        fields = self.fields(request, *asked, "valid_from")
        return StartForm(self.kind(**same), row, fields, *data)


class Begin(StepAction):
    """A fact of a ``kind`` that is new of a delegation."""

    kind = None

    @property
    def title(self):
        return _("Add %s") % self.kind._meta.verbose_name

    def make_form(self, request, row, *data):
        new, home = self.kind(), self.kind.home.partition("__")[0]
        names = [name for name in self.kind.value_fields if name != "parliament"]
        fields = self.fields(request, *names, "valid_from")
        if home == "parliament":
            new.parliament = row
        if "chamber" in fields:
            chambers = row.chambers.select_related("parliament")
            now = list(chambers.as_of(today())[:2])
            fields["chamber"] = forms.ModelChoiceField(
                chambers,
                label=fields["chamber"].label,
                initial=now[0] if len(now) == 1 else None,
            )
        return StartForm(new, None, fields, *data)


def beginnings():
    """Return the actions on a delegation by which one of its facts is new, one for each kind."""
    return [
        type(f"Begin{model.__name__}", (Begin,), {"name": f"begin_{fact_kind}", "kind": model})
        for fact_kind, model in fact_models().items()
        if model.home and model is not Chamber
    ]
