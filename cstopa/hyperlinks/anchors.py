"""The links in a text."""

import re
from html import unescape
from typing import NamedTuple

from cstopa.models.richtext import in_plain_words

# What was sanitised has its attributes in double quotes.
ANCHOR = re.compile(r'<a ((?:[^<>"]|"[^"]*")*)>(.*?)</a>', re.DOTALL)
HREF = re.compile(r'href="([^"]*)"')


class Anchor(NamedTuple):
    href: str
    words: str


def anchors(html):
    """Return the links of sanitised HTML, in their order."""
    return [
        Anchor(unescape(href[1]), in_plain_words(words))
        for attributes, words in ANCHOR.findall(html)
        if (href := HREF.search(attributes))
    ]
