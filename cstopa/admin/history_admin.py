"""Versions at the desk: who changed what and when, what a version said, and in what two differ."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import display_for_value, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import yesno
from django.template.response import TemplateResponse
from django.urls import re_path, reverse
from django.utils.safestring import mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import DeletedObject
from simple_history.template_utils import HistoricalRecordContextHelper

from cstopa.accounts.zones import when
from cstopa.admin.labels import label
from cstopa.admin.values import (
    changed_value,
    in_words,
    row_in_words,
    value_of,
    versioned_fields,
)
from cstopa.models.partial_dates import is_exact
from cstopa.models.periods import day_in_words

EMPTY = "–"
# In the list of versions: of longer texts it is not looked for what changed, of others so much shown.
LONG, SHOWN_WORDS = 40_000, 60
BROUGHT_BACK = "bring back"
# Reasons of versions that say what was done.
ACTS = {"undo": gettext_lazy("undone"), BROUGHT_BACK: gettext_lazy("brought back")}


class ChangeInWords(HistoricalRecordContextHelper):
    """A change as the form names it: with the language, and days and choices in words."""

    def context_for_delta_changes(self, delta):
        found = super().context_for_delta_changes(delta)
        return [
            words | {"marked": self._marked(change)}
            for words, change in zip(found, delta.changes, strict=True)
        ]

    def _marked(self, change):
        """Return what changed in a text, with marks; nothing for any other value."""
        field = self.model._meta.get_field(change.field)
        if not isinstance(field, models.TextField):
            return ""
        if len(change.old) + len(change.new) > LONG:
            return _("a long text: compare the two versions")
        html = changed_value(field, change.old, change.new, around=0)
        return mark_safe(Truncator(html).words(SHOWN_WORDS, html=True))

    def prepare_delta_change_value(self, change, value):
        field = self.model._meta.get_field(change.field)
        if not is_exact(value):
            return day_in_words(value)
        if field.is_relation:
            found = super().prepare_delta_change_value(change, value)
            if field.many_to_many:
                return ", ".join(str(_named(row)) for row in found) or EMPTY
            return _named(found)
        if isinstance(value, bool):
            return yesno(value)
        return display_for_value(dict(field.flatchoices).get(value, value), EMPTY)

    def format_delta_change(self, change):
        words = super().format_delta_change(change)
        return replace(words, field=label(self.model._meta.get_field(change.field)))


class VersionsAdmin(SimpleHistoryAdmin):
    """The pages of versions. Each asks whether its reader may see the row, and what it was then."""

    object_history_form_template = "admin/version.html"
    history_list_per_page = 25

    def get_urls(self):
        view = self.admin_site.admin_view(self.compare_view)
        name = admin_urlname(self.opts, "compare").removeprefix("admin:")
        return [re_path("^([^/]+)/history/compare/$", view, name=name), *super().get_urls()]

    def _key(self, request, model, key):
        # First of all: whether there is such a row is not for everybody to know either.
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        given = unquote(key)
        try:
            value = model._meta.pk.to_python(given)
        except ValidationError as error:
            raise Http404 from error
        # Python also reads a number among spaces, which no address of the desk has.
        if str(value) != given:
            raise Http404
        return value

    def _only_reading(self, request):
        if request.method not in {"GET", "HEAD"}:
            raise PermissionDenied

    def version_of(self, request, key, number):
        """Return a version by the keys of an address; 404 where there is none."""
        versions = self.model.history
        return get_object_or_404(
            with_restored(versions.select_related("history_user")),
            id=self._key(request, self.model, key),
            history_id=self._key(request, versions.model, number),
        )

    def seen_by(self, request, key, *versions):
        """Return the row, or what it was when it was deleted, and whether it is there.

        PermissionDenied where its reader may not see it, or what it was in one of the versions.
        """
        key = self._key(request, self.model, key)
        row = self.get_queryset(request).filter(pk=key).first()
        is_there = row is not None
        if not is_there:
            if self.model._base_manager.filter(pk=key).exists():
                raise PermissionDenied
            newest = self.model.history.filter(id=key).order_by("-pk").first()
            if newest is None:
                raise Http404
            row = newest.instance
        for each in (row, *(version.instance for version in versions)):
            if not self.has_view_or_change_permission(request, each):
                raise PermissionDenied
        return row, is_there

    def act_of(self, version, before):
        """Return in words what a version did, beside the one ``before`` or None, if it is more than a change."""
        return ""

    def act_shown(self, version, before):
        """Return in words what a version did where its history has no word for it, else ""."""
        act = self.act_of(version, before) or ACTS.get(version.history_change_reason, "")
        return capfirst(act)

    def made_public(self, versions):
        """Return those of the versions by which somebody made a row public, or None where there are none."""
        return None

    def history_view(self, request, object_id, extra_context=None):
        self._only_reading(request)
        row, is_there = self.seen_by(request, object_id)
        context = self._context(request, object_id, row, is_there)
        context |= {"words": row_in_words(row), **(extra_context or {})}
        return super().history_view(request, object_id, context)

    def get_history_queryset(self, request, history_manager, pk_name, object_id):
        # simple-history joins "no relations" in a way that Django is about to drop.
        relations = [
            field.name for field in history_manager.model.tracked_fields if field.is_relation
        ]
        versions = history_manager.filter(**{pk_name: object_id})
        return with_restored(versions.select_related("history_user", *relations))

    def history_view_title(self, request, obj):
        return _("History: %(row)s") % {"row": row_in_words(obj)}

    def set_history_delta_changes(self, request, versions, **options):
        super().set_history_delta_changes(request, versions, **options)
        shown = list(versions)
        if not shown:
            return
        # The one before the last of the page is on the next.
        earlier = self.model.history.filter(id=shown[-1].id, pk__lt=shown[-1].pk)
        before_all = [*shown[1:], earlier.order_by("-pk").first()]
        for version, before in zip(shown, before_all, strict=True):
            version.act = self.act_shown(version, before)

    def get_historical_record_context_helper(self, request, historical_record):
        return ChangeInWords(self.model, historical_record)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        self._only_reading(request)
        version = self.version_of(request, object_id, version_id)
        row, is_there = self.seen_by(request, object_id, version)
        others = self.model.history.filter(id=version.id).order_by("-pk")
        before = others.filter(pk__lt=version.pk).first()
        version.act = self.act_shown(version, before)
        context = {
            **self._context(request, object_id, row, is_there),
            "title": row_in_words(version.instance),
            "subtitle": _("Version of %(moment)s") % {"moment": moment_of(version)},
            "version": version,
            "before": before,
            "is_newest": not others.filter(pk__gt=version.pk).exists(),
            "values": [
                (label(field), self.shown_value(field, version, before))
                for field in versioned_fields(self.model)
            ],
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_form_template, context)

    def _context(self, request, object_id, row, is_there):
        may_change = is_there and self.may_bring_back(request, row)
        context = {"opts": self.opts, "object_id": object_id, "may_bring_back": may_change}
        return self.admin_site.each_context(request) | context

    def compare_view(self, request, object_id):
        """Show in what two versions differ, of which the address says ``?from=`` and ``?to=``."""
        self._only_reading(request)
        self.seen_by(request, object_id)
        numbers = [request.GET.get(name, "") for name in ("from", "to")]
        if "" in numbers or len({*numbers}) == 1:
            messages.warning(request, _("Choose two versions to compare."))
            address = reverse(admin_urlname(self.opts, "history"), args=[object_id])
            return HttpResponseRedirect(address)
        versions = [self.version_of(request, object_id, number) for number in numbers]
        row, is_there = self.seen_by(request, object_id, *versions)
        old, new = sorted(versions, key=lambda version: version.pk)
        newest = self.model.history.filter(id=old.id).order_by("-pk").first()
        for version in versions:
            before = self.model.history.filter(id=old.id, pk__lt=version.pk).order_by("-pk")
            version.act = self.act_shown(version, before.first())
        context = {
            **self._context(request, object_id, row, is_there),
            "title": row_in_words(new.instance),
            "subtitle": _("Two versions compared"),
            "versions": [(version, version == newest) for version in (old, new)],
            "changes": [
                (label(field), self.compared_value(field, old, new))
                for field in versioned_fields(self.model)
                if in_words(field, value_of(old, field)) != in_words(field, value_of(new, field))
            ],
        }
        return TemplateResponse(request, "admin/versions_compared.html", context)

    def shown_value(self, field, version, before):
        """Return a value of a version, with what changed in it since the one before, if there is one."""
        value = value_of(version, field)
        old = value_of(before, field) if before else value
        words = in_words(field, value)
        if isinstance(field, models.TextField) and words:
            return changed_value(field, old, value)
        is_same = in_words(field, old) == words
        return words or EMPTY if is_same else changed_value(field, old, value)

    def compared_value(self, field, old, new):
        """Return the value of a version, with what another had instead."""
        return changed_value(field, value_of(old, field), value_of(new, field), around=1)


def _named(row):
    """Return a row as a change names it: simple-history takes what was empty for deleted, too."""
    if isinstance(row, DeletedObject):
        return EMPTY if row.pk is None else _("deleted since")
    return row


def with_restored(versions):
    """Return the versions, each with ``is_restored``: whether the row was there before it was made."""
    earlier = versions.model.objects.filter(
        id=OuterRef("id"), history_id__lt=OuterRef("history_id")
    )
    return versions.annotate(is_restored=Q(history_type="+") & Exists(earlier.order_by()))


def moment_of(version):
    """Return when a version was made, to the second: several saves may be of one minute."""
    return when(version.history_date, seconds=True)
