"""What the open data has of the news: articles and topics."""

from django.utils.translation import gettext_lazy as _

from cstopa.http.addresses import absolute, with_ends
from cstopa.languages import LANGUAGES
from cstopa.models.richtext import with_absolute_links
from cstopa.opendata.resources import Resource, register
from cstopa.opendata.schemas import (
    Addressed,
    Moment,
    NamedReference,
    Shown,
    Texts,
    Words,
    in_each_language,
    member,
    versioned,
)
from delegations.composition import Chronicle
from delegations.opendata.references import HolderReference, PersonReference, SourceReference
from news import models
from news.models import once_published
from news.teasers import updated_at


class WithChronicle:
    """An article, and the Chronicle with which the references in the texts of one answer are read."""

    def __init__(self, article, chronicle):
        self.article, self.chronicle = article, chronicle

    def __getattr__(self, name):
        return getattr(self.article, name)

    def texts(self, name):
        """Return a text by languages; half a translation is for the desk alone."""
        complete = self.article.complete_languages
        return {
            each: self.article.text(name, each, self.chronicle) if each in complete else ""
            for each in LANGUAGES
        }


def with_chronicle(articles, day):
    chronicle = Chronicle()
    return [WithChronicle(article, chronicle) for article in articles]


class Article(Shown, Addressed):
    headline: Words = member(
        "The headline; null where the article is not complete in the language."
    )
    summary: Words = member("The summary, plain text.")
    body: Texts = member("The text.")
    published_at: Moment = member("The moment from which it is public; its day is Moscow's.")
    delegations: list[HolderReference] = member("The delegations that it concerns.")
    people: list[PersonReference] = member("The people whom it concerns.")
    topics: list[NamedReference] = member("Its topics.")
    source: SourceReference | None = member(
        "The document that it follows; null where there is none."
    )
    changed_at: Moment = member(
        "The moment of its last version, or that of its publication where this came later."
    )

    @staticmethod
    def resolve_headline(article, day):
        return article.texts("headline")

    @staticmethod
    def resolve_summary(article, day):
        return article.texts("summary")

    @staticmethod
    def resolve_body(article, day):
        """Links lead to the same pages wherever it is shown."""
        pages = in_each_language(lambda: absolute(article.get_absolute_url()))
        texts = article.texts("body")
        return {each: with_absolute_links(texts[each], pages[each]) for each in LANGUAGES}

    @staticmethod
    def resolve_changed_at(article, day):
        return updated_at(article)


@versioned
class Topic(Shown, Addressed):
    name: Words = member("Its name.")


register(
    Resource(
        "articles",
        _("News items that are public now."),
        models.Article,
        Article,
        lambda day: (
            models.Article.objects.published()
            .select_related("source")
            .prefetch_related("delegations__names", "people", "topics")
        ),
        is_as_of_day=False,
        complete=with_chronicle,
        seen=lambda: once_published(with_ends(models.Article)),
        pages=("news:list", "news:detail"),
    ),
    Resource(
        "topics",
        _("What news is about."),
        models.Topic,
        Topic,
        is_as_of_day=False,
        pages=("news:topic",),
    ),
)
