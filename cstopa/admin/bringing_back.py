"""An earlier version of a row is brought back: as a new version, by the form's own rules."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import flatten_fieldsets, quote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import re_path, reverse
from django.utils.translation import gettext as _

from cstopa.admin.collisions import tried_again, why_put_off
from cstopa.admin.history_admin import BROUGHT_BACK, moment_of
from cstopa.admin.merges import put_into, sent_by
from cstopa.admin.values import form_values
from cstopa.models.written import recording


def _put_off(admin, request, object_id, version_id):
    messages.error(request, why_put_off())
    address = reverse(admin_urlname(admin.opts, "simple_history"), args=[object_id, version_id])
    return HttpResponseRedirect(address)


class BringBackMixin:
    """Brings back a version of a row that its user may change.

    ``not_brought_back`` names the fields that stay as they are. The form knows that it
    ``is_brought_back``: of what has all been on record it need not ask. Where it asks more than that,
    ``brings_back_in_form`` leaves the rest to its user.
    """

    not_brought_back = ()
    brings_back_in_form = False

    def get_urls(self):
        view = self.admin_site.admin_view(self.bring_back_view)
        name = admin_urlname(self.opts, "bring_back").removeprefix("admin:")
        pattern = "^([^/]+)/history/([^/]+)/bring-back/$"
        return [re_path(pattern, view, name=name), *super().get_urls()]

    @tried_again(_put_off)
    @transaction.atomic
    def bring_back_view(self, request, object_id, version_id):
        # First of all: whether there is such a row is not for everybody to know either.
        if request.method != "POST" or not self.may_bring_back(request):
            raise PermissionDenied
        version = self.version_of(request, object_id, version_id)
        row = self.get_object(request, str(version.id))
        if row is None:
            raise Http404
        self.seen_by(request, object_id, version)
        if not self.may_bring_back(request, row):
            raise PermissionDenied
        return self.bring_back(request, row, version)

    def may_bring_back(self, request, row=None):
        return self.has_change_permission(request, row)

    def bring_back(self, request, row, version):
        """Write a row as it was in a version; where that is refused, open its form with it."""
        address = reverse(admin_urlname(self.opts, "change"), args=[quote(row.pk)])
        in_form = HttpResponseRedirect(f"{address}?version={version.pk}")
        if self.brings_back_in_form:
            return in_form
        form = self._filled(request, row, version)
        words = {"moment": moment_of(version)}
        if not form.has_changed():
            messages.info(
                request, _("What is on record says what the version of %(moment)s said.") % words
            )
        elif not form.is_valid():
            messages.error(
                request, _("The version of %(moment)s cannot be brought back as it is.") % words
            )
            for name, errors in form.errors.items():
                label = f"{form[name].label}: " if name in form.fields else ""
                for error in errors:
                    messages.error(request, f"{label}{error}")
            return in_form
        else:
            with recording():
                saved = self.save_form(request, form, change=True)
                saved._change_reason = BROUGHT_BACK
                self.save_model(request, saved, form, change=True)
                self.save_related(request, form, [], change=True)
                self.log_change(request, saved, self.construct_change_message(request, form, []))
                text = _("The version of %(moment)s is back, as a new version.") % words
                messages.success(request, self.with_way_back(request, text))
        return HttpResponseRedirect(address)

    def _filled(self, request, row, version):
        """Return the form as its user would send it who had typed in what the version says."""
        fields = flatten_fieldsets(self.get_fieldsets(request, row))
        form = self.get_form(request, row, change=True, fields=fields)
        now, shown = form(instance=row), shown_as(form, version)
        data = QueryDict(mutable=True)
        for name in now.fields:
            put_into(data, sent_by(shown if name in self._brought_back(form) else now, name))
        form.is_brought_back = True
        return form(data, instance=row)

    def _brought_back(self, form):
        """Return the names of the fields of a form that a version says."""
        rows = self.opts
        names = {field.name for field in (*rows.concrete_fields, *rows.many_to_many)}
        return (names & form.base_fields.keys()) - {*self.not_brought_back}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if number := self.version_in_form(request, obj):
            version = self.version_of(request, str(obj.pk), number)
            self.seen_by(request, str(obj.pk), version)
            initial = shown_as(form, version).initial
            form.brought_back = {
                name: initial[name] for name in self._brought_back(form) if name in initial
            }
        return form

    def version_in_form(self, request, obj):
        """Return the number of the version with which a form of a row is to be opened, or nothing."""
        return obj and request.method == "GET" and request.GET.get("version")

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if number := self.version_in_form(request, obj):
            context["version_in_form"] = self.version_of(request, str(obj.pk), number)
        return super().render_change_form(request, context, add, change, form_url, obj)


def shown_as(form, version):
    """Return a form, unbound, as it shows a version."""
    return form(instance=version.instance, initial=form_values(version))
