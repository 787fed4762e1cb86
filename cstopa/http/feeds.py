"""Feeds: ids that stay, words that every reader of XML takes, whole texts, and an ETag."""

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, rfc3339_date
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cstopa.http.etags import unless_unchanged
from cstopa.models.fields import NOT_TEXT
from cstopa.models.history import last_change

# The feeds and their ids begin here.
FIRST_DAY = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def printable(text):
    """Return a text without the characters for which every reader would refuse the feed."""
    return NOT_TEXT.sub("", str(text))


def stable_id(*parts):
    """Return a tag URI (RFC 4151), which stays when a slug changes."""
    authority = urlsplit(settings.SITE_URL).hostname
    return f"tag:{authority},{FIRST_DAY.year}:{'/'.join(map(str, parts))}/{get_language()}"


def for_readers(feed):
    """Let anybody read a feed, and nobody write to it."""
    return csrf_exempt(require_safe(feed))


class Dated:
    """Knows when it changed: at ``changed_at``, or else with its newest item.

    Of a feed without items it says that it is as old as its id, where Django says "now".
    """

    changed_at = None

    def latest_post_date(self):
        return self.changed_at or (super().latest_post_date() if self.items else FIRST_DAY)


class Atom(Dated, Atom1Feed):
    """Atom, in which an item may have ``content``: its whole text, as HTML."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if content := item.get("content"):
            handler.addQuickElement("content", content, {"type": "html"})


class RSS(Dated, Rss201rev2Feed):
    """RSS, with the whole text and the last change of an item, for which it has no words itself."""

    def rss_attributes(self):
        names = {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}
        return super().rss_attributes() | names

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        if content := item.get("content"):
            handler.addQuickElement("content:encoded", content)


class ConditionalFeed(Feed):
    """Has an ETag, and is as new as the last change on the site that the public can tell.

    A version of any row counts: what an article says of a delegation follows from its rows. So the
    feed is never older than it was.
    """

    def changed_at(self):
        return max(last_change() or FIRST_DAY, FIRST_DAY)

    def __call__(self, request, *args, **kwargs):
        try:
            about = self.get_object(request, *args, **kwargs)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
        feed = self.get_feed(about, request)
        feed.changed_at = self.changed_at()
        response = HttpResponse(content_type=feed.content_type)
        feed.write(response, "utf-8")
        return unless_unchanged(request, response)
