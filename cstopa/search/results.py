"""What a query finds, by kind: each row with its name, and the part of its texts that shows why.

An app says in its ``search.py`` what it lets readers find, with :func:`finds` and :func:`lists`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, partial
from operator import attrgetter

from django.db.models import FETCH_RAISE
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language

from cstopa.http.pagination import page_of
from cstopa.languages import LANGUAGES, Text
from cstopa.search.excerpts import Marked, as_texts, best, marked, stands_in
from cstopa.search.index import label, searched_models
from cstopa.search.kinds import is_said_in
from cstopa.search.lookup import models_with, newest
from cstopa.search.models import Entry, EntryText
from cstopa.search.ranking import RANKED, rank

# Of each kind; one more is asked for, to say that there are more.
SHOWN = 20


@dataclass(frozen=True)
class Result:
    """A row that was found. ``excerpt`` is None where the name says it all.

    ``found_in`` says where the excerpt is from, if it is not a text of the row itself.
    """

    row: object
    address: str
    name: Marked
    excerpt: Marked | None = None
    found_in: str = ""

    def or_in(self, found_in, texts, query):
        """Return it with the best of other texts, where those say of the query what its own do not."""
        own = [str(each) for each in (self.name, self.excerpt) if each]
        missing = [term for term in query.wanted if not stands_in(term, own)]
        texts = [*as_texts(texts)]
        if not any(stands_in(term, texts) for term in missing):
            return self
        return replace(self, excerpt=best(texts, query), found_in=found_in)


@dataclass(frozen=True)
class Group:
    """The first results of one kind. ``key`` names the kind, for its anchor and its template."""

    key: str
    heading: str
    results: list[Result] = field(default_factory=list)
    has_more: bool = False


@dataclass(frozen=True)
class Paged:
    """The kind that is shown page by page, the newest first.

    ``rows()`` are those that are public, ``results(rows, query)`` the Results of some, ``fields`` the
    number of its texts in one language.
    """

    key: str
    heading: Promise
    rows: Callable
    results: Callable
    fields: int

    def newest(self, query, position):
        """Return a Page of Results."""
        page = page_of(self.rows().fetch_mode(FETCH_RAISE), position, take=newest(query))
        return replace(page, rows=list(self.results(page.rows, query)))

    def finds(self, query):
        """Return whether anything is found."""
        return bool(newest(query)(self.rows().values_list("pk"), 1))

    def best(self, query):
        """Return a Group of the best Results of the newest rows that are found."""
        keys = newest(query)(self.rows().values_list("pk", flat=True), RANKED)
        entries = Entry.objects.filter(model=label(self.rows().model), object_id__in=keys)
        places = dict(entries.values_list("object_id", "pk"))
        texts = EntryText.objects.in_bulk(places.values())
        ranks = {
            key: rank(texts[place], query, self.fields)
            for key, place in places.items()
            if place in texts
        }
        # Of equals the newest comes first: sorting keeps their order.
        chosen = sorted((key for key in keys if key in ranks), key=ranks.get, reverse=True)
        rows = self.rows().fetch_mode(FETCH_RAISE).in_bulk(chosen[:SHOWN])
        found = self.results([rows[key] for key in chosen if key in rows], query)
        return Group(self.key, self.heading, list(found), len(chosen) > SHOWN)


@dataclass(frozen=True)
class Kind:
    """Rows that are found by the words of ``models``, and by what the code ``says`` that they are."""

    key: str
    heading: Promise
    find: Callable
    models: tuple
    says: tuple = ()

    def may_find(self, query, models):
        """Return whether it may find anything, where these models alone have a word of the query."""
        is_said = any(is_said_in(self.says, term) for term in query.wanted)
        return is_said or not models.isdisjoint(self.models)

    def group(self, query):
        results = list(self.find(query))
        return Group(self.key, capfirst(self.heading), results[:SHOWN], len(results) > SHOWN)


@dataclass(frozen=True)
class Held:
    """What the site holds of a kind: where it is listed, how many if that is counted, and what to link."""

    heading: str
    address: str
    number: int | None = None
    rows: list = field(default_factory=list)


@dataclass
class Registry:
    """The ``kinds`` in the order of the page; ``paged``: the last of it.

    ``holdings`` are functions that return a Held for a day, ``gaps`` one that returns what is not on
    record of what a query asks for, where nothing of the kind was found.
    """

    kinds: list = field(default_factory=list)
    paged: Paged | None = None
    holdings: list = field(default_factory=list)
    gaps: Callable | None = None


registry = Registry()


def finds(key, heading, *models, says=()):
    """Register a function that yields the Results of a query, as a Kind."""

    def register(find):
        registry.kinds.append(Kind(key, heading, find, models, says))
        return find

    return register


def lists(paged):
    """Register the one kind that is shown page by page."""
    registry.paged = paged


def result(row, name, texts, query):
    """Return the Result of a row with a name, and other words by which it may have been found."""
    shown = marked(next(as_texts([name])), query)
    says_all = shown.found == len(query.wanted)
    # The reader's language first.
    texts = sorted(as_texts(texts), key=lambda text: text.language != get_language())
    excerpt = None if says_all else best([text for text in texts if text not in name], query)
    return Result(row, row.get_absolute_url(), shown, excerpt)


def groups(query):
    """Return the Groups of all kinds but the paged one; those that found nothing are left out."""
    kinds = [*registry.kinds, *titled()]
    searched = dict.fromkeys(model for kind in kinds for model in kind.models)
    models = models_with(query.wanted, searched)
    found = [kind.group(query) for kind in kinds if kind.may_find(query, models)]
    return [each for each in found if each.results]


@cache
def titled():
    """Return the Kinds of what else has a title and is published: what a row itself says is enough."""
    shown = {model for kind in registry.kinds for model in kind.models}
    shown.add(registry.paged.rows().model)
    return [
        Kind(
            model._meta.model_name,
            model._meta.verbose_name_plural,
            partial(results_of, model),
            (model,),
        )
        for model in searched_models()
        if model not in shown and hasattr(model._default_manager, "published")
    ]


def results_of(model, query):
    """Yield the Results among the published rows of a model that have a title."""
    for row in first(model._default_manager.published(), query, attrgetter("title")):
        yield result(row, row.title, row.search_text(), query)


def first(rows, query, name):
    """Return the first rows that are found: those whose ``name(row)`` holds most of the query."""
    found = rows.fetch_mode(FETCH_RAISE).matching(query)[:RANKED]

    def held(row):
        return marked(next(as_texts([name(row)])), query).found

    # Of equals the order stays: sorting keeps it.
    return sorted(found, key=held, reverse=True)[: SHOWN + 1]


def in_both_languages(row, *names):
    for name in names:
        for language in LANGUAGES:
            yield Text(getattr(row, f"{name}_{language}"), language)
