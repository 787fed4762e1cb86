"""Search over everything public."""

from django import forms
from django.db.models import FETCH_RAISE, Prefetch
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cstopa.periods import today
from cstopa.search.fields import WordsField
from delegations.composition import compositions
from delegations.models import Chamber, Delegation, Person, SeatAllocation
from news.models import Article, Topic
from news.teasers import teasers

# Of each kind; one more is asked for, to say that there are more.
SHOWN = 20


class SearchForm(forms.Form):
    q = WordsField(
        label=_("Words to look for"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


@require_safe
def search(request):
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    found = results(query) if query else {}
    return render(
        request,
        "search/results.html",
        {"form": form, "query": query, **found, "is_found": any(found.values())},
    )


class Found(list):
    """The first rows of one kind, which knows whether there are more."""

    def __init__(self, rows):
        rows = list(rows)
        super().__init__(rows[:SHOWN])
        self.has_more = len(rows) > SHOWN


def results(query):
    """Return what is found of each kind; all that a draft says stays unfound."""
    day = today()
    of_day = SeatAllocation.objects.as_of(day).select_related("chamber__parliament")
    chambers = Chamber.objects.select_related("parliament").prefetch_related(
        Prefetch("allocations", of_day.fetch_mode(FETCH_RAISE), to_attr="of_day")
    )

    def first(rows):
        return rows.fetch_mode(FETCH_RAISE).matching(query)[: SHOWN + 1]

    return {
        "delegations": Found(compositions(first(Delegation.objects.all()), day)),
        "chambers": Found(first(chambers)),
        "people": Found(first(Person.objects.by_family_name())),
        "topics": Found(first(Topic.objects.all())),
        "articles": Found(teasers(first(Article.objects.published()))),
    }
