"""The log of changes as Atom, the last recorded first."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from cstopa.http.addresses import absolute, answer_former
from cstopa.http.feeds import Atom, printable, stable_id
from cstopa.models.periods import today
from delegations.changes import log
from delegations.changes.models import LogEntry
from delegations.models import Delegation

SIZE = 30


class LogFeed(Feed):
    """What changed, in all or, with a slug, in one delegation."""

    feed_type = Atom
    item_guid_is_permalink = False

    def __call__(self, request, **names):
        try:
            return super().__call__(request, **names)
        except Http404:
            return answer_former(request, Delegation.objects.all(), **names)

    def get_object(self, request, slug=None):
        return slug and Delegation.objects.with_names().get(slug=slug)

    def author_name(self, delegation):
        return settings.ASSEMBLY_NAME

    def title(self, delegation):
        if delegation is None:
            return _("%(assembly)s: what changed") % {"assembly": settings.ASSEMBLY_SHORT_NAME}
        return _("%(name)s: what changed") % {"name": printable(delegation.name_on(today()))}

    def link(self, delegation):
        return absolute(log.address(delegation, "changes"))

    def feed_guid(self, delegation):
        return stable_id("changes", *(["delegation", delegation.code] if delegation else []))

    def feed_url(self, delegation):
        return absolute(log.address(delegation, "changes-atom"))

    def items(self, delegation):
        return log.in_words(LogEntry.objects.of(delegation).of_pages()[:SIZE], delegation)

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
        return absolute(log.address(entry.delegation, "changes"))

    def item_guid(self, entry):
        return stable_id("changes", entry.kind, entry.number)

    def item_pubdate(self, entry):
        return entry.recorded_at

    # A version never changes.
    item_updateddate = item_pubdate
