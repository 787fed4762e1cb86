"""What a query finds, by kind: each row with its name, and the part of its texts that shows why."""

from dataclasses import dataclass, field, replace

from django.db.models import FETCH_RAISE, Prefetch
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cstopa.http.pagination import page_of
from cstopa.languages import LANGUAGES, Text, reading_order
from cstopa.models.periods import today
from cstopa.search.excerpts import LENGTH, Marked, as_texts, best, marked, stands_in
from cstopa.search.index import label, searched_models
from cstopa.search.kinds import is_said_in
from cstopa.search.models import Entry
from cstopa.search.ranking import RANKED, rank
from delegations.composition import compositions
from delegations.models import Chamber, Delegation, Office, Person, SeatAllocation
from news.models import Article, Topic

# Of each kind; one more is asked for, to say that there are more.
SHOWN = 20


@dataclass(frozen=True)
class Result:
    """A row that was found. ``excerpt`` is None where the name says it all."""

    row: object
    address: str
    name: Marked
    excerpt: Marked | None = None


@dataclass(frozen=True)
class Group:
    """The first results of one kind. ``key`` names the kind, for its anchor and its template."""

    key: str
    heading: str
    results: list[Result] = field(default_factory=list)
    has_more: bool = False


def result(row, name, texts, query):
    """Return the Result of a row with a name, and other words by which it may have been found."""
    shown = marked(next(as_texts([name])), query)
    says_all = shown.found == len(query.wanted)
    # The reader's language first.
    texts = sorted(as_texts(texts), key=lambda text: text.language != get_language())
    excerpt = None if says_all else best([text for text in texts if text not in name], query)
    return Result(row, row.get_absolute_url(), shown, excerpt)


def groups(query):
    """Return the Groups of all kinds but the news; those that found nothing are left out."""
    found = [
        group("delegations", _("Parliaments and delegations"), delegations(query)),
        group("chambers", _("Chambers"), chambers(query)),
        group("offices", _("Offices"), offices(query)),
        group("people", _("People"), people(query)),
        group("topics", _("Topics"), topics(query)),
        *(
            group(model._meta.model_name, capfirst(model._meta.verbose_name_plural), rows)
            for model, rows in others(query)
        ),
    ]
    return [each for each in found if each.results]


def group(key, heading, results):
    results = list(results)
    return Group(key, heading, results[:SHOWN], len(results) > SHOWN)


def first(rows, query, name):
    """Return the first rows that are found: those whose name, an attribute, holds most of the query."""
    found = rows.fetch_mode(FETCH_RAISE).matching(query)[:RANKED]

    def held(row):
        return marked(next(as_texts([getattr(row, name)])), query).found

    # Of equals the order stays: sorting keeps it.
    return sorted(found, key=held, reverse=True)[: SHOWN + 1]


def in_both_languages(row, *names):
    for name in names:
        for language in LANGUAGES:
            yield Text(getattr(row, f"{name}_{language}"), language)


def delegations(query):
    order = [row.pk for row in first(Delegation.objects.all(), query, "name")]
    found = Delegation.objects.filter(pk__in=order).prefetch_related("names")
    counted = {each.delegation.pk: each for each in compositions(found, today())}
    for composition in map(counted.get, order):
        row = composition.delegation
        texts = [*in_both_languages(row, "state", "name")]
        for name in row.names.all():
            texts += in_both_languages(name, "name")
        yield replace(result(row, row.name, texts, query), row=composition)


def chambers(query):
    of_day = SeatAllocation.objects.as_of(today()).select_related("chamber__parliament")
    found = Chamber.objects.select_related("parliament").prefetch_related(
        "names", Prefetch("allocations", of_day.fetch_mode(FETCH_RAISE), to_attr="of_day")
    )
    for row in first(found, query, "title"):
        texts = [*in_both_languages(row, "name")]
        for name in row.names.all():
            texts += in_both_languages(name, "name")
        yield result(row, row.title, texts, query)


def offices(query):
    """Yield who holds an office today, where the query names the office; then also whose it is."""
    terms = {*query.wanted, *query.unwanted}
    says = {
        function: {term for term in terms if is_said_in([function.label], term)}
        for function in Office.Function
    }
    asked = [function for function in says if says[function].intersection(query.wanted)]
    rows = Office.objects.as_of(today()).filter(function__in=asked)
    rows = rows.select_related("person", "parliament").prefetch_related("parliament__names")
    rows = rows.order_by("parliament__slug", "code").fetch_mode(FETCH_RAISE)
    for row in sorted(rows, key=lambda row: asked.index(row.function)):
        names = [row.person.name_in(language) for language in LANGUAGES]
        if row.parliament:
            named = (row.parliament, *row.parliament.names.all())
            names += [text for each in named for text in each.search_text()]
        held = says[row.function] | {term for term in terms if stands_in(term, names)}
        if held.issuperset(query.wanted) and held.isdisjoint(query.unwanted):
            office = marked(Text(row.in_words, get_language()), query)
            yield replace(result(row, row.person.name, (), query), excerpt=office)


def people(query):
    for row in first(Person.objects.by_family_name(), query, "name"):
        names = [Text(row.name_in(language), language) for language in LANGUAGES]
        yield result(row, row.name, [*names, *row.search_text()], query)


def topics(query):
    for row in first(Topic.objects.all(), query, "name"):
        yield result(row, row.name, in_both_languages(row, "name"), query)


def others(query):
    """Yield ``(model, results)`` of every other model whose rows are ``published()`` with a title."""
    for model in searched_models():
        if model is not Article and hasattr(model._default_manager, "published"):
            found = first(model._default_manager.published(), query, "title")
            yield model, (result(row, row.title, row.search_text(), query) for row in found)


def news(query, position):
    """Return a Page of Results: the newest articles first."""
    page = page_of(Article.objects.published().fetch_mode(FETCH_RAISE).matching(query), position)
    page.rows[:] = [of_article(article, query) for article in page]
    return page


def best_news(query):
    """Return a Group of the best Results of the newest articles that are found."""
    found = Article.objects.published().matching(query)
    newest = dict.fromkeys(found.values_list("pk", flat=True)[:RANKED])
    entries = Entry.objects.filter(model=label(Article), object_id__in=newest)
    ranks = {each.object_id: rank(each, query, len(Article.WORDS)) for each in entries}
    # Of equals the newest comes first: sorting keeps their order.
    chosen = sorted((key for key in newest if key in ranks), key=ranks.get, reverse=True)
    articles = Article.objects.published().fetch_mode(FETCH_RAISE).in_bulk(chosen[:SHOWN])
    results = [of_article(articles[key], query) for key in chosen if key in articles]
    return Group("articles", _("News"), results, len(chosen) > SHOWN)


def of_article(article, query):
    headline = Text(article.headline.plain, article.language)
    texts = [
        article.shown_text(name, language)
        for language in reading_order()
        if language in article.complete_languages
        for name in ("summary", "body", "headline")
        if (name, language) != ("headline", article.language)
    ]
    excerpt = best(texts, query) or marked(texts[0], query, LENGTH)
    return Result(article, article.get_absolute_url(), marked(headline, query), excerpt)
