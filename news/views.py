"""The pages of the news."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from itertools import chain

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from cstopa.http.addresses import PermanentAddressMixin
from cstopa.http.pagination import first_rows, page_of
from cstopa.models.periods import today
from delegations.as_of_views import Footnotes
from delegations.composition import Chronicle
from delegations.models import Person
from news import structured_data
from news.archive.counts import after, between, public_years
from news.archive.listings import newest
from news.filters import ArticleFilter, delegations, topics
from news.models import Article, Topic, once_published
from news.teasers import (
    Teaser,
    WholeArticle,
    as_shown,
    moment_in_words,
    teasers,
    without_bodies,
)


def page_of_articles(articles, request, take=first_rows):
    """Return the Page that the request asks for, of Teasers."""
    articles, position = without_bodies(articles), request.GET.get("page")
    page = page_of(articles, position, signed=Article._meta.ordering, take=take)
    chronicle = Chronicle()
    return replace(page, rows=[Teaser(article, chronicle) for article in page])


def whence(page):
    """Return where a page in the middle of a list starts, in words; "" for the first page."""
    if not page.previous:
        return ""
    # Translators: added to the title of a list, "News, page from 21 May 2021, 10:00".
    return _("page from %(moment)s") % {"moment": moment_in_words(page.rows[0].published_at)}


def neighbours(periods, here):
    """Return the last of the periods before one, and the first after it, or None."""
    return {
        "earlier": max((each for each in periods if each < here), default=None),
        "later": min((each for each in periods if each > here), default=None),
    }


class ArticleListView(ListView):
    """A page of public articles, with the archive beside it, in which one year is open."""

    # How page_of() takes them.
    take = staticmethod(first_rows)

    def get_context_data(self, **kwargs):
        page = page_of_articles(self.object_list, self.request, self.take)
        self.years = public_years(Article.objects)
        newest = self.years[0].year if self.years else None
        return super().get_context_data(
            page=page,
            whence=whence(page),
            years=self.years,
            open_year=self.kwargs.get("year", newest),
            **kwargs,
        )


class ArticleList(ArticleListView):
    template_name = "news/article_list.html"

    def get_queryset(self):
        self.filterset = ArticleFilter(self.request.GET, Article.objects.all())
        # No list is shown as the answer to a question that was not understood.
        if not self.filterset.is_valid():
            return Article.objects.none()
        self.take = self.filterset.take
        return self.filterset.qs.published()

    def get_context_data(self, **kwargs):
        chips = self.filterset.chips
        return super().get_context_data(
            form=self.filterset.form,
            chips=chips,
            answers=[*chips, *self.filterset.misread],
            narrowed="; ".join(chip.plain for chip in chips),
            namesakes=self.filterset.namesakes,
            feeds=self.filterset.feeds,
            **kwargs,
        )


class ArticleYear(ArticleListView):
    template_name = "news/article_year.html"

    def get_queryset(self):
        first, following = (dt.date(self.kwargs["year"] + n, 1, 1) for n in (0, 1))
        return Article.objects.filter(**between(first, following)).published()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | neighbours([year.year for year in self.years], self.kwargs["year"])


class ArticleMonth(ArticleListView):
    template_name = "news/article_month.html"

    def get_queryset(self):
        self.month = dt.date(self.kwargs["year"], self.kwargs["month"], 1)
        return Article.objects.filter(**between(self.month, after(self.month))).published()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(month=self.month, **kwargs)
        months = [month for year in self.years for month, _number in year.months]
        return context | neighbours(months, self.month)


class ArticleDetail(PermanentAddressMixin, DetailView):
    model = Article

    def get_queryset(self):
        return as_shown(Article.objects.published()).select_related("source")

    def get_object(self, queryset=None):
        # These addresses are kept for years.
        if self.kwargs["slug"].isdigit():
            raise Http404
        return super().get_object(queryset)

    def once_public(self, versions):
        return once_published(versions)

    def get_context_data(self, **kwargs):
        footnotes, chronicle, day = Footnotes(), Chronicle(), today()
        if self.object.source:
            footnotes.number(self.object.source)
        shown, concerned = WholeArticle(self.object, chronicle), subjects(self.object)
        return super().get_context_data(
            shown=shown,
            **concerned,
            **onward(self.object, concerned, chronicle),
            day=day,
            footnotes=footnotes,
            changed=shown.updated_at,
            described=structured_data.article(self.object, shown, concerned, day),
            **kwargs,
        )


def subjects(article):
    """Return what a public article is about: ``delegations``, ``people`` and ``topics``."""
    keys = defaultdict(set)
    for field, key in article.listings.values_list("field", "subject"):
        keys[field].add(key)
    people = Person.objects.by_family_name().filter(pk__in=keys["people"])
    return {
        "delegations": [row for row in delegations() if row.pk in keys["delegations"]],
        "people": list(people),
        "topics": [row for row in topics() if row.pk in keys["topics"]],
    }


def onward(article, concerned, chronicle):
    """Return the Teasers to which an article leads: ``related``, ``before`` and ``following``."""
    keys = {"related": related_to(article, concerned), **beside(article)}
    every = Article.objects.published().filter(pk__in={*chain.from_iterable(keys.values())})
    found = {teaser.pk: teaser for teaser in teasers(every, chronicle)}
    return {name: [found[key] for key in some if key in found] for name, some in keys.items()}


def beside(article):
    """Return the keys of the public articles next before and next after one in time, one or none."""
    moment = article.published_at
    before = Article.objects.filter(
        Q(published_at__lt=moment) | Q(pk__lt=article.pk), published_at__lte=moment
    )
    following = Article.objects.filter(
        Q(published_at__gt=moment) | Q(pk__gt=article.pk), published_at__gte=moment
    ).order_by("published_at", "pk")
    return {
        "before": before.published().values_list("pk", flat=True)[:1],
        "following": following.published().values_list("pk", flat=True)[:1],
    }


def related_to(article, concerned, number=3):
    """Return the keys of the newest public articles that share a topic or a delegation with this one."""
    about = [(name, row) for name in ("topics", "delegations") for row in concerned[name]]
    return [key for key in newest(about, number + 1) if key != article.pk][:number]


class TopicDetail(PermanentAddressMixin, DetailView):
    model = Topic

    def get_context_data(self, **kwargs):
        articles = Article.objects.about(topics=self.object).published()
        page = page_of_articles(articles, self.request)
        return super().get_context_data(page=page, whence=whence(page), **kwargs)
