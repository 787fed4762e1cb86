"""What waits for somebody at the desk: to be approved, to be published, to be written anew."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q

from cstopa.admin.base import desk_address
from cstopa.publishing.models import Review
from cstopa.publishing.reviewing import APPROVED, RETURNED, SUBMITTED, WithReview

# So many of a kind of row are named.
MOST = 20


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
