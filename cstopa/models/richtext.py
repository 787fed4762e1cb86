"""Formatted text: HTML that was made harmless on its way into the database."""

import re
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

import nh3
from django.conf.locale import LANG_INFO
from django.core.exceptions import FieldError, ValidationError
from django.utils.html import escape, linebreaks, strip_tags
from django.utils.translation import gettext_lazy as _

from cstopa.models.fields import ProseField, readable, refuse_endless
from cstopa.search.words import BREAK

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


# The next one of its kind ends it, or it holds nothing.
FLAT = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "li", "link", "meta", "p", "source",
    "track", "wbr",
}  # fmt: skip
DEEPEST = 50


class Depth(HTMLParser):
    """Counts how deep tags stand in one another; an end closes only what began last."""

    def __init__(self, html):
        super().__init__()
        self.open = []
        self.deepest = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in FLAT:
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))

    def handle_startendtag(self, tag, attrs):
        # HTML overlooks the slash.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()


def refuse_excess(html):
    """Raise ValidationError for HTML on which a machine would work for many seconds."""
    refuse_endless(html)
    if Depth(html).deepest > DEEPEST:
        raise ValidationError(
            _("Tags stand more than %(deepest)d deep in one another, or lack their ends."),
            code="too_deep",
            params={"deepest": DEEPEST},
        )


def known_language(tag, attribute, value):
    """Return the value, or None for a language that no reader's machine knows."""
    if attribute in {"lang", "hreflang"} and value.partition("-")[0].lower() not in LANG_INFO:
        return None
    return value


# On its way into the database a text comes here half a dozen times.
@lru_cache(maxsize=16)
def sanitise(html):
    """Return ``html`` with nothing but TAGS and ATTRIBUTES; markup without a word is empty.

    Raises ValidationError where it is too long or too deep, before and after.
    """
    refuse_excess(html)
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=known_language,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    # A number may stand for a character: &#x202e;
    clean = readable(clean)
    refuse_excess(clean)
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

    def whole(match):
        try:
            return f'{match[1]}{escape(urljoin(base, unescape(match[2])))}"'
        except ValueError:
            # No address, wherever it stands.
            return match[0]

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
