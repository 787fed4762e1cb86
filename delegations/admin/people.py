from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import BaseModelAdmin
from cstopa.admin.facts import EVIDENCE, PERIOD, FactAdmin, FactInline
from cstopa.admin.labels import by_language
from cstopa.admin.slugs import SlugForm
from delegations.admin.evidence import FurtherSourceInline
from delegations.admin.seats import SeatsCompared
from delegations.models import Membership, Office, Person, Role


class PersonForm(SlugForm):
    slug_from = ("given_name", "family_name")


class MembershipInline(FactInline):
    model = Membership
    joined = ("person", "chamber__parliament")
    autocomplete_fields = ("chamber", "source")
    fields = ("chamber", PERIOD, EVIDENCE, "code")


class RoleInline(FactInline):
    model = Role
    joined = ("person", "parliament")
    autocomplete_fields = ("parliament", "source")
    fields = (("kind", "parliament"), PERIOD, EVIDENCE, "code")


class OfficeInline(FactInline):
    model = Office
    joined = ("person", "parliament")
    autocomplete_fields = ("parliament", "source")
    fields = (("function", "parliament"), PERIOD, EVIDENCE, "code")


@admin.register(Person)
class PersonAdmin(SeatsCompared, BaseModelAdmin):
    form = PersonForm
    list_display = ("name", "family_name_en", "family_name_ru", "slug")
    search_fields = ("slug",)
    fieldsets = [
        *by_language("given_name", "patronymic", "family_name"),
        (None, {"fields": ["slug"]}),
    ]
    inlines = [MembershipInline, RoleInline, OfficeInline]

    @admin.display(description=_("name"))
    def name(self, obj):
        return obj.name


@admin.register(Membership)
class MembershipAdmin(SeatsCompared, FactAdmin):
    list_display = ("person", "chamber", "period", "checked_on")
    list_filter = ("chamber__parliament", *FactAdmin.list_filter)
    search_fields = ("code", "person", "chamber", "chamber__parliament")
    joined = ("person", "chamber__parliament")
    autocomplete_fields = ("person", "chamber", "source")
    fields = ("person", "chamber", PERIOD, EVIDENCE, "code")
    inlines = [FurtherSourceInline]


@admin.register(Role)
class RoleAdmin(FactAdmin):
    list_display = ("person", "kind", "parliament", "period", "checked_on")
    list_filter = ("kind", "parliament", *FactAdmin.list_filter)
    search_fields = ("code", "person", "parliament")
    joined = ("person", "parliament")
    autocomplete_fields = ("person", "parliament", "source")
    fields = ("person", ("kind", "parliament"), PERIOD, EVIDENCE, "code")
    inlines = [FurtherSourceInline]


@admin.register(Office)
class OfficeAdmin(FactAdmin):
    list_display = ("person", "function", "parliament", "period", "checked_on")
    list_filter = ("function", "parliament", *FactAdmin.list_filter)
    search_fields = ("code", "person", "parliament")
    joined = ("person", "parliament")
    autocomplete_fields = ("person", "parliament", "source")
    fields = ("person", ("function", "parliament"), PERIOD, EVIDENCE, "code")
    inlines = [FurtherSourceInline]
