"""What the open data has of the news: articles and topics."""

from django.utils import translation
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
    member,
    versioned,
)
from delegations.composition import Chronicle
from delegations.opendata.references import HolderReference, PersonReference, SourceReference
from news import models
from news.models import once_published


class Told:
    """An article and the Chronicle from which the references in its texts are read."""

    def __init__(self, article, chronicle):
        self.article, self.chronicle = article, chronicle

    def __getattr__(self, name):
        return getattr(self.article, name)

    def told(self, name, language):
        return self.article.words(name, language, self.chronicle)


def told(articles, day):
    """Return the articles of one answer, which share a Chronicle."""
    chronicle = Chronicle()
    return [Told(article, chronicle) for article in articles]


def words(name):
    """Return the reader of a text; half a translation is for the desk alone."""

    def read(article, day):
        complete = article.complete_languages
        return {
            language: article.told(name, language) if language in complete else ""
            for language in LANGUAGES
        }

    return staticmethod(read)


def body_text(article, day):
    """Return the text by languages; its links lead to the same pages wherever it is shown."""
    found = words("body")(article, day)
    for language, text in found.items():
        with translation.override(language):
            page = absolute(article.get_absolute_url())
        found[language] = with_absolute_links(text, page)
    return found


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

    resolve_headline = words("headline")
    resolve_summary = words("summary")
    resolve_body = staticmethod(body_text)

    @staticmethod
    def resolve_changed_at(article, day):
        """An article changes for the public when it appears, which may be long after its version."""
        return max(article.published_at, article.changed_at or article.published_at)


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
        complete=told,
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
