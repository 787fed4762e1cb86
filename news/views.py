"""The pages of the news."""

import datetime as dt
from dataclasses import replace

from django.db.models import Prefetch, Q
from django.http import Http404
from django.utils import timezone
from django.views.generic import DetailView, ListView

from cstopa.addresses import PermanentAddressMixin
from cstopa.days import start_of
from cstopa.paging import page_of
from cstopa.periods import EARLIEST
from delegations.facts import Footnotes
from delegations.models import Person
from news.filters import ArticleFilter
from news.models import Article, Topic, once_published
from news.teasers import Teaser, teasers, without_bodies


def page_of_articles(articles, request):
    """Return the Page that the request asks for, of Teasers."""
    page = page_of(without_bodies(articles), request.GET.get("page"))
    return replace(page, rows=[Teaser(article) for article in page])


def archive_years():
    """Return the years from the first public article to now, the latest first."""
    first = Article.objects.published().order_by("published_at").values_list("published_at").first()
    if first is None:
        return []
    oldest = max(timezone.localtime(first[0]).year, EARLIEST.year)
    return range(timezone.localdate().year, oldest - 1, -1)


class ArticleListView(ListView):
    """A page of public articles, with the years of the archive beside it."""

    def get_queryset(self):
        return Article.objects.published()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            page=page_of_articles(self.object_list, self.request), years=archive_years(), **kwargs
        )


class ArticleList(ArticleListView):
    template_name = "news/article_list.html"

    def get_queryset(self):
        self.filterset = ArticleFilter(self.request.GET, super().get_queryset())
        # No list is shown as the answer to a question that was not understood.
        return self.filterset.qs if self.filterset.is_valid() else Article.objects.none()

    def get_context_data(self, **kwargs):
        return super().get_context_data(form=self.filterset.form, **kwargs)


class ArticleYear(ArticleListView):
    template_name = "news/article_year.html"

    def get_queryset(self):
        year = self.kwargs["year"]
        return (
            super().get_queryset().filter(**between(dt.date(year, 1, 1), dt.date(year + 1, 1, 1)))
        )

    def get_context_data(self, **kwargs):
        months = self.object_list.datetimes("published_at", "month")
        return super().get_context_data(months=months, **kwargs)


class ArticleMonth(ArticleListView):
    template_name = "news/article_month.html"

    def get_queryset(self):
        self.month = dt.date(self.kwargs["year"], self.kwargs["month"], 1)
        following = (self.month + dt.timedelta(days=31)).replace(day=1)
        return super().get_queryset().filter(**between(self.month, following))

    def get_context_data(self, **kwargs):
        return super().get_context_data(month=self.month, **kwargs)


def between(first, following):
    """Return the condition that an article was published from one day up to before the other."""
    return {"published_at__gte": start_of(first), "published_at__lt": start_of(following)}


class ArticleDetail(PermanentAddressMixin, DetailView):
    model = Article

    def get_queryset(self):
        return (
            Article.objects.published()
            .select_related("source")
            .prefetch_related(
                "delegations", "topics", Prefetch("people", Person.objects.by_family_name())
            )
        )

    def get_object(self, queryset=None):
        # These addresses are kept for years.
        if self.kwargs["slug"].isdigit():
            raise Http404
        return super().get_object(queryset)

    def once_public(self, versions):
        return once_published(versions)

    def get_context_data(self, **kwargs):
        footnotes = Footnotes()
        if self.object.source:
            footnotes.number(self.object.source)
        return super().get_context_data(
            related=teasers(related_to(self.object)), footnotes=footnotes, **kwargs
        )


def related_to(article, number=3):
    """Return the newest public articles that share a topic or a delegation with this one."""
    shared = Q()
    for name in ("topics", "delegations"):
        rows = getattr(article, name).all()
        shared |= Q(pk__in=Article.objects.filter(**{f"{name}__in": rows}).values("pk"))
    return Article.objects.published().filter(shared).exclude(pk=article.pk)[:number]


class TopicDetail(PermanentAddressMixin, DetailView):
    model = Topic

    def get_context_data(self, **kwargs):
        articles = Article.objects.published().filter(topics=self.object)
        page = page_of_articles(articles, self.request)
        return super().get_context_data(page=page, **kwargs)
