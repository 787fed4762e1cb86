"""Maps of the news: one of each month that has public articles, and one of the latest."""

import datetime as dt

from django.conf import settings
from django.contrib.sitemaps.views import sitemap
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from cstopa.http.addresses import absolute
from cstopa.http.etags import conditional_get
from cstopa.http.feeds import printable
from cstopa.http.sitemaps import XML, RowMap, SiteMap, register
from cstopa.languages import LANGUAGES
from cstopa.models.history import with_changed_at
from delegations.composition import Chronicle
from news.archive.counts import after, between, public_years
from news.models import Article, Topic
from news.moments import AGE
from news.teasers import Teaser, without_bodies

# What one file may hold: 50,000 addresses, and each article has one for each language.
ARTICLES = 25_000
# What a map of the latest news may hold.
LATEST = 1_000


class ArticleMap(SiteMap):
    """The pages of articles, given as Teasers."""

    def __init__(self, articles):
        self.articles = articles

    def items(self):
        return self.articles

    def get_languages_for_item(self, item):
        return item.languages

    def get_urls(self, page=1, site=None, protocol=None):
        """Return an entry for each language of each item.

        Django changes the language for each of them, and once more for each that it names.
        """
        # A part that is not there is none.
        self.paginator.page(page)
        addresses = {}
        for language in LANGUAGES:
            with translation.override(language):
                addresses[language] = [absolute(item.get_absolute_url()) for item in self.articles]
        entries = []
        for number, item in enumerate(self.articles):
            alternates = [
                {"location": addresses[each][number], "lang_code": each} for each in item.languages
            ]
            entries += [
                {"location": each["location"], "lastmod": item.updated_at, "alternates": alternates}
                for each in alternates
            ]
        return entries


def months():
    """Return the path of the map of each month that has public articles."""
    return [
        reverse("sitemap-month", args=[month.year, month.month])
        for year in public_years(Article.objects)
        for month, _number in year.months
    ]


register("news:list", topics=RowMap(Topic), further=months)


@require_safe
@conditional_get
def of_month(request, year, month):
    first_day = dt.date(year, month, 1)
    of_month = Article.objects.filter(**between(first_day, after(first_day)))
    articles, chronicle = with_changed_at(of_month.published()), Chronicle()
    items = [Teaser(article, chronicle) for article in without_bodies(articles)[:ARTICLES]]
    if not items:
        raise Http404
    return sitemap(request, {"articles": ArticleMap(items)}, content_type=XML)


@require_safe
@conditional_get
def latest(request):
    """The articles of the last two days, once for each language in which they are whole."""
    since = timezone.now() - AGE
    articles = without_bodies(Article.objects.published().filter(published_at__gte=since))
    entries, chronicle = [], Chronicle()
    for article in articles[: LATEST // len(settings.LANGUAGES)]:
        for language in Teaser(article, chronicle).languages:
            with translation.override(language):
                teaser = Teaser(article, chronicle)
                entries.append(
                    {
                        "location": absolute(article.get_absolute_url()),
                        "publication": str(settings.ASSEMBLY_NAME),
                        "language": language,
                        "published_at": article.published_at,
                        "headline": printable(teaser.headline),
                    }
                )
    return render(request, "news_sitemap.xml", {"entries": entries}, content_type=XML)
