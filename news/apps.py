from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self):
        from cstopa.hyperlinks import inside
        from news.models import Article, ArticleDraft
        from news.old_addresses import leads_to

        changed_at = Article._meta.get_field("desk_changed_at")
        changed_at.follow(Article, "pk")
        changed_at.follow(ArticleDraft, "live_id")
        inside.register(leads_to)
        # Its own module says it to the delegations, which know no articles.
        import_module("news.readings")
