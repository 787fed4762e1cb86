"""The feeds of the news, each of which holds only what is whole in its language."""

from functools import cached_property

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.html import escape, linebreaks
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cstopa.http.addresses import absolute, answer_former
from cstopa.http.feeds import FIRST_DAY, RSS, Atom, ConditionalFeed, printable, stable_id
from cstopa.models.periods import today
from cstopa.models.richtext import with_absolute_links
from delegations.composition import Chronicle
from delegations.models import Delegation
from news.models import Article, Topic
from news.teasers import WholeArticle, as_shown

SIZE = 30


class Entry(WholeArticle):
    """An article with its whole text, as HTML that reads the same on any other page."""

    @cached_property
    def address(self):
        return absolute(self.get_absolute_url())

    @property
    def text(self):
        text = linebreaks(self.summary, autoescape=True) + self.body
        return with_absolute_links(text, self.address)


class NewsFeed(ConditionalFeed):
    """All the news, in Atom."""

    feed_type = Atom
    item_guid_is_permalink = False
    url_name = "news:atom"

    def author_name(self):
        return settings.ASSEMBLY_NAME

    def title(self):
        return _("News of the %(assembly)s") % {"assembly": settings.ASSEMBLY_SHORT_NAME}

    def subtitle(self, about):
        return self._get_dynamic_attr("title", about)

    description = subtitle

    def link(self):
        return absolute(reverse("news:list"))

    def feed_guid(self):
        return stable_id("news")

    def feed_url(self, about):
        return absolute(reverse(self.url_name, args=[about.slug] if about else []))

    def changed_at(self):
        # What becomes public by time has no version for it. It is then the newest of all.
        published = Article.objects.published().values_list("published_at", flat=True)
        return max(super().changed_at(), published.first() or FIRST_DAY)

    def articles(self, about):
        return Article.objects.published()

    def items(self, about):
        articles = self.articles(about).in_language(get_language())[:SIZE]
        chronicle = Chronicle()
        return [Entry(article, chronicle) for article in as_shown(articles)]

    def item_title(self, entry):
        return printable(entry.headline)

    def item_description(self, entry):
        # Both formats read it as HTML.
        return escape(printable(entry.summary))

    def item_link(self, entry):
        return entry.address

    def item_guid(self, entry):
        return stable_id("news", entry.pk)

    def item_pubdate(self, entry):
        return entry.published_at

    def item_updateddate(self, entry):
        return entry.updated_at

    def item_extra_kwargs(self, entry):
        return {"content": printable(entry.text)}


class FeedAbout(NewsFeed):
    """The news about one row, whose feed outlives its slug as its page does.

    ``field``: the field of an article that names it.
    """

    def __call__(self, request, slug):
        try:
            return super().__call__(request, slug)
        except Http404:
            return answer_former(request, self.model.objects.all(), slug)

    def get_object(self, request, slug):
        return self.model.objects.get(slug=slug)

    def name(self, about):
        return about.name

    def title(self, about):
        return _("%(name)s: news") % {"name": printable(self.name(about))}

    def link(self, about):
        return absolute(about.get_absolute_url())

    def feed_guid(self, about):
        return stable_id(self.model._meta.model_name, about.pk)

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
