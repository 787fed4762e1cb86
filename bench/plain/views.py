from django.contrib.syndication.views import Feed
from django.db import connection
from django.views.generic import DetailView, ListView

from bench.plain.models import Article, Topic


class ArticleList(ListView):
    template_name = "list.html"
    paginate_by = 20

    def get_queryset(self):
        rows = Article.objects.published().defer("body").prefetch_related("topics")
        if slug := self.kwargs.get("slug"):
            rows = rows.filter(topics__slug=slug)
        if words := self.request.GET.get("q"):
            if connection.vendor == "postgresql":
                rows = rows.extra(
                    where=[
                        "to_tsvector('english', headline || ' ' || body) @@ "
                        "websearch_to_tsquery('english', %s)"
                    ],
                    params=[words],
                )
            else:
                rows = rows.filter(body__contains=words)
        return rows

    def get_context_data(self, **kwargs):
        return super().get_context_data(topics=Topic.objects.all(), **kwargs)


class ArticleDetail(DetailView):
    template_name = "article.html"

    def get_queryset(self):
        return Article.objects.published().prefetch_related("topics")


class NewsFeed(Feed):
    title = "News"
    link = "/news/"
    description = "News"

    def items(self):
        return Article.objects.published()[:20]

    def item_title(self, item):
        return item.headline

    def item_description(self, item):
        return item.summary

    def item_pubdate(self, item):
        return item.published_at
