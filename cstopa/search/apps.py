from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The search index, which is derived from other rows."""

    name = "cstopa.search"
    verbose_name = _("Search")

    def ready(self):
        from cstopa.search import index
        from cstopa.search.checks import has_full_text_search

        checks.register(has_full_text_search)
        index.follow()
        # Each app says in its ``search.py`` what readers find of it.
        autodiscover_modules("search")
