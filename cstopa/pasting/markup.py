"""Any HTML made well-formed, with nothing but what tells how a text is built."""

import re

import nh3
from django.core.exceptions import ValidationError
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _

from cstopa.models.fields import readable
from cstopa.models.richtext import FLAGS, FLAT, KNOWN, TAGS, without_unseen

# Characters. Word says the looks of each word anew: of ten, nine are such.
LONGEST = 5_000_000
MOST_TAGS = 100_000
DEEPEST = 200

# nh3 takes the square of the time for signs that it has to write as such; so a space that does not break, of
# which there are many, goes through it as a sign that no text has.
NO_BREAK = re.compile("&nbsp;|&#160;|&#xa0;|\u00a0", re.IGNORECASE)
STAND_IN = "\x1f"
ESCAPED = re.compile("&(?!quot;)")
MOST_ESCAPED = 100_000

START, END = "<!--StartFragment-->", "<!--EndFragment-->"
# A flag without a value is one of HTML; "a <b and c> d" is no tag.
ATTRIBUTE = rf"""\s++
    (?: [^\s"'<>/=]++ \s*+ = \s*+ (?: "[^"]*+" | '[^']*+' | [^\s"'<>`]++ )
      | (?: {"|".join(sorted(FLAGS))} ) (?= [\s/>] )
    )"""
SIGN = re.compile(
    rf"""< (?:
        (?P<end>/?) (?P<name> (?: [a-z]{{1,2}}[0-9]?: )?+ [a-z][a-z0-9-]*+ )
        (?: {ATTRIBUTE} ){{0,60}}+ \s*+ /?>
      | (?P<aside> !\[ [^<>]{{0,200}}+ > | \?xml [^<>]{{0,200}}+ > )
    )?+""",
    re.IGNORECASE | re.VERBOSE,
)
# What a text is built of, before it is one of ours, and what says so.
BUILT_OF = TAGS | {
    "address", "article", "aside", "b", "body", "center", "cite", "dd", "del", "div", "dl", "dt",
    "fieldset", "footer", "form", "h1", "h5", "h6", "header", "i", "img", "ins", "legend", "main",
    "nav", "option", "pre", "section", "details", "summary",
}  # fmt: skip
UNSEEN = {"annotation", "iframe", "script", "select", "style", "svg", "title", "xml"}
READ = {
    "*": {"aria-level", "class", "data-aria-level", "hidden", "role", "style"},
    "a": {"href"},
    "img": {"src"},
    "li": {"value"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
# In them a parser of HTML would drop words, or take all for words.
OPENED = {
    "listing", "math", "menclose", "merror", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover",
    "mpadded", "mphantom", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup",
    "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover", "noembed", "noframes",
    "plaintext", "semantics", "template", "textarea", "xmp",
}  # fmt: skip
# The next of its kind ends it.
ENDED_BY_NEXT = FLAT | {"dd", "dt", "option", "tbody", "td", "th", "thead", "tr"}
TAKEN_FOR_TAGS = KNOWN | BUILT_OF | OPENED | UNSEEN | {
    "acronym", "applet", "audio", "base", "basefont", "canvas", "data", "datalist", "dialog",
    "embed", "frame", "frameset", "hgroup", "map", "marquee", "menu", "meter", "nobr", "optgroup",
    "option", "output", "param", "picture", "progress", "rb", "rtc", "search", "slot", "source",
    "tt",
}  # fmt: skip


def fragment(html):
    """Return what was selected of a page: programs put all of it on the clipboard, and mark that."""
    before, start, rest = html.partition(START)
    return rest.rpartition(END)[0] or rest if start else before


def refuse_as_too_much():
    raise ValidationError(_("This is too much at once: paste it in parts."), code="too_long")


class Signs:
    """Tells tags from other signs, and refuses too many, one after or in another."""

    def __init__(self):
        self.open = []
        self.number = 0

    def __call__(self, found):
        if found["aside"]:
            return ""
        name = (found["name"] or "").lower()
        if not name:
            return "&lt;"
        if ":" in name or "-" in name:
            # Of another language, such as <o:p>, or of one site's own.
            return ""
        if name not in TAKEN_FOR_TAGS:
            return "&lt;" + found[0][1:]
        self.number += 1
        if self.number > MOST_TAGS:
            refuse_as_too_much()
        if name not in ENDED_BY_NEXT:
            self._nest(name, found["end"])
        return "" if name in OPENED else found[0]

    def _nest(self, name, end):
        if not end:
            self.open.append(name)
        elif self.open and self.open[-1] == name:
            self.open.pop()
        if len(self.open) > DEEPEST:
            raise ValidationError(
                _("This is built of too many parts in one another: paste it without formatting."),
                code="too_deep",
            )


def well_formed(html):
    """Return the selected part of ``html`` with BUILT_OF and READ alone, every tag with its end.

    Raises ValidationError for what a machine would work on for many seconds.
    """
    html = fragment(html)
    if len(html) > LONGEST or len(ESCAPED.findall(NO_BREAK.sub("", html))) > MOST_ESCAPED:
        refuse_as_too_much()
    html = without_unseen(readable(normalize_newlines(html)))
    html = NO_BREAK.sub(STAND_IN, SIGN.sub(Signs(), html))
    well_formed = nh3.clean(
        html,
        tags=BUILT_OF,
        clean_content_tags=UNSEEN,
        attributes=READ,
        generic_attribute_prefixes=None,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel"},
    )
    return well_formed.replace(STAND_IN, "\u00a0")
