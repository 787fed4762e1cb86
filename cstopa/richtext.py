"""Formatted text: HTML that was made harmless on its way into the database."""

import re
from html import unescape
from urllib.parse import urljoin

import nh3
from django.conf.locale import LANG_INFO
from django.core.exceptions import FieldError
from django.utils.html import escape, linebreaks, strip_tags

from cstopa.search.words import BREAK
from cstopa.texts import ProseField

TAGS = {
    "a", "blockquote", "br", "em", "h2", "h3", "hr", "li", "ol", "p", "span", "strong", "sub", "sup", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "hreflang"}, "blockquote": {"lang"}, "p": {"lang"}, "span": {"lang"}}
SCHEMES = {"http", "https", "mailto"}
# What was sanitised has its attributes in double quotes, and no such sign among its words.
LINK = re.compile(r'(<a (?:[^<>"]|"[^"]*")*?href=")([^"]*)"')
# What parts a text by itself; the other tags stand inside a paragraph.
BLOCKS = re.compile(r"</?(blockquote|h2|h3|hr|li|ol|p|ul)\b")
TAG = re.compile(r'</?\w+(?:"[^"]*"|[^">])*>')


def known_language(tag, attribute, value):
    """Return the value, or None for a language that no reader's machine knows."""
    if attribute in {"lang", "hreflang"} and value.partition("-")[0].lower() not in LANG_INFO:
        return None
    return value


def sanitise(html):
    """Return ``html`` with nothing but TAGS and ATTRIBUTES; markup without a word is empty."""
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=known_language,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    return clean if unescape(strip_tags(clean)).strip() else ""


def formatted(text):
    """Return the HTML of what an editor wrote, with a tag or without any."""
    html = sanitise(text if re.search("</?[a-z]", text, re.IGNORECASE) else escape(text))
    return html if BLOCKS.search(html) else sanitise(linebreaks(html))


def passages(html):
    """Return the words of sanitised HTML as plain text, with BREAK between its blocks."""

    def apart(tag):
        if BLOCKS.match(tag[0]):
            return BREAK
        return " " if tag[0].startswith("<br") else ""

    blocks = (" ".join(unescape(block).split()) for block in TAG.sub(apart, html).split(BREAK))
    return BREAK.join(filter(None, blocks))


def in_plain_words(html):
    """Return the words of sanitised HTML, in one line."""
    return passages(html).replace(BREAK, " ")


def with_absolute_links(html, base):
    """Return sanitised HTML with each link as it leads from the page at the address ``base``."""

    def whole(found):
        try:
            return f'{found[1]}{escape(urljoin(base, unescape(found[2])))}"'
        except ValueError:
            # No address, wherever it stands.
            return found[0]

    return LINK.sub(whole, html)


class SanitisedHTMLField(ProseField):
    """HTML, sanitised in the field itself.

    An expression could bring in what was never looked at, so it is refused with ``FieldError``.
    """

    def tidied(self, text):
        return sanitise(super().tidied(text))

    def get_db_prep_save(self, value, connection):
        if hasattr(value, "resolve_expression"):
            raise FieldError(f"{self} takes plain text, which can be sanitised, and no expression.")
        return super().get_db_prep_save(value, connection)
