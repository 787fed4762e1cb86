"""Who is meant by a name in a list: one on record, one of several, or somebody new."""

from collections import defaultdict
from dataclasses import dataclass

from cstopa.languages import LANGUAGES
from cstopa.search.words import fold
from delegations.models import Person

PARTS = ("given_name", "patronymic", "family_name")


@dataclass(frozen=True)
class Recognised:
    """The people whom a name may mean; ``is_certain`` where it is the name of one, letter by letter."""

    people: list[Person]
    is_certain: bool = False


def recognised(names):
    """Return ``{name: Recognised}``, at a fixed number of queries.

    Another order, ё or е, and a patronymic that is missing on one side make names alike, not equal.
    """
    columns = [f"{part}_{language}" for language in LANGUAGES for part in PARTS]
    alike, equal = defaultdict(set), defaultdict(set)
    for key, *parts in Person.objects.order_by().values_list("pk", *columns):
        for language in LANGUAGES:
            given, patronymic, family = parts[:3]
            del parts[:3]
            if family:
                equal[language, exactly(given, patronymic, family)].add(key)
                alike[likeness(given, family)].add(key)
                alike[likeness(given, patronymic, family)].add(key)
    found = {}
    for name in {*names}:
        keys = {*alike[likeness(name.given, name.patronymic, name.family)]}
        keys |= alike[likeness(name.given, name.family)]
        found[name] = keys
    people = Person.objects.in_bulk({key for keys in found.values() for key in keys})
    return {
        name: Recognised(
            sorted((people[key] for key in keys), key=lambda person: person.slug),
            len(keys) == 1
            and keys == equal[name.language, exactly(name.given, name.patronymic, name.family)],
        )
        for name, keys in found.items()
    }


def exactly(*parts):
    return tuple(part.casefold() for part in parts)


def likeness(*parts):
    return tuple(sorted(word for part in parts for word in fold(part)))
