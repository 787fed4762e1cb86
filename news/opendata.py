"""What the open data has of the news: articles and topics."""

from collections import defaultdict

from django.db.models import prefetch_related_objects
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cstopa.http.addresses import absolute, with_ends
from cstopa.http.kept.rows import each_until_written
from cstopa.languages import LANGUAGES, to_attribute
from cstopa.library.galleries import Gallery
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


class InAnswer:
    """An article, with what the articles of one answer share: the Chronicle with which the references
    in their texts are read, the Gallery of their pictures, and what is said of the rows that they concern.
    """

    def __init__(self, article, chronicle, gallery, concerned):
        self.article, self.chronicle, self.gallery = article, chronicle, gallery
        self.languages = article.complete_languages
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
    # Their texts may link them.
    prefetch_related_objects(articles, "documents")
    concerned = [said_of(name, articles) for name in ("delegations", "people", "topics")]
    bodies = [to_attribute("body", each) for each in LANGUAGES]
    gallery = Gallery(*(getattr(article, body) for article in articles for body in bodies))
    return [InAnswer(article, chronicle, gallery, concerned) for article in articles]


def said_of(name, articles):
    """Return what is said of the rows that articles name in a field, ``{key of an article: [JSON]}``,
    each under its name on the day of the article.
    """
    days = {article.pk: article.day for article in articles}
    field = models.Article._meta.get_field(name)
    row = field.m2m_reverse_field_name()
    through = field.remote_field.through.objects.filter(article__in=days)
    in_order = through.order_by(*(f"{row}__{each}" for each in field.related_model._meta.ordering))
    pairs = list(in_order.values_list("article", row))
    rows, said = named_in({key for _article, key in pairs}, name), defaultdict(list)
    kinds = {"delegations": HolderReference, "people": PersonReference, "topics": NamedReference}
    for article, key in pairs:
        if key in rows:
            said[article].append(kinds[name].read(rows[key], days[article]))
    return said


@each_until_written(size=10_000)
def named_in(keys, name):
    """Return rows that articles name in a field, ``{key: row}``."""
    rows = models.Article._meta.get_field(name).related_model.objects.filter(pk__in=keys)
    rows = rows.with_names() if name == "delegations" else rows
    return {row.pk: row for row in rows}


class Article(Shown, Addressed):
    headline: Words = member(
        "The headline; null where the article is not complete in the language."
    )
    summary: Words = member("The summary, plain text.")
    body: Texts = member("The text.")
    published_at: Moment = member("The moment from which it is public; its day is Moscow's.")
    delegations: list[HolderReference] = member(
        "The delegations that it concerns, under their names on its day."
    )
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
        texts = {}
        for each, text in article.texts("body").items():
            # Its pictures are said in its language.
            with translation.override(each):
                texts[each] = article.gallery.elsewhere(text)
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
