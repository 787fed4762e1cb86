"""The site for search engines: maps, with a language only where it exists, and robots.txt.

An app says in its ``sitemaps.py`` which of its pages are to be found.
"""

from itertools import chain

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape
from django.views.decorators.http import require_safe

from cstopa.http.addresses import absolute, languages_of
from cstopa.http.etags import conditional_get
from cstopa.languages import LANGUAGES

XML = "application/xml; charset=utf-8"
# Source: the protocol of https://www.sitemaps.org/ and, of languages, Google's words on hreflang.
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"{more}>
{content}
</{name}>
"""
LINKS = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
# The rows of one kind in one part of a map.
SIZE = 400


def parts_of(number):
    """Return the numbers of the parts into which so many rows are divided."""
    return range(1, -(-number // SIZE) + 1)


class PageMap:
    """The pages of ``rows()``, which are in an order, in the languages in which a row has its name."""

    name = "name"

    def rows(self):
        raise NotImplementedError

    def number(self):
        return self.rows().count()

    def path(self, row):
        return row.get_absolute_url()

    def languages(self, row):
        return languages_of(row, self.name)

    def changed_at(self, row):
        return None

    def entries(self, part):
        """Return the entry of each page of a part, in each of its languages, as XML."""
        rows, addresses, entries = list(self.rows()[SIZE * (part - 1) : SIZE * part]), {}, []
        # The language is changed once, not for each row.
        for language in LANGUAGES:
            with translation.override(language):
                addresses[language] = [escape(absolute(self.path(row))) for row in rows]
        for number, row in enumerate(rows):
            own = {language: addresses[language][number] for language in self.languages(row)}
            changed_at, rest = self.changed_at(row), ""
            if changed_at:
                rest = f"<lastmod>{timezone.localdate(changed_at).isoformat()}</lastmod>"
            for language, address in own.items():
                rest += f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
            entries += [f"<url><loc>{address}</loc>{rest}</url>" for address in own.values()]
        return entries


class NamedPages(PageMap):
    """The pages that are there whatever the rows, by the names of their paths."""

    def __init__(self):
        self.names = []

    def rows(self):
        return self.names

    def number(self):
        return len(self.names)

    def path(self, row):
        return reverse(row)

    def languages(self, row):
        return LANGUAGES


class RowMap(PageMap):
    """The pages of the rows of a model. A new one comes last, so that the others keep their parts."""

    def __init__(self, model, name="name"):
        self.model, self.name = model, name

    def rows(self):
        return self.model.objects.order_by("pk")


# What apps say in their ``sitemaps.py``: the pages and the maps of rows that are in one file, and
# functions that return the paths of further files.
pages = NamedPages()
MAPS = [pages]
FURTHER = []


def register(*names, maps=(), further=None):
    """Register names of paths, maps of rows, and a function that returns the paths of further maps."""
    pages.names += names
    MAPS.extend(maps)
    if further:
        FURTHER.append(further)


def urlset(entries):
    """Return a map of some entries; where there are none, there is no such map."""
    if not entries:
        raise Http404
    content = DOCUMENT.format(name="urlset", more=LINKS, content="".join(entries))
    return HttpResponse(content, XML, headers={"X-Robots-Tag": "noindex, noodp, noarchive"})


@require_safe
@conditional_get
def index(request):
    """Names the parts of the map of the facts, and those of the maps that the apps divide.

    It has no moments of change: to know them, every version of every article would be read. A map
    that has not changed answers so.
    """
    parts = parts_of(max(each.number() for each in MAPS))
    paths = [reverse("sitemap-facts", args=[part]) for part in parts]
    maps = [
        f"<sitemap><loc>{escape(absolute(path))}</loc></sitemap>"
        for path in chain(paths, *(each() for each in FURTHER))
    ]
    content = DOCUMENT.format(name="sitemapindex", more="", content="".join(maps))
    return HttpResponse(content, XML)


@require_safe
@conditional_get
def facts(request, part):
    """The pages that are always there and the first rows of each kind; in further parts the next rows."""
    return urlset([entry for each in MAPS for entry in each.entries(part)])


# The parameters that narrow a list or a search.
NARROWING = (
    *("q", "from", "to", "delegation", "topic", "participation", "chambers", "person"),
    *("kind", "change", "decision", "changed_since", "letter", "role"),
)


@require_safe
def robots(request):
    """Names the maps. What a filter leaves is left out; the facts of a day or of a version are open.

    Archives and previews read those, since they are what is quoted.
    """
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {reverse('set_language')}",
        *(f"Disallow: /*{mark}{name}=" for name in NARROWING for mark in "?&"),
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
        f"Sitemap: {absolute(reverse('sitemap-latest'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
