"""Words of editors, tidied on every way into the database."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.migrations.operations.base import Operation
from django.utils.translation import gettext_lazy as _

# No page may hold them: HTML and XML know no such characters.
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Signs that nobody sees, by which a text is shown in another order than it is stored.
REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What no text starts or ends with: spaces, and the signs without a width.
ENDS = (
    "".join(filter(str.isspace, map(chr, range(0x10000)))) + "\u00ad\u200b\u200c\u200d\u2060\ufeff"
)
LINE_ENDS = re.compile(r"\s*[\r\n\t]\s*")


# Some sixty printed pages.
LONGEST = 200_000


def readable(text):
    """Return ``text`` without the characters that are no words and that hide some."""
    return REORDERING.sub("", NOT_TEXT.sub(" ", text))


def refuse_endless(text):
    """Raise ValidationError for a text that nobody would read and that takes a machine too long."""
    if len(text) > LONGEST:
        raise ValidationError(
            _("Write at most %(longest)d characters, tags included: these are %(length)d."),
            code="too_long",
            params={"longest": LONGEST, "length": len(text)},
        )


class Tidied(str):
    """A text as a kind of field keeps it, which need not be tidied again on its way into the database."""

    __slots__ = ("kind",)


class TidyMixin:
    """A text field that keeps what ``tidied()`` returns of a text.

    The admin, ``save()``, ``bulk_create()``, ``update()`` and ``loaddata`` all pass through it. What
    passes by is held by the database to be a text, without spaces around it.
    """

    is_trimmed = True

    def db_check(self, connection):
        column = connection.ops.quote_name(self.column)
        checks = [f"{column} = trim({column})"] if self.is_trimmed else []
        if connection.vendor == "sqlite":
            # It stores anything in any column.
            checks += [f"typeof({column}) IN ('text', 'null')", f"instr({column}, char(0)) = 0"]
        return " AND ".join(checks) or None

    def tidied(self, text):
        return readable(text).strip(ENDS)

    def to_python(self, value):
        value = super().to_python(value)
        return self._kept(value) if isinstance(value, str) else value

    def pre_save(self, instance, add):
        # What is saved is also what the instance shows and its version keeps.
        value = self._kept(super().pre_save(instance, add))
        setattr(instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(self._kept(value), connection)

    def _kept(self, value):
        if value is None or hasattr(value, "resolve_expression"):
            return value
        if isinstance(value, Tidied) and value.kind is type(self):
            return value
        # Django would make a text of anything later, behind our back.
        text = Tidied(self.tidied(str(value)))
        text.kind = type(self)
        return text


class LineField(TidyMixin, models.CharField):
    """A name or a headline: one line."""

    def tidied(self, text):
        return LINE_ENDS.sub(" ", super().tidied(text))

    def db_check(self, connection):
        check = super().db_check(connection)
        if connection.vendor == "sqlite":
            check += f" AND length({connection.ops.quote_name(self.column)}) <= {self.max_length}"
        return check


class ProseField(TidyMixin, models.TextField):
    """Plain text of more than one line; ValidationError for one that is endless."""

    def tidied(self, text):
        refuse_endless(text)
        return super().tidied(text)


class AddressField(models.URLField):
    """An address in the web, which a page may make a link of."""

    default_validators = (URLValidator(schemes=["http", "https"]),)

    def db_check(self, connection):
        column = connection.ops.quote_name(self.column)
        return (
            f"{column} = '' OR lower(substr({column}, 1, 7)) = 'http://'"
            f" OR lower(substr({column}, 1, 8)) = 'https://'"
        )


class CountField(models.PositiveSmallIntegerField):
    """A whole number, for SQLite too."""

    def db_check(self, connection):
        check = super().db_check(connection)
        if connection.vendor == "sqlite":
            check += f" AND typeof({connection.ops.quote_name(self.column)}) IN ('integer', 'null')"
        return check


class FlagField(models.BooleanField):
    """Yes or no, for SQLite too."""

    def db_check(self, connection):
        column = connection.ops.quote_name(self.column)
        return f"{column} IN (0, 1)" if connection.vendor == "sqlite" else None


class ProtectingManyToManyField(models.ManyToManyField):
    """Links to rows that cannot be deleted from under what names them.

    Django gives the table of such a field CASCADE on both sides, and has no option to say
    otherwise; one with a model of its own is no field of a form of the admin.
    """

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract and not cls._meta.swapped:
            through = self.remote_field.through
            # The second of the two: the first is the row that names the others.
            through._meta.local_fields[-1].remote_field.on_delete = models.PROTECT


class CheckFields(Operation):
    """Let the tables of an app hold what their fields say, which were made without it.

    Django compares the checks of its own fields alone.
    """

    def state_forwards(self, app_label, state):
        # The fields say it already.
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in to_state.apps.get_app_config(app_label).get_models():
            if fields := [
                field
                for field in model._meta.local_fields
                if isinstance(field, TidyMixin | AddressField)
            ]:
                self._check(model, fields, schema_editor)

    def _check(self, model, fields, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor._remake_table(model)
            return
        for field in fields:
            check = field.db_check(schema_editor.connection)
            if check and not schema_editor._constraint_names(model, [field.column], check=True):
                name = schema_editor._create_index_name(
                    model._meta.db_table, [field.column], "_check"
                )
                schema_editor.execute(schema_editor._create_check_sql(model, name, check))

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        # A check more does not harm the code of before.
        pass

    def describe(self):
        return "Check what the fields say of their texts"
