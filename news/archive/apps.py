from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchiveConfig(AppConfig):
    name = "news.archive"
    verbose_name = _("Archive")

    def ready(self):
        from news.archive.counts import follow
        from news.models import Article

        follow(Article)
