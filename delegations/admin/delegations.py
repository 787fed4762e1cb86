from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import BaseModelAdmin, desk_address
from cstopa.admin.first_page import LIST, Task
from cstopa.admin.groups import EDITOR, KEEPER, PUBLISHER, READ, WRITER
from cstopa.admin.previews import WithActions
from cstopa.http.addresses import as_of
from cstopa.models.periods import today
from delegations.admin.facts import NOT_RECORDED, fact_link, paragraphs
from delegations.admin.facts_of_day import DayForm, sections
from delegations.admin.new_composition import NewCompositionAction
from delegations.admin.seats import mark, memberships_link
from delegations.admin.steps import beginnings
from delegations.composition import compositions
from delegations.models import Delegation, Membership, Parliament, Role, SeatAllocation
from delegations.models.facts import fact_models


@admin.register(Delegation)
class DelegationAdmin(WithActions, BaseModelAdmin):
    """What a delegation consists of: derived, so each fact has what may become of it beside it."""

    previewed_actions = (NewCompositionAction, *beginnings())
    granted = dict.fromkeys((WRITER, EDITOR, PUBLISHER, KEEPER), READ)
    list_display = ("name", "seats", "roster", "representative", "participation")
    search_fields = ("slug",)

    def get_tasks(self, request):
        """Return those of its facts."""
        begun = [
            (SeatAllocation, _("Correct or change a number")),
            (Membership, _("A member comes or goes")),
            (Role, _("A new head of a delegation")),
        ]
        may = [
            words
            for model, words in begun
            if self.admin_site.get_model_admin(model).has_add_permission(request)
        ]
        if NewCompositionAction(self).is_allowed(request):
            may.append(_("A new composition"))
        # Each is done where the facts of a delegation are, which is chosen first.
        return [Task(words, reverse(admin_urlname(self.opts, LIST))) for words in may]

    def _buttons(self, request, *args):
        # What is new of it stands with what is there.
        shown = [NewCompositionAction(self)] if args else []
        allowed = [(each.address(*args), each.title) for each in shown if each.is_allowed(request)]
        return {"previewed_actions": allowed}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def may_edit(self, request, obj):
        # Its facts have pages of their own.
        return any(
            self.admin_site.get_model_admin(model).has_change_permission(request)
            for model in (Parliament, *(each for each in fact_models().values() if each.home))
        )

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        shown = Delegation.objects.filter(pk__in=[row.pk for row in changelist.result_list])
        by_key = {each.delegation.pk: each for each in compositions(shown)}
        for row in changelist.result_list:
            row.composition = by_key[row.pk]
        return changelist

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the facts of the delegation as of a day, each with what may become of it."""
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        form = DayForm(request.GET if "date" in request.GET else None)
        day = (form.is_valid() and form.cleaned_data["date"]) or today()
        [composition] = compositions(Delegation.objects.filter(pk=row.pk), day)
        parliament = desk_address(Parliament(pk=row.pk))
        pages = self.admin_site.get_model_admin(Parliament)
        may_correct = pages.has_change_permission(request)
        may_read = pages.has_view_or_change_permission(request)
        context = {
            **self.admin_site.each_context(request),
            **self._buttons(request, object_id),
            "title": composition.delegation.name_on(day),
            "opts": self.opts,
            "original": row,
            "form": form,
            "button": _("Show the day"),
            "day": day,
            "composition": composition,
            "parts": [
                (part, memberships_link(part.chamber, part.in_words))
                for part in composition.chambers
            ],
            "sections": list(sections(request, self.admin_site, row, day)),
            "parliament_address": parliament if may_correct else "",
            "parliament_form": parliament if may_read else "",
            "view_on_site": as_of(row.get_absolute_url(), day if day != today() else None),
        }
        return TemplateResponse(request, "admin/delegations/facts.html", context)

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

    @admin.display(description=_("plenipotentiary representative"))
    def representative(self, obj):
        office = obj.composition.representative
        return fact_link(office, office and office.person)

    @admin.display(description=_("participation"))
    def participation(self, obj):
        return fact_link(obj.composition.participation)
