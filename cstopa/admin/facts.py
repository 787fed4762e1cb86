"""The pages of dated facts at the desk, and their rows in the forms of others."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import BaseModelAdmin, FormOptions
from cstopa.admin.corrections import QUESTIONS, FactForm
from cstopa.admin.formsets import PeriodFormSet
from cstopa.admin.labels import labels

PERIOD = ("valid_from", "valid_to", "valid_to_is_latest")
EVIDENCE = ("source", "checked_on")


class FactOptions(FormOptions):
    """A form of a dated fact, which asks what happened where it is overwritten."""

    form = FactForm
    classes_of_questions = ("overwriting",)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if not obj or not self.has_change_permission(request, obj):
            return fieldsets
        questions = {
            "fields": [*QUESTIONS],
            "classes": self.classes_of_questions,
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

    list_filter = ("valid_from", "valid_to", "checked_on", SourcesDiffer)
    autocomplete_fields = ("source",)

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
        # After a change it is the row that follows which was written, and is shown next.
        request.path = reverse(
            f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk]
        )
        return super().response_change(request, obj)

    @admin.display(description=_("in force"), ordering="valid_from")
    def period(self, obj):
        return obj.period_in_words


class FactInline(FactOptions, admin.StackedInline):
    """The dated facts of a row, in its form."""

    formset = PeriodFormSet
    classes_of_questions = ("overwriting", "collapse")
    extra = 0
    view_on_site = False
    show_change_link = True
    autocomplete_fields = ("source",)
    readonly_fields = ("code",)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, labels=labels(self.model), **kwargs)
        formset.form.may_add = self.has_add_permission(request, obj)
        return formset
