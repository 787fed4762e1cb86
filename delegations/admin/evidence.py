from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cstopa.desk.labels import labels, one_row
from cstopa.desk.meanwhile import VersionedFormSet
from cstopa.desk.rows import FormOptions
from delegations.models import FurtherSource

SAYS = (("source", "checked_on"), "differs", one_row("says"), one_row("why"))


class FurtherSourceInline(FormOptions, admin.StackedInline):
    """The documents about a fact beside the one that it follows."""

    model = FurtherSource
    formset = VersionedFormSet
    extra = 0
    view_on_site = False
    joined = ("source",)
    autocomplete_fields = ("source",)
    fields = SAYS
    verbose_name_plural = _("further sources, beside the one that is followed")

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, labels=labels(self.model), **kwargs)
