"""The pages of the news."""

import datetime as dt
from dataclasses import replace

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from cstopa.forms import IsoDaysMixin
from cstopa.http.addresses import PermanentAddressMixin
from cstopa.http.pagination import first_rows, page_of
from cstopa.models.periods import today
from delegations.as_of_views import Footnotes
from delegations.composition import Chronicle
from delegations.models import Person
from news import structured_data
from news.archive.counts import after, between, public_years
from news.archive.listings import leading_on, listed_under
from news.filters import ArticleFilter, delegations, topics
from news.models import Article, Topic, once_published
from news.teasers import (
    WholeArticle,
    as_shown,
    cards,
    moment_in_words,
)

# Articles that share one of these are related.
RELATING = ("topics", "delegations")


def page_of_articles(articles, request, take=first_rows):
    """Return the Page that the request asks for, of Cards."""
    places = articles.values_list("id", "published_at", named=True)
    position = request.GET.get("page")
    page = page_of(places, position, signed=Article._meta.ordering, take=take)
    return replace(page, rows=cards(place.id for place in page))


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


class ArticleList(IsoDaysMixin, ArticleListView):
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
        about = [(name, row.pk) for name in RELATING for row in concerned[name]]
        onward = {name: cards(keys) for name, keys in leading_on(self.object, about).items()}
        return super().get_context_data(
            shown=shown,
            **concerned,
            **onward,
            day=day,
            footnotes=footnotes,
            changed=shown.updated_at,
            described=structured_data.article(self.object, shown, concerned),
            **kwargs,
        )


def subjects(article):
    """Return what a public article is about: ``delegations``, ``people`` and ``topics``."""
    keys = listed_under(article)
    people = Person.objects.by_family_name().filter(pk__in=keys["people"])
    return {
        "delegations": [row for row in delegations() if row.pk in keys["delegations"]],
        "people": list(people),
        "topics": [row for row in topics() if row.pk in keys["topics"]],
    }


class TopicDetail(PermanentAddressMixin, DetailView):
    model = Topic

    def get_context_data(self, **kwargs):
        articles = Article.objects.about(topics=self.object).published()
        page = page_of_articles(articles, self.request)
        return super().get_context_data(page=page, whence=whence(page), **kwargs)
