"""Import the rows of a model from a table, CSV or XLSX, as the desk does."""

import datetime as dt
from functools import partial
from html import unescape
from pathlib import Path

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction
from django.http import HttpRequest
from django.utils.html import strip_tags

from cstopa.admin.corrections import WhatHappened
from cstopa.admin.imports import Import, ImportRows, MeaningForm
from cstopa.admin.tables import csv_text, rows_of
from cstopa.management.base import DatabaseCommand
from cstopa.models.history import writing_as

MOST_ROWS = 20_000


def importable():
    """Return ``{label: action}`` of the models whose rows can be imported."""
    actions = {}
    for model in apps.get_models():
        pages = admin.site.is_registered(model) and admin.site.get_model_admin(model)
        for action in getattr(pages, "previewed_actions", ()):
            if issubclass(action, ImportRows):
                actions[model._meta.label_lower] = action(pages)
    return actions


def _request():
    """Return a request of whoever runs the command, who may see every row."""
    request = HttpRequest()
    request.user = get_user_model()(is_superuser=True)
    return request


class Command(DatabaseCommand):
    help = "Import the rows of a model from a table, CSV or XLSX: all of them, or none."

    def add_arguments(self, parser):
        models = importable()
        parser.add_argument("model", choices=models, metavar="model", help=", ".join(models))
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        meaning = parser.add_mutually_exclusive_group()
        meaning.add_argument(
            "--correction", metavar="REASON", help="what is overwritten was wrong all along"
        )
        meaning.add_argument(
            "--change",
            metavar="DAY",
            type=dt.date.fromisoformat,
            help="what is overwritten was right until the day before this one",
        )

    def handle(self, *, model, file, dry_run, correction, change, **options):
        action, meaning = importable()[model], self._meaning(correction, change)
        resource = action.resource
        try:
            text = csv_text(file.read_bytes())
            rows = rows_of(text, resource._meta.fields, resource.required_columns(), MOST_ROWS)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except ValidationError as error:
            raise CommandError("\n".join(["Nothing was imported.", *error.messages])) from error
        with writing_as("import_rows"), transaction.atomic():
            plan = Import(resource, rows, for_readers=partial(action.for_readers, _request()))
            plan.decide(meaning)
            self._refuse(plan)
            if not dry_run and plan.is_possible:
                plan.apply()
        for kind in ("new", "changed"):
            for result in getattr(plan, kind):
                self.stdout.write(
                    f"Row {result.row_values['row_number']}: {kind}: {_cells(plan, result)}"
                )
        for number, words in plan.for_readers:
            self.stdout.write(f"Row {number}: for readers: {unescape(strip_tags(words))}")
        self.stdout.write("Nothing was saved. " * dry_run + str(plan.outcome))

    def _meaning(self, correction, change):
        """Return the answers as the form of the desk takes them; none where none is given."""
        if correction is None and change is None:
            return {}
        happened = WhatHappened.CORRECTION if change is None else WhatHappened.CHANGE
        answers = {"what_happened": happened, "first_day": change, "reason": correction}
        form = MeaningForm(
            {f"{MeaningForm.prefix}-{name}": answer for name, answer in answers.items()}
        )
        if not form.is_valid():
            words = [f"--{happened}: {each}" for errors in form.errors.values() for each in errors]
            raise CommandError("\n".join(["Nothing was imported.", *words]))
        return form.cleaned_data

    def _refuse(self, plan):
        errors = [str(error) for error in plan.errors]
        if plan.is_open and not errors:
            numbers = ", ".join(each.row_values["row_number"] for each in plan.overwritten)
            errors = [
                f"These rows overwrite what was on record: {numbers}. "
                "Say --correction REASON or --change DAY."
            ]
        if errors:
            raise CommandError("\n".join(["Nothing was imported.", *errors]))


def _cells(plan, result):
    """Return the cells of a row: of one that changes, those that do."""
    return ", ".join(
        f"{column} {before!r} → {after!r}" if before else f"{column} {after!r}"
        for column, (before, after) in zip(plan.columns, result.diff, strict=True)
        if before != after
    )
