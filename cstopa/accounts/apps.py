from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """How the people of the desk come in; who they are and what each may do is Django's ``auth``."""

    name = "cstopa.accounts"
    verbose_name = _("Accounts")
