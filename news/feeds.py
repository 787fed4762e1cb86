"""The feeds of the news, each of which holds only what is whole in its language."""

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cstopa import assembly
from cstopa.addresses import absolute, answer_former
from cstopa.feeds import Atom, Dated, printable, stable_id
from delegations.models import Delegation
from news.models import Article, Topic
from news.teasers import teasers

SIZE = 30


class RSS(Dated, Rss201rev2Feed):
    pass


class NewsFeed(Feed):
    """All the news, in Atom."""

    feed_type = Atom
    item_guid_is_permalink = False

    def author_name(self):
        return assembly.NAME

    def title(self):
        return _("News of the %(assembly)s") % {"assembly": assembly.SHORT_NAME}

    def subtitle(self, about):
        return self._get_dynamic_attr("title", about)

    description = subtitle

    def link(self):
        return absolute(reverse("news:list"))

    def feed_guid(self):
        return stable_id("news")

    def feed_url(self):
        return absolute(reverse("news:atom"))

    def articles(self, about):
        return Article.objects.published()

    def items(self, about):
        return teasers(self.articles(about).in_language(get_language())[:SIZE])

    def item_title(self, article):
        return printable(article.headline)

    def item_description(self, article):
        # Both formats read it as HTML.
        return escape(printable(article.summary))

    def item_link(self, article):
        return absolute(article.get_absolute_url())

    def item_guid(self, article):
        return stable_id("news", article.pk)

    def item_pubdate(self, article):
        return article.published_at

    def item_updateddate(self, article):
        return article.updated_at


class RSSNewsFeed(NewsFeed):
    """All the news, in RSS."""

    feed_type = RSS

    def feed_url(self):
        return absolute(reverse("news:rss"))


class FeedAbout(NewsFeed):
    """The news about one row, whose feed outlives its slug as its page does."""

    def __call__(self, request, slug):
        try:
            return super().__call__(request, slug)
        except Http404:
            return answer_former(request, self.model.objects.all(), slug)

    def get_object(self, request, slug):
        return self.model.objects.get(slug=slug)

    def title(self, about):
        return _("%(name)s: news") % {"name": printable(about.name)}

    def link(self, about):
        return absolute(about.get_absolute_url())

    def feed_url(self, about):
        return absolute(reverse(self.url_name, args=[about.slug]))

    def feed_guid(self, about):
        return stable_id(self.model._meta.model_name, about.pk)

    def articles(self, about):
        return about.articles.published()


class DelegationFeed(FeedAbout):
    model = Delegation
    url_name = "news:delegation-atom"


class TopicFeed(FeedAbout):
    model = Topic
    url_name = "news:topic-atom"
