from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cstopa.admin.facts import EVIDENCE, PERIOD
from cstopa.models.periods import today
from delegations.admin.correcting import Correct
from delegations.admin.facts import DatedFactAdmin, facts_about, inlines_about, register
from delegations.admin.parliaments import CHAMBER, ChamberForm
from delegations.admin.seats import memberships_link
from delegations.admin.steps import End
from delegations.models import Chamber, Membership


@admin.register(Chamber)
class ChamberAdmin(DatedFactAdmin):
    # No import: a row that names another chamber would be taken for a change of this one.
    previewed_actions = (Correct, End)
    form = ChamberForm
    list_display = ("title", "parliament", "period", "checked_on")
    list_filter = ("parliament", "house", *DatedFactAdmin.list_filter)
    search_fields = ("code", "parliament")
    readonly_fields = ("members",)
    fields = ("parliament", *CHAMBER, PERIOD, EVIDENCE, "members", "code")
    inlines = [*inlines_about(Chamber), *DatedFactAdmin.inlines]

    @admin.display(description=_("chamber"))
    def title(self, obj):
        return obj.title

    @admin.display(description=_("members"))
    def members(self, obj):
        if not obj.pk:
            return _("Save the chamber first.")
        number = Membership.objects.as_of(today()).filter(chamber=obj.pk).count()
        words = _("Memberships; on record today: %(number)d") % {"number": number}
        return memberships_link(obj, words)


register(facts_about(Chamber))
