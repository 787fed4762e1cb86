from cstopa.http.sitemaps import SiteMap, register
from cstopa.pages.models import Page


class WrittenMap(SiteMap):
    def items(self):
        return Page.objects.published().with_last_change()

    def get_languages_for_item(self, item):
        return item.complete_languages

    def lastmod(self, item):
        return item.last_changed


register("home", "open-data", written=WrittenMap())
