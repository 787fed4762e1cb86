from django.apps import AppConfig
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "news.archive"
    verbose_name = _("Archive")

    def ready(self):
        from news.archive import counts, listings
        from news.models import Article

        counts.follow(Article)
        listings.follow(Article)
        post_migrate.connect(_migrated, sender=self, dispatch_uid="archive-migrated")


def _migrated(using, plan=(), **_kwargs):
    """Fill the lists of a database that had none, once everything is migrated."""
    from news.archive import listings
    from news.models import Article

    if any(migration.app_label == "archive" for migration, _backwards in plan):
        executor = MigrationExecutor(connections[using])
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            listings.rebuild(Article)
