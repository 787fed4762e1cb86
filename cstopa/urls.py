"""Every address of the site: the public pages in each language, the desk, and the machines'."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from cstopa import views

urlpatterns = [
    path("admin/", admin.site.urls),
    # The choice of the desk's language.
    path("language/", include("django.conf.urls.i18n")),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("", include("delegations.urls")),
        path("", include("news.urls")),
        path("search/", include("cstopa.search.urls")),
        prefix_default_language=False,
    ),
]
