"""Codes and slugs: the names that addresses, data and fixtures use for a row."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models
from django.db.models import lookups
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cstopa.models.constraints import NeverChanges

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

# A hyphen and four digits.
LONGEST_NUMBER = 5


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

    def code_stem(self):
        """Return what the row's code starts with, where nobody gave one."""
        raise NotImplementedError


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


@models.SlugField.register_lookup
class SlugStartsWith(lookups.StartsWith):
    """The beginning of a slug, for which SQLite too enters the index; of LIKE it reads all of it."""

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        bounds = (self.rhs, f"{self.rhs}\U0010ffff")
        return f"{column} BETWEEN %s AND %s", (*params, *bounds)


def has_key(field):
    """Return the constraint that a row has its slug or code, for ``Meta.constraints``."""
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_has_{field}", condition=models.Q(IsSlug(field))
    )


def never_changes(field):
    """Return the constraint that a row keeps its code, for ``Meta.constraints``."""
    return NeverChanges(name=f"%(app_label)s_%(class)s_{field}_stays", field=field)


class CodeField(models.SlugField):
    """A stable public code: unique, never changed, and never reused.

    Where nobody gave one, it is the row's ``code_stem()`` and the next number that no row has, or
    had in any version. ``numbered=False``: the first row has the stem alone.
    """

    defaults = {
        "verbose_name": _("code"),
        "max_length": 120,
        "unique": True,
        "blank": True,
        "editable": False,
        "help_text": _("The name of this fact in addresses and data. It never changes."),
    }

    def __init__(self, *args, numbered=True, **kwargs):
        self.numbered = numbered
        super().__init__(*args, **self.defaults | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        if not self.numbered:
            kwargs["numbered"] = False
        # Django leaves out its own defaults, which are not these: the code in a version is not unique.
        return name, path, args, {each: getattr(self, each) for each in self.defaults} | kwargs

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if model_instance._state.adding:
            if was_used(type(model_instance), value, model_instance.pk):
                raise ValidationError(_("This code was used before, and is never used again."))
        else:
            rows = type(model_instance)._base_manager.filter(pk=model_instance.pk)
            if value != rows.values_list("code", flat=True).get():
                raise ValidationError(_("A code never changes."))

    def pre_save(self, instance, add):
        code = super().pre_save(instance, add)
        model = type(instance)
        if add and not code:
            code = next_code(model, instance.code_stem(), numbered=self.numbered)
            setattr(instance, self.attname, code)
        elif add and was_used(model, code, instance.pk):
            raise IntegrityError(f"The code {code} was used before, and is never used again.")
        return code


def was_used(model, code, row=None):
    """Return whether a row had this code at any time, another than that with the key ``row``.

    A version of a row has it again each time.
    """
    versions = getattr(model._meta.concrete_model, "history", None)
    if versions is None:
        return False
    # Each new row asks twice, and Django takes ten times as long to write the query.
    table = connection.ops.quote_name(versions.model._meta.db_table)
    with connection.cursor() as cursor:
        # No row has a key below zero.
        sql = f"SELECT 1 FROM {table} WHERE code = %s AND id <> %s LIMIT 1"
        cursor.execute(sql, [code, -1 if row is None else row])
        return cursor.fetchone() is not None


def next_code(model, stem, taken=(), numbered=True, field="code", row=None):
    """Return ``stem-1``, or the number after the highest that was ever used or is ``taken``.

    The ``row`` with this key may keep what it has or had itself. A stem is cut that leaves a number
    no room in the column.
    """
    length = model._meta.get_field(field).max_length
    whole, stem = stem, stem[: length - LONGEST_NUMBER].rstrip("-")
    pattern = re.compile(rf"{re.escape(stem)}(?:-(\d+))?")
    used = {*taken}
    for rows in (model._default_manager, model._meta.concrete_model.history):
        keys = rows.exclude(id=row).order_by().values_list(field, flat=True)
        used.update(keys.filter(**{f"{field}__startswith": stem}))
    if not numbered and len(whole) <= length and whole not in used:
        return whole
    numbers = [int(match[1] or 1) for code in used if (match := pattern.fullmatch(code))]
    return f"{stem}-{max(numbers, default=0) + 1}"


FORMER_SLUG = _("Another row had this slug, and its old address is still in use.")


def is_former_slug(model, slug, row=None):
    """Return whether a slug that nobody has now was another row's than that with this key."""
    return (
        model.history.filter(slug=slug).exclude(id=row).exists()
        and not model._default_manager.filter(slug=slug).exists()
    )


class Named(Keyed):
    """A row with a page of its own. Its slug may change, and then its code stays."""

    code = CodeField(
        numbered=False, help_text=_("Its name in data. It never changes, whatever the slug.")
    )

    class Meta:
        abstract = True

    def code_stem(self):
        return self.slug
