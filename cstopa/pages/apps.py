from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WrittenConfig(AppConfig):
    """The pages that are texts of editors: about, contacts, accessibility, privacy."""

    name = "cstopa.pages"
    # The name of its tables and of its addresses at the desk.
    label = "written"
    verbose_name = _("Pages of the site")
