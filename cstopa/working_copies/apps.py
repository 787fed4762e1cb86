from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkingCopiesConfig(AppConfig):
    """Texts that were written at the desk and not saved."""

    name = "cstopa.working_copies"
    label = "working_copies"
    verbose_name = _("Working copies")
