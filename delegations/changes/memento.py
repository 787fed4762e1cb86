"""Time travel by standard: a version of a page of facts is a memento of it.

Source: RFC 7089, https://www.rfc-editor.org/rfc/rfc7089. The page itself does not vary: it leads to a
TimeGate at an address of its own.
"""

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from itertools import groupby

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import http_date
from django.views.generic import DetailView

from cstopa.http import pagination
from cstopa.http.addresses import PermanentAddressMixin, absolute
from cstopa.models.periods import start_of
from delegations.changes import log
from delegations.changes.models import LogEntry, ParliamentLog
from delegations.changes.replay import Version
from delegations.models import Delegation

FORMAT = "application/link-format"
SIZE = 1000


def moment_of(day, version):
    """Return since when a version has said so of a day, when that day was today."""
    return max(version.recorded_at, start_of(day))


def link(address, rel, moment=None, **others):
    others = {"rel": rel, **others}
    if moment:
        others["datetime"] = http_date(moment.timestamp())
    return "; ".join([f"<{address}>", *(f'{name}="{value}"' for name, value in others.items())])


def memento(delegation, version, rel="memento"):
    """Return the link to what a version says of the day on which it was recorded."""
    address = log.lasting_address(delegation, version.day, version)
    return link(address, rel, version.recorded_at)


@dataclass(frozen=True)
class Versions:
    """The versions of what is on record of a delegation, or of all where it is None."""

    delegation: Delegation | None

    @property
    def original(self):
        page = self.delegation.get_absolute_url() if self.delegation else log.address(None, "list")
        return absolute(page)

    def leading(self):
        """Return the links by which a page leads to its versions."""
        gate, versions = (
            absolute(log.address(self.delegation, name)) for name in ("timegate", "timemap")
        )
        return [link(gate, "timegate"), link(versions, "timemap", type=FORMAT)]

    def one(self, order, **bounds):
        """Return the first Version of an order, or None."""
        if self.delegation is None:
            rows = LogEntry.objects.filter(**{f"pk__{name}": key for name, key in bounds.items()})
            found = rows.order_by(f"{order}pk").values_list("pk", "recorded_at").first()
        else:
            # By the index of the log of the parliament.
            rows = ParliamentLog.objects.filter(
                parliament=self.delegation.code,
                **{f"entry_id__{name}": key for name, key in bounds.items()},
            )
            rows = rows.order_by(f"{order}entry_id")
            found = rows.values_list("entry_id", "entry__recorded_at").first()
        return found and Version(*found)

    def first(self):
        """Return the Version with which the first decision was on record, or None."""
        if not (version := self.one("")):
            return None
        decision = LogEntry.objects.filter(pk=version.number).values("decision")
        entries = LogEntry.objects.of(self.delegation).filter(decision__in=decision)
        return Version.of_entry(entries.first())

    def around(self, number):
        """Return the links to the first and last versions and, of a number, to its neighbours."""
        found = {"first": self.first(), "last": log.last_version(self.delegation)}
        if number is not None:
            found |= {"prev": self.one("-", lt=number), "next": self.one("", gt=number)}
        return [
            memento(self.delegation, version, f"{rel} memento")
            for rel, version in found.items()
            if version and version.recorded_at
        ]

    def before(self, moment):
        """Return the last Version up to that before a moment, or else the first; None of none.

        ``moment`` None: the last of all, whatever the clock says.
        """
        if moment is None:
            return self.one("-")
        # By the whole log, as ?recorded= asks: another parliament's entry may say that it was earlier.
        return self.one("-", lte=LogEntry.objects.version_before(moment)) or self.first()


def of_original(response, delegation):
    """Let the page of today lead to its versions."""
    response.headers["Link"] = ", ".join(Versions(delegation).leading())
    return response


def of_memento(response, delegation, day, version):
    """Say of which page a version is, and since when it was so."""
    versions = Versions(delegation)
    links = [link(versions.original, "original"), *versions.leading()]
    if version.recorded_at:
        response.headers["Memento-Datetime"] = http_date(moment_of(day, version).timestamp())
        links += versions.around(version.number)
    response.headers["Link"] = ", ".join(links)
    return response


class VersionsView(PermanentAddressMixin, DetailView):
    model = Delegation

    def get_object(self, queryset=None):
        return super().get_object(queryset) if "slug" in self.kwargs else None

    def get_context_data(self, **context):
        return {}

    @property
    def versions(self):
        return Versions(self.object)


class TimeGate(VersionsView):
    """Leads to the version of a page before the moment in ``Accept-Datetime``, or to the last one."""

    def render_to_response(self, context):
        asked = self.request.headers.get("Accept-Datetime")
        try:
            response = self.redirect(asked and min(parsedate_to_datetime(asked), timezone.now()))
        # A date without a zone cannot be compared, nor one that no calendar has.
        except (TypeError, ValueError, OverflowError):
            words = "Accept-Datetime is a date as in RFC 9110: Thu, 26 Nov 2026 09:00:00 GMT\n"
            response = HttpResponseBadRequest(words, content_type="text/plain; charset=utf-8")
        response.headers["Vary"] = "accept-datetime"
        return response

    def redirect(self, moment):
        versions, day = self.versions, timezone.localdate(moment or timezone.now())
        version = versions.before(moment) or Version(0, None)
        if version.day and day < version.day:
            day = version.day
        response = HttpResponseRedirect(log.lasting_address(self.object, day, version))
        links = [link(versions.original, "original"), versions.leading()[1]]
        response.headers["Link"] = ", ".join([*links, *versions.around(None)])
        return response


class TimeMap(VersionsView):
    """The versions of a page, the first first, page by page."""

    def render_to_response(self, context):
        versions, entries = self.versions, LogEntry.objects.of(self.object).order_by("pk")
        position = self.request.GET.get("page", "")
        page = pagination.page_of(entries, position, size=SIZE, never_empty=False)
        here = absolute(log.address(self.object, "timemap"))
        # Of one decision the last entry: with it all of that is on record.
        groups = groupby(page.rows, key=lambda entry: entry.decision)
        last = [Version.of_entry([*group][-1]) for _decision, group in groups]
        links = [
            link(versions.original, "original"),
            versions.leading()[0],
            link(f"{here}?page={position}" if position else here, "self", type=FORMAT),
            *(
                link(f"{here}?page={to}", "timemap", type=FORMAT)
                for to in (page.previous, page.next)
                if to
            ),
            *(memento(self.object, version) for version in last),
        ]
        return HttpResponse(",\n".join(links) + "\n", content_type=FORMAT)
