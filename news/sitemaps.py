"""Maps of the news: one of each month that has public articles, and one of the latest."""

import datetime as dt

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from cstopa.http.addresses import absolute
from cstopa.http.etags import conditional_get
from cstopa.http.feeds import printable
from cstopa.http.sitemaps import XML, PageMap, RowMap, parts_of, register, urlset
from cstopa.models.history import with_changed_at
from delegations.composition import Chronicle
from news.archive.counts import after, between, public_years
from news.models import Article, Topic
from news.moments import AGE
from news.teasers import Teaser, updated_at, without_bodies

# What a map of the latest news holds: it may be more, which would be above 60 KB compressed.
LATEST = 700


class ArticleMap(PageMap):
    """The pages of the public articles of a month, the latest first."""

    def __init__(self, year, month):
        self.first_day = dt.date(year, month, 1)

    def rows(self):
        of_month = Article.objects.filter(**between(self.first_day, after(self.first_day)))
        return without_bodies(with_changed_at(of_month.published()))

    def languages(self, row):
        return Teaser.languages_of(row)

    def changed_at(self, row):
        return updated_at(row)


def months():
    """Return the path of each part of the map of each month that has public articles."""
    return [
        reverse("sitemap-month", args=[month.year, month.month, part])
        for year in public_years(Article.objects)
        for month, number in year.months
        for part in parts_of(number)
    ]


register("news:list", maps=[RowMap(Topic)], further=months)


@require_safe
@conditional_get
def of_month(request, year, month, part):
    return urlset(ArticleMap(year, month).entries(part))


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
