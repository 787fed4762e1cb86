"""What the open data has of the news: articles and topics."""

from collections import defaultdict

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
from delegations.models import Delegation, Person
from delegations.opendata.references import HolderReference, PersonReference, SourceReference
from news import models
from news.models import once_published
from news.teasers import updated_at


class InAnswer:
    """An article, with what the articles of one answer share: the Chronicle with which the references
    in their texts are read, and what is said of the rows that they concern.
    """

    def __init__(self, article, chronicle, concerned):
        self.article, self.chronicle, self.languages = (
            article,
            chronicle,
            article.complete_languages,
        )
        self.delegations, self.people, self.topics = (said[article.pk] for said in concerned)

    def __getattr__(self, name):
        return getattr(self.article, name)

    def texts(self, name):
        """Return a text by languages; half a translation is for the desk alone."""
        return {
            each: self.article.text(name, each, self.chronicle) if each in self.languages else ""
            for each in LANGUAGES
        }


def in_answer(articles, day):
    articles, chronicle = list(articles), Chronicle()
    keys = [article.pk for article in articles]
    concerned = [
        said_of("delegations", HolderReference, Delegation.objects.with_names(), keys),
        said_of("people", PersonReference, Person.objects.all(), keys),
        said_of("topics", NamedReference, models.Topic.objects.all(), keys),
    ]
    return [InAnswer(article, chronicle, concerned) for article in articles]


def said_of(name, kind, rows, keys):
    """Return what is said of the rows that articles name in a field, ``{key of an article: [JSON]}``.

    Of each row it is read once: many articles concern the same.
    """
    field = models.Article._meta.get_field(name)
    through = field.remote_field.through.objects.filter(article__in=keys)
    naming, said = defaultdict(list), defaultdict(list)
    for row, article in through.values_list(field.m2m_reverse_field_name(), "article"):
        naming[row].append(article)
    for row in rows.filter(pk__in=naming):
        content = kind.read(row)
        for article in naming[row.pk]:
            said[article].append(content)
    return said


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
        texts = article.texts("body")
        if not any("<a " in text for text in texts.values()):
            return texts
        pages = in_each_language(lambda: absolute(article.get_absolute_url()))
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
        lambda day: models.Article.objects.published().select_related("source"),
        is_as_of_day=False,
        complete=in_answer,
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
