"""The log of the desk: who did what, and when, of all rows that its reader may see.

It is stored nowhere: it is read from the versions of the rows, the steps of their reviews, and of
what keeps no versions, the accounts, from Django's log. Each is entered by an index, the newest first.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.days import DayField, DayInput
from cstopa.admin.labels import label
from cstopa.admin.trash import words_of
from cstopa.admin.values import versioned_fields
from cstopa.models import trash
from cstopa.models.periods import EARLIEST, LATEST, ONE_DAY, start_of
from cstopa.publishing.models import Review
from cstopa.publishing.reviewing import WithReview

SIZE = 50
# So many fields are named of those that a version changed.
MOST_NAMED = 6

ADDED, CHANGED, DELETED, REVIEWED = "added", "changed", "deleted", "reviewed"
ACTS = {
    ADDED: gettext_lazy("added or restored"),
    CHANGED: gettext_lazy("changed"),
    DELETED: gettext_lazy("deleted"),
    REVIEWED: gettext_lazy("a step of a review"),
}
TYPES = {ADDED: "+", CHANGED: "~", DELETED: "-"}
FLAGS = {ADDED: ADDITION, CHANGED: CHANGE, DELETED: DELETION}
ACT_OF_FLAG = {flag: act for act, flag in FLAGS.items()}


class LogForm(forms.Form):
    """What is looked for."""

    person = forms.ModelChoiceField(
        get_user_model().objects.none(),
        label=gettext_lazy("Who"),
        required=False,
        empty_label=gettext_lazy("all"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    act = forms.ChoiceField(
        label=gettext_lazy("What was done"),
        required=False,
        choices=[("", gettext_lazy("all")), *ACTS.items()],
    )
    day = DayField(label=gettext_lazy("Day"), required=False, widget=DayInput)

    def __init__(self, data, sources):
        super().__init__(data)
        accounts = get_user_model().objects.filter(is_staff=True)
        self.fields["person"].queryset = accounts.order_by("username")
        names = {source.model._meta.label_lower: source.kind for source in sources}
        self.fields["kind"].choices = [("", _("all")), *names.items()]


@dataclass
class Entry:
    """What somebody did: ``address`` leads to it, ``fields`` are those that it changed."""

    moment: datetime
    who: str
    act: str
    kind: str
    words: str
    address: str = ""
    fields: tuple = ()
    reason: str = ""


@dataclass(frozen=True)
class Border:
    """The entry after which a page begins."""

    moment: datetime
    name: str
    number: int

    @classmethod
    def read(cls, text):
        """Return the border that an address has, or None."""
        moment, _sign, rest = text.partition("~")
        name, _sign, number = rest.partition("~")
        try:
            border = cls(datetime.fromisoformat(moment), name, int(number))
        except ValueError:
            return None
        is_there = EARLIEST.year <= border.moment.year <= LATEST.year and border.number < 2**63
        return border if is_there and timezone.is_aware(border.moment) else None

    def __str__(self):
        return f"{self.moment.isoformat()}~{self.name}~{self.number}"

    def after(self, name, column):
        """Return the condition of the entries of a source after it: the newest first, then by name."""
        before = Q((f"{column}__lt", self.moment))
        if name > self.name:
            return Q((f"{column}__lte", self.moment))
        if name == self.name:
            return Q((f"{column}__lte", self.moment)) & (before | Q(pk__lt=self.number))
        return before


class Source:
    """Rows that say what was done, of one model. ``name`` parts the sources of a page."""

    def __init__(self, pages):
        self.pages, self.model = pages, pages.model
        self.name = f"{self.prefix} {self.model._meta.label_lower}"

    @property
    def kind(self):
        return capfirst(self.pages.opts.verbose_name_plural)

    def rows(self, asked):
        """Return the rows that answer a LogForm, or None where none can."""
        raise NotImplementedError

    def found(self, asked, border):
        """Return the names, moments and numbers of the first entries of a page."""
        rows = self.rows(asked)
        if rows is None or asked.get("kind") not in {None, "", self.model._meta.label_lower}:
            return None
        if day := asked.get("day"):
            of_day = {"gte": start_of(day), "lt": start_of(day + ONE_DAY)}
            rows = rows.filter(**{f"{self.moment}__{name}": each for name, each in of_day.items()})
        if border:
            rows = rows.filter(border.after(self.name, self.moment))
        first = rows.order_by(f"-{self.moment}", "-pk").values("pk")[: SIZE + 1]
        # In an inner query, which may have an order of its own in a union.
        found = rows.model._base_manager.order_by().filter(pk__in=Subquery(first))
        name = Value(self.name, output_field=models.CharField())
        # No model has a field of these names.
        found = found.annotate(log_source=name, log_moment=F(self.moment), log_number=F("pk"))
        return found.values_list("log_source", "log_moment", "log_number")

    def entries(self, request, numbers):
        """Return ``{number: Entry}`` of those that the reader may see."""
        raise NotImplementedError


class OfVersions(Source):
    prefix, moment = "version", "history_date"

    def rows(self, asked):
        rows = self.model.history.order_by()
        if asked.get("act"):
            kind = TYPES.get(asked["act"])
            rows = rows.filter(history_type=kind) if kind else None
        if rows is not None and asked.get("person"):
            rows = rows.filter(history_user=asked["person"])
        return rows

    def entries(self, request, numbers):
        history = self.model.history
        before = history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
        before = before.order_by("-history_id").values("history_id")[:1]
        found = history.order_by().filter(history_id__in=numbers).select_related("history_user")
        found = list(found.annotate(before=Subquery(before)))
        earlier = history.order_by().in_bulk([each.before for each in found if each.before])
        rows = [trash.row_of(version) for version in found]
        models.prefetch_related_objects(rows, *self.pages.joined)
        return {
            version.pk: self._entry(request, version, row, earlier.get(version.before))
            for version, row in zip(found, rows, strict=True)
            if self.pages.has_view_or_change_permission(request, row)
        }

    def _entry(self, request, version, row, before):
        who = version.history_user or version.history_change_reason or _("not recorded")
        where = [version.id, version.pk]
        changed = before if version.history_type == "~" else None
        return Entry(
            version.history_date,
            str(who),
            (before and self.pages.act_of(version, before)) or _usual_act(version, before),
            capfirst(self.pages.opts.verbose_name),
            words_of(row),
            reverse(admin_urlname(self.pages.opts, "simple_history"), args=where),
            tuple(_changed(self.model, version, changed)) if changed else (),
            version.reason,
        )


def _usual_act(version, before):
    if version.history_type == "+" and before:
        return _("restored")
    if version.history_change_reason == "undo":
        return _("undone")
    if version.is_correction:
        return _("corrected")
    acts = {"+": _("added"), "~": _("changed"), "-": _("deleted")}
    return acts[version.history_type]


def _changed(model, version, before):
    names = [
        str(label(field))
        for field in versioned_fields(model)
        if not field.many_to_many
        if getattr(version, field.attname) != getattr(before, field.attname)
    ]
    return [*names[:MOST_NAMED], *(["…"] if len(names) > MOST_NAMED else [])]


class OfReviews(Source):
    prefix, moment = "review", "at"

    def rows(self, asked):
        if asked.get("act") not in {None, "", REVIEWED}:
            return None
        rows = Review.objects.order_by().filter(model=self.model._meta.label_lower)
        return rows.filter(by=asked["person"]) if asked.get("person") else rows

    def entries(self, request, numbers):
        steps = list(Review.objects.filter(pk__in=numbers).select_related("by"))
        versions = self.model.history.order_by().in_bulk([step.version for step in steps])
        rows = {number: trash.row_of(version) for number, version in versions.items()}
        models.prefetch_related_objects(list(rows.values()), *self.pages.joined)
        return {
            step.pk: self._entry(step, rows[step.version])
            for step in steps
            if step.version in rows
            if self.pages.has_view_or_change_permission(request, rows[step.version])
        }

    def _entry(self, step, row):
        where = reverse(
            admin_urlname(self.pages.opts, "simple_history"), args=[row.pk, step.version]
        )
        act = _("review: %(state)s") % {"state": step.get_state_display()}
        kind = capfirst(self.pages.opts.verbose_name)
        return Entry(step.at, step.who, act, kind, words_of(row), where, (), step.comment)


class OfAccounts(Source):
    """Of what keeps no versions, Django's own log."""

    prefix, moment = "account", "action_time"

    def rows(self, asked):
        if asked.get("act") and asked["act"] not in FLAGS:
            return None
        content_type = ContentType.objects.get_for_model(self.model)
        rows = LogEntry.objects.order_by().filter(content_type=content_type)
        if asked.get("act"):
            rows = rows.filter(action_flag=FLAGS[asked["act"]])
        return rows.filter(user=asked["person"]) if asked.get("person") else rows

    def entries(self, request, numbers):
        found = LogEntry.objects.filter(pk__in=numbers).select_related("user", "content_type")
        acts = {ADDED: _("added"), CHANGED: _("changed"), DELETED: _("deleted")}
        return {
            each.pk: Entry(
                each.action_time,
                str(each.user),
                acts[ACT_OF_FLAG[each.action_flag]],
                capfirst(self.pages.opts.verbose_name),
                each.object_repr,
                each.get_admin_url() or "" if each.action_flag != DELETION else "",
                (),
                each.get_change_message() if each.action_flag == CHANGE else "",
            )
            for each in found
        }


def sources(site, request):
    """Return what the log is read from, of the models whose rows the reader may see."""
    found = []
    kept = set(trash.kinds())
    for model, pages in site._registry.items():
        if not pages.has_view_or_change_permission(request):
            continue
        if model._meta.concrete_model is not model:
            # A proxy has the versions of its model.
            continue
        found.append(OfVersions(pages) if model in kept else OfAccounts(pages))
        if model in kept and isinstance(pages, WithReview):
            found.append(OfReviews(pages))
    return found


def log_view(request):
    """Show the entries of a page, the newest first."""
    site = admin.site
    known = sources(site, request)
    if request.method not in {"GET", "HEAD"} or not known:
        raise PermissionDenied
    form = LogForm(request.GET, known)
    border = Border.read(request.GET.get("before", ""))
    found = _found(known, form.cleaned_data, border) if form.is_valid() else []
    shown, following = found[:SIZE], found[SIZE:]
    context = {
        **site.each_context(request),
        "title": _("Log of the desk"),
        "is_nav_sidebar_enabled": False,
        "form": form,
        "entries": _in_words(request, known, shown),
        "is_first": border is None,
        "first_address": _address(request, None),
        "next_address": _address(request, _border(shown[-1])) if following else "",
    }
    return TemplateResponse(request, "admin/log.html", context)


def _border(found):
    name, moment, number = found
    return Border(moment, name, number)


def _found(known, asked, border):
    arms = [each for source in known if (each := source.found(asked, border)) is not None]
    if not arms:
        return []
    first, *others = arms
    found = first.union(*others, all=True) if others else first
    return list(found.order_by("-log_moment", "log_source", "-log_number")[: SIZE + 1])


def _in_words(request, known, found):
    by_name = {source.name: source for source in known}
    entries = {}
    for name, of_source in groupby(sorted(found, key=lambda each: each[0]), lambda each: each[0]):
        numbers = [number for _name, _moment, number in of_source]
        for number, entry in by_name[name].entries(request, numbers).items():
            entries[name, number] = entry
    in_order = (entries.get((name, number)) for name, _moment, number in found)
    return [entry for entry in in_order if entry]


def _address(request, border):
    asked = {
        name: value for name, value in request.GET.items() if name in LogForm.base_fields and value
    }
    if border:
        asked["before"] = border
    return f"{reverse('admin:log')}?{urlencode(asked)}"


def register():
    admin.site.register_page("log/", log_view, name="log")
