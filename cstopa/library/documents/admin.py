from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy

from cstopa.admin.first_page import ADD
from cstopa.admin.groups import EDITOR, EVERYTHING, KEEPER, PUBLISHER, READ_AND_WRITE, WRITER
from cstopa.admin.labels import by_language
from cstopa.library.documents.forms import DocumentForm
from cstopa.library.documents.models import Document
from cstopa.library.documents.showing import particulars
from cstopa.library.documents.views import answer
from cstopa.library.file_admin import FileAdmin


@admin.register(Document)
class DocumentAdmin(FileAdmin):
    """Documents are for everyone at the desk."""

    granted = {
        KEEPER: READ_AND_WRITE,
        WRITER: READ_AND_WRITE,
        EDITOR: READ_AND_WRITE,
        PUBLISHER: (*EVERYTHING, "publish"),
    }
    tasks = ((gettext_lazy("Add documents"), ADD),)
    form = DocumentForm
    file_column = "what_it_is"
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

    def file_in_words(self, row, address):
        return ", ".join((row.get_kind_display(), filesizeformat(row.size)))

    def get_public_address(self, obj):
        return obj.get_absolute_url() if obj.is_public else None

    def answer(self, request, row):
        return answer(request, row)
