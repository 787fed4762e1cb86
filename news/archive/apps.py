from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from cstopa.models.migrated import has_migrated


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

    if has_migrated({"archive"}, plan, using):
        listings.rebuild(Article)
