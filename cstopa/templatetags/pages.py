"""What every page says of itself: its addresses, its place in the navigation, whose it is."""

import re
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.db import Error
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from cstopa.http import structured_data
from cstopa.http.addresses import absolute, as_of, languages_of, path_to
from cstopa.languages import LANGUAGES
from cstopa.models.periods import (
    date_in_words,
    day_in_words,
    moment_in_words,
    month_in_words,
    start_in_words,
)
from cstopa.models.richtext import with_scrolling_tables
from cstopa.pages import models
from cstopa.pages.models import Slug

# Open Graph knows languages of a country only.
LOCALES = {"en": "en_GB", "ru": "ru_RU"}

ONE_LETTER = re.compile(r"\b([авиоску]) ", re.IGNORECASE)

register = template.Library()
register.filter(languages_of)
# Unlike |date, they make the words of a day once.
register.filter(date_in_words)
register.filter(day_in_words)
register.filter(moment_in_words)
register.filter(month_in_words)
register.filter(start_in_words)
register.filter(with_scrolling_tables)
register.simple_tag(absolute)
# {% url %} in a loop.
register.simple_tag(path_to)


@register.simple_tag(takes_context=True)
def address(context, page, *args):
    """Return the address of a row, or of a page like {% url %}, that answers for any day.

    The day that was asked for, "asked" of the context, is kept.
    """
    is_row = hasattr(page, "get_absolute_url")
    path = page.get_absolute_url() if is_row else path_to(page, *args)
    return as_of(path, context.get("asked"))


@register.simple_tag(takes_context=True)
def frame(context):
    """Return what the frame of a page depends on, by which {% cache %} keeps its parts.

    It reads no row, and is the same on all pages of a view: where they stand among the sections.
    """
    request = context["request"]
    match = request.resolver_match
    place = match.view_name if match else request.path
    return get_language(), get_script_prefix(), place, context.get("asked")


@register.filter
def tied(heading):
    """Return a heading in which no Russian word of one letter ends a line."""
    return ONE_LETTER.sub("\\1\N{NO-BREAK SPACE}", str(heading))


@register.simple_tag
def assembly_name():
    return settings.ASSEMBLY_NAME


def name_in(language):
    with override(language):
        return str(settings.ASSEMBLY_NAME)


@register.simple_tag
def assembly_short_name():
    return settings.ASSEMBLY_SHORT_NAME


@register.simple_tag
def invented():
    return settings.INVENTED


@register.simple_tag
def imprint():
    return models.imprint()


def _gone():
    try:
        return models.gone()
    except Error:
        # The page that says so has a footer too.
        return frozenset()


@register.simple_tag
def written_page(slug):
    """Return the address of a page that editors write, or nothing where they have withdrawn it."""
    return "" if slug in _gone() else reverse(f"written:{slug}")


@register.simple_tag
def written_pages():
    """Return the name and the address of each page that editors write, and have not withdrawn."""
    gone = _gone()
    return [(str(slug.label), reverse(f"written:{slug}")) for slug in Slug if slug not in gone]


def path_in(language, request):
    """Return the path of the requested page in a language: ``/ru/people/`` for ``/people/``."""
    path = request.path_info
    # Not get_language_from_path(): it takes /ru-RU/ for Russian, which is no address of this site.
    prefix, _slash, rest = path.removeprefix("/").partition("/")
    if prefix in LANGUAGES:
        path = f"/{rest}"
    if language != settings.LANGUAGE_CODE:
        path = f"/{language}{path}"
    return escape_uri_path(get_script_prefix().rstrip("/") + path)


@register.simple_tag(takes_context=True)
def this_page_in(context, language):
    """Return the address of this page in another language, its query string kept.

    But for the letter and the position in a list by name: another alphabet has none such.
    """
    request = context["request"]
    query = iri_to_uri(request.META.get("QUERY_STRING", ""))
    if context.get("is_by_name") and not request.GET.keys().isdisjoint({"letter", "page"}):
        rest = request.GET.copy()
        for name in ("letter", "page"):
            rest.pop(name, None)
        query = rest.urlencode()
    return f"{path_in(language, request)}?{query}" if query else path_in(language, request)


@register.simple_tag(takes_context=True)
def here(context):
    """Return the absolute address of this page, for who reads it on paper.

    Of a page of facts it is the one that keeps the day, and otherwise the one that was asked for.
    """
    return context.get("lasting_address") or absolute(context["request"].get_full_path())


@register.simple_block_tag
def captured(content):
    """Return what is inside, without space around it: {% captured as title %} keeps it, to be written."""
    return SafeString(content.strip())


def asks(context):
    """Return whether the address asks something of its page: a day, a choice, a place in a list."""
    names = [*getattr(context.get("form"), "fields", ()), "letter", "page"]
    return any(context["request"].GET.get(name) for name in names)


def language_shown(request, languages):
    """Return the language of a page that exists in ``languages``: the reader's, if it may be."""
    reader = request.LANGUAGE_CODE
    return reader if reader in languages or not languages else languages[0]


def canonical(context, languages=LANGUAGES):
    """Return the one address of this page, in a language in which it exists.

    What narrows the same page is left out; but the facts of a day, or of a version of the record,
    are no other day's, and the middle of the whole list is no copy of its start.
    """
    return of_any_day(context, languages) + dated(context)


def of_any_day(context, languages=LANGUAGES):
    """Return the same without the day: the thing has one address, and a name for each day."""
    request = context["request"]
    address = absolute(path_in(language_shown(request, languages), request))
    if is_middle_of_list(context):
        return f"{address}?{urlencode({'page': request.GET['page']})}"
    return address


def is_middle_of_list(context):
    is_whole = set(context["request"].GET) == {"page"}
    return is_whole and getattr(context.get("page"), "previous", None) is not None


def dated(context):
    """Return the query that keeps the day that was asked for, "asked", and "asked_version".

    Of a page of several days it is "compared", the whole question.
    """
    asked = {"date": context.get("asked"), "version": context.get("asked_version")}
    asked |= context.get("compared", {})
    query = urlencode({name: value for name, value in asked.items() if value is not None})
    return f"?{query}" if query else ""


@register.inclusion_tag("_addresses.html", takes_context=True)
def addresses(context, languages=LANGUAGES, kind="website", picture=None):
    """Say of a page that exists in ``languages`` where it is, and whether it is to be found there.

    The middle of a list is at another place in another language, and names no alternates.
    ``kind`` is the type of Open Graph, which speaks of the canonical page, in its language; ``picture`` a
    ShownPicture, else it is that of the site.
    """
    request, address = context["request"], canonical(context, languages)
    language = language_shown(request, languages)
    # The trail ends there.
    context.render_context["last_step"] = of_any_day(context, languages)
    is_middle, query = is_middle_of_list(context), dated(context)
    alternates = {}
    if not is_middle:
        alternates = {each: absolute(path_in(each, request)) + query for each in languages}
    return {
        "page_title": context.get("page_title"),
        # The middle of a list has this name only where it has an address of its own.
        "whence": context.get("whence") if is_middle else "",
        "page_description": context.get("page_description"),
        "locale": LOCALES[language],
        "site_name": name_in(language),
        "kind": kind,
        "sharing": picture and picture.sharing,
        "canonical": address,
        "alternates": alternates,
        "default": alternates.get(settings.LANGUAGE_CODE),
        "is_an_answer": asks(context),
    }


@register.simple_tag(takes_context=True)
def crumb(context, words, address=""):
    """Return a step of the trail that leads to the page; the page itself has no address here.

    The link keeps the day; what machines are told of things has none.
    """
    rendered = context.render_context
    if address:
        where = structured_data.located(address)
    else:
        where = rendered.get("last_step") or of_any_day(context)
    rendered.setdefault("trail", []).append((words, where))
    if address:
        step = format_html('<a href="{}">{}</a>', address, words)
        return format_html('<li class="breadcrumbs__item">{}</li>', step)
    return format_html('<li class="breadcrumbs__item" aria-current="{}">{}</li>', "page", words)


@register.simple_tag(takes_context=True)
def structured_data_of_page(context):
    """Return for machines what the view has ``described``, and the trail that the page shows."""
    things = [*context.get("described", ())]
    if steps := context.render_context.get("trail"):
        things.append(structured_data.trail(steps))
    return structured_data.as_script(things) if things else ""


@register.simple_tag
def picture():
    """Return the address of the picture that is shown where somebody passes a page on."""
    return absolute(static(structured_data.PICTURE))


@register.simple_tag(takes_context=True)
def current(context, address, *further):
    """Return the mark of a link to this very page, or to the section that it belongs to.

    The pages below ``further`` addresses are of the section, too.
    """
    path = context["request"].path
    address, *further = (each.partition("?")[0] for each in (address, *further))
    if path == address:
        return format_html(' aria-current="{}"', "page")
    is_within = path.startswith((address, *further))
    return format_html(' aria-current="{}"', "true") if is_within else ""
