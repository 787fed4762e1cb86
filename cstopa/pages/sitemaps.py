from cstopa.http.sitemaps import SiteMap, register
from cstopa.models.history import with_changed_at
from cstopa.pages.models import Page


class WrittenMap(SiteMap):
    def items(self):
        return with_changed_at(Page.objects.published())

    def get_languages_for_item(self, item):
        return item.complete_languages

    def lastmod(self, item):
        return item.changed_at


register("home", "open-data", written=WrittenMap())
