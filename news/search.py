"""What readers find of the news: topics, and articles page by page."""

from operator import attrgetter

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cstopa.http.kept.rows import until_written
from cstopa.languages import reading_order
from cstopa.search.excerpts import LENGTH, best, marked
from cstopa.search.results import (
    SHOWN,
    Held,
    Paged,
    Result,
    finds,
    first,
    in_both_languages,
    lists,
    registry,
    result,
)
from delegations.composition import Chronicle
from news.models import Article, Topic


@finds("topics", _("Topics"), Topic)
def topics(query):
    for row in first(Topic.objects.all(), query, attrgetter("name")):
        yield result(row, row.name, in_both_languages(row, "name"), query)


def articles(rows, query):
    """Yield the Result of each article, with the passage of its texts that shows why."""
    chronicle = Chronicle()
    for row in rows:
        yield article(row, query, chronicle)


def article(row, query, chronicle):
    complete = row.complete_languages
    languages = [each for each in reading_order() if each in complete]
    headline = row.text("headline", languages[0], chronicle)
    texts = (
        row.plain_text(name, language, chronicle)
        for language in languages
        for name in ("summary", "body", "headline")
        if (name, language) != ("headline", languages[0])
    )
    excerpt = best(texts, query)
    if excerpt is None:
        excerpt = marked(row.plain_text("summary", languages[0], chronicle), query, LENGTH)
    return Result(row, row.get_absolute_url(), marked(headline, query), excerpt)


lists(
    Paged(
        "articles",
        _("News"),
        lambda: Article.objects.published(),
        articles,
        len(Article.TRANSLATED),
    )
)


@until_written(4)
def held_topics(_day, _language):
    rows = [(row.name, row.get_absolute_url()) for row in Topic.objects.all()[:SHOWN]]
    return Held(_("News"), reverse("news:list"), rows=rows)


registry.holdings.append(lambda day: held_topics(day, get_language()))
