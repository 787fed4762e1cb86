from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.db.models import fields
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DeskConfig(AdminConfig):
    """Django's admin, with the Assembly's desk as its site."""

    default_site = "cstopa.admin.site.Desk"

    def ready(self):
        super().ready()
        # Its models are there only now.
        from allauth.account.models import EmailAddress
        from allauth.mfa.models import Authenticator
        from django_tasks_db.models import DBTaskResult

        from cstopa.admin import (
            accounts,
            days,
            desk_log,
            desk_search,
            edit_page,
            first_page,
            groups,
            guide,
            pasting,
            trash,
        )
        from cstopa.publishing import calendar, live, moving, undoing, waiting

        # What is done beside the requests is nobody's work at the desk.
        admin.site.unregister(DBTaskResult)
        # A second factor has pages of its own, which show no secret; the addresses are those of accounts.
        admin.site.unregister([Authenticator, EmailAddress])
        accounts.register()
        desk_search.register()
        edit_page.register()
        pasting.register()
        undoing.register()
        moving.register()
        # The order of the sections of the first page, and of the pages to which it leads.
        first_page.register()
        waiting.register()
        calendar.register()
        live.register()
        desk_log.register()
        trash.register()
        guide.register()
        admin.site.register_page("in-words/", days.meaning, name="in-words")
        post_migrate.connect(groups.grant, dispatch_uid="groups-of-the-desk")
        # Django's own label is not translated.
        fields.BLANK_CHOICE_LABEL = _("– choose –")
