"""The log of changes as Atom, the last recorded first."""

from django.conf import settings
from django.http import Http404
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from cstopa.http.addresses import absolute, answer_former
from cstopa.http.feeds import Feed, printable, stable_id
from cstopa.models.periods import today
from delegations.changes import log
from delegations.changes.models import LogEntry
from delegations.models import Delegation

SIZE = 30


class LogFeed(Feed):
    """What changed, in all or, with a slug, in one delegation."""

    def __call__(self, request, **names):
        try:
            return super().__call__(request, **names)
        except Http404:
            return answer_former(request, Delegation.objects.all(), **names)

    def row_of(self, slug=None):
        return slug and Delegation.objects.with_names().get(slug=slug)

    def title(self, delegation):
        if delegation is None:
            return _("%(assembly)s: what changed") % {"assembly": settings.ASSEMBLY_SHORT_NAME}
        return _("%(name)s: what changed") % {"name": printable(delegation.name_on(today()))}

    def link(self, delegation):
        return log.address(delegation, "changes")

    def url(self, delegation):
        return log.address(delegation, "changes-atom")

    def id(self, delegation):
        return "changes", *(["delegation", delegation.code] if delegation else [])

    def entries(self, delegation):
        for entry in log.in_words(LogEntry.objects.of(delegation).of_pages()[:SIZE], delegation):
            heading = {"change": entry.change.label, "kind": entry.heading, "what": entry.in_words}
            yield {
                "title": printable(_("%(change)s: %(kind)s. %(what)s") % heading),
                "link": absolute(log.address_of_entry(entry)),
                "description": self.summary(entry),
                "unique_id": stable_id("changes", entry.kind, entry.number),
                "pubdate": entry.recorded_at,
                # A version never changes.
                "updateddate": entry.recorded_at,
            }

    def summary(self, entry):
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
