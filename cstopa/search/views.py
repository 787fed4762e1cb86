"""Search over everything public."""

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cstopa.models.periods import today
from cstopa.search.fields import WordsField
from cstopa.search.queries import on_the_other_keyboard, parse, without_minus, without_quotes
from cstopa.search.ranking import RANKED
from cstopa.search.results import groups, registry
from cstopa.search.spelling import nearest

BEST = "best"


class SearchForm(forms.Form):
    q = WordsField(label=_("Words to look for"), required=False)


@require_safe
def search(request):
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    context = {"form": form, "query": words, "narrowed": words, "today": today()}
    if words:
        context |= answer(words, request.GET)
    return render(request, "search/results.html", context)


def answer(words, asked):
    """Return what the page shows of a query. Later pages are of the news alone."""
    query, is_best = parse(words), asked.get("order") == BEST
    paged = registry.paged
    articles = paged.best(query) if is_best else paged.newest(query, asked.get("page", ""))
    is_later = bool(not is_best and articles.previous)
    others = [] if is_later else groups(query)
    found = {"is_best": is_best, "ranked": RANKED, "articles": articles, "groups": others}
    is_found = bool(others or (articles.results if is_best else articles.rows))
    if not is_later:
        found["unrecorded"] = registry.gaps(query, others, today(), is_found)
    if is_found:
        return {"is_found": True, **found}
    holdings = [held(today()) for held in registry.holdings]
    return {"is_found": False, **found, **to_try(words, query), "holdings": holdings}


def to_try(words, query):
    """Return the queries that may find what this one did not.

    What another keyboard would have typed, or another spelling, only if it does find something.
    """
    typed = on_the_other_keyboard(words)
    meant = parse(typed)
    # On the other keyboard some letters are signs, which are nothing to look for.
    is_found = meant.wanted and (registry.paged.finds(meant) or groups(meant))
    return {
        "without_quotes": any(term.is_phrase for term in query.terms) and without_quotes(words),
        "without_minus": query.unwanted and without_minus(words),
        "meant": typed if is_found else nearest(words),
    }
