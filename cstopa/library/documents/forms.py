"""The form of a document, whose file is kept as soon as it arrived."""

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cstopa.library.arrived import FileForm, found_in
from cstopa.library.documents.models import Document, Upload
from cstopa.library.documents.reading import LARGEST, kind_in, refused
from cstopa.library.documents.showing import particulars

FILE = "_file"


class DocumentWidget(forms.Widget):
    """A file that is chosen, and the token of one that arrived before."""

    template_name = "admin/widgets/document.html"
    needs_multipart_form = True
    # Of the page: the document that there is, and the upload that stands for the next.
    document = upload = None

    def value_from_datadict(self, data, files, name):
        return files.get(name + FILE), data.get(name, "")

    def value_omitted_from_data(self, data, files, name):
        return name not in data and name + FILE not in files

    def render(self, name, value, attrs=None, renderer=None):
        document = self.document
        context = self.get_context(name, None, attrs) | {
            "file_name": name + FILE,
            "upload": self.upload,
            "document": document,
            "address": document and document_address(document),
            "particulars": document and particulars(document),
        }
        return render_to_string(self.template_name, context)


def document_address(document):
    return reverse("admin:documents_document_file", args=[document.pk])


class DocumentField(forms.Field):
    widget = DocumentWidget

    def has_changed(self, initial, data):
        file, token = data or (None, "")
        return bool(file or token)


class DocumentForm(FileForm):
    """A document; of an upload, it becomes the document of it."""

    uploaded = DocumentField(label=_("File"), required=False)
    of_file = ("file", "kind", "size")
    # Whose uploads they are: its class is made for each request.
    account = None

    @staticmethod
    def used_in():
        return ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("uploaded"):
            field.widget.document = self.instance if self.instance.pk else None
            field.help_text = _("PDF, DOCX, ODT or XLSX, of 20 MB at most, without macros.")
            if used := self.used_in():
                words = _("Used in: {links}.")
                field.help_text = format_html(
                    "{} {}", field.help_text, format_html(words, links=used)
                )

    def clean_uploaded(self):
        """Return the Upload, None where a document stays as it is."""
        file, token = self.cleaned_data["uploaded"]
        widget = self.fields["uploaded"].widget
        # The form that comes back with an error has what arrived, also where another file is refused.
        widget.upload = upload = Upload.objects.sent(self.account, token)
        if file:
            content, kind = found_in(file, look)
            widget.upload = upload = Upload.objects.keep(self.account, content, kind, file.name)
        elif token and upload is None:
            raise ValidationError(_("The document is not here any more: choose it anew."))
        elif not token and not self.instance.pk:
            raise ValidationError(_("Choose a document."), code="required")
        return upload

    class Meta:
        model = Document
        fields = ()


def look(file):
    """Return the bytes of an uploaded file and of which kind they are."""
    content = read(file)
    return content, kind_in(content)


def read(file):
    """Return the bytes of an uploaded file; ValidationError, before they are read, where it is too large."""
    if file.size > LARGEST:
        raise refused("too_large")
    return file.read()
