from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cstopa.admin.facts import EVIDENCE, PERIOD, FactAdmin, FactInline
from cstopa.admin.labels import one_row
from cstopa.models.periods import today
from delegations.admin.evidence import FurtherSourceInline
from delegations.admin.parliaments import ChamberForm
from delegations.admin.seats import SeatsCompared, memberships_link
from delegations.models import Chamber, ChamberName, CompleteRoster, Membership, SeatAllocation


class ChamberNameInline(FactInline):
    model = ChamberName
    joined = ("chamber__parliament",)
    fields = (one_row("name"), PERIOD, EVIDENCE, "code")


class SeatAllocationInline(FactInline):
    model = SeatAllocation
    joined = ("chamber__parliament",)
    fields = ("seats", PERIOD, EVIDENCE, "code")


class CompleteRosterInline(FactInline):
    model = CompleteRoster
    joined = ("chamber__parliament",)
    fields = (PERIOD, EVIDENCE, "code")


@admin.register(Chamber)
class ChamberAdmin(SeatsCompared, FactAdmin):
    form = ChamberForm
    list_display = ("title", "parliament", "period", "checked_on")
    list_filter = ("parliament", "house", *FactAdmin.list_filter)
    search_fields = ("code", "parliament")
    joined = ("parliament",)
    autocomplete_fields = ("parliament", "source")
    readonly_fields = ("members",)
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "parliament",
                    one_row("name"),
                    one_row("search_words"),
                    ("house", "member_title"),
                    ("website", "website_language"),
                    PERIOD,
                    EVIDENCE,
                    "members",
                    "code",
                ]
            },
        )
    ]
    inlines = [ChamberNameInline, SeatAllocationInline, CompleteRosterInline, FurtherSourceInline]

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


@admin.register(ChamberName)
class ChamberNameAdmin(FactAdmin):
    list_display = ("name", "chamber", "period", "checked_on")
    list_filter = ("chamber__parliament", *FactAdmin.list_filter)
    search_fields = ("code", "chamber", "chamber__parliament")
    joined = ("chamber__parliament",)
    autocomplete_fields = ("chamber", "source")
    fields = ("chamber", one_row("name"), PERIOD, EVIDENCE, "code")
    inlines = [FurtherSourceInline]


@admin.register(SeatAllocation)
class SeatAllocationAdmin(SeatsCompared, FactAdmin):
    list_display = ("chamber", "seats", "period", "checked_on")
    list_filter = ("chamber__parliament", *FactAdmin.list_filter)
    search_fields = ("code", "chamber", "chamber__parliament")
    joined = ("chamber__parliament",)
    autocomplete_fields = ("chamber", "source")
    fields = ("chamber", "seats", PERIOD, EVIDENCE, "code")
    inlines = [FurtherSourceInline]


@admin.register(CompleteRoster)
class CompleteRosterAdmin(FactAdmin):
    list_display = ("chamber", "period", "checked_on")
    list_filter = ("chamber__parliament", *FactAdmin.list_filter)
    search_fields = ("code", "chamber", "chamber__parliament")
    joined = ("chamber__parliament",)
    autocomplete_fields = ("chamber", "source")
    fields = ("chamber", PERIOD, EVIDENCE, "code")
    inlines = [FurtherSourceInline]
