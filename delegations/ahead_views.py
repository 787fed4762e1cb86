"""What lies ahead, as a page and as calendars."""

from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import DetailView, TemplateView

from cstopa.http.addresses import PermanentAddressMixin, absolute
from cstopa.http.calendars import CONTENT_TYPE, calendar
from cstopa.http.etags import unless_unchanged
from cstopa.http.pagination import numbered
from cstopa.models.periods import ONE_DAY, today
from delegations.ahead import events_after, of_parliament
from delegations.as_of_views import AsOfDayMixin
from delegations.models import Delegation

SIZE = 100


class Ahead(AsOfDayMixin, TemplateView):
    template_name = "delegations/ahead.html"

    def get_context_data(self, **context):
        page = numbered(events_after(self.day), self.request.GET.get("page", ""), SIZE)
        days = [(day, list(events)) for day, events in groupby(page, attrgetter("day"))]
        return super().get_context_data(page=page, days=days, **context)


def as_calendar(request, name, page, events):
    """Return events as a calendar, named after the page that shows the same."""
    described = [
        {
            "key": event.key,
            "day": event.day,
            "summary": f"{event.label}: {event.described.kind}: {event.described}",
            "description": words(event),
            "address": absolute(event.described.address or page),
            "changed_at": event.changed_at,
        }
        for event in events
    ]
    text = calendar(name, absolute(page), described)
    return unless_unchanged(request, HttpResponse(text, CONTENT_TYPE))


def words(event):
    """Return what else is known of an event."""
    fact = event.fact
    parliament = event.described.parliament_name
    return "\n".join(
        [
            *([str(parliament)] if parliament else []),
            fact.period_in_words,
            _("Source: %(title)s") % {"title": fact.source.title.plain},
        ]
    )


# A subscriber keeps the event of a day until the day is over.
def upcoming():
    return events_after(today() - ONE_DAY)


def whole_calendar(request):
    name = f"{settings.ASSEMBLY_SHORT_NAME}: {_('Ahead')}"
    return as_calendar(request, name, reverse("delegations:ahead"), upcoming())


class DelegationCalendar(PermanentAddressMixin, DetailView):
    model = Delegation
    queryset = Delegation.objects.with_names()

    def render_to_response(self, context):
        row = self.object
        name = f"{row.name_on(today()).plain}: {_('Ahead')}"
        events = of_parliament(upcoming(), row)
        return as_calendar(self.request, name, row.get_absolute_url(), events)
