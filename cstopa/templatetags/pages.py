"""What every page says of itself: its addresses, its place in the navigation, whose it is."""

from django import template
from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.html import format_html, format_html_join

from cstopa import assembly
from cstopa.addresses import absolute, languages_of
from cstopa.days import address
from cstopa.languages import LANGUAGES
from cstopa.written.models import Slug

register = template.Library()
register.filter(languages_of)
# Like {% url %}, for the pages that answer for any day: the day that was asked for is kept.
register.simple_tag(address)


@register.simple_tag
def assembly_name():
    return assembly.NAME


@register.simple_tag
def assembly_short_name():
    return assembly.SHORT_NAME


@register.simple_tag
def written_pages():
    """Return the name and the address of each page that editors write."""
    return [(slug.label, reverse(f"written:{slug}")) for slug in Slug]


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
    """Return the address of this page in another language, its query string kept."""
    request = context["request"]
    query = iri_to_uri(request.META.get("QUERY_STRING", ""))
    return f"{path_in(language, request)}?{query}" if query else path_in(language, request)


@register.simple_tag(takes_context=True)
def here(context):
    """Return the absolute address of this page as it was asked for, for who reads it on paper."""
    return absolute(context["request"].get_full_path())


@register.simple_tag(takes_context=True)
def canonical(context):
    """Return the link to the one address of this page, without a query string."""
    request = context["request"]
    address = absolute(path_in(request.LANGUAGE_CODE, request))
    return format_html('<link rel="canonical" href="{}">', address)


@register.simple_tag(takes_context=True)
def alternates(context, languages=LANGUAGES):
    """Return the links to this page in ``languages``, those in which it exists."""
    request = context["request"]
    addresses = [(language, absolute(path_in(language, request))) for language in languages]
    if settings.LANGUAGE_CODE in languages:
        addresses.append(("x-default", absolute(path_in(settings.LANGUAGE_CODE, request))))
    return format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', addresses)


@register.simple_tag(takes_context=True)
def current(context, address):
    """Return the mark of a link to this very page, or to the section that it belongs to."""
    path, address = context["request"].path, address.partition("?")[0]
    if path == address:
        return format_html(' aria-current="{}"', "page")
    return format_html(' aria-current="{}"', "true") if path.startswith(address) else ""
