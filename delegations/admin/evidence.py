from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import FormOptions
from cstopa.admin.conflicts import ConflictCheckedFormSet
from cstopa.admin.labels import labels, one_row
from delegations.models import FurtherSource

SAYS = (("source", "checked_on"), "differs", one_row("says"), one_row("why"))


class FurtherSourceInline(FormOptions, admin.StackedInline):
    """The documents about a fact beside the one that it follows."""

    model = FurtherSource
    formset = ConflictCheckedFormSet
    extra = 0
    view_on_site = False
    joined = ("source",)
    autocomplete_fields = ("source",)
    fields = SAYS
    verbose_name_plural = _("further sources, beside the one that is followed")

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, labels=labels(self.model), **kwargs)
