"""Rules that the database holds and the admin explains at the field."""

from django.core.exceptions import ValidationError
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, CheckConstraint, Q
from django.db.utils import DEFAULT_DB_ALIAS
from django.utils.translation import gettext_lazy as _


def overlapping(start, end):
    """Return the condition that a row's period shares a day with ``start`` to ``end``.

    Either may be None: an unknown start, no known end.
    """
    condition = Q()
    if end is not None:
        condition &= Q(valid_from__isnull=True) | Q(valid_from__lte=end)
    if start is not None:
        condition &= Q(valid_to__isnull=True) | Q(valid_to__gte=start)
    return condition


def is_ordered(start, end):
    """Return whether a day is not after another; either may be None, an unknown start or no known end."""
    return start is None or end is None or start <= end


def known(field, *values):
    """Return the constraint that a choice is one of ``values``, for ``Meta.constraints``."""
    return CheckConstraint(
        name=f"%(app_label)s_%(class)s_{field}_known", condition=Q(**{f"{field}__in": [*values]})
    )


class FieldCheck(CheckConstraint):
    """A check whose message stands at the ``field`` that the editor has to mend."""

    non_db_attrs = (*CheckConstraint.non_db_attrs, "field")

    def __init__(self, *, field, **kwargs):
        super().__init__(**kwargs)
        self.field = field

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        try:
            super().validate(model, instance, exclude, using)
        except ValidationError as error:
            raise ValidationError({self.field: error}) from error


class NeverChanges(BaseConstraint):
    """A column keeps what its row was made with: a trigger refuses anything else.

    It reads no table, and goes through deferred SQL as ``NoOverlap`` does.
    """

    def __init__(self, *, name, field, **violation):
        super().__init__(name=name, **violation)
        self.field = field

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "field": self.field}

    def __eq__(self, other):
        if isinstance(other, NeverChanges):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def constraint_sql(self, model, schema_editor):
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            sql = (
                "CREATE TRIGGER %(trigger)s BEFORE UPDATE ON %(table)s"
                " WHEN NEW.%(column)s IS NOT OLD.%(column)s"
                " BEGIN SELECT RAISE(ABORT, %(message)s); END"
            )
        else:
            # One function for all: it says which trigger called it.
            sql = (
                "CREATE OR REPLACE FUNCTION never_changes() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'check_violation',"
                " MESSAGE = 'check constraint failed: ' || TG_NAME; END $$;"
                " CREATE TRIGGER %(trigger)s BEFORE UPDATE ON %(table)s FOR EACH ROW"
                " WHEN (NEW.%(column)s IS DISTINCT FROM OLD.%(column)s)"
                " EXECUTE FUNCTION never_changes()"
            )
        return Statement(
            sql,
            trigger=schema_editor.quote_name(self.name),
            table=Table(model._meta.db_table, schema_editor.quote_name),
            column=schema_editor.quote_name(model._meta.get_field(self.field).column),
            message=schema_editor.quote_value(f"check constraint failed: {self.name}"),
        )

    def remove_sql(self, model, schema_editor):
        return Statement(
            "DROP TRIGGER %(trigger)s ON %(table)s",
            trigger=schema_editor.quote_name(self.name),
            table=Table(model._meta.db_table, schema_editor.quote_name),
        )

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        # The field says it to an editor.
        pass


class NoOverlap(BaseConstraint):
    """Two rows of the same thing never share a day, as far as the days of their periods are known.

    Refused are two that share one wherever in their months and years they start and end: where the
    latest possible start of each is not after the earliest possible end of the other. Within such a
    month or year two rows may touch. One of March 2005 to March 2005 is known to hold on no day, and
    yet to hold on some day of that March: it is in the way of what holds on all of them, not of
    another such row.

    ``same`` names the foreign keys that make two rows one thing, none of them empty in the rows
    that ``where`` (field: value) selects; ``where`` keeps the rule to some of the rows.

    PostgreSQL holds it as an exclusion constraint. SQLite holds it as two triggers, which read
    their own table only: a trigger that reads another breaks that table's next rebuild. They go
    through the schema editor's deferred SQL, so that a rebuild of their own table makes them again.
    """

    default_violation_error_message = _("The period overlaps another: %(row)s.")

    def __init__(self, *, name, same=(), where=None, **violation):
        super().__init__(name=name, **violation)
        self.same = tuple(same)
        self.where = dict(where or {})

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        if self.same:
            kwargs["same"] = self.same
        if self.where:
            kwargs["where"] = self.where
        return path, args, kwargs

    def __eq__(self, other):
        if isinstance(other, NoOverlap):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __repr__(self):
        return f"<NoOverlap: name={self.name!r} same={self.same} where={self.where}>"

    # What the database is told

    def constraint_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.deferred_sql += self._triggers(model, schema_editor)
            return None
        return self._exclusion(model, schema_editor)

    def create_sql(self, model, schema_editor):
        # SQLite never comes here: its schema editor rebuilds the table, with constraint_sql().
        return Statement(
            "ALTER TABLE %(table)s ADD %(exclusion)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            exclusion=self._exclusion(model, schema_editor),
        )

    def remove_sql(self, model, schema_editor):
        return Statement(
            "ALTER TABLE %(table)s DROP CONSTRAINT %(name)s",
            table=Table(model._meta.db_table, schema_editor.quote_name),
            name=schema_editor.quote_name(self.name),
        )

    def _columns(self, model, schema_editor):
        quote = schema_editor.quote_name
        same = [quote(model._meta.get_field(name).column) for name in self.same]
        where = [
            f"{quote(model._meta.get_field(name).column)} = {schema_editor.quote_value(value)}"
            for name, value in self.where.items()
        ]
        return same, where

    def _exclusion(self, model, schema_editor):
        same, where = self._columns(model, schema_editor)
        # A range of one number is compared by GiST itself, without the btree_gist extension.
        parts = [f"int8range({column}, {column}, '[]')" for column in same]
        if knows_precision(model):
            # A word is cast to an interval by the settings of a session, which no index may follow.
            start, end = (
                "CASE valid_from_precision WHEN 'day' THEN valid_from"
                " WHEN 'month' THEN least((valid_from + interval '1 month' - interval '1 day')::date, valid_to)"
                " ELSE least((valid_from + interval '1 year' - interval '1 day')::date, valid_to) END",
                "CASE valid_to_precision WHEN 'day' THEN valid_to"
                " WHEN 'month' THEN greatest((valid_to + interval '1 day' - interval '1 month')::date, valid_from)"
                " ELSE greatest((valid_to + interval '1 day' - interval '1 year')::date, valid_from) END",
            )
            # No range goes backwards. Of such a row each end is a range, so that another overlaps both
            # if it holds from the one to the other; and two of them, by their keys, never do.
            key = schema_editor.quote_name(model._meta.pk.column)
            period = f"daterange({start}, {end}, '[]')"
            parts += [
                f"(CASE WHEN {start} > {end} THEN {backwards} ELSE {forwards} END)"
                for backwards, forwards in (
                    (f"daterange({end}, {end}, '[]')", period),
                    (f"daterange({start}, {start}, '[]')", period),
                    (f"int8range({key}, {key}, '[]')", "int8range(NULL, NULL)"),
                )
            ]
        else:
            parts.append("daterange(valid_from, valid_to, '[]')")
        compared = ", ".join(f"{part} WITH &&" for part in parts)
        sql = f"CONSTRAINT {schema_editor.quote_name(self.name)} EXCLUDE USING gist ({compared})"
        return f"{sql} WHERE ({' AND '.join(where)})" if where else sql

    def _triggers(self, model, schema_editor):
        same, where = self._columns(model, schema_editor)
        key = schema_editor.quote_name(model._meta.pk.column)
        applies = " AND ".join(f"NEW.{condition}" for condition in where) or "1"
        start, end = "{0}.valid_from", "{0}.valid_to"
        if knows_precision(model):
            start = (
                "iif({0}.valid_from_precision = 'day', {0}.valid_from, min(coalesce({0}.valid_to, '9999'),"
                " date({0}.valid_from, '+1 ' || {0}.valid_from_precision, '-1 day')))"
            )
            end = (
                "iif({0}.valid_to_precision = 'day', {0}.valid_to, max(coalesce({0}.valid_from, ''),"
                " date({0}.valid_to, '+1 day', '-1 ' || {0}.valid_to_precision)))"
            )
        in_the_way = " AND ".join(
            [
                f"other.{key} <> NEW.{key}",
                *(f"other.{column} = NEW.{column}" for column in same),
                *(f"other.{condition}" for condition in where),
                *(
                    f"coalesce({start.format(one)} <= {end.format(another)}, 1)"
                    for one, another in (("other", "NEW"), ("NEW", "other"))
                ),
            ]
        )
        return [
            Statement(
                "CREATE TRIGGER %(trigger)s AFTER %(event)s ON %(table)s WHEN %(applies)s"
                " BEGIN SELECT RAISE(ABORT, %(message)s)"
                " WHERE EXISTS (SELECT 1 FROM %(table)s AS other WHERE %(in_the_way)s); END",
                trigger=schema_editor.quote_name(f"{self.name}_{event.lower()}"),
                event=event,
                table=Table(model._meta.db_table, schema_editor.quote_name),
                applies=applies,
                message=schema_editor.quote_value(f"exclusion constraint failed: {self.name}"),
                in_the_way=in_the_way,
            )
            for event in ("INSERT", "UPDATE")
        ]

    # What the editor is told

    def applies_to(self, instance):
        """Return whether the rule speaks of this row."""
        return all(getattr(instance, name) == value for name, value in self.where.items())

    def clash(self, one, other):
        """Return whether the two rows, saved or not, cannot stand together."""
        return (
            self.applies_to(one)
            and self.applies_to(other)
            and all(self._thing(one, name) == self._thing(other, name) for name in self.same)
            and all(
                is_ordered(first.latest_start, second.earliest_end)
                for first, second in ((one, other), (other, one))
            )
        )

    def violation(self, row, rows=None):
        """Return the error that names the row in the way, with the queryset of all ``rows`` in it."""
        return ValidationError(
            self.violation_error_message,
            code=self.violation_error_code,
            params={"row": row, "rows": rows},
        )

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS, apart_from=()):
        """Raise the error that names the row in the way, at the field where the period starts.

        ``apart_from`` are the keys of rows that are saved in the same step: who saves them compares
        with what they will be, not with what they are.
        """
        involved = {"valid_from", "valid_to", *self.same, *self.where}
        if exclude and involved.intersection(exclude):
            return
        if not self.applies_to(instance):
            return
        rows = model._default_manager.using(using).filter(
            overlapping(instance.valid_from, instance.valid_to),
            **self.where,
            **{name: self._thing(instance, name) for name in self.same},
        )
        rows = rows.exclude(pk__in={instance.pk, *apart_from} - {None})
        row = next((row for row in rows if self.clash(instance, row)), None)
        if row is not None:
            raise ValidationError({"valid_from": self.violation(row, rows)})

    @staticmethod
    def _thing(instance, name):
        return getattr(instance, instance._meta.get_field(name).attname)


def knows_precision(model):
    """Return whether the model, which may be one of a migration, has days known to a month or a year."""
    return any(field.name == "valid_to_precision" for field in model._meta.fields)


def all_checks_hold(rules, model, instance, exclude):
    """Return whether a row passes all checks: one query, where each by itself would be one."""
    whole = Q(
        *(
            rule.condition
            for rule in rules
            if isinstance(rule, CheckConstraint)
            and rule.condition.referenced_base_fields.isdisjoint(exclude)
        )
    )
    try:
        if whole:
            CheckConstraint(name="all", condition=whole).validate(model, instance, exclude)
    except ValidationError:
        return False
    return True
