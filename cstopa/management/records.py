"""Records of a fixture: each is one row as a file states it, known by its natural key."""

import datetime as dt

from django.apps import apps
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.timezone import is_naive

from cstopa.models.codes import Keyed

# What each kind of field is in JSON. Django would make 7 of 7.5, and a text of a list.
IN_JSON = {
    models.BooleanField: (bool, "true or false"),
    models.IntegerField: (int, "a whole number"),
    models.CharField: (str, "a text"),
    models.TextField: (str, "a text"),
    models.DateField: (str, "a text"),
}
LONGEST_LINE = 600


class Record:
    """One record of a file, and the ``error`` that keeps it out.

    ``content`` is what the file has in its place: an object with ``model`` and ``fields``, or
    anything else, and then the record is refused.
    """

    def __init__(self, file, number, content):
        self.file = file
        self.number = number
        self.content = content
        self.model = None
        self.key = ""
        self.error = None

    @property
    def identity(self):
        """The model and the natural key, the same for two records of one row; None without one."""
        return (self.model, self.key) if self.model and self.is_keyed and self.key else None

    @property
    def is_keyed(self):
        """Whether the row has a natural key of ours; Django loads the others."""
        return issubclass(self.model, Keyed)

    def recognise(self):
        """Find out which row the record states; ValidationError where that cannot be told."""
        content = self.content if isinstance(self.content, dict) else {}
        if content:
            name = content.get("model")
            try:
                self.model = apps.get_model(name)
            except (LookupError, ValueError, AttributeError, TypeError):
                raise ValidationError(f"There is no model {name!r}.", code="model") from None
        pk, fields = content.get("pk"), content.get("fields")
        if not isinstance(fields, dict):
            raise ValidationError("A record is an object with “model” and “fields”.")
        if self.is_keyed:
            self._recognise_key(pk, fields)
        elif pk is not None:
            self.key = f"pk={pk}"

    def _recognise_key(self, pk, fields):
        if self.model._meta.proxy:
            raise ValidationError(f"It has no rows: load {self.model._meta.concrete_model._meta}.")
        name = self.model.natural_key_field
        if not is_key([fields.get(name)]):
            raise ValidationError({name: "The natural key is missing, or is no text."})
        self.key = fields[name]
        if pk is not None:
            raise ValidationError({"pk": "The row is known by its natural key and takes no other."})

    def save(self, using, *, ignore_unknown=False):
        """Save the row as the desk would, where it differs from the record.

        What the record does not name stays as it is. Raises ValidationError, and whatever the
        database refuses; call it in a transaction, so that all its values are one version.
        """
        values, links = self._values(using, ignore_unknown)
        model = self.model
        row = (
            model._default_manager.using(using)
            .select_for_update()
            .order_by()
            .filter(**{model.natural_key_field: self.key})
            .first()
        ) or model()
        changed = row._state.adding
        for field, value in values.items():
            before = getattr(row, field.attname)
            setattr(row, field.attname, value)
            # Compared and checked is what would be saved: a body without its script.
            changed |= field.pre_save(row, add=False) != before
        for field, keys in links.items():
            changed = changed or keys != {each.pk for each in getattr(row, field.name).all()}
        if changed:
            # An empty code is made when the row is saved.
            row.full_clean(exclude=() if getattr(row, "code", "") else ("code",))
            row.save(using=using)
            for field, keys in links.items():
                getattr(row, field.name).set(keys)

    def _values(self, using, ignore_unknown):
        """Return the values of columns and, apart, the sets of keys of many-to-many fields."""
        values, links, errors = {}, {}, {}
        given = self.content["fields"]
        for name, value in given.items():
            try:
                field = field_named(self.model, name)
                if field.many_to_many:
                    expect(list, "a list", value)
                    links[field] = {key_of(field.related_model, each, using) for each in value}
                else:
                    values[field] = converted(field, value, using)
            except FieldDoesNotExist:
                if not ignore_unknown:
                    errors[name] = ValidationError("There is no such field.")
            except ValidationError as error:
                errors[name] = error
        for field in self.model._meta.concrete_fields:
            optional = field.null or field.blank or field.has_default() or field.primary_key
            if not optional and field.name not in given:
                errors[field.name] = ValidationError("The field is missing.")
        if errors:
            raise ValidationError(errors)
        return values, links

    # What is said of it

    @property
    def _errors(self):
        """Pairs of a field's name, which may be empty, and what is wrong with it."""
        whole = {NON_FIELD_ERRORS: getattr(self.error, "error_list", ())}
        for name, errors in getattr(self.error, "error_dict", whole).items():
            for error in errors:
                yield "" if name == NON_FIELD_ERRORS else name, error

    @property
    def absent(self):
        """The identities of the rows that the record refers to and that are not there."""
        return {error.params["identity"] for _, error in self._errors if error.code == "absent"}

    def lines(self, explained=frozenset()):
        """Return a line for each error, but for those absent rows that others explain."""
        where = f"{self.file}, record {self.number}"
        if self.model:
            where = f"{where}, {self.model._meta.label_lower} {self.key}".rstrip()
        lines = []
        for name, error in self._errors:
            if error.code == "absent" and error.params["identity"] in explained:
                continue
            line = ": ".join([where, *filter(None, [name]), *error.messages])
            # A period in the way is told by its row, which is best found by its code.
            if row := (error.params or {}).get("row"):
                line = f"{line} [{row.natural_key()[0]}]"
            lines.append(in_one_line(line))
        return lines


def field_named(model, name):
    """Return a field of a row; FieldDoesNotExist for its primary key and for other rows' fields."""
    field = model._meta.get_field(name)
    if field.auto_created or field.name != name:
        raise FieldDoesNotExist
    return field


def converted(field, value, using):
    """Return the value of a column; ValidationError where it is of the wrong type."""
    if value is None:
        if not field.null:
            raise ValidationError(field.error_messages["null"])
        return None
    if field.is_relation:
        return key_of(field.related_model, value, using)
    for kind, (json_type, in_words) in IN_JSON.items():
        if isinstance(field, kind):
            expect(json_type, in_words, value)
    if isinstance(value, str) and "\0" in value:
        # SQLite would keep it, PostgreSQL cannot.
        raise ValidationError("It holds a NUL character.")
    value = field.to_python(value)
    if isinstance(value, dt.datetime) and is_naive(value):
        raise ValidationError("A moment has its time zone: 2021-05-21T00:00:00+03:00.")
    return value


def expect(json_type, in_words, value):
    # Not isinstance: true is no number.
    if type(value) is not json_type:
        raise ValidationError(f"It is {in_words}, not {value!r}.")


def is_key(value):
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(part, str) and part and "\0" not in part for part in value)
    )


def key_of(model, natural_key, using):
    """Return the primary key of the row that a natural key, a list, names."""
    if not is_key(natural_key):
        raise ValidationError(f"A row is named by its natural key, a list, not {natural_key!r}.")
    try:
        return model._default_manager.db_manager(using).get_by_natural_key(*natural_key).pk
    except model.DoesNotExist:
        raise ValidationError(
            "There is no %(model)s %(key)s.",
            code="absent",
            params={
                "model": model._meta.verbose_name,
                "key": "/".join(natural_key),
                "identity": (model._meta.concrete_model, natural_key[0]),
            },
        ) from None
    except TypeError:
        raise ValidationError(f"It is no natural key: {natural_key!r}.") from None


def in_one_line(words):
    """Return words with nothing in them that could break a line or trouble a terminal."""
    printable = "".join(letter if letter.isprintable() else " " for letter in str(words))
    line = " ".join(printable.split())
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"
