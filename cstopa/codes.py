"""Codes and slugs: the names that addresses, data and fixtures use for a row."""

import re
import unicodedata

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

# The passport transliteration of Russian (ICAO Doc 9303), plain Latin letters only.
CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        [
            *("a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "i"),
            *("k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f"),
            *("kh", "ts", "ch", "sh", "shch", "ie", "y", "", "e", "iu", "ia"),
        ],
        strict=True,
    )
)


def transliterated(words, length=80):
    """Return a slug for words in Latin or Cyrillic letters, cut between words.

    ``slugify`` alone leaves nothing of a Cyrillic headline.
    """
    latin = "".join(
        CYRILLIC.get(letter, letter) for letter in unicodedata.normalize("NFC", words.lower())
    )
    slug = slugify(latin)
    if len(slug) > length:
        slug = slug[: length + 1].rpartition("-")[0] or slug[:length]
    return slug


class KeyedManager(models.Manager):
    """Finds a row by its natural key."""

    def get_by_natural_key(self, key):
        return self.get(**{self.model.natural_key_field: key})


class Keyed(models.Model):
    """A row whose natural key is one unique field, never empty."""

    natural_key_field = "slug"

    class Meta:
        abstract = True

    def natural_key(self):
        return (getattr(self, self.natural_key_field),)


class IsSlug(models.Func):
    """Whether a text is a slug, so that it can stand in an address."""

    output_field = models.BooleanField()

    def as_sqlite(self, compiler, connection, **context):
        template = "(%(expressions)s <> '' AND NOT %(expressions)s GLOB '*[^-a-zA-Z0-9_]*')"
        sql, params = self.as_sql(compiler, connection, template=template, **context)
        return sql, (*params, *params)

    def as_postgresql(self, compiler, connection, **context):
        template = "(%(expressions)s ~ '^[-a-zA-Z0-9_]+$')"
        return self.as_sql(compiler, connection, template=template, **context)


def has_key(field):
    """Return the constraint that a row has its slug or code, for ``Meta.constraints``."""
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_has_{field}", condition=models.Q(IsSlug(field))
    )


class CodeField(models.SlugField):
    """A stable public code, unique and never reused.

    Where nobody gave one, it is the row's ``code_stem()`` and the next number that no row has, or
    had in any version.
    """

    defaults = {
        "verbose_name": _("code"),
        "max_length": 120,
        "unique": True,
        "blank": True,
        "editable": False,
        "help_text": _("The name of this fact in addresses and data. It never changes."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **self.defaults | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        # Django leaves out its own defaults, which are not these: the code in a version is not unique.
        return name, path, args, {each: getattr(self, each) for each in self.defaults} | kwargs

    def pre_save(self, instance, add):
        code = super().pre_save(instance, add)
        if add and not code:
            code = next_code(type(instance), instance.code_stem())
            setattr(instance, self.attname, code)
        return code


def next_code(model, stem, taken=()):
    """Return ``stem-1``, or the number after the highest that was ever used or is ``taken``."""
    pattern = re.compile(rf"{re.escape(stem)}-(\d+)")
    used = {*taken}
    for rows in (model._default_manager, model.history):
        used.update(rows.filter(code__startswith=f"{stem}-").values_list("code", flat=True))
    numbers = [int(match[1]) for code in used if (match := pattern.fullmatch(code))]
    return f"{stem}-{max(numbers, default=0) + 1}"
