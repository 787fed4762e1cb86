"""The site for search engines: maps, with a language only where it exists, and robots.txt."""

import datetime as dt

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from cstopa.http.addresses import absolute, languages_of
from cstopa.http.etags import conditional_get
from cstopa.http.feeds import printable
from cstopa.pages.models import Page
from delegations.models import Delegation, Parliament, Person
from news.archive.counts import after, between, public_years
from news.models import Article, Topic
from news.teasers import Teaser, teasers, without_bodies

XML = "application/xml; charset=utf-8"
# What one file may hold: 50,000 addresses, and each article has one for each language.
ARTICLES = 25_000
# What a map of the latest news may hold, and how old they are at most.
LATEST, AGE = 1_000, dt.timedelta(days=2)


class SiteMap(Sitemap):
    """A part of a map, whose addresses are those of SITE_URL."""

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
            "open-data",
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


class WrittenMap(SiteMap):
    def items(self):
        return Page.objects.published().with_last_change()

    def get_languages_for_item(self, item):
        return item.complete_languages

    def lastmod(self, item):
        return item.last_changed


class ArticleMap(SiteMap):
    """The pages of articles, given as Teasers."""

    def __init__(self, articles):
        self.articles = articles

    def items(self):
        return self.articles

    def get_languages_for_item(self, item):
        return item.languages

    def lastmod(self, item):
        return item.updated_at


FACTS = {
    "pages": PageMap,
    "written": WrittenMap,
    "delegations": RowMap(Delegation),
    "parliaments": RowMap(Parliament),
    "people": RowMap(Person, "family_name"),
    "topics": RowMap(Topic),
}


@require_safe
@conditional_get
def index(request):
    """One map of the facts and one of each month that has public articles.

    It has no moments of change: to know them, every version of every article would be read. A map
    that has not changed answers so.
    """
    months = [month for year in public_years(Article.objects) for month, _number in year.months]
    found = [
        reverse("sitemap-facts"),
        *(reverse("sitemap-month", args=[month.year, month.month]) for month in months),
    ]
    maps = [{"location": absolute(path)} for path in found]
    return render(request, "sitemap_index.xml", {"sitemaps": maps}, content_type=XML)


@require_safe
@conditional_get
def facts(request):
    return sitemap(request, FACTS, content_type=XML)


@require_safe
@conditional_get
def of_month(request, year, month):
    first_day = dt.date(year, month, 1)
    published = Article.objects.published().filter(**between(first_day, after(first_day)))
    articles = teasers(published[:ARTICLES])
    if not articles:
        raise Http404
    return sitemap(request, {"articles": ArticleMap(articles)}, content_type=XML)


@require_safe
@conditional_get
def latest(request):
    """The articles of the last two days, once for each language in which they are whole."""
    since = timezone.now() - AGE
    articles = without_bodies(Article.objects.published().filter(published_at__gte=since))
    entries = []
    for article in articles[: LATEST // len(settings.LANGUAGES)]:
        for language in Teaser(article).languages:
            with translation.override(language):
                entries.append(
                    {
                        "location": absolute(article.get_absolute_url()),
                        "publication": str(settings.ASSEMBLY_NAME),
                        "language": language,
                        "published_at": article.published_at,
                        "headline": printable(Teaser(article).headline),
                    }
                )
    return render(request, "news_sitemap.xml", {"entries": entries}, content_type=XML)


@require_safe
def robots(request):
    """Names the maps. What answers a question is left out, save for the pages of a list.

    There is a page for each day of each delegation: a robot would read them for ever, to learn
    from each that it is not to be found.
    """
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {reverse('set_language')}",
        "Disallow: /*?",
        # The longer rule decides.
        "Allow: /*?page=",
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        f"Sitemap: {absolute(reverse('sitemap-latest'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
