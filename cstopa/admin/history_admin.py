"""Versions at the desk: who changed what and when, and what a version said."""

from dataclasses import replace

from django.contrib.admin.utils import display_for_field, display_for_value, unquote
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import yesno
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from cstopa.admin.labels import label
from cstopa.admin.values import row_in_words
from cstopa.models.partial_dates import PartialDateField, PrecisionField, is_exact
from cstopa.models.periods import day_in_words

EMPTY = "–"


class ChangeInWords(HistoricalRecordContextHelper):
    """A change as the form names it: with the language, and days and choices in words."""

    def prepare_delta_change_value(self, change, value):
        field = self.model._meta.get_field(change.field)
        if not is_exact(value):
            return day_in_words(value)
        if field.is_relation and value is not None:
            return super().prepare_delta_change_value(change, value)
        if isinstance(value, bool):
            return yesno(value)
        return display_for_value(dict(field.flatchoices).get(value, value), EMPTY)

    def format_delta_change(self, change):
        words = super().format_delta_change(change)
        return replace(words, field=label(self.model._meta.get_field(change.field)))


class VersionsAdmin(SimpleHistoryAdmin):
    """Versions are read here. Nothing is put back from a form of an old one."""

    object_history_form_template = "admin/version.html"

    def _key(self, request, model, key):
        # First of all: whether there is such a row is not for everybody to know either.
        if request.method not in {"GET", "HEAD"} or not self.has_view_or_change_permission(request):
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

    def history_view(self, request, object_id, extra_context=None):
        self._key(request, self.model, object_id)
        return super().history_view(request, object_id, extra_context)

    def get_history_queryset(self, request, history_manager, pk_name, object_id):
        # simple-history joins "no relations" in a way that Django is about to drop.
        relations = [
            field.name for field in history_manager.model.tracked_fields if field.is_relation
        ]
        return history_manager.filter(**{pk_name: object_id}).select_related(
            "history_user", *relations
        )

    def history_view_title(self, request, obj):
        return _("History: %(row)s") % {"row": row_in_words(obj)}

    def get_historical_record_context_helper(self, request, historical_record):
        return ChangeInWords(self.model, historical_record)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        versions = self.model.history
        version = get_object_or_404(
            versions.select_related("history_user"),
            id=self._key(request, self.model, object_id),
            history_id=self._key(request, versions.model, version_id),
        )
        if not self.has_view_or_change_permission(request, version.instance):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": row_in_words(version.instance),
            "subtitle": _("Version of %(moment)s")
            % {"moment": display_for_value(version.history_date, "")},
            "version": version,
            "values": [
                (label(field), self._value(version, field))
                for field in (*version.tracked_fields, *version._history_m2m_fields)
                if not field.primary_key and not isinstance(field, PrecisionField)
            ],
            "opts": self.opts,
            "object_id": object_id,
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_form_template, context)

    def _value(self, version, field):
        if field.many_to_many:
            name = field.m2m_reverse_field_name()
            rows = getattr(version, field.name).select_related(name)
            return ", ".join(row_in_words(getattr(row, name)) for row in rows)
        try:
            value = getattr(version, field.name)
        except ObjectDoesNotExist:
            return _("deleted since")
        if isinstance(field, PartialDateField):
            value = field.value_from_object(version)
        if not is_exact(value):
            return day_in_words(value)
        return display_for_field(value, field, self.get_empty_value_display())
