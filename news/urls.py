from django.urls import path, register_converter

from cstopa.feeds import for_readers
from cstopa.periods import EARLIEST, LATEST
from news import feeds, views


class YearConverter:
    regex = "[0-9]{4}"

    def to_python(self, value):
        year = int(value)
        if not EARLIEST.year <= year <= LATEST.year:
            raise ValueError
        return year

    def to_url(self, value):
        return f"{value:04}"


class MonthConverter:
    # Two digits alone, so that a month has one address.
    regex = "0[1-9]|1[0-2]"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:02}"


register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")

app_name = "news"
urlpatterns = [
    path("news/", views.ArticleList.as_view(), name="list"),
    path("news/feed.atom", for_readers(feeds.NewsFeed()), name="atom"),
    path("news/feed.rss", for_readers(feeds.RSSNewsFeed()), name="rss"),
    path("news/<year:year>/", views.ArticleYear.as_view(), name="archive-year"),
    path("news/<year:year>/<month:month>/", views.ArticleMonth.as_view(), name="archive-month"),
    path("news/<slug:slug>/", views.ArticleDetail.as_view(), name="detail"),
    path("topics/<slug:slug>/", views.TopicDetail.as_view(), name="topic"),
    path("topics/<slug:slug>/news.atom", for_readers(feeds.TopicFeed()), name="topic-atom"),
    path("topics/<slug:slug>/news.rss", for_readers(feeds.TopicRSSFeed()), name="topic-rss"),
    path(
        "delegations/<slug:slug>/news.atom",
        for_readers(feeds.DelegationFeed()),
        name="delegation-atom",
    ),
    path(
        "delegations/<slug:slug>/news.rss",
        for_readers(feeds.DelegationRSSFeed()),
        name="delegation-rss",
    ),
]
