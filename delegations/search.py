"""What readers find of delegations: each kind with the words by which its rows are named."""

from dataclasses import replace
from operator import attrgetter

from django.db.models import FETCH_RAISE, Prefetch
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cstopa.languages import LANGUAGES, Text
from cstopa.models.periods import today
from cstopa.search.excerpts import marked, stands_in
from cstopa.search.kinds import is_said_in
from cstopa.search.results import finds, first, in_both_languages, result
from delegations.composition import compositions
from delegations.models import (
    Chamber,
    ChamberName,
    Delegation,
    Office,
    Parliament,
    ParliamentName,
    Person,
    SeatAllocation,
    Source,
)


def names_of(row):
    """Return the names of a parliament or a chamber, those of certain periods too."""
    return [text for each in (row, *row.names.all()) for text in in_both_languages(each, "name")]


@finds(
    "delegations",
    _("Parliaments and delegations"),
    Parliament,
    ParliamentName,
    says=(*Parliament.kind_names(), *Chamber.MemberTitle.labels),
)
def delegations(query):
    rows, day = Delegation.objects.with_names(), today()
    order = [row.pk for row in first(rows, query, lambda row: row.name_on(day))]
    if not order:
        return
    rows = Delegation.objects.filter(pk__in=order)
    counted = {each.delegation.pk: each for each in compositions(rows, day)}
    for composition in map(counted.get, order):
        row = composition.delegation
        texts = [*in_both_languages(row, "state"), *names_of(row)]
        yield replace(result(row, row.name_on(day), texts, query), row=composition)


@finds(
    "chambers",
    _("Chambers"),
    Chamber,
    ChamberName,
    Parliament,
    ParliamentName,
    says=(Chamber._meta.verbose_name, *Chamber.MemberTitle.labels),
)
def chambers(query):
    day = today()
    of_day = SeatAllocation.objects.fetch_mode(FETCH_RAISE).as_of(day)
    rows = Chamber.objects.select_related("parliament").with_names()
    rows = rows.prefetch_related(Prefetch("allocations", of_day, to_attr="of_day"))
    for row in first(rows, query, lambda row: row.title_on(day)):
        yield result(row, row.title_on(day), names_of(row), query)


@finds("offices", _("Offices"), says=tuple(Office.Function.labels))
def offices(query):
    """Yield who holds an office today, where the query names the office; then also whose it is."""
    terms = {*query.wanted, *query.unwanted}
    says = {
        function: {term for term in terms if is_said_in([function.label], term)}
        for function in Office.Function
    }
    asked = [function for function in says if says[function].intersection(query.wanted)]
    day = today()
    rows = Office.objects.as_of(day).filter(function__in=asked)
    rows = rows.select_related("person", "parliament").with_names()
    rows = rows.order_by("parliament__slug", "code").fetch_mode(FETCH_RAISE)
    for row in sorted(rows, key=lambda row: asked.index(row.function)):
        names = [row.person.name_in(language) for language in LANGUAGES]
        if row.parliament:
            named = (row.parliament, *row.parliament.names.all())
            names += [text for each in named for text in each.search_text()]
        held = says[row.function] | {term for term in terms if stands_in(term, names)}
        if held.issuperset(query.wanted) and held.isdisjoint(query.unwanted):
            office = marked(Text(row.title_on(day), get_language()), query)
            yield replace(result(row, row.person.name, (), query), excerpt=office)


@finds("people", _("People"), Person)
def people(query):
    for row in first(Person.objects.by_family_name(), query, attrgetter("name")):
        names = [Text(row.name_in(language), language) for language in LANGUAGES]
        yield result(row, row.name, [*names, *row.search_text()], query)


@finds("sources", _("Sources"), Source)
def sources(query):
    for row in first(Source.objects.all(), query, attrgetter("title")):
        yield result(row, row.title, in_both_languages(row, "title", "publisher"), query)
