"""The log of changes as Atom, the last recorded first."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from cstopa.http.addresses import absolute, answer_former
from cstopa.http.feeds import Atom, printable, stable_id
from delegations.changes import log
from delegations.changes.related import is_gone
from delegations.models import Delegation

SIZE = 30


class LogFeed(Feed):
    """What changed, in all."""

    feed_type = Atom
    item_guid_is_permalink = False

    def author_name(self):
        return settings.ASSEMBLY_NAME

    def title(self):
        return _("%(assembly)s: what changed") % {"assembly": settings.ASSEMBLY_SHORT_NAME}

    def link(self):
        return absolute(reverse("delegations:changes"))

    def feed_guid(self):
        return stable_id("changes")

    def feed_url(self):
        return absolute(reverse("delegations:changes-atom"))

    def items(self):
        return log.page_of(size=SIZE).rows

    def item_title(self, entry):
        heading = {"change": entry.change.label, "kind": entry.heading, "what": entry.in_words}
        return printable(_("%(change)s: %(kind)s. %(what)s") % heading)

    def item_description(self, entry):
        """Return it as HTML, as which readers take a summary."""
        lines = [entry.period] if entry.period else []
        lines += [
            format_html("{}: {} → {}", label, old, new) for label, old, new in entry.differences
        ]
        if entry.reason:
            lines.append(_("Reason: %(reason)s") % {"reason": entry.reason})
        if entry.source:
            lines.append(_("Source: %(source)s") % {"source": entry.source.title})
        lines += [
            _("Source: %(source)s") % {"source": further.source.title} for further in entry.ended_by
        ]
        return printable(format_html_join("", "<p>{}</p>", ((line,) for line in lines)))

    def item_link(self, entry):
        if entry.parliament is None or is_gone(entry.parliament):
            return absolute(reverse("delegations:changes"))
        return absolute(reverse("delegations:delegation-changes", args=[entry.parliament.slug]))

    def item_guid(self, entry):
        return stable_id("changes", entry.kind, entry.number)

    def item_pubdate(self, entry):
        return entry.recorded_at

    # A version never changes.
    item_updateddate = item_pubdate


class DelegationLogFeed(LogFeed):
    """What changed in one delegation."""

    def __call__(self, request, slug):
        try:
            return super().__call__(request, slug)
        except Http404:
            return answer_former(request, Delegation.objects.all(), slug)

    def get_object(self, request, slug):
        return Delegation.objects.get(slug=slug)

    def title(self, delegation):
        return _("%(name)s: what changed") % {"name": printable(delegation.name)}

    def link(self, delegation):
        return absolute(reverse("delegations:delegation-changes", args=[delegation.slug]))

    def feed_guid(self, delegation):
        return stable_id("changes", "delegation", delegation.code)

    def feed_url(self, delegation):
        return absolute(reverse("delegations:delegation-changes-atom", args=[delegation.slug]))

    def items(self, delegation):
        return log.page_of(size=SIZE, parliament=delegation).rows
