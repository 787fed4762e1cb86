"""The site for search engines: maps, with a language only where it exists, and robots.txt.

An app says in its ``sitemaps.py`` which of its pages are to be found.
"""

from itertools import chain

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cstopa.http.addresses import absolute, languages_of
from cstopa.http.etags import conditional_get

XML = "application/xml; charset=utf-8"


class SiteMap(Sitemap):
    """A part of a map, whose addresses are those of SITE_URL."""

    i18n = True
    alternates = True

    def get_protocol(self, protocol=None):
        return settings.SITE_URL.partition("://")[0]

    def get_domain(self, site=None):
        return settings.SITE_URL.partition("://")[2]


class PageMap(SiteMap):
    """The pages that are there whatever the rows, in every language, by the names of their paths."""

    def __init__(self):
        self.names = []

    def items(self):
        return self.names

    def location(self, item):
        return reverse(item)


class RowMap(SiteMap):
    """The pages of the rows of a model, in the languages in which a row has its name."""

    def __init__(self, model, name="name"):
        self.model = model
        self.name = name

    def items(self):
        return self.model.objects.all()

    def get_languages_for_item(self, item):
        return languages_of(item, self.name)


# What apps say in their ``sitemaps.py``: the pages and the maps of rows that are in one file, and
# functions that return the paths of further files.
pages = PageMap()
MAPS = {"pages": pages}
FURTHER = []


def register(*names, further=None, **maps):
    """Register names of paths, a function that returns paths of further maps, and maps of rows."""
    pages.names += names
    MAPS.update(maps)
    if further:
        FURTHER.append(further)


@require_safe
@conditional_get
def index(request):
    """Names one map of the facts, and those that the apps divide.

    It has no moments of change: to know them, every version of every article would be read. A map
    that has not changed answers so.
    """
    paths = [reverse("sitemap-facts"), *chain.from_iterable(each() for each in FURTHER)]
    maps = [{"location": absolute(path)} for path in paths]
    return render(request, "sitemap_index.xml", {"sitemaps": maps}, content_type=XML)


@require_safe
@conditional_get
def facts(request):
    return sitemap(request, MAPS, content_type=XML)


@require_safe
def robots(request):
    """Names the maps. What answers a question is left out, save for the pages of a list.

    There is a page for each day of each delegation: a robot would read them for ever, to learn
    from each that it is not to be found.
    """
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {reverse('set_language')}",
        "Disallow: /*?",
        # The longer rule decides.
        "Allow: /*?page=",
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        f"Sitemap: {absolute(reverse('sitemap-latest'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
