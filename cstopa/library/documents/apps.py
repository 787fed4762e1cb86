from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """What readers take along: the files behind the words."""

    name = "cstopa.library.documents"
    verbose_name = _("Documents")
