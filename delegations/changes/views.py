"""The log of changes as a page, as data and as a table, and what was on record at a moment."""

import re
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.views.generic import DetailView

from cstopa.forms import IsoDaysMixin
from cstopa.http.addresses import PermanentAddressMixin, absolute
from cstopa.models.periods import today
from cstopa.opendata.forms import refusal
from cstopa.opendata.responses import as_json, as_table, no_such_page
from delegations.as_of_views import Footnotes
from delegations.changes import decisions, log, memento
from delegations.changes.filters import DataFilter, LogFilter, OnRecordForm
from delegations.changes.models import LogEntry
from delegations.changes.on_record import Recorded
from delegations.changes.replay import Version
from delegations.changes.table import table
from delegations.models import Delegation
from delegations.opendata import changes as schemas

SIZE_OF_DATA = 100


class Log(IsoDaysMixin, PermanentAddressMixin, DetailView):
    """The log that a LogFilter leaves, in all or, with a slug, of a delegation."""

    queryset = Delegation.objects.with_names()
    model = Delegation
    template_name = "changes/log.html"

    def get_object(self, queryset=None):
        return super().get_object(queryset) if "slug" in self.kwargs else None

    def get_filters(self):
        return LogFilter(self.request.GET, LogEntry.objects.of(self.object).of_pages())

    def get_context_data(self, **context):
        filters = self.get_filters()
        return super().get_context_data(
            filters=filters,
            form=filters.form,
            delegation=self.object,
            name=self.object and self.object.name_on(today()),
            **context,
        )

    def render_to_response(self, context):
        filters, given = context["filters"], self.request.GET
        query = ""
        if filters.is_valid():
            context |= self.page(filters.qs, given.get("page", ""))
            # Data answers the same question; the feed knows none.
            asked = {name: given[name] for name in filters.form.fields if given.get(name)}
            query = f"?{urlencode(asked)}" if asked else ""
        context |= {
            "footnotes": Footnotes(),
            "atom": log.address(self.object, "changes-atom"),
            "csv": log.address(self.object, "changes-csv") + query,
            "json": log.address(self.object, "changes-json") + query,
        }
        return super().render_to_response(context)

    def page(self, entries, position):
        """Return a page of decisions, or of the entries of the one that is asked for by its key."""
        key = self.request.GET.get("decision", "")
        if not re.fullmatch("[0-9]{1,18}", key):
            return {"page": decisions.page_of(entries, self.object, position)}
        return {
            "page": decisions.entries_of(entries.filter(decision=key), self.object, position),
            "is_decision": True,
        }


class LogData(Log):
    """The same as JSON, page by page, or whole as a table, with each version that replaced a source."""

    as_data = True
    is_table = False

    def get_filters(self):
        return DataFilter(self.request.GET, LogEntry.objects.of(self.object).of_facts())

    def render_to_response(self, context):
        filters = context["filters"]
        if refused := refusal(filters.form, *(() if self.is_table else ["page"])):
            return refused
        return self._table(filters.qs) if self.is_table else self._page(filters.qs)

    def _page(self, entries):
        position = self.request.GET.get("page", "")
        page = log.page_of(entries, self.object, position, size=SIZE_OF_DATA, never_empty=False)
        if page.is_misread:
            return no_such_page("Take the position from a next link of the same log.")
        following = None
        if page.next:
            query = self.request.GET.copy()
            query["page"] = page.next
            following = f"{absolute(log.address(self.object, 'changes-json'))}?{query.urlencode()}"
        items = [schemas.Entry.read(each) for each in page]
        return as_json({"entries": items, "next": following})

    def _table(self, entries):
        name = f"changes-{self.object.slug}" if self.object else "changes"
        return as_table(table(entries, self.object), f"{name}-{today()}")


class OnRecordView(IsoDaysMixin, PermanentAddressMixin, DetailView):
    """What a version of the record, by default the last one, says of a day: of a delegation or of all.

    Under the number of a version nothing on it ever changes: it says nothing of today.
    """

    model = Delegation
    as_data = False

    def get_object(self, queryset=None):
        return super().get_object(queryset) if "slug" in self.kwargs else None

    def get_template_names(self):
        return ["changes/on_record.html" if self.object else "changes/all_on_record.html"]

    @cached_property
    def form(self):
        return OnRecordForm(self.request.GET, auto_id="page:%s")

    @property
    def asked_day(self):
        return self.form.asked

    def get_context_data(self, **context):
        record = self.on_record() if self.form.is_valid() else None
        version = self.form.cleaned_data["version"] if record else None
        day = record.day if record else self.form.day
        named = record.parliament if record and self.object else self.object
        return super().get_context_data(
            form=self.form,
            asked=self.asked_day if version is None else day,
            asked_version=version,
            delegation=self.object,
            named=named,
            name=named and named.name_on(day),
            record=record,
            day=record and day,
            footnotes=Footnotes(),
            **context,
        )

    def on_record(self):
        number = self.form.cleaned_data["version"]
        version = log.last_version() if number is None else Version.of(number)
        # Of a version alone: the day on which it was recorded.
        day = self.asked_day or (number and version.day) or today()
        return Recorded.of(self.object, day, version)

    def render_to_response(self, context):
        if self.as_data and (refused := refusal(self.form)):
            return refused
        if self.form.is_valid() and (moment := self.form.cleaned_data["recorded"]):
            version = Version(LogEntry.objects.version_before(moment), moment)
            day = self.asked_day or version.day
            return HttpResponseRedirect(self.request.path + log.asking(day, version))
        if self.as_data:
            return self.data(context["record"])
        if record := context["record"]:
            asked = log.asking(record.day, record.version)
            for name in ("json", "csv", "people-csv"):
                address = log.address(self.object, f"on-record-{name}")
                context[name.replace("-", "_")] = address + asked
        response = super().render_to_response(context)
        if context["asked_version"] is not None:
            return memento.of_memento(response, self.object, record.day, record.version)
        return response

    def data(self, record):
        return as_json((schemas.OnRecord if self.object else schemas.AllOnRecord).read(record))


class OnRecordTable(OnRecordView):
    """The same as a ``table`` of chambers, or of people."""

    as_data = True
    table = None

    def data(self, record):
        name = f"on-record-{self.object.slug}" if self.object else "on-record"
        parts = [name, self.table.__name__, str(record.day), str(record.version.number)]
        return as_table(self.table(record), "-".join(parts))
