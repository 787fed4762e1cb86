"""The order of names: a row has a key in each language, by which the database sorts and pages.

A name that exists in the other script alone stands where its transliteration does. The keys repeat
what the row says, so they follow it as the search index does; ``rebuild_order`` makes them again.
"""

import re
from itertools import batched

from django.apps import apps
from django.db import models
from django.db.models.signals import post_migrate, post_save

from cstopa.models.codes import CYRILLIC
from cstopa.models.migrated import has_migrated
from cstopa.search.words import fold

# With which letters names start in a language; ё stands with е, and no name starts with ъ, ы or ь.
LETTERS = {"en": "abcdefghijklmnopqrstuvwxyz", "ru": "абвгдежзийклмнопрстуфхцчшщэюя"}
# Letters of other Cyrillic alphabets, by those of the Russian one beside which they stand.
NEIGHBOURS = str.maketrans("әғқңөұүһіҳҷєґ", "агкноуухихчег")
# What stands for one Russian letter in Latin names, and then letter by letter.
_LATIN = {
    **{"shch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "ph": "ф", "x": "кс"},
    **{"yu": "ю", "iu": "ю", "ya": "я", "ia": "я", "yo": "е", "ye": "е"},
    **{"ey": "ей", "ay": "ай", "oy": "ой"},
}
_LATIN |= dict(zip("abcdefghijklmnopqrstuvwyz", "абкдефгхийклмнопкрстуввыз", strict=True))
LATIN = re.compile("|".join(_LATIN))
LONGEST = 250
# Rows that are written in one statement.
BATCH = 500


class SortKeyField(models.CharField):
    """The key of a row in the order of a language, compared sign by sign on both databases.

    The model says the names of which it is made, in the order in which they count, by
    ``sorted_names(language)``.
    """

    # No version has it, nor any file.
    is_derived = True
    defaults = {"max_length": LONGEST, "default": "", "editable": False, "serialize": False}

    def __init__(self, language=None, **kwargs):
        self.language = language
        super().__init__(**self.defaults | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs = {each: kwargs[each] for each in kwargs if each not in self.defaults}
        return name, path, args, kwargs | {"language": self.language}

    def db_parameters(self, connection):
        # SQLite compares so by itself, and has no collation of this name.
        collation = "C" if connection.vendor == "postgresql" else None
        return super().db_parameters(connection) | {"collation": collation}

    def pre_save(self, instance, add):
        setattr(
            instance, self.attname, sort_key(instance.sorted_names(self.language), self.language)
        )
        return super().pre_save(instance, add)


def sort_key(names, language):
    """Return the key of names in the order of a language, the first of which counts most."""
    # A space comes before a hyphen, and that before any letter.
    key = " ".join("-".join(fold(name)) for name in names if name)
    if language == "ru":
        key = LATIN.sub(lambda found: _LATIN[found[0]], key.translate(NEIGHBOURS))
    else:
        key = "".join(CYRILLIC.get(letter, letter) for letter in key.translate(NEIGHBOURS))
    return key[:LONGEST]


def sorted_models():
    """Return the models whose rows have keys, each once."""
    return [
        model for model in apps.get_models() if not model._meta.proxy and sort_key_columns(model)
    ]


def sort_key_columns(model):
    return [field.name for field in model._meta.fields if isinstance(field, SortKeyField)]


def refresh(model, keys):
    """Make the keys of these rows again, and return the number of those that said something else."""
    columns, rows, number = sort_key_columns(model), model._base_manager, 0
    for some in batched(keys, BATCH):
        changed = []
        for row in rows.filter(pk__in=some):
            before = [getattr(row, column) for column in columns]
            for column in columns:
                model._meta.get_field(column).pre_save(row, add=False)
            if before != [getattr(row, column) for column in columns]:
                changed.append(row)
        number += rows.bulk_update(changed, columns)
    return number


def rebuild():
    """Make all keys again, and return the number of rows whose keys said something else."""
    return sum(
        refresh(model, model._base_manager.values_list("pk", flat=True).iterator())
        for model in sorted_models()
    )


def after_migrations(sender, using, plan=(), **_kwargs):
    """Make the keys of rows that are older than their columns, once everything is migrated."""
    if has_migrated({sender.label}, plan, using):
        rebuild()


def follow(app):
    """Keep the keys of an app where a save does not: of what is loaded raw, or saves some columns alone."""
    post_migrate.connect(after_migrations, sender=app, dispatch_uid=f"sort-keys-{app.label}")
    for model in app.get_models():
        if sort_key_columns(model):
            post_save.connect(_saved, sender=model, dispatch_uid=f"sort-keys-{model._meta.label}")


def _saved(instance, raw, update_fields, **_kwargs):
    if raw or update_fields is not None:
        refresh(type(instance), [instance.pk])
