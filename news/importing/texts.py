"""Texts of an old program as a text of ours."""

import re
from html import unescape

from django.utils.html import escape, linebreaks
from django.utils.text import Truncator

from cstopa.models.richtext import WRITTEN_AS_HTML, in_plain_words, passages
from cstopa.pasting.cleaning import clean, cleaned
from cstopa.search.words import BREAK

PARTED = re.compile(r"<(?:blockquote|br|div|h[1-6]|li|ol|p|t[dhr]|table|ul)\b", re.IGNORECASE)
MAY_BE_HTML = re.compile("[<&]")
# Not after an initial, nor after a short word with a stop that is mostly an abbreviation.
SENTENCE = re.compile(r"(?<=\w{4}[.!?…])\s+|(?<=\w{3}[»\")][.!?…])\s+")
# As many sentences as fit, the first one whatever its length.
SUMMARY, LONGEST_SUMMARY = 300, 600


def body(text):
    """Return the Cleaned of a body, with paragraphs where lines are empty and no tag parts it."""
    html = text if WRITTEN_AS_HTML.search(text) else escape(unescape(text))
    return cleaned(html if PARTED.search(html) else linebreaks(html))


def plain(text):
    """Return a headline or a summary without the markup and the signs of HTML that it may have."""
    return in_plain_words(clean(text)) if MAY_BE_HTML.search(text) else text


def summary(html):
    """Return the first sentences of a body that was cleaned."""
    first = passages(html).partition(BREAK)[0]
    chosen, *others = SENTENCE.split(first)
    for sentence in others:
        if len(chosen) + len(sentence) >= SUMMARY:
            break
        chosen = f"{chosen} {sentence}"
    return Truncator(chosen).chars(LONGEST_SUMMARY)
