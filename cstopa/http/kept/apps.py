from django.apps import AppConfig
from django.core.signals import request_finished, request_started
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class KeptConfig(AppConfig):
    """The version of the site, which each write of anything public raises."""

    name = "cstopa.http.kept"
    verbose_name = "version of the site"

    def ready(self):
        from cstopa.http.kept.version import after_migrations, begun, ended

        request_started.connect(begun, dispatch_uid="kept-begun")
        request_finished.connect(ended, dispatch_uid="kept-ended")
        post_migrate.connect(after_migrations, sender=self, dispatch_uid="kept-migrated")
        # Each app says in its ``moments.py`` when its pages change by themselves.
        autodiscover_modules("moments")
