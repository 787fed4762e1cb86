"""Feeds: ids that stay, words that every reader of XML takes, whole texts, and an ETag."""

import datetime as dt
import io
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, rfc3339_date
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from cstopa.http.addresses import absolute
from cstopa.http.etags import unless_unchanged
from cstopa.models.fields import NOT_TEXT
from cstopa.pages.models import imprint

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
    """RSS, with who publishes it, and of an item the whole text and the last change: it has no words
    for them itself.
    """

    def rss_attributes(self):
        names = {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }
        return super().rss_attributes() | names

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        handler.addQuickElement("dc:creator", self.feed["author_name"])

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        if content := item.get("content"):
            handler.addQuickElement("content:encoded", content)


class Feed:
    """Answers with the feed about a row, or about the whole where ``row_of()`` returns None.

    ``link()`` and ``url()`` are the paths of the page and of the feed, ``id()`` what its stable id is
    made of, ``entries()`` dictionaries as Django's generators take them. Django's own class finds out
    a dozen things of each entry one by one, which takes as long as to read and to write it.
    """

    feed_type = Atom

    def __call__(self, request, **names):
        try:
            about = self.row_of(**names)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
        description = " ".join(map(str, filter(None, (self.description(about), settings.INVENTED))))
        publisher = imprint()
        feed = self.feed_type(
            title=self.title(about),
            link=absolute(self.link(about)),
            description=description,
            subtitle=description,
            language=get_language(),
            # Atom wants one. Where nobody says who publishes the site, it is that of which it is.
            author_name=printable(publisher.name or settings.ASSEMBLY_NAME),
            author_email=publisher.email or None,
            feed_copyright=printable(publisher.rights),
            feed_url=absolute(self.url(about)),
            feed_guid=stable_id(*self.id(about)),
        )
        for entry in self.entries(about):
            feed.add_item(**entry, unique_id_is_permalink=False)
        feed.changed_at = self.changed_at()
        text = io.StringIO()
        feed.write(text, "utf-8")
        return unless_unchanged(request, HttpResponse(text.getvalue(), feed.content_type))

    def row_of(self):
        return None

    def description(self, about):
        return None

    def changed_at(self):
        """Return when the feed changed, or None: with its newest entry."""
        return None
