"""Load fixtures whole or not at all, and say at once everything that is wrong with them."""

import json
import os
from contextlib import closing, contextmanager

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers import deserialize
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, router, transaction

from cstopa.management.records import Record, in_one_line
from cstopa.models.codes import Keyed
from cstopa.models.history import writing_as
from cstopa.search.models import Entry


class Command(loaddata.Command):
    """Django's command, for rows with a natural key as careful as the desk.

    Django saves what a file says without a check and without a version. Here such a row is checked
    in full, has a version in the command's name, and is left alone where the file says nothing new.
    Other rows are loaded as Django does.
    """

    def handle(self, *fixture_labels, **options):
        self.stated = {}
        self.waiting, self.refused, self.unreadable = [], [], []
        try:
            with writing_as("loaddata"):
                super().handle(*dict.fromkeys(fixture_labels), **options)
        except (DatabaseError, DeserializationError) as error:
            raise CommandError(f"Nothing was loaded. {in_one_line(error)}") from error

    # Reading

    def load_label(self, fixture_label):
        files = [file for file, _, _ in self.find_fixtures(fixture_label)]
        formats = {self.parse_name(os.path.basename(file))[1] for file in files}
        if formats <= {"json", "jsonl"}:
            for file in files:
                with self._complaining_of(named(file)):
                    self._read(file)
        else:
            with self._complaining_of(fixture_label), transaction.atomic(using=self.using):
                super().load_label(fixture_label)
        # What is listed here is saved once every file is read, before any word of success.
        if self not in self.objs_with_deferred_fields:
            self.objs_with_deferred_fields.append(self)

    def save_obj(self, obj):
        if isinstance(obj.object, Keyed) and not self._left_out(type(obj.object)):
            raise CommandError(f"{obj.object._meta.label_lower} is loaded from JSON alone.")
        return super().save_obj(obj)

    @contextmanager
    def _complaining_of(self, file):
        try:
            yield
        # Each format and each compression has errors of its own.
        except Exception as error:
            reason = str(error) or type(error).__name__
            self.unreadable.append(in_one_line(f"{file}: cannot be read: {reason}"))

    def _read(self, file):
        _, serialisation, compression = self.parse_name(os.path.basename(file))
        open_file, mode = self.compression_formats[compression]
        with closing(open_file(file, mode)) as stream:
            text = stream.read()
        if isinstance(text, bytes):
            text = text.decode()
        if serialisation == "jsonl":
            contents = [json.loads(line) for line in text.split("\n") if line.strip()]
        else:
            contents = json.loads(text)
        if not isinstance(contents, list):
            raise ValueError("it is not a list of records")
        self.fixture_count += 1
        for number, content in enumerate(contents, start=1):
            self._register(Record(named(file), number, content))

    def _register(self, record):
        """Put a record with those that wait to be loaded, or with those that cannot be."""
        try:
            record.recognise()
        except ValidationError as error:
            if self.ignore and record.model is None and error.code == "model":
                return
            record.error = error
        if record.model:
            self.fixture_object_count += 1
            if self._left_out(record.model):
                return
        if record.identity:
            first = self.stated.setdefault(record.identity, record)
            if first is not record and record.error is None:
                where = f"{first.file}, record {first.number}"
                record.error = ValidationError(f"The row is stated already by {where}.")
        (self.refused if record.error else self.waiting).append(record)

    def _left_out(self, model):
        return (
            model._meta.app_config in self.excluded_apps
            or model in self.excluded_models
            # The index follows the rows, and knows better.
            or model is Entry
            or not router.allow_migrate_model(self.using, model)
        )

    # Saving

    def save_deferred_fields(self, using):
        """Load what was read, in rounds, for a record may need one that stands further down.

        It may refer to that one's row, or begin where that one ends. A round that brings nothing
        is the last.
        """
        while self.waiting:
            left = [record for record in self.waiting if not self._load(record)]
            if len(left) == len(self.waiting):
                self.refused += left
                break
            # Turned round: of rows that move along together, each waits for its neighbour.
            self.waiting = left[::-1]
        if self.refused or self.unreadable:
            raise CommandError("\n".join(["Nothing was loaded.", *self._complaints()]))

    def _load(self, record):
        try:
            with transaction.atomic(using=self.using):
                if record.is_keyed:
                    record.save(self.using, ignore_unknown=self.ignore)
                else:
                    self._load_as_django_does(record)
        except ValidationError as error:
            record.error = error
        # A value can be more than a database or its driver takes: too large, not in its alphabet.
        except Exception as error:
            record.error = ValidationError(f"It cannot be saved: {error!r}")
        else:
            self.loaded_object_count += 1
            return True
        return False

    def _load_as_django_does(self, record):
        objects = deserialize(
            "python",
            [record.content],
            using=self.using,
            ignorenonexistent=self.ignore,
            handle_forward_references=True,
        )
        for each in objects:
            self.save_obj(each)

    def _complaints(self):
        """Return a line for each problem; a row that is absent for another one's sake is none."""
        absent = set().union(*(record.absent for record in self.refused))
        # What an unreadable file would have brought, nobody knows.
        explained = absent if self.unreadable else {record.identity for record in self.refused}
        self.refused.sort(key=lambda record: (record.file, record.number))
        lines = [line for record in self.refused for line in record.lines(explained)]
        return [*self.unreadable, *lines]


def named(file):
    """Return the name of a file as its user would say it."""
    if file == loaddata.READ_STDIN:
        return "standard input"
    path = os.path.relpath(file)
    return file if path.startswith(os.pardir) else path
