"""Articles and topics."""

import re
from html import escape, unescape
from urllib.parse import urljoin

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cstopa.http.addresses import absolute, with_ends
from cstopa.languages import LANGUAGES
from cstopa.opendata.fields import HTML, MOMENT, Field, InEachLanguage, ListOf, optional
from cstopa.opendata.resources import (
    CHANGED_AT,
    CODE_FIELD,
    PAGE,
    PARLIAMENT,
    PERSON,
    SLUG,
    SOURCE,
    TOPIC,
    Resource,
    with_changed_at,
)
from news.models import Article, Topic, once_published

# A sanitised text has its attributes in double quotes, and no "<" among its words.
LINK = re.compile(r'(<a (?:[a-z]+="[^"]*" )*?href=")([^"]*)')


def words(name):
    """Return the reader of a text; half a translation is for the desk alone."""

    def read(article):
        complete = article.complete_languages
        return {
            language: article.words(name, language) if language in complete else ""
            for language in LANGUAGES
        }

    return read


def body(article):
    """Return the text by languages; its links lead to the same pages wherever it is shown."""
    found = words("body")(article)
    for language, text in found.items():
        with translation.override(language):
            page = absolute(article.get_absolute_url())
        found[language] = LINK.sub(lambda link, page=page: link[1] + whole(link[2], page), text)
    return found


def whole(link, page):
    try:
        return escape(urljoin(page, unescape(link)))
    except ValueError:
        # An editor's slip, such as half an IPv6 address, stays what it is.
        return link


def last_changed(article):
    """An article changes for the public when it appears, which may be long after its last version."""
    return max(article.published_at, article.changed_at or article.published_at)


ARTICLES = Resource(
    "articles",
    "Article",
    _("News items that are public now."),
    Article,
    (
        CODE_FIELD,
        SLUG,
        Field(
            "headline",
            InEachLanguage(),
            "The headline; null where the article is not complete in the language.",
            words("headline"),
        ),
        Field("summary", InEachLanguage(), "The summary, plain text.", words("summary")),
        Field("body", InEachLanguage(optional(HTML)), "The text.", body, in_tables=False),
        Field("published_at", MOMENT, "The moment from which it is public; its day is Moscow's."),
        Field("delegations", ListOf(PARLIAMENT), "The delegations that it concerns."),
        Field("people", ListOf(PERSON), "The people whom it concerns."),
        Field("topics", ListOf(TOPIC), "Its topics."),
        Field(
            "source", optional(SOURCE), "The document that it follows; null where there is none."
        ),
        PAGE,
        Field(
            "changed_at",
            MOMENT,
            "The moment of its last version, or that of its publication where this came later.",
            last_changed,
        ),
    ),
    lambda _day: (
        with_changed_at(Article.objects.published())
        .select_related("source")
        .prefetch_related("delegations", "people", "topics")
    ),
    is_as_of_day=False,
    seen=lambda: once_published(with_ends(Article)),
)
TOPICS = Resource(
    "topics",
    "Topic",
    _("What news is about."),
    Topic,
    (CODE_FIELD, SLUG, Field("name", InEachLanguage(), "Its name."), PAGE, CHANGED_AT),
    lambda _day: with_changed_at(Topic.objects.all()),
    is_as_of_day=False,
)
