"""The feeds of the news, each of which holds only what is whole in its language."""

from functools import cached_property

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.html import escape, linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cstopa.http.addresses import absolute, answer_former
from cstopa.http.feeds import FIRST_DAY, RSS, Feed, printable, stable_id
from cstopa.languages import to_attribute
from cstopa.library.galleries import Gallery
from cstopa.models.history import last_change
from cstopa.models.periods import today
from cstopa.models.richtext import with_absolute_links
from delegations.composition import Chronicle
from delegations.models import Delegation
from news.models import Article, Topic
from news.teasers import WholeArticle, as_shown

SIZE = 30


class Entry(WholeArticle):
    """An article with its whole text, as HTML that reads the same on any other page.

    The pictures in it are of the Gallery that a feed shares.
    """

    def __init__(self, article, chronicle, gallery):
        super().__init__(article, chronicle)
        self.gallery = gallery

    @cached_property
    def address(self):
        return absolute(self.get_absolute_url())

    @property
    def text(self):
        body = self.gallery.elsewhere(self.body.plain)
        text = linebreaks(self.summary, autoescape=True) + body
        text = self.picture.html + text if self.picture else text
        return with_absolute_links(text, self.address)


class NewsFeed(Feed):
    """All the news, in Atom.

    As new as the last change on the site that the public can tell. A version of any row counts: what
    an article says of a delegation follows from its rows. So the feed is never older than it was.
    """

    url_name = "news:atom"

    def title(self, about):
        return _("News of the %(assembly)s") % {"assembly": settings.ASSEMBLY_SHORT_NAME}

    def description(self, about):
        return self.title(about)

    def link(self, about):
        return reverse("news:list")

    def url(self, about):
        return reverse(self.url_name, args=[about.slug] if about else [])

    def id(self, about):
        return ("news",)

    def changed_at(self):
        # What becomes public by time has no version for it. It is then the newest of all.
        published = Article.objects.published().values_list("published_at", flat=True).first()
        return max(filter(None, (FIRST_DAY, last_change(), published)))

    def articles(self, about):
        return Article.objects.published()

    def entries(self, about):
        articles = self.articles(about).in_language(get_language())[:SIZE]
        chronicle, articles = Chronicle(), list(as_shown(articles))
        body = to_attribute("body", get_language())
        gallery = Gallery(*(getattr(article, body) for article in articles))
        for article in articles:
            entry = Entry(article, chronicle, gallery)
            yield {
                "title": printable(entry.headline),
                "link": entry.address,
                # Both formats read it as HTML.
                "description": escape(printable(entry.summary)),
                "content": printable(entry.text),
                "unique_id": stable_id("news", entry.pk),
                "pubdate": entry.published_at,
                "updateddate": entry.updated_at,
            }


class FeedAbout(NewsFeed):
    """The news about one row, whose feed outlives its slug as its page does.

    ``field``: the field of an article that names it.
    """

    def __call__(self, request, slug):
        try:
            return super().__call__(request, slug=slug)
        except Http404:
            return answer_former(request, self.model.objects.all(), slug)

    def row_of(self, slug):
        return self.model.objects.get(slug=slug)

    def name(self, about):
        return about.name

    def title(self, about):
        return _("%(name)s: news") % {"name": printable(self.name(about))}

    def link(self, about):
        return about.get_absolute_url()

    def id(self, about):
        return self.model._meta.model_name, about.pk

    def articles(self, about):
        return Article.objects.about(**{self.field: about}).published()


class DelegationFeed(FeedAbout):
    model = Delegation
    field = "delegations"
    url_name = "news:delegation-atom"

    def name(self, about):
        return about.name_on(today())


class TopicFeed(FeedAbout):
    model = Topic
    field = "topics"
    url_name = "news:topic-atom"


class RSSNewsFeed(NewsFeed):
    """All the news, in RSS."""

    feed_type = RSS
    url_name = "news:rss"


class DelegationRSSFeed(DelegationFeed):
    feed_type = RSS
    url_name = "news:delegation-rss"


class TopicRSSFeed(TopicFeed):
    feed_type = RSS
    url_name = "news:topic-rss"
