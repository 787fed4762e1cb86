from django.urls import path

from bench.plain import views

urlpatterns = [
    path("news/", views.ArticleList.as_view()),
    path("search/", views.ArticleList.as_view()),
    path("news/feed.atom", views.NewsFeed()),
    path("news/<slug:slug>/", views.ArticleDetail.as_view(), name="article"),
    path("topics/<slug:slug>/", views.ArticleList.as_view(), name="topic"),
]
