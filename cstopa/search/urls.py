from django.urls import path

from cstopa.search import views

urlpatterns = [path("", views.search, name="search")]
