from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CstopaConfig(AppConfig):
    """Pieces that every app uses, each in a module named for its concern."""

    name = "cstopa"
    verbose_name = _("Assembly site")
