from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The search index, which is derived from other rows."""

    name = "cstopa.search"
    verbose_name = _("Search")

    def ready(self):
        from cstopa.search import index

        index.follow()
