"""Rows of any model as rows of a table, by django-import-export: what each column holds and does."""

import datetime as dt

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export import resources, widgets
from import_export.fields import Field

from cstopa.admin.corrections import WhatHappened, changed_from
from cstopa.admin.days import day_of_the_calendar
from cstopa.admin.facts import EVIDENCE
from cstopa.library.documents.references import link
from cstopa.models.codes import FORMER_SLUG, is_former_slug
from cstopa.models.history import because, changing
from cstopa.models.partial_dates import PartialDateField
from cstopa.models.periods import PERIOD

# The column, unknown to the model, of the number that a row has in its file.
NUMBER = "row_number"


def column_names(model, leaving_out=()):
    """Return the names of the columns: the key, what is the model's own, the period, the evidence."""
    key = model.natural_key_field
    fields = [each for each in model._meta.get_fields() if getattr(each, "editable", False)]
    own = [each.name for each in fields if not each.auto_created and each.name not in leaving_out]
    last = [name for name in (*PERIOD, *EVIDENCE) if name in own]
    return list(dict.fromkeys([key, *(name for name in own if name not in last), *last]))


def by_key(model, key):
    """Return the row that a natural key names; ValidationError where there is none."""
    try:
        return model._default_manager.get_by_natural_key(key)
    except model.DoesNotExist:
        raise ValidationError(
            _("There is no %(kind)s “%(key)s”.") % {"kind": model._meta.verbose_name, "key": key}
        ) from None


class CellWidget(widgets.Widget):
    """The text of a cell as the value of a model's field, and back."""

    def __init__(self, field):
        super().__init__()
        self.field = field
        # Each run has widgets of its own, and many rows name the same one.
        self._named = {}

    def clean(self, value, row=None, **kwargs):
        if value == "" and not isinstance(self.field, models.CharField | models.TextField):
            return None if self.field.null else self.field.get_default()
        if self.field.is_relation:
            if value not in self._named:
                self._named[value] = by_key(self.field.related_model, value)
            return self._named[value]
        if isinstance(self.field, models.BooleanField):
            value = value.capitalize()
        value = self.field.to_python(value)
        if isinstance(value, dt.datetime):
            day_of_the_calendar(value)
            value = timezone.make_aware(value) if timezone.is_naive(value) else value
        return value

    def render(self, value, obj=None, **kwargs):
        if isinstance(value, models.Model):
            [value] = value.natural_key()
        if isinstance(value, dt.datetime):
            moment = timezone.make_naive(value).isoformat(" ")
            return moment.removesuffix(" 00:00:00")
        return "1" if value is True else "" if value in (None, False) else str(value)


class DayCell(Field):
    """A day as far as it is known."""

    def get_value(self, instance):
        return instance and instance._meta.get_field(self.attribute).value_from_object(instance)


class KeysWidget(widgets.ManyToManyWidget):
    """The natural keys of several rows, with spaces between them."""

    def clean(self, value, row=None, **kwargs):
        return [by_key(self.model, key) for key in value.split()]

    def render(self, value, obj=None, **kwargs):
        return " ".join(sorted(row.natural_key()[0] for row in value.all())) if value else ""


class Cells(resources.Diff):
    """The cells of a row as they are and as the table has them; none before a new row."""

    def as_html(self):
        # No markup: the templates make it.
        before = [""] * len(self.left) if self.new else self.left
        return list(zip(before, self.right, strict=True))


class RowsResource(resources.ModelResource):
    """Saves the rows of a table, each as its form at the desk would, with its version.

    A row is known by its natural key; a dated fact without one by its value and its start. What a
    dated fact stated is overwritten as ``meaning`` says, ``{name of OVERWRITING: answer}``; where it does
    not say, such a row is left alone. ``may_change`` tells of a row whether the editor may.
    ``columns`` are those of the table.
    """

    class Meta:
        import_id_fields = ()
        skip_unchanged = True
        report_skipped = True
        store_instance = True
        store_row_values = True

    def __init__(self, columns=(), meaning=None, may_change=None):
        super().__init__()
        self.columns = columns
        self.meaning = meaning or {}
        self.may_change = may_change or (lambda row: True)
        self._numbers = {}
        # By number, of the rows that were put together, refused or not; None of a new one.
        self.keys = {}

    @classmethod
    def required_columns(cls):
        """Return the key of the rows, where nobody but the editor gives it."""
        key = cls._meta.model.natural_key_field
        return [] if key == "code" else [key]

    @property
    def model(self):
        return self._meta.model

    @property
    def is_dated(self):
        return hasattr(self.model, "corrects")

    @classmethod
    def get_diff_class(cls):
        return Cells

    def get_import_fields(self):
        return [self.fields[name] for name in self.columns]

    # Which row is meant

    def get_instance(self, instance_loader, row):
        instance = self._on_record(row)
        if instance and instance.pk in self._numbers:
            raise ValidationError(
                _("Row %(number)s is about the same.") % {"number": self._numbers[instance.pk]}
            )
        return instance

    def _on_record(self, row):
        name = self.model.natural_key_field
        rows = self.model._default_manager.select_for_update()
        if key := row.get(name):
            instance = rows.filter(**{name: key}).first()
            if not instance and self.is_dated:
                by_key(self.model, key)
            return instance
        if not self.is_dated:
            return None
        names = (*self.model.value_fields, "valid_from")
        try:
            identity = {each: self.fields[each].clean({each: "", **row}) for each in names}
        except ValidationError:
            # What is wrong is said when the row is put together.
            return None
        return rows.filter(**identity).first()

    def after_init_instance(self, instance, new, row, **kwargs):
        self.keys[row[NUMBER]] = instance.pk

    def after_import_row(self, row, row_result, **kwargs):
        self._numbers[row_result.instance.pk] = row[NUMBER]

    # Whether it is right

    def import_field(self, field, instance, row, is_m2m=False, **kwargs):
        if field.column_name == "code" and not row["code"]:
            # The row has one, or is given it when it is saved.
            return
        try:
            super().import_field(field, instance, row, is_m2m, **kwargs)
        except ValidationError as error:
            # What import-export takes for a mistake in a cell.
            raise ValueError(" ".join(error.messages)) from error

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        errors = dict(import_validation_errors or {})
        stored = self._stored(instance)
        if stored and not self.may_change(stored):
            raise ValidationError(_("You may not change this row."))
        has_slug = self.model.natural_key_field == "slug"
        if has_slug and not stored and is_former_slug(self.model, instance.slug):
            errors["slug"] = ValidationError(FORMER_SLUG)
        # A code that nobody gave is made when the row is saved.
        exclude = {*errors, *(() if instance.code else ("code",))}
        is_correction = self.meaning.get("what_happened") == WhatHappened.CORRECTION
        try:
            if errors:
                instance.clean_fields(exclude=exclude)
            else:
                compared = is_correction or not self.overwrites(instance, stored)
                instance.full_clean(exclude=exclude, validate_constraints=compared)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def _stored(self, instance):
        if instance._state.adding:
            return None
        return self.model._default_manager.get(pk=instance.pk)

    def overwrites(self, instance, stored):
        """Return whether the row writes another value over what was stated."""
        return bool(stored and self.is_dated and instance.corrects(stored))

    # Saving

    def save_m2m(self, instance, row, **kwargs):
        super().save_m2m(instance, row, **kwargs)
        link(instance)

    def do_instance_save(self, instance, is_create):
        stored = self._stored(instance)
        answer = self.meaning.get("what_happened")
        with transaction.atomic():
            if not self.overwrites(instance, stored):
                instance.save()
            elif answer == WhatHappened.CORRECTION:
                with because(self.meaning["reason"]):
                    instance.save()
            elif answer == WhatHappened.CHANGE:
                ended, successor = changed_from(stored, instance, self.meaning["first_day"])
                successor.validate_constraints({"code"}, apart_from=[stored.pk])
                with changing():
                    ended.save()
                successor.save()


def resource_of(model, leaving_out=()):
    """Return the class of the resource of a model, whose columns follow from its fields."""
    fields = {}
    for name in column_names(model, leaving_out):
        field = model._meta.get_field(name)
        widget = KeysWidget(field.related_model) if field.many_to_many else CellWidget(field)
        cell = DayCell if isinstance(field, PartialDateField) else Field
        fields[name] = cell(attribute=name, column_name=name, widget=widget)
    meta = type("Meta", (RowsResource.Meta,), {"model": model, "fields": [*fields]})
    return type(f"{model.__name__}Resource", (RowsResource,), {**fields, "Meta": meta})


def is_refused(result):
    return bool(result.errors or result.validation_error)


def in_the_way(result):
    """Return the keys of the rows on record that hold the days to which a refused row moves."""
    errors = getattr(result.validation_error, "error_dict", {}).get("valid_from", ())
    querysets = [each.params["rows"] for each in errors if "rows" in (each.params or {})]
    return {key for rows in querysets for key in rows.values_list("pk", flat=True)}


def problems(row_results):
    """Yield ``(number of the row, column, message)`` of all that is wrong."""
    for result in row_results:
        number = result.row_values[NUMBER]
        yield from ((number, "", str(each.error)) for each in result.errors)
        if error := result.validation_error:
            by_name = getattr(error, "error_dict", {NON_FIELD_ERRORS: [error]})
            for name, errors in by_name.items():
                column = "" if name == NON_FIELD_ERRORS else name
                yield from ((number, column, words) for each in errors for words in each.messages)
