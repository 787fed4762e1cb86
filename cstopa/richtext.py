"""Formatted text: HTML that was made harmless on its way into the database."""

from html import unescape

import nh3
from django.core.exceptions import FieldError
from django.db import models
from django.utils.html import strip_tags

TAGS = {
    "a", "blockquote", "br", "em", "h2", "h3", "hr", "li", "ol", "p", "span", "strong", "sub", "sup", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "hreflang"}, "blockquote": {"lang"}, "p": {"lang"}, "span": {"lang"}}
SCHEMES = {"http", "https", "mailto"}


def sanitise(html):
    """Return ``html`` with nothing but TAGS and ATTRIBUTES; markup without a word is empty."""
    clean = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    return clean if unescape(strip_tags(clean)).strip() else ""


class SanitisedHTMLField(models.TextField):
    """HTML, sanitised in the field itself.

    The admin, ``save()``, ``bulk_create()``, ``update()`` and ``loaddata`` all pass through it. An
    expression could bring in what was never looked at, so it is refused with ``FieldError``.
    """

    def pre_save(self, instance, add):
        value = super().pre_save(instance, add)
        if isinstance(value, str):
            # What was saved is also what the instance shows and its version keeps.
            value = sanitise(value)
            setattr(instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        if hasattr(value, "resolve_expression"):
            raise FieldError(f"{self} takes plain text, which can be sanitised, and no expression.")
        if isinstance(value, str):
            value = sanitise(value)
        return super().get_db_prep_save(value, connection)
