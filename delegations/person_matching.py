"""Who is meant by a name in a table: one on record, one of several, or somebody new."""

from collections import defaultdict

from cstopa.languages import LANGUAGES
from cstopa.search.words import fold
from delegations.models import Person

PARTS = ("given_name", "patronymic", "family_name")
NAME = [f"{part}_{language}" for language in LANGUAGES for part in PARTS]


def people_named(names):
    """Return for each name, ``{column of NAME: text}``, the people it may mean, at two queries.

    Another order, ё or е, and a patronymic that is missing on one side make names alike, not equal.
    """
    alike = defaultdict(set)
    for key, *parts in Person.objects.order_by().values_list("pk", *NAME):
        for likeness in _likenesses(dict(zip(NAME, parts, strict=True))):
            alike[likeness].add(key)
    keys = [{key for each in _likenesses(name) for key in alike[each]} for name in names]
    people = Person.objects.in_bulk(set().union(*keys))
    return [sorted((people[key] for key in each), key=lambda row: row.slug) for each in keys]


def is_name_of(name, person):
    """Return whether it is the person's name, letter by letter, in each language that both have."""
    both = [
        language
        for language in LANGUAGES
        if name[f"family_name_{language}"] and getattr(person, f"family_name_{language}")
    ]
    columns = [f"{part}_{language}" for language in both for part in PARTS]
    return bool(both) and all(
        name[column].casefold() == getattr(person, column).casefold() for column in columns
    )


def _likenesses(name):
    for language in LANGUAGES:
        given, patronymic, family = (name[f"{part}_{language}"] for part in PARTS)
        if family:
            for parts in ((given, family), (given, patronymic, family)):
                yield tuple(sorted(word for part in parts for word in fold(part)))
