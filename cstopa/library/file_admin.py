"""Pages of what has a file: a picture, a document."""

from http import HTTPStatus

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, JsonResponse
from django.urls import path, re_path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cstopa.admin.base import MOST_NAMED, BaseModelAdmin, by_key, in_words
from cstopa.admin.history_admin import EMPTY
from cstopa.library import files
from cstopa.library.arrived import look_into
from cstopa.library.file_versions import FileVersions
from cstopa.library.publicity import drafts_of, scheduled_with
from cstopa.library.several import TakesSeveral
from cstopa.library.used import WhereUsed
from cstopa.publishing.rights import WithRights
from cstopa.publishing.undoing import WithUndo


class FileAdmin(TakesSeveral, WhereUsed, WithRights, WithUndo, FileVersions, BaseModelAdmin):
    """Pages of a model whose ``form`` is a FileForm; what readers see, or are promised, is changed by who may publish."""

    # The column that shows the file to who may not upload another.
    file_column = None

    def name_of(self, page):
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def address_of(self, page, *keys):
        return reverse(f"admin:{self.name_of(page)}", args=keys)

    def may_upload(self, request):
        return self.admin_site.has_permission(request) and (
            self.has_add_permission(request) or self.has_change_permission(request)
        )

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or self.may_publish(request) or not obj.is_promised)

    def versions_showing(self, row):
        """Yield models of drafts and those of their versions that go public at a moment and show a row."""
        return scheduled_with(self.model, row.pk)

    def showing(self, row):
        yield from super().showing(row)
        yield from drafts_of(self.versions_showing(row))

    def get_deleted_objects(self, objs, request):
        """Let the drafts of which a version keeps a file be named beside the rows that do."""
        *others, protected = super().get_deleted_objects(objs, request)
        kept = self.model.objects.scheduled().filter(pk__in=[row.pk for row in objs])
        drafts = {
            draft
            for row in kept[:MOST_NAMED]
            for found in drafts_of(self.versions_showing(row))
            for draft in found
        }
        return (*others, [*dict.fromkeys((*protected, *in_words(by_key(drafts))))])

    def get_fieldsets(self, request, obj=None):
        """Show the file, and what it is used in, to who may not upload another."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets

        @admin.display(description=_("Used in"))
        def used_in(row):
            return self.used_in(request, row) or EMPTY

        (title, first), *others = fieldsets
        rest = [each for each in first["fields"] if each != "uploaded"]
        shown = getattr(self, self.file_column)
        return [(title, {**first, "fields": [shown, used_in, *rest]}), *others]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.account, form.may_publish = request.user, self.may_publish(request)
        form.used_in = staticmethod(lambda: obj and self.used_in(request, obj))
        return form

    def changeform_view(self, request, *args, **kwargs):
        if self.may_upload(request):
            look_into(request, self.form.look)
        return super().changeform_view(request, *args, **kwargs)

    def _changeform_view(self, *args):
        with files.gone_with_rows():
            return super()._changeform_view(*args)

    def _filled(self, request, row, version):
        form = super()._filled(request, row, version)
        # One that was replaced stays in the storage.
        if version.file != row.file.name:
            form.earlier = version
        return form

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        self.form.uploads.filter(account=request.user, file=obj.file.name).delete()

    def get_urls(self):
        file_view, version_file_view = (
            self.admin_site.admin_view(require_safe(each))
            for each in (self.file_view, self.version_file_view)
        )
        of_version = "^([^/]+)/history/([^/]+)/file/$"
        return [
            re_path(of_version, version_file_view, name=self.name_of("version_file")),
            # It leads to no sign-in: a script asks.
            path(
                "upload/", never_cache(require_POST(self.upload_view)), name=self.name_of("upload")
            ),
            path("<path:object_id>/file/", file_view, name=self.name_of("file")),
            *super().get_urls(),
        ]

    def upload_view(self, request):
        """Keep a file that a script of the form sends, ``{"token", "name", "shown"}``, or ``{"error"}``."""
        if not self.may_upload(request):
            sentence = _("You may not write here. Perhaps you were signed out.")
            return JsonResponse({"error": sentence}, status=HTTPStatus.FORBIDDEN)
        try:
            found = self.form.look(request.body)
            with files.gone_with_rows(), transaction.atomic():
                kept = self.form.uploads.keep(request.user, found, request.GET.get("name", ""))
        except ValidationError as error:
            sentence = " ".join(error.messages)
            return JsonResponse({"error": sentence}, status=HTTPStatus.BAD_REQUEST)
        shown = self.form.base_fields["uploaded"].widget.shown(kept)
        return JsonResponse({"token": kept.token, "name": str(kept), "shown": shown})

    def file_view(self, request, object_id):
        """Answer with the file of a row, for who may see it at the desk."""
        row = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        if row is None:
            raise Http404
        return self.answer(request, row)

    def answer(self, request, row):
        return files.answer(row.file.name)
