"""Every address of the site: the public pages in each language, the desk, and the machines'."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, register_converter
from django.utils.module_loading import autodiscover_modules

from cstopa import views
from cstopa.accounts.languages import set_language
from cstopa.http import converters, health, icons, sitemaps
from cstopa.opendata.views import open_data
from news import sitemaps as news_sitemaps
from news import styleguide

handler400 = "cstopa.http.errors.bad_request"
handler404 = "cstopa.http.errors.not_found"
handler500 = "cstopa.http.errors.server_error"

# Each app says in its ``sitemaps.py`` which of its pages are to be found.
autodiscover_modules("sitemaps")
register_converter(converters.YearConverter, "year")
register_converter(converters.MonthConverter, "month")
register_converter(converters.DigitConverter, "digit")
register_converter(converters.PartConverter, "part")

urlpatterns = [
    path("admin/", admin.site.urls),
    # The choice of the desk's language.
    path("language/setlang/", set_language, name="set_language"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-facts<part:part>.xml", sitemaps.facts, name="sitemap-facts"),
    path(
        "sitemap-news-<year:year>-<month:month><part:part>.xml",
        news_sitemaps.of_month,
        name="sitemap-month",
    ),
    path("news-sitemap.xml", news_sitemaps.latest, name="sitemap-latest"),
    path("favicon.ico", icons.favicon, name="favicon"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    *(
        [path(".well-known/security.txt", health.security_txt, name="security-txt")]
        if settings.SECURITY_CONTACT
        else []
    ),
    path("media/", include("cstopa.library.urls")),
    # Data speaks both languages at once.
    path("api/", include("cstopa.opendata.urls")),
    *i18n_patterns(
        path("", views.Home.as_view(), name="home"),
        path("site.webmanifest", icons.manifest, name="manifest"),
        path("", include("delegations.urls")),
        path("", include("news.urls")),
        path("search/", include("cstopa.search.urls")),
        path("preview/", include("cstopa.publishing.links.urls")),
        path("open-data/", open_data, name="open-data"),
        *(
            [path("styleguide/", styleguide.StyleGuide.as_view(), name="styleguide")]
            if settings.STYLEGUIDE
            else []
        ),
        path("", include("cstopa.pages.urls")),
        prefix_default_language=False,
    ),
]
