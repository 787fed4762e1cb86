"""What the log of the desk is read from: versions of rows and steps of reviews; accounts stand beside it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.db import models
from django.db.models import F, OuterRef, Subquery, Value
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.accounts.zones import own_start_of
from cstopa.admin.history_admin import ACTS as BY_REASON
from cstopa.admin.labels import label
from cstopa.admin.trash import words_of
from cstopa.admin.values import versioned_fields
from cstopa.models import trash
from cstopa.models.periods import ONE_DAY
from cstopa.publishing.models import Review

SIZE = 50
# So many fields are named of those that a version changed.
MOST_NAMED = 6

ADDED, CHANGED, DELETED = "added", "changed", "deleted"
PUBLISHED, REVIEWED = "published", "reviewed"
ACTS = {
    ADDED: gettext_lazy("added or restored"),
    CHANGED: gettext_lazy("changed"),
    DELETED: gettext_lazy("deleted"),
    PUBLISHED: gettext_lazy("made public"),
    REVIEWED: gettext_lazy("a step of a review"),
}
TYPES = {ADDED: "+", CHANGED: "~", DELETED: "-"}


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


class Source:
    """Rows that say what was done, of one model. ``name`` parts the sources of a page."""

    def __init__(self, pages):
        self.pages, self.model = pages, pages.model
        self.name = f"{self.prefix} {self.model._meta.label_lower}"

    @property
    def kind(self):
        return capfirst(self.pages.opts.verbose_name_plural)

    def by(self, account):
        """Return the rows of what an account did."""
        raise NotImplementedError

    def rows(self, asked):
        """Return the rows that answer a LogForm, or None where none can."""
        raise NotImplementedError

    def found(self, asked, border):
        """Return the names, moments and numbers of the first entries of a page."""
        rows = self.rows(asked)
        if rows is None or asked.get("kind") not in {None, "", self.model._meta.label_lower}:
            return None
        if day := asked.get("day"):
            of_day = {"gte": own_start_of(day), "lt": own_start_of(day + ONE_DAY)}
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

    def by(self, account):
        return self.model.history.order_by().filter(history_user=account)

    def rows(self, asked):
        rows = self.model.history.order_by()
        if asked.get("act") == PUBLISHED:
            rows = self.pages.made_public(rows)
        elif asked.get("act"):
            kind = TYPES.get(asked["act"])
            rows = rows.filter(history_type=kind) if kind else None
        if rows is not None and asked.get("person"):
            rows = rows.filter(history_user=asked["person"])
        if asked.get("others_than"):
            rows = rows.exclude(history_user=asked["others_than"])
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
        who = version.history_user or version.history_change_reason or _("author not recorded")
        where = [version.id, version.pk]
        changed = before if version.history_type == "~" else None
        return Entry(
            version.history_date,
            str(who),
            self.pages.act_of(version, before) or _usual_act(version, before),
            capfirst(self.pages.opts.verbose_name),
            words_of(row),
            reverse(admin_urlname(self.pages.opts, "simple_history"), args=where),
            tuple(_changed(self.model, version, changed)) if changed else (),
            version.reason_in_words,
        )


def _usual_act(version, before):
    if version.history_type == "+" and before:
        return _("restored")
    if act := BY_REASON.get(version.history_change_reason):
        return str(act)
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

    @property
    def _all(self):
        return Review.objects.order_by().filter(model=self.model._meta.label_lower)

    def by(self, account):
        return self._all.filter(by=account)

    def rows(self, asked):
        if asked.get("act") not in {None, "", REVIEWED}:
            return None
        return self.by(asked["person"]) if asked.get("person") else self._all

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
