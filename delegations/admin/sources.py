from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import BaseModelAdmin, desk_link
from cstopa.admin.labels import by_language
from delegations.admin.evidence import SAYS
from delegations.admin.saving import WithUndoOfSaves
from delegations.models import FurtherSource, Source
from delegations.models.facts import fact_models


@admin.register(Source)
class SourceAdmin(WithUndoOfSaves, BaseModelAdmin):
    list_display = ("title", "publisher", "published_on", "read_on", "code")
    list_filter = ("published_on", "read_on")
    when_empty = _("A source is a document or a page by which facts are stated.")
    search_fields = ("code",)
    fieldsets = [
        *by_language("title", "publisher"),
        (None, {"fields": ["url", "document", ("published_on", "read_on"), "code"]}),
    ]
    autocomplete_fields = ("document",)
    # A source has no page of its own.
    view_on_site = False


@admin.register(FurtherSource)
class FurtherSourceAdmin(WithUndoOfSaves, BaseModelAdmin):
    """Every further source; a new one is added in the form of its fact."""

    list_display = ("source", "differs", "says", "fact", "checked_on")
    list_filter = ("differs", "checked_on")
    when_empty = _("It is added in the form of its fact.")
    search_fields = ("code", "source")
    joined = ("source",)
    autocomplete_fields = ("source",)
    fields = ("fact", *SAYS, "code")
    readonly_fields = ("fact",)
    view_on_site = False

    def has_add_permission(self, request):
        return False

    def get_queryset(self, request):
        # __str__ of a fact reads relations, other ones of each kind.
        related = [
            f"{name}__{path}" for name, model in fact_models().items() for path in model.related()
        ]
        return super().get_queryset(request).prefetch_related(*related)

    @admin.display(description=_("what it says instead"))
    def says(self, obj):
        return obj.says

    @admin.display(description=_("fact"))
    def fact(self, obj):
        return desk_link(obj.fact)
