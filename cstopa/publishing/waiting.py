"""What waits for somebody at the desk: to be approved, published, written anew, or written to its end."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from cstopa.accounts.zones import when
from cstopa.admin.base import desk_address
from cstopa.admin.first_page import MOST as MOST_SHOWN
from cstopa.admin.first_page import Line, Section
from cstopa.publishing.models import Review
from cstopa.publishing.reviewing import APPROVED, RETURNED, SUBMITTED, WithReview

# So many of a kind of row are named.
MOST = 20
# One's own are looked for among so many of a kind that are not public.
LOOKED_THROUGH = 200


def waiting_for(request):
    """Return ``(address, row, step)`` of what its reader is to act on, the longest waiting first."""
    found = [
        each
        for pages in admin.site._registry.values()
        if isinstance(pages, WithReview) and pages.has_change_permission(request)
        for each in _of(pages, request)
    ]
    return sorted(found, key=lambda each: (each[-1].at, each[-1].pk))


def _of(pages, request):
    rows = pages.model._base_manager.filter(pk=OuterRef("key"))
    asked = Q(state=RETURNED, submitted_by=request.user)
    if pages.may_review(request):
        asked |= Q(state=SUBMITTED)
    if pages.may_publish(request):
        asked |= Q(Exists(pages.unscheduled(rows)), state=APPROVED)
    steps = Review.objects.current(pages.model).filter(asked, Exists(pages.reviewed(rows)))
    steps = steps.select_related("by").order_by("at", "id")
    steps = list(steps[:MOST])
    found = pages.get_queryset(request).in_bulk([step.key for step in steps])
    return [
        (desk_address(found[step.key]), found[step.key], step)
        for step in steps
        if step.key in found and pages.has_change_permission(request, found[step.key])
    ]


def own_drafts(request):
    """Return as a Section what its reader has written and readers do not see, the last first."""
    found = [
        (version_at, row)
        for pages in admin.site._registry.values()
        if isinstance(pages, WithReview) and pages.has_change_permission(request)
        for version_at, row in _own(pages, request)
    ]
    found.sort(key=lambda each: each[0], reverse=True)
    lines = [Line(desk_address(row), str(row), (when(at),)) for at, row in found]
    return Section(_("Your drafts"), lines)


def _own(pages, request):
    rows = pages.reviewed(pages.model._base_manager.all())
    rows = rows.filter(pk__in=Subquery(rows.order_by("-pk").values("pk")[:LOOKED_THROUGH]))
    own = pages.model.history.filter(id=OuterRef("pk"), history_user=request.user)
    written_at = Subquery(own.order_by("-history_id").values("history_date")[:1])
    found = rows.annotate(written_at=written_at).exclude(written_at=None)
    moments = dict(found.order_by("-written_at").values_list("pk", "written_at")[:MOST_SHOWN])
    shown = pages.get_queryset(request).in_bulk(moments)
    return [
        (moments[key], row)
        for key, row in shown.items()
        if pages.has_change_permission(request, row)
    ]


def register():
    admin.site.register_section(own_drafts)
