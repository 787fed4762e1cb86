from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from simple_history.signals import post_create_historical_record


class ChangesConfig(AppConfig):
    """The log of changes, which is derived from the versions of facts."""

    name = "delegations.changes"
    verbose_name = _("Log of changes")

    def ready(self):
        from delegations.changes import recording

        post_create_historical_record.connect(recording.record, dispatch_uid="changes-record")
        post_migrate.connect(
            recording.after_migrations, sender=self, dispatch_uid="changes-migrated"
        )
