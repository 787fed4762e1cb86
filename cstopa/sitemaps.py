"""The site for search engines: the map, with a language only where it exists, and robots.txt."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpResponse
from django.urls import reverse

from cstopa.addresses import absolute, languages_of
from delegations.models import Delegation, Parliament, Person
from news.models import Article, Topic
from news.teasers import teasers


class SiteMap(Sitemap):
    """A part of the map, whose addresses are those of SITE_URL."""

    i18n = True
    alternates = True

    def get_protocol(self, protocol=None):
        return settings.SITE_URL.partition("://")[0]

    def get_domain(self, site=None):
        return settings.SITE_URL.partition("://")[2]


class PageMap(SiteMap):
    """The pages that are there whatever the rows, in every language."""

    def items(self):
        return [
            "home",
            "delegations:list",
            "delegations:parliament-list",
            "delegations:person-list",
            "delegations:changes",
            "news:list",
        ]

    def location(self, item):
        return reverse(item)


class RowMap(SiteMap):
    """The pages of the rows of a model, in the languages in which a row has its name."""

    def __init__(self, model, name="name"):
        self.model = model
        self.name = name

    def items(self):
        return self.model.objects.all()

    def get_languages_for_item(self, item):
        return languages_of(item, self.name)


class ArticleMap(SiteMap):
    # A map holds 50,000 addresses, and each article has one for each language.
    newest = 20_000

    def items(self):
        return teasers(Article.objects.published()[: self.newest])

    def get_languages_for_item(self, item):
        return item.languages

    def lastmod(self, item):
        return item.updated_at


SITEMAPS = {
    "pages": PageMap,
    "delegations": RowMap(Delegation),
    "parliaments": RowMap(Parliament),
    "people": RowMap(Person, "family_name"),
    "topics": RowMap(Topic),
    "articles": ArticleMap,
}


def robots(request):
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
