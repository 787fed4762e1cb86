from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cstopa.admin.base import BaseModelAdmin
from cstopa.admin.first_page import ADD
from cstopa.admin.groups import EDITOR, EVERYTHING, KEEPER, PUBLISHER, READ_AND_WRITE, WRITER
from cstopa.admin.history_admin import EMPTY
from cstopa.admin.labels import by_language
from cstopa.library.arrived import TakesFile
from cstopa.library.documents.forms import DocumentForm, look
from cstopa.library.documents.models import Document, Upload
from cstopa.library.documents.showing import particulars
from cstopa.library.documents.views import answer
from cstopa.library.used import WhereUsed
from cstopa.publishing.rights import WithRights


@admin.register(Document)
class DocumentAdmin(TakesFile, WhereUsed, WithRights, BaseModelAdmin):
    """Documents are for everyone at the desk; what readers see is changed by who may publish."""

    granted = {
        KEEPER: READ_AND_WRITE,
        WRITER: READ_AND_WRITE,
        EDITOR: READ_AND_WRITE,
        PUBLISHER: (*EVERYTHING, "publish"),
    }
    tasks = ((gettext_lazy("Add a document"), ADD),)
    form = DocumentForm
    look = staticmethod(look)
    list_display = ("__str__", "what_it_is", "code")
    list_filter = ("kind", "language")
    search_fields = ("code",)
    fieldsets = [
        (None, {"fields": ["uploaded", "language"]}),
        *by_language("title"),
        (None, {"fields": ["code"]}),
    ]

    @admin.display(description=gettext_lazy("file"))
    def what_it_is(self, obj):
        return particulars(obj)

    def get_fieldsets(self, request, obj=None):
        """Show the use of a document to who may not upload another."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets

        @admin.display(description=_("Used in"))
        def used_in(row):
            return self.used_in(request, row) or EMPTY

        (title, first), *others = fieldsets
        rest = [each for each in first["fields"] if each != "uploaded"]
        return [(title, {**first, "fields": [self.what_it_is, used_in, *rest]}), *others]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.account = request.user
        form.used_in = staticmethod(lambda: obj and self.used_in(request, obj))
        return form

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or self.may_publish(request) or not obj.is_public)

    def get_public_address(self, obj):
        return obj.get_absolute_url() if obj.is_public else None

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        Upload.objects.filter(account=request.user, file=obj.file.name).delete()

    def get_urls(self):
        return [
            path(
                "<path:object_id>/file/",
                self.admin_site.admin_view(require_safe(self.file_view)),
                name="documents_document_file",
            ),
            *super().get_urls(),
        ]

    def file_view(self, request, object_id):
        """Answer with a document, for who may see it at the desk."""
        document = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, document):
            raise PermissionDenied
        if document is None:
            raise Http404
        return answer(request, document)
