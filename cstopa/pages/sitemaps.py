from cstopa.http.sitemaps import PageMap, register
from cstopa.models.history import with_changed_at
from cstopa.pages.models import Page


class WrittenMap(PageMap):
    def rows(self):
        return with_changed_at(Page.objects.published())

    def languages(self, row):
        return row.complete_languages

    def changed_at(self, row):
        return row.changed_at


register("home", "open-data", maps=[WrittenMap()])
