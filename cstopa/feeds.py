"""Feeds: ids that stay, words that every reader of XML takes, and an age for an empty feed."""

import datetime as dt
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

# The feeds and their ids begin here.
FIRST_DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
# A feed with one of these is refused by every reader.
NOT_IN_XML = re.compile(r"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]")


def printable(text):
    return NOT_IN_XML.sub("", str(text))


def stable_id(*parts):
    """Return a tag URI (RFC 4151), which stays when a slug changes."""
    authority = urlsplit(settings.SITE_URL).hostname
    return f"tag:{authority},{FIRST_DAY.year}:{'/'.join(map(str, parts))}/{get_language()}"


def for_readers(feed):
    """Let anybody read a feed, and nobody write to it."""
    return csrf_exempt(require_safe(feed))


class Dated:
    """Says of a feed without items that it is as old as its id, where Django says "now"."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else FIRST_DAY


class Atom(Dated, Atom1Feed):
    pass
