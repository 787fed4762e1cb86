"""The log of changes as a page, as data and as a table, and what was on record at a moment."""

import datetime as dt
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView

from cstopa.http.addresses import PermanentAddressMixin, absolute
from cstopa.models.periods import today
from cstopa.opendata.forms import errors_of
from cstopa.opendata.responses import as_json, as_table, bad_request
from delegations.as_of_views import Footnotes
from delegations.changes import data, log
from delegations.changes.forms import DataForm, LogForm, OnRecordForm
from delegations.changes.replay import state_at
from delegations.changes.rows import Rows
from delegations.filters import DayForm
from delegations.models import Delegation
from delegations.opendata.changes import Entry

SIZE_OF_DATA = 100


class Log(PermanentAddressMixin, DetailView):
    """The log that ``?kind=&change=&from=&to=`` asks for, in all or, with a slug, of a delegation."""

    queryset = Delegation.objects.with_names()
    model = Delegation
    template_name = "changes/log.html"
    form_class = LogForm

    def get_object(self, queryset=None):
        return super().get_object(queryset) if "slug" in self.kwargs else None

    def get_context_data(self, **context):
        form = self.form_class(self.request.GET, auto_id="page:%s")
        name = self.object and self.object.name_on(today())
        return super().get_context_data(form=form, delegation=self.object, name=name, **context)

    def render_to_response(self, context):
        form, given = context["form"], self.request.GET
        if form.is_valid():
            context["page"] = log.page_of(given.get("page", ""), **self.asked(form))
        # Data answers the same question; the feed knows none.
        asked = {name: given[name] for name in form.fields if given.get(name)}
        query = f"?{urlencode(asked)}" if asked and form.is_valid() else ""
        context |= {
            "footnotes": Footnotes(),
            "atom": log.address(self.object, "changes-atom"),
            "csv": log.address(self.object, "changes-csv") + query,
            "json": log.address(self.object, "changes-json") + query,
        }
        return super().render_to_response(context)

    def asked(self, form):
        return {"parliament": self.object, **form.asked}


class LogData(Log):
    """The same as JSON, page by page, or whole as a table, with each version that replaced a source."""

    form_class = DataForm
    is_table = False

    def render_to_response(self, context):
        form = context["form"]
        if errors := errors_of(form, *(() if self.is_table else ["page"])):
            return bad_request(errors)
        return self._table(form) if self.is_table else self._page(form)

    def _page(self, form):
        position = self.request.GET.get("page", "")
        page = log.page_of(
            position, SIZE_OF_DATA, never_empty=False, evidence=True, **self.asked(form)
        )
        if page.is_misread:
            return bad_request([("page", "Take the position from a next link of the same log.")])
        following = None
        if page.next:
            query = self.request.GET.copy()
            query["page"] = page.next
            following = f"{absolute(log.address(self.object, 'changes-json'))}?{query.urlencode()}"
        return as_json({"entries": [Entry.read(each) for each in page], "next": following})

    def _table(self, form):
        text = data.table(log.entries(evidence=True, **self.asked(form)))
        return as_table(text, f"changes-{self.object.slug}" if self.object else "changes")


class OnRecord(PermanentAddressMixin, DetailView):
    """The composition of a day as it was recorded at the end of a day, today's by default."""

    model = Delegation
    template_name = "changes/on_record.html"
    as_data = False

    @property
    def asked_day(self):
        return DayForm(self.request.GET).asked

    def get_context_data(self, **context):
        form = OnRecordForm(self.request.GET, auto_id="page:%s")
        context = super().get_context_data(
            form=form,
            asked=self.asked_day,
            name=self.object.name_on(self.asked_day or today()),
            footnotes=Footnotes(),
            **context,
        )
        return context | self.on_record(form) if form.is_valid() else context

    def on_record(self, form):
        day = form.cleaned_data["date"] or today()
        recorded = form.cleaned_data["recorded"] or today()
        entries = list(log.stored(self.object, evidence=True))
        state = state_at(entries, day, end_of(recorded), Rows(entries).get)
        code = self.object.code
        asked = urlencode({"date": day, "recorded": recorded})
        return {
            "json": f"{reverse('delegations:on-record-json', args=[self.object.slug])}?{asked}",
            "day": day,
            "recorded": recorded,
            "today": today(),
            "state": state,
            "composition": state.composition(code),
            "members": state.members(code),
            "roles": state.roles(code),
        }

    def render_to_response(self, context):
        if not self.as_data:
            return super().render_to_response(context)
        if errors := errors_of(context["form"]):
            return bad_request(errors)
        return as_json(data.on_record(context))


def end_of(day):
    """Return the last moment of a day in ``TIME_ZONE``."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))
