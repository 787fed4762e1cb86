from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import BaseModelAdmin
from cstopa.admin.imports import ImportRows
from cstopa.admin.labels import by_language
from cstopa.admin.previews import WithActions
from cstopa.admin.slugs import SlugForm
from delegations.admin.facts import facts_about, inlines_about, register
from delegations.admin.merging import Merge
from delegations.admin.saving import WithUndoOfSaves
from delegations.admin.seats import SeatsCompared
from delegations.models import Person


class PersonForm(SlugForm):
    slug_from = ("given_name", "family_name")


@admin.register(Person)
class PersonAdmin(WithUndoOfSaves, WithActions, SeatsCompared, BaseModelAdmin):
    previewed_actions = (ImportRows, Merge)
    form = PersonForm
    list_display = ("name", "family_name_en", "family_name_ru", "slug")
    search_fields = ("slug",)
    fieldsets = [
        *by_language("given_name", "patronymic", "family_name"),
        (_("Portrait"), {"fields": ["portrait", "portrait_source"], "classes": ("side",)}),
        (None, {"fields": ["slug"]}),
    ]
    autocomplete_fields = ("portrait", "portrait_source")
    inlines = inlines_about(Person)

    @admin.display(description=_("name"))
    def name(self, obj):
        return obj.name


register(facts_about(Person))
