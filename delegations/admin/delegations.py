from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import BaseModelAdmin, desk_link
from cstopa.admin.first_page import LIST, Task
from cstopa.admin.groups import EDITOR, KEEPER, PUBLISHER, READ, WRITER
from cstopa.admin.previews import WithActions
from delegations.admin.facts import NOT_RECORDED, fact_link, paragraphs
from delegations.admin.new_composition import NewCompositionAction
from delegations.admin.seats import mark, memberships_link
from delegations.composition import compositions, roles
from delegations.models import Delegation, Membership, Parliament, Role, SeatAllocation


@admin.register(Delegation)
class DelegationAdmin(WithActions, BaseModelAdmin):
    """What a delegation consists of today: derived, so each part links to where it is edited."""

    previewed_actions = (NewCompositionAction,)
    granted = dict.fromkeys((WRITER, EDITOR, PUBLISHER, KEEPER), READ)
    list_display = ("name", "seats", "roster", "representative", "participation")
    search_fields = ("slug",)
    fields = readonly_fields = (
        "parliament",
        "seats",
        "chambers",
        "representative",
        "roles",
        "participation",
    )

    def get_tasks(self, request):
        """Return those of its facts, each where it is done."""
        begun = [
            (SeatAllocation, _("Correct or change a number")),
            (Membership, _("A member comes or goes")),
            (Role, _("A new head of a delegation")),
        ]
        found = [
            Task(words, reverse(admin_urlname(model._meta, LIST)))
            for model, words in begun
            if self.admin_site.get_model_admin(model).has_add_permission(request)
        ]
        if NewCompositionAction(self).is_allowed(request):
            found.append(Task(_("A new composition"), reverse(admin_urlname(self.opts, LIST))))
        return found

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        shown = Delegation.objects.filter(pk__in=[row.pk for row in changelist.result_list])
        by_key = {each.delegation.pk: each for each in compositions(shown)}
        for row in changelist.result_list:
            row.composition = by_key[row.pk]
        return changelist

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row:
            (row.composition,) = compositions(Delegation.objects.filter(pk=row.pk))
        return row

    def history_view(self, request, object_id, extra_context=None):
        return HttpResponseRedirect(
            reverse("admin:delegations_parliament_history", args=[object_id])
        )

    def compare_view(self, request, object_id):
        return HttpResponseRedirect(
            reverse(
                "admin:delegations_parliament_compare",
                args=[object_id],
                query=request.GET,
            )
        )

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        return HttpResponseRedirect(
            reverse("admin:delegations_parliament_simple_history", args=[object_id, version_id])
        )

    @admin.display(description=_("parliament"))
    def parliament(self, obj):
        return desk_link(Parliament(pk=obj.pk), obj.name)

    @admin.display(description=_("seats on record today"))
    def seats(self, obj):
        return NOT_RECORDED if obj.composition.seats is None else obj.composition.seats

    @admin.display(description=_("roster"))
    def roster(self, obj):
        parts = obj.composition.chambers
        return paragraphs(
            "{}{} {}",
            (
                (f"{part.chamber.title}: " if len(parts) > 1 else "", part.in_words, mark(part))
                for part in parts
            ),
        )

    @admin.display(description=_("chambers, their allocations and rosters"))
    def chambers(self, obj):
        return paragraphs(
            "{}: {}. {} {} {}",
            (
                (
                    desk_link(part.chamber, part.chamber.title),
                    fact_link(part.allocation),
                    memberships_link(part.chamber, part.in_words),
                    mark(part),
                    desk_link(part.roster) if part.roster else "",
                )
                for part in obj.composition.chambers
            ),
        )

    @admin.display(description=_("roles"))
    def roles(self, obj):
        of_day = roles(obj, obj.composition.day)
        rows = ((row.get_kind_display(), fact_link(row, row.person)) for row in of_day)
        return paragraphs("{}: {}", rows)

    @admin.display(description=_("plenipotentiary representative"))
    def representative(self, obj):
        office = obj.composition.representative
        return fact_link(office, office and office.person)

    @admin.display(description=_("participation"))
    def participation(self, obj):
        return fact_link(obj.composition.participation)
