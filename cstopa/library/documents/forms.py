from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.library.documents.models import Document, Upload
from cstopa.library.documents.reading import document_in
from cstopa.library.documents.showing import particulars
from cstopa.library.file_forms import FileForm, UploadField, UploadWidget


class DocumentWidget(UploadWidget):
    template_name = "admin/widgets/document.html"
    pages = "admin:documents_document"

    @staticmethod
    def shown(upload):
        said = {"name": upload, "particulars": particulars(upload)}
        return _("Arrived: %(name)s (%(particulars)s). It is kept when this form is saved.") % said


class DocumentForm(FileForm):
    uploaded = UploadField(
        widget=DocumentWidget,
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, DOCX, ODT or XLSX, of 20 MB at most, without macros."),
    )
    says_of_file = ("uploaded", "language")
    uploads, look = Upload.objects, staticmethod(document_in)

    class Meta:
        model = Document
        fields = ()
