from django.urls import path
from django.views.generic import RedirectView

from cstopa.http.feeds import for_readers
from news import feeds, views

app_name = "news"
urlpatterns = [
    path("news/", views.ArticleList.as_view(), name="list"),
    path("news/feed.atom", for_readers(feeds.NewsFeed()), name="atom"),
    path("news/feed.rss", for_readers(feeds.RSSNewsFeed()), name="rss"),
    path("news/<year:year>/", views.ArticleYear.as_view(), name="archive-year"),
    path("news/<year:year>/<month:month>/", views.ArticleMonth.as_view(), name="archive-month"),
    path(
        "news/<year:year>/<digit:month>/",
        RedirectView.as_view(pattern_name="news:archive-month", permanent=True, query_string=True),
        name="archive-month",
    ),
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
