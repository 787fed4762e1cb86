from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import BaseModelAdmin
from cstopa.admin.corrections import FactForm
from cstopa.admin.facts import EVIDENCE, PERIOD, FactInline
from cstopa.admin.first_page import LIST
from cstopa.admin.labels import by_language, one_row
from cstopa.admin.previews import WithActions
from cstopa.admin.slugs import SlugForm
from delegations.admin.facts import fact_link, facts_about, inlines_about, paragraphs, register
from delegations.admin.replace_chambers import ReplaceChambers
from delegations.admin.saving import WithUndoOfSaves
from delegations.models import Chamber, Delegation, Parliament

# The rows of a form in which a chamber stands.
CHAMBER = (
    one_row("name"),
    one_row("search_words"),
    ("house", "member_title"),
    ("website", "website_language"),
)


class ParliamentForm(SlugForm):
    slug_from = ("state",)


class ChamberForm(FactForm):
    changes_otherwise = _(
        "A chamber does not change into another. If others took its place, replace it at its "
        "parliament with “Replace chambers”; if only its name changed, add a dated name to it."
    )


class ChamberInline(FactInline):
    model = Chamber
    form = ChamberForm
    fields = (*CHAMBER, PERIOD, EVIDENCE, "code", "allocations")
    readonly_fields = ("code", "allocations")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("allocations")

    @admin.display(description=_("seat allocations"))
    def allocations(self, obj):
        if not obj.pk:
            return _("Save the chamber first.")
        return paragraphs("{}", ((fact_link(row),) for row in obj.allocations.all()))


@admin.register(Parliament)
class ParliamentAdmin(WithUndoOfSaves, WithActions, BaseModelAdmin):
    tasks = ((_("New chambers of a parliament"), LIST),)
    previewed_actions = (ReplaceChambers,)
    form = ParliamentForm
    list_display = ("name", "state", "slug")
    search_fields = ("slug",)
    fieldsets = [*by_language("state", "name", "search_words"), (None, {"fields": ["slug"]})]
    inlines = inlines_about(Parliament, ChamberInline)

    def _buttons(self, request, *args):
        context = super()._buttons(request, *args)
        delegations = self.admin_site.get_model_admin(Delegation)
        if args and delegations.has_view_permission(request):
            address = reverse(admin_urlname(delegations.opts, "change"), args=args)
            context["previewed_actions"].insert(0, (address, _("Facts of the delegation")))
        return context


# Chambers are registered after these, in chambers.py.
register(each for each in facts_about(Parliament) if each is not Chamber)
