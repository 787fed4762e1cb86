"""The pages of dated facts at the desk, and their rows in the forms of others."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import BaseModelAdmin, FormOptions, desk_address, is_searched
from cstopa.admin.corrections import OVERWRITING, FactForm
from cstopa.admin.formsets import PeriodFormSet
from cstopa.admin.labels import labels
from cstopa.languages import text_of
from cstopa.models.periods import PERIOD

EVIDENCE = ("source", "checked_on")


def own_fields(model):
    """Return the fields that are a fact's own: what it is about, a choice, what that is of, the others."""
    others = (
        field.name
        for field in model._meta.fields
        if field.editable and not field.primary_key and field.name not in (*PERIOD, *EVIDENCE)
    )
    about, *fields = map(model._meta.get_field, dict.fromkeys((*model.value_fields, *others)))
    return [about, *sorted(fields, key=lambda field: (not field.choices, not field.is_relation))]


def rows_of_form(model):
    """Return the rows of a form: a choice and what it is of make one, and the languages of a text."""
    about, *fields = own_fields(model)
    rows = {}
    for field in fields:
        place = "" if field.choices or field.is_relation else text_of(field) or field.name
        rows.setdefault(place, []).append(field.name)
    return [about.name, *map(tuple, rows.values())]


def list_of_facts(model):
    """Return the options of a FactAdmin that the declaration of a fact decides."""
    fields = [field for field in own_fields(model) if field.name in model.value_fields]
    texts = dict.fromkeys(filter(None, map(text_of, fields)))
    choices = [field.name for field in fields if field.choices]
    relations = [field for field in fields if field.is_relation]
    searched = [each.name for each in relations if is_searched(each.related_model)]
    home = [model.home] if model.home else []
    columns = [*texts, *(field.name for field in fields if not text_of(field))]
    return {
        "list_display": (*columns, "period", "checked_on"),
        "list_filter": (*choices, *home, *FactAdmin.list_filter),
        "search_fields": tuple(dict.fromkeys(("code", *searched, *home))),
    }


class FactOptions(FormOptions):
    """A form of a dated fact, which asks what happened where it is overwritten."""

    form = FactForm
    overwriting_classes = ("overwriting",)

    @property
    def joined(self):
        return self.model.related()

    def get_autocomplete_fields(self, request):
        """Return the relations to rows that the desk finds."""
        return [
            field.name
            for field in self.model._meta.fields
            if field.is_relation
            and self.admin_site.is_registered(field.related_model)
            and self.admin_site.get_model_admin(field.related_model).get_search_fields(request)
        ]

    def get_fields(self, request, obj=None):
        return self.fields or (*self.own_rows(), PERIOD, EVIDENCE, "code")

    def own_rows(self):
        return rows_of_form(self.model)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not obj or not self.has_change_permission(request, obj):
            return fieldsets
        questions = {
            "fields": [*OVERWRITING],
            "classes": self.overwriting_classes,
            "description": _(
                "An end, a missing value, another source or another day of checking is recorded "
                "without an answer."
            ),
        }
        return [*fieldsets, (_("If you overwrite what is on record"), questions)]


class SourcesDiffer(admin.SimpleListFilter):
    title = _("sources")
    parameter_name = "sources"

    def lookups(self, request, model_admin):
        return [("differ", _("differ"))]

    def queryset(self, request, queryset):
        if self.value() != "differ":
            return queryset
        about = queryset.model._meta.get_field("further_sources").field
        differing = about.model._default_manager.filter(
            differs=True, **{f"{about.name}__isnull": False}
        )
        return queryset.filter(pk__in=differing.values(about.name))


class FactAdmin(FactOptions, BaseModelAdmin):
    """A dated fact."""

    # An earlier value is a correction or a change, as any other is.
    brings_back_in_form = True
    list_filter = ("valid_from", "valid_to", "checked_on", SourcesDiffer)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.may_add = self.has_add_permission(request)
        form.chosen_before = request.GET.get("what_happened", "")
        return form

    def save_model(self, request, obj, form, change):
        # The form knows which rows there are to save, and why.
        if form.has_changed() or not change:
            if form.ended:
                form.end()
            form.save()

    def save_related(self, request, form, formsets, change):
        for formset in formsets:
            # What is added beside a new value is about the new value.
            formset.instance = form.instance if form.successor is None else form.successor
        super().save_related(request, form, formsets, change)

    def construct_change_message(self, request, form, formsets, add=False):
        message = super().construct_change_message(request, form, formsets, add)
        return str(form.outcome) or message

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        if "_continue" not in request.POST:
            return response
        # After a change it is the row that follows which was written, and is shown next.
        return HttpResponseRedirect(response.url.replace(request.path, desk_address(obj), 1))

    @admin.display(description=_("in force"), ordering="valid_from")
    def period(self, obj):
        return obj.period_in_words


class FactInline(FactOptions, admin.StackedInline):
    """The dated facts of a row, in its form."""

    formset = PeriodFormSet
    overwriting_classes = ("overwriting", "collapse")
    extra = 0
    view_on_site = False
    show_change_link = True
    readonly_fields = ("code",)

    def own_rows(self):
        # What it is about is the row of the form.
        return rows_of_form(self.model)[1:]

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, labels=labels(self.model), **kwargs)
        formset.form.may_add = self.has_add_permission(request, obj)
        return formset
