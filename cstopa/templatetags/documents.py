"""Documents of public pages."""

from django import template
from django.urls import get_script_prefix
from django.utils.translation import get_language

from cstopa.library.documents.showing import of_sources

register = template.Library()


@register.simple_tag
def document_of(source):
    """Return the link of the document of a source, with kind and size; "" where it has none."""
    key = getattr(source, "document_id", None)
    found = key and of_sources(get_language(), get_script_prefix()).get(key)
    return found.html if found else ""
