"""Every address of the site: the public pages in each language, the desk, and the machines'."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path

from cstopa import health, sitemaps, styleguide, views

urlpatterns = [
    path("admin/", admin.site.urls),
    # The choice of the desk's language.
    path("language/", include("django.conf.urls.i18n")),
    path("sitemap.xml", sitemap, {"sitemaps": sitemaps.SITEMAPS}, name="sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # Data speaks both languages at once.
    path("api/", include("cstopa.opendata.urls")),
    *i18n_patterns(
        path("", views.Home.as_view(), name="home"),
        path("", include("delegations.urls")),
        path("", include("news.urls")),
        path("search/", include("cstopa.search.urls")),
        *(
            [path("styleguide/", styleguide.StyleGuide.as_view(), name="styleguide")]
            if settings.STYLEGUIDE
            else []
        ),
        path("", include("cstopa.written.urls")),
        prefix_default_language=False,
    ),
]
