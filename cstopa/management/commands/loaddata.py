"""Load fixtures whole or not at all, and say at once everything that is wrong with them."""

import os
from contextlib import closing

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers import get_deserializer, python
from django.db import DatabaseError, connections, models, transaction
from django.utils.timezone import is_naive

from cstopa.library import placements
from cstopa.library.documents.references import link, linked_by
from cstopa.library.models import Picture
from cstopa.models.codes import FORMER_SLUG, Keyed, Named, is_former_slug
from cstopa.models.history import writing_as

# The same for all loads: PostgreSQL keeps the locks of each database apart.
LOCK = 20210521


class Command(loaddata.Command):
    """Django's command, for rows with a natural key as careful as the desk.

    Django saves what a file says without a check and without a version. Here such a row is checked
    in full, has a version in the command's name, and is left alone where the file says nothing new.
    Other rows are loaded as Django does.
    """

    # Of a database in which another writes, those of SQLite would say that it knows no JSON.
    requires_system_checks = ()

    def handle(self, *fixture_labels, **options):
        try:
            with writing_as("loaddata"):
                super().handle(*dict.fromkeys(fixture_labels), **options)
        except DatabaseError as error:
            raise CommandError(f"Nothing was loaded. {next(in_words(error))}") from error

    def loaddata(self, fixture_labels):
        # On SQLite the transaction itself is the lock, since it is IMMEDIATE.
        if connections[self.using].vendor == "postgresql":
            with connections[self.using].cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
                if cursor.fetchone() == (False,):
                    self.stderr.write("Another load is under way: this one waits for it.")
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        keyed = [each for each in apps.get_models() if issubclass(each, Keyed)]
        self.keyed = {each._meta.label_lower: each for each in keyed}
        self.records, self.stated, self.rows = {}, {}, {}
        self.errors, self.last_label = [], fixture_labels[-1]
        super().loaddata(fixture_labels)
        if any(model is Picture for model, _key in self.stated):
            # Texts may have been stated before their pictures.
            placements.rebuild()

    def load_label(self, fixture_label):
        """Read the files of a label; after the last one, save what all of them state."""
        for path, *_ in self.find_fixtures(fixture_label):
            _, kind, compression = self.parse_name(os.path.basename(path))
            open_file, mode = self.compression_formats[compression]
            name = "standard input" if path == loaddata.READ_STDIN else os.path.relpath(path)
            self.fixture_count += 1
            try:
                if kind not in {"json", "jsonl"}:
                    raise ValueError("it is not JSON")
                with closing(open_file(path, mode)) as stream:
                    records = list(get_deserializer(kind)(stream).stream)
            # Each compression has errors of its own.
            except Exception as error:
                self.errors.append(f"{name}: cannot be read: {error.__cause__ or error}")
            else:
                self.records |= {f"{name}, record {n}": each for n, each in enumerate(records, 1)}
        if fixture_label == self.last_label:
            self.save_records()

    def save_records(self):
        """Save in rounds: a record may need the row of one further down, or begin where it ends."""
        self.fixture_object_count = len(self.records)
        waiting = list(self.records)
        while True:
            refused = {place: error for place in waiting if (error := self.refusal(place))}
            if len(refused) in {0, len(waiting)}:
                break
            # Turned round: of rows that move along together, each waits for its neighbour.
            waiting = list(reversed(refused))
        for place in filter(refused.get, self.records):
            self.errors += [f"{place}: {words}" for words in in_words(refused[place])]
        if self.errors:
            raise CommandError("\n".join(["Nothing was loaded.", *self.errors]))

    def refusal(self, place, *, explained=False):
        """Save a record; return the error that keeps it out, or None.

        The database holds every rule; its words, a query a rule, are asked for once it refuses.
        """
        try:
            with transaction.atomic(using=self.using):
                self.loaded_object_count += self.save_record(place, explained)
        # A value can be more than a database or its driver takes.
        except Exception as error:
            return error if explained else self.refusal(place, explained=True)
        return None

    def save_record(self, place, explained):
        """Save a record; return how many rows it is, which is none where it is left out."""
        record = self.records[place]
        if not isinstance(record, dict) or not isinstance(record.get("fields"), dict):
            raise ValidationError("A record is an object with “model” and “fields”.")
        label = str(record.get("model")).lower()
        if label.startswith("search."):
            # The index follows the rows, and knows better.
            return 0
        model = self.keyed.get(label)
        if model is None:
            options = {"using": self.using, "ignorenonexistent": self.ignore}
            return sum(map(self.save_obj, python.Deserializer([record], **options)))
        if model._meta.app_config in self.excluded_apps or model in self.excluded_models:
            return 0
        key = record["fields"].get(model.natural_key_field)
        if not isinstance(key, str) or not key or "pk" in record or model._meta.proxy:
            label = model._meta.concrete_model._meta
            message = f"A {label} is known by its {model.natural_key_field} alone, a text."
            raise ValidationError(message)
        if self.stated.setdefault((model, key), place) != place:
            raise ValidationError(f"The row is stated already by {self.stated[model, key]}.")
        self.save_row(model, key, record["fields"], explained)
        return 1

    def save_row(self, model, key, fields, explained):
        """Save the row as the desk would, where it differs from what the fields say."""
        values, links = self.values(model, fields)
        row, changed = model(), True
        if known := self.rows_by_key(model).get(key):
            rows = model._default_manager.using(self.using)
            row, changed = rows.select_for_update().get(pk=known.pk), False
        elif issubclass(model, Named) and is_former_slug(model, key):
            raise ValidationError({"slug": FORMER_SLUG})
        for field, value in values.items():
            before = getattr(row, field.attname)
            setattr(row, field.name, value)
            # Compared and checked is what would be saved: a body without its script.
            changed |= field.pre_save(row, add=False) != before
        if "documents" in links:
            links["documents"] |= {each.pk for each in linked_by(row)}
        for name, keys in links.items():
            changed = changed or keys != {each.pk for each in getattr(row, name).all()}
        if not changed:
            return
        # An empty code is made when the row is saved.
        unchecked = set() if getattr(row, "code", "") else {"code"}
        if not explained:
            unchecked |= {field.name for field in values if field.is_relation}
        row.full_clean(exclude=unchecked, validate_unique=explained, validate_constraints=explained)
        row.save(using=self.using)
        for name, keys in links.items():
            rows = getattr(row, name)
            rows.set(keys) if known else rows.add(*keys)
        link(row)
        self.rows_by_key(model)[key] = row

    def values(self, model, fields):
        """Return ``{field: value}`` and, of many-to-many fields, ``{name: primary keys}``."""
        meta, values, links, errors = model._meta, {}, {}, {}
        known = {each.name: each for each in (*meta.concrete_fields, *meta.many_to_many)}
        del known[meta.pk.name]
        if self.ignore:
            fields = {name: fields[name] for name in fields if name in known}
        for name, value in fields.items():
            field = known.get(name)
            try:
                if field is None:
                    raise ValidationError("There is no such field.")
                if field.many_to_many:
                    links[name] = {self.row(field.related_model, each).pk for each in value}
                elif field.is_relation and value is not None:
                    values[field] = self.row(field.related_model, value)
                else:
                    values[field] = converted(field, value)
            except (TypeError, ValidationError) as error:
                errors[name] = list(in_words(error))
        if errors:
            raise ValidationError(errors)
        return values, links

    def rows_by_key(self, model):
        """Return all rows by their natural keys, which alone are read, and once."""
        model = model._meta.concrete_model
        if model not in self.rows:
            names = {model.natural_key_field, "code"} & {each.name for each in model._meta.fields}
            rows = model._base_manager.using(self.using).only(*names)
            self.rows[model] = {row.natural_key()[0]: row for row in rows}
        return self.rows[model]

    def row(self, model, natural_key):
        """Return the row that a natural key, a list in JSON, names."""
        match natural_key:
            case [str(key)] if key in self.rows_by_key(model):
                return self.rows_by_key(model)[key]
        raise ValidationError(f"There is no {model._meta.verbose_name} {natural_key!r}.")


def converted(field, value):
    """Return the value of a column; ValidationError where Django would make another one of it."""
    python_value = field.to_python(value)
    if not isinstance(value, str) and python_value != value:
        raise ValidationError(f"{value!r} would become {python_value!r}.")
    if isinstance(field, models.DateTimeField) and value and is_naive(python_value):
        raise ValidationError("A moment has its time zone: 2021-05-21T00:00:00+03:00.")
    return python_value


def in_words(error):
    """Yield what is wrong with a record, each in one line."""
    named = getattr(error, "message_dict", None) or {"": getattr(error, "messages", [error])}
    for name, messages in named.items():
        for message in messages:
            yield " ".join(f"{name}: {message}".removeprefix(": ").split())
