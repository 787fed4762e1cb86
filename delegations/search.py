"""What readers find of delegations: each kind with the words by which its rows are named."""

from dataclasses import dataclass, replace
from operator import attrgetter

from django.db.models import FETCH_RAISE, Prefetch
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cstopa.http.kept.rows import until_written
from cstopa.languages import LANGUAGES, Text
from cstopa.models.periods import held_and_possible, today
from cstopa.search.excerpts import marked, stands_in
from cstopa.search.kinds import is_said_in
from cstopa.search.ranking import RANKED
from cstopa.search.results import (
    SHOWN,
    Held,
    finds,
    first,
    in_both_languages,
    registry,
    result,
)
from delegations.chamber_succession import title_of
from delegations.composition import (
    MEMBER,
    PARTICIPATION,
    compositions,
    posts,
    standings,
    unrecorded_on,
)
from delegations.models import (
    Chamber,
    ChamberName,
    Delegation,
    Office,
    Parliament,
    ParliamentName,
    Participation,
    Person,
    Role,
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
    says=(
        *Parliament.kind_names(),
        *Chamber.MemberTitle.labels,
        *Participation.Status.labels,
    ),
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
        found = replace(result(row, row.name_on(day), texts, query), row=composition)
        if composition.participation:
            status = composition.participation.get_status_display()
            found = found.or_in(_("found by its participation:"), [status], query)
        yield found


@dataclass(frozen=True)
class Sending:
    """A chamber with the seats that it sends on a day, and those that it only may send."""

    chamber: Chamber
    allocations: list[SeatAllocation]
    possible: list[SeatAllocation]


@finds(
    "chambers",
    _("Chambers"),
    Chamber,
    ChamberName,
    Parliament,
    ParliamentName,
    says=(*Chamber.kind_names(), *Chamber.MemberTitle.labels),
)
def chambers(query):
    """Yield chambers, each with what it sends today, and what it may send."""
    day = today()
    of_day = SeatAllocation.objects.fetch_mode(FETCH_RAISE).as_of(day).select_related("source")
    rows = Chamber.objects.select_related("parliament", "source").with_names()
    rows = rows.prefetch_related(Prefetch("allocations", of_day, to_attr="of_day"))
    for row in first(rows, query, lambda row: title_of(row, day)):
        found = result(row, title_of(row, day), names_of(row), query)
        found = replace(found, row=Sending(row, *held_and_possible(row.of_day, day)))
        theirs = [*names_of(row.parliament), *in_both_languages(row.parliament, "state")]
        yield found.or_in(_("found in the name of its parliament:"), theirs, query)


# What is held by few, and is named by its label.
POSTS = [
    (model, code, label)
    for model in (Office, Role)
    for code, label in model._meta.get_field(model.post_field).choices
]
# Words of such labels that name no post by themselves.
OF_ANY_POST = (*Parliament.kind_names(), *Chamber.MemberTitle.labels)


@finds("offices", _("Offices and roles"), says=tuple(label for *_post, label in POSTS))
def offices(query):
    """Yield who holds an office or a role today, where the query names it; then also whose it is."""
    terms, day = {*query.wanted, *query.unwanted}, today()
    named_posts = posts_named(query)
    for model in (Office, Role):
        posts_of = {code: said for each, code, said in named_posts if each is model}
        rows = model.objects.as_of(day).filter(**{f"{model.post_field}__in": posts_of})
        rows = rows.select_related("person", "parliament", "source").with_names()
        rows = rows.order_by("parliament__slug", "code").fetch_mode(FETCH_RAISE)[:RANKED]
        order = [*posts_of]
        holding, _possible = held_and_possible(rows if posts_of else (), day)
        for row in sorted(holding, key=lambda row: order.index(row.role_code)):
            said = posts_of[row.role_code]
            names = [row.person.name_in(language) for language in LANGUAGES]
            if row.parliament:
                named = (row.parliament, *row.parliament.names.all())
                names += [text for each in named for text in each.search_text()]
            held = said | {term for term in terms if stands_in(term, names)}
            if held.issuperset(query.wanted) and held.isdisjoint(query.unwanted):
                post = marked(Text(row.title_on(day), get_language()), query)
                yield replace(result(row, row.person.name, (), query), excerpt=post)


def posts_named(query):
    """Return ``(model, code, terms that its label says)`` of each post that a query names."""
    own = [term for term in query.wanted if not is_said_in(OF_ANY_POST, term)]
    found = []
    for model, code, label in POSTS:
        said = {term for term in (*query.wanted, *query.unwanted) if is_said_in([label], term)}
        if not said.isdisjoint(own):
            found.append((model, code, said))
    return found


@finds("people", _("People"), Person)
def people(query):
    """Yield people, each with who somebody is today."""
    found = first(Person.objects.by_family_name(), query, attrgetter("name"))
    for row, standing in standings(found, today()).items():
        names = [Text(row.name_in(language), language) for language in LANGUAGES]
        shown = result(row, row.name, [*names, *row.search_text()], query)
        yield replace(shown, row=standing)


@finds("sources", _("Sources"), Source)
def sources(query):
    for row in first(Source.objects.all(), query, attrgetter("title")):
        yield result(row, row.title, in_both_languages(row, "title", "publisher"), query)


def gaps(query, groups, day, is_found):
    """Return what is not on record of the posts that a query names, where nobody was found who has one.

    "Members" finds chambers that send members, who need not be on record. Of a query that names no
    post and finds nothing, no news either: of what people look for most.
    """
    if any(group.key == "offices" for group in groups):
        return []
    labels = dict(posts())
    kinds = tuple(code for _model, code, _said in posts_named(query) if code in labels)
    if any(is_said_in([Chamber.MemberTitle.MEMBER.label], term) for term in query.wanted):
        kinds += (MEMBER,)
    if kinds or is_found:
        return unrecorded_on(kinds, day)
    return unrecorded_on((MEMBER, Role.Kind.HEAD, PARTICIPATION), day)


@until_written(4)
def held_delegations(_day, _language):
    rows = [(row.state, row.get_absolute_url()) for row in Delegation.objects.all()[:SHOWN]]
    number = len(rows) if len(rows) < SHOWN else Delegation.objects.count()
    return Held(_("Delegations"), reverse("delegations:list"), number, rows)


@until_written(4)
def held_people(_day, _language):
    number = Person.objects.count()
    people = Person.objects.by_family_name() if number <= SHOWN else ()
    rows = [(row.name, row.get_absolute_url()) for row in people]
    return Held(_("People"), reverse("delegations:person-list"), number, rows)


registry.gaps = gaps
registry.holdings += [
    lambda day: held_delegations(day, get_language()),
    lambda day: held_people(day, get_language()),
]
