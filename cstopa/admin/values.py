"""Values of rows and of their versions, as a reader of the desk has them."""

from django.contrib.admin.utils import display_for_value
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.template.defaultfilters import yesno
from django.utils.translation import gettext as _

from cstopa.differences import compared
from cstopa.models.partial_dates import PartialDateField, PrecisionField, is_exact
from cstopa.models.periods import day_in_words
from cstopa.models.richtext import SanitisedHTMLField


def row_in_words(row):
    """Return the row in words, or its key where what it belonged to is gone."""
    try:
        return str(row)
    except ObjectDoesNotExist:
        return row.natural_key()[0]


def versioned_fields(model):
    """Return the fields that versions of the rows of a model have, beside their key."""
    version = model.history.model
    return [
        field
        for field in (*version.tracked_fields, *version._history_m2m_fields)
        if not (field.primary_key or isinstance(field, PrecisionField))
    ]


def value_of(version, field):
    """Return what a version has in a field; of a relation to many, a list."""
    if field.many_to_many:
        name = field.m2m_reverse_field_name()
        rows = getattr(version, field.name).select_related(name).order_by(name)
        return [getattr(row, name) or _("deleted since") for row in rows]
    if isinstance(field, PartialDateField):
        return field.value_from_object(version)
    try:
        return getattr(version, field.name)
    except ObjectDoesNotExist:
        return _("deleted since")


def form_values(version):
    """Return what a form has to be given beside the instance of a version, to show all of it."""
    return {
        field.name: list(
            getattr(version, field.name).values_list(field.m2m_reverse_field_name(), flat=True)
        )
        for field in version._history_m2m_fields
    }


def in_words(field, value):
    """Return a value of a field as text; of formatted text its HTML."""
    if value is None:
        return ""
    if field.many_to_many:
        return ", ".join(map(row_in_words, value))
    if isinstance(value, models.Model):
        return row_in_words(value)
    if isinstance(value, bool):
        return yesno(value)
    if not is_exact(value):
        return day_in_words(value)
    value = dict(field.flatchoices).get(value, value)
    return str(value) if isinstance(value, str) else str(display_for_value(value, ""))


def changed_value(field, old, new, around=None):
    """Return the value of a field as HTML, with what it was before where that differs."""
    return compared(
        in_words(field, old),
        in_words(field, new),
        is_html=isinstance(field, SanitisedHTMLField),
        around=around,
    )
