"""The log of changes as a page, as data and as a table, and what was on record at a moment."""

import datetime as dt
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import DetailView, TemplateView

from cstopa.http.addresses import PermanentAddressMixin, absolute
from cstopa.http.as_of import speaking_of
from cstopa.models.periods import today
from cstopa.opendata.responses import as_json, problem
from delegations.as_of_views import Footnotes
from delegations.changes import data, log
from delegations.changes.forms import DataForm, LogForm, OnRecordForm
from delegations.changes.replay import state_at
from delegations.filters import DayForm
from delegations.models import Delegation

SIZE_OF_DATA = 100


class LogMixin:
    """The log that ``?kind=&change=&from=&to=`` asks for; of ``object``, where there is one."""

    form_class = LogForm

    @property
    def delegation(self):
        return getattr(self, "object", None)

    def get_context_data(self, **context):
        self.form = self.form_class(self.request.GET, auto_id="page:%s")
        return super().get_context_data(
            form=self.form, delegation=self.delegation, footnotes=Footnotes(), **context
        )

    def asked(self):
        return {"parliament": self.delegation, **self.form.asked}

    def address(self, name):
        """Return the address of a form of this log."""
        if self.delegation is None:
            return reverse(f"delegations:{name}")
        return reverse(f"delegations:delegation-{name}", args=[self.delegation.slug])


class PageMixin(LogMixin):
    """The log as a page."""

    template_name = "changes/log.html"

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        if self.form.is_valid():
            context["page"] = log.page_of(self.request.GET.get("page", ""), **self.asked())
        # Data answers the same question; the feed knows none.
        given = self.request.GET
        asked = {name: given[name] for name in self.form.fields if given.get(name)}
        query = f"?{urlencode(asked)}" if asked and self.form.is_valid() else ""
        return context | {
            "atom": self.address("changes-atom"),
            "csv": self.address("changes-csv") + query,
            "json": self.address("changes-json") + query,
        }


class JSONMixin(LogMixin):
    """The log as data, page by page, with each version that replaced a source."""

    form_class = DataForm

    def render_to_response(self, context):
        if complaints := complaints_of(self.form, "page"):
            return misread(complaints)
        position = self.request.GET.get("page", "")
        page = log.page_of(position, SIZE_OF_DATA, evidence=True, **self.asked())
        if page.is_misread:
            return misread([("page", "Take the position from a next link of the same log.")])
        following = None
        if page.next:
            query = self.request.GET.copy()
            query["page"] = page.next
            following = f"{absolute(self.address('changes-json'))}?{query.urlencode()}"
        return as_json({"entries": [data.entry(each) for each in page], "next": following})


class CSVMixin(LogMixin):
    """The whole log as a table, with each version that replaced a source."""

    form_class = DataForm

    def render_to_response(self, context):
        if complaints := complaints_of(self.form):
            return misread(complaints)
        text = data.table(log.entries(evidence=True, **self.asked()))
        response = HttpResponse(text, content_type="text/csv; charset=utf-8; header=present")
        name = f"changes-{self.delegation.slug}.csv" if self.delegation else "changes.csv"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class OfDelegation(PermanentAddressMixin, DetailView):
    model = Delegation


class Log(PageMixin, TemplateView):
    pass


class LogJSON(JSONMixin, TemplateView):
    pass


class LogCSV(CSVMixin, TemplateView):
    pass


class DelegationLog(PageMixin, OfDelegation):
    pass


class DelegationLogJSON(JSONMixin, OfDelegation):
    pass


class DelegationLogCSV(CSVMixin, OfDelegation):
    pass


class OnRecord(OfDelegation):
    """The composition of a day as it was recorded at the end of a day, today's by default."""

    template_name = "changes/on_record.html"

    def dispatch(self, request, *args, **kwargs):
        # So that the links keep the day.
        with speaking_of(DayForm(request.GET).asked):
            response = super().dispatch(request, *args, **kwargs)
            return response.render() if hasattr(response, "render") else response

    def get_context_data(self, **context):
        form = OnRecordForm(self.request.GET, auto_id="page:%s")
        context = super().get_context_data(form=form, footnotes=Footnotes(), **context)
        return context | self.on_record(form) if form.is_valid() else context

    def on_record(self, form):
        day = form.cleaned_data["date"] or today()
        recorded = form.cleaned_data["recorded"] or today()
        entries = log.entries(self.object, evidence=True)
        state = state_at(entries, day, end_of(recorded))
        named(state, entries)
        code = self.object.code
        asked = urlencode({"date": day, "recorded": recorded})
        return {
            "json": f"{reverse('delegations:on-record-json', args=[self.object.slug])}?{asked}",
            "asked": form.cleaned_data["date"],
            "day": day,
            "recorded": recorded,
            "today": today(),
            "state": state,
            "composition": state.composition(code),
            "members": state.members(code),
            "roles": state.roles(code),
        }


class OnRecordJSON(OnRecord):
    def render_to_response(self, context):
        if complaints := complaints_of(context["form"]):
            return misread(complaints)
        return as_json(data.on_record(context))


def end_of(day):
    """Return the last moment of a day in ``TIME_ZONE``."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max))


def named(state, entries):
    """Give the people and sources of a State, of whom it knows the codes, the words of now."""
    people, sources = {}, {}
    for entry in entries:
        if entry.person:
            people[entry.person.code] = entry.person
        if entry.source:
            sources[entry.source.code] = entry.source
    for rows in state.facts.values():
        for row in rows.values():
            if hasattr(row, "person"):
                row.person = people[row.person.code]
            if hasattr(row, "source"):
                row.source = sources[row.source.code]


def complaints_of(form, *others):
    """Return ``[(parameter, what is wrong)]``. Data answers no question that it knows in part."""
    known = [*form.fields, *others]
    unknown = [
        (name[:100], f"Known here: {', '.join(known)}.") for name in form.data if name not in known
    ]
    return unknown + [(name, message) for name, some in form.errors.items() for message in some]


def misread(complaints):
    names = ", ".join(dict.fromkeys(name for name, _message in complaints))
    return problem(400, "Bad Request", f"Not understood: {names}.", complaints)
