"""Formatted text: HTML that was made harmless on its way into the database."""

import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

import nh3
from django.conf.locale import LANG_INFO
from django.core.exceptions import FieldError, ValidationError
from django.utils.html import escape, format_html, linebreaks
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cstopa.models.fields import ProseField, readable, refuse_endless
from cstopa.search.words import BREAK

TAGS = {
    "a", "blockquote", "br", "caption", "em", "figcaption", "figure", "h2", "h3", "h4", "hr", "li",
    "ol", "p", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
SPANS = {"colspan", "rowspan"}
ATTRIBUTES = {
    "a": {"href", "hreflang"},
    "blockquote": {"lang"},
    "ol": {"start", "type"},
    "p": {"lang"},
    "span": {"lang"},
    "td": SPANS,
    "th": {"scope", *SPANS},
}
# No table that anyone reads has more, and no list goes so far.
SPAN = re.compile("[1-9][0-9]?")
VALUES = {
    **dict.fromkeys(SPANS, SPAN),
    "scope": re.compile("(col|row)(group)?"),
    "start": re.compile("[0-9]{1,4}"),
    "type": re.compile("[1aAiI]"),
}
SCHEMES = {"http", "https", "mailto", "tel"}
# What is taken for a tag, so that it may be left out: every other "<" was meant as one. Within
# <math>, <svg> and <template> a parser of HTML would drop words.
KNOWN = {
    *nh3.ALLOWED_TAGS, "big", "body", "button", "dir", "font", "form", "head", "html", "iframe",
    "input", "label", "legend", "link", "main", "meta", "noscript", "object", "section", "video",
}  # fmt: skip
# What an editor may write for one of TAGS, and what only parts a text.
SAME = {"b": "strong", "h1": "h2", "i": "em"}
PARTING = {
    "address", "article", "aside", "body", "center", "div", "footer", "header", "html", "main",
    "nav", "section",
}  # fmt: skip
# So many of what would be lost are named.
NAMED = 10
FLAGS = {
    "allowfullscreen", "checked", "compact", "controls", "disabled", "hidden", "ismap", "noshade",
    "nowrap", "open", "readonly", "required", "reversed", "selected",
}  # fmt: skip
# As HTML has it, but bounded, so that no text takes long to read; "a <b and c> d" is no tag.
ATTRIBUTE = rf"""\s++
    (?: [a-z_:@][-\w:.@]*+ \s*+ = \s*+ (?: "[^"]{{0,9999}}+" | '[^']{{0,9999}}+' | [^\s"'<>`]++ )
      | (?: {"|".join(sorted(FLAGS))} ) (?= [\s/>] )
    )"""
MARKUP = re.compile(
    rf"</?(?:{'|'.join(sorted(KNOWN))})(?:{ATTRIBUTE}){{0,50}}+\s*+/?>", re.IGNORECASE | re.VERBOSE
)
WRITTEN_AS_HTML = re.compile(rf"{MARKUP.pattern}|<(?:script|style)\b", MARKUP.flags)
MARKUP_OR_SIGN = re.compile(rf"({MARKUP.pattern})|<", MARKUP.flags)
# What nobody sees, by its start and its end; without its end it is text.
UNSEEN = [
    (re.compile(f"{start}.*?{end}", re.IGNORECASE | re.DOTALL), re.compile(end, re.IGNORECASE))
    for start, end in (
        ("<!--", "-->"),
        ("<!doctype[^<>]*", ">"),
        (r"<script\b[^<>]*>", r"</script\s*>"),
        (r"<style\b[^<>]*>", r"</style\s*>"),
    )
]
# What was sanitised has its attributes in double quotes, and no such sign among its words.
LINK = re.compile(r'(<a (?:[^<>"]|"[^"]*")*?href=")([^"]*)"')
# What parts a text by itself; the other tags stand inside a paragraph.
BLOCKS = re.compile(
    r"</?(blockquote|caption|figcaption|figure|h[234]|hr|li|ol|p|t(able|body|d|h|head|r)|ul)\b"
)
TAG = re.compile(r'</?\w+(?:"[^"]*"|[^">])*>')
TAG_NAME = re.compile(r"</?(\w+)")
EMPTY_LINE = re.compile(r"\n\s*\n")
# What was sanitised has no attributes there.
TABLE = re.compile(r"<table>(?:<caption>(.*?)</caption>)?", re.DOTALL)


# The next one of its kind ends it, or it holds nothing.
FLAT = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "li", "link", "meta", "p", "source",
    "track", "wbr",
}  # fmt: skip
DEEPEST = 50
NESTING = re.compile(rf"<(?!(?:{'|'.join(FLAT)})\b)[a-z]", re.IGNORECASE)


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
    # Counting them takes a tenth of the time, and is mostly all.
    if len(NESTING.findall(html)) > DEEPEST and Depth(html).deepest > DEEPEST:
        raise ValidationError(
            _("Tags stand more than %(deepest)d deep in one another, or lack their ends."),
            code="too_deep",
            params={"deepest": DEEPEST},
        )


def understood(tag, attribute, value):
    """Return the value of an attribute, or None for one that no reader's machine understands."""
    if attribute in {"lang", "hreflang"}:
        is_understood = value.partition("-")[0].lower() in LANG_INFO
    else:
        is_understood = attribute not in VALUES or VALUES[attribute].fullmatch(value)
    return value if is_understood else None


def before_last(end, html):
    """Return ``html`` up to the last ``end``, and the rest, where nothing is looked for.

    Each start there would read to the end of the text.
    """
    last = max((match.end() for match in end.finditer(html)), default=0)
    return html[:last], html[last:]


def without_unseen(html):
    """Return ``html`` without comments, scripts and styles."""
    for whole, end in UNSEEN:
        ended, rest = before_last(end, html)
        html = whole.sub("", ended) + rest
    return html


def sanitise(html):
    """Return ``html`` with nothing but TAGS and ATTRIBUTES; markup without a word is empty.

    Of words nothing is lost: what only looks like a tag is text. What comes out goes in again until
    it stays as it is, for a sign that is taken away may leave behind what had been harmless with it.

    Raises ValidationError where it is too long or too deep, before and after.
    """
    clean = cleaned(html)
    return clean if clean == html else sanitise(clean)


def harmless(html):
    """Return ``html`` with the tags and attributes alone that a text may have."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=understood,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def cleaned(html):
    """Return what is left of ``html`` when it is read once."""
    refuse_endless(html)
    html = MARKUP_OR_SIGN.sub(lambda found: found[1] or "&lt;", without_unseen(html))
    refuse_excess(html)
    # A number may stand for a character: &#x202e;
    clean = readable(harmless(html))
    refuse_excess(clean)
    return clean if unescape(TAG.sub("", clean)).strip() else ""


def as_kept(found):
    """Return what a text has for a tag that means the same as one of its own, or parts it."""
    name = TAG_NAME.match(found[0])[1]
    if name.lower() in PARTING:
        return "\n\n"
    return found[0].replace(name, SAME.get(name.lower(), name), 1)


# A picture as the editor shows it: a text names it otherwise.
SHOWN_PICTURE = re.compile(r"<figure\b.*?\sdata-picture\s*=", re.IGNORECASE | re.DOTALL)
# A parser of HTML knows a cell in a table alone.
WITHIN = dict.fromkeys(("td", "th"), "<table><tr>")


def lost(html):
    """Yield, as it was written, what would be taken out of ``html``, beside its looks."""
    for whole, end in UNSEEN:
        yield from (found[0] for found in whole.finditer(before_last(end, html)[0]))
    for found in MARKUP.finditer(without_unseen(html)):
        tag, name = found[0], TAG_NAME.match(found[0])[1].lower()
        if name not in TAGS:
            yield f"<{name}>"
        elif SHOWN_PICTURE.match(tag) or any(
            re.search(rf"\s{attribute}\s*=", tag, re.IGNORECASE)
            and f" {attribute}=" not in harmless(f"{WITHIN.get(name, '')}{tag}x")
            for attribute in ATTRIBUTES.get(name, ())
        ):
            yield tag


def refuse_losses(html):
    """Raise ValidationError that names what of ``html`` cannot be kept."""
    if found := [*dict.fromkeys(Truncator(each).chars(60) for each in lost(html))]:
        raise ValidationError(
            _("A text cannot have %(lost)s. Write it without: nothing is saved yet."),
            code="lost",
            params={"lost": ", ".join(found[:NAMED]) + (", …" if len(found) > NAMED else "")},
        )


def formatted(text):
    """Return the HTML of what an editor wrote, with a tag or without any.

    Raises ValidationError for what could not be kept: nothing that was typed disappears unseen.
    """
    if WRITTEN_AS_HTML.search(text):
        text = MARKUP.sub(as_kept, text)
        refuse_losses(text)
        html = sanitise(text)
    else:
        html = sanitise(escape(text))
    if BLOCKS.search(html):
        return html
    lines = html.strip()
    # What was pasted has one end of a line after each paragraph.
    return sanitise(linebreaks(lines if EMPTY_LINE.search(lines) else lines.replace("\n", "\n\n")))


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


def with_scrolling_tables(html):
    """Return sanitised HTML in which each table, where it is wider than the page, scrolls in its own box."""

    def boxed(found):
        name = in_plain_words(found[1]) if found[1] else _("Table")
        return format_html(
            '<div class="prose__table" role="group" tabindex="0" aria-label="{}">{}',
            name,
            mark_safe(found[0]),
        )

    return TABLE.sub(boxed, html).replace("</table>", "</table></div>")


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

    # Spaces may stand where a tag was.
    is_trimmed = False

    def tidied(self, text):
        return sanitise(super().tidied(text))

    def get_db_prep_save(self, value, connection):
        if hasattr(value, "resolve_expression"):
            raise FieldError(f"{self} takes plain text, which can be sanitised, and no expression.")
        return super().get_db_prep_save(value, connection)
