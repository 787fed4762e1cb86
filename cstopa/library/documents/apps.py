from django.apps import AppConfig
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """What readers take along: the files behind the words."""

    name = "cstopa.library.documents"
    verbose_name = _("Documents")

    def ready(self):
        # Its words repeat the file, whatever writes it: the desk, a restored row, a fixture.
        from cstopa.library.documents import finding
        from cstopa.library.documents.models import Document

        post_save.connect(finding.read_later, Document, dispatch_uid="read-document")
