"""Statements that no code of the site has looked at."""

import pytest
from django.db import DatabaseError, connection, transaction


def execute(statement, parameters=()):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def insert_copy(row, **changes):
    """Insert the row once more, under another code or slug, with some columns changed."""
    key = row.natural_key_field
    values = {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    values |= {key: f"{values[key]}-copy", **changes}
    columns = ", ".join(f'"{column}"' for column in values)
    marks = ", ".join(["%s"] * len(values))
    execute(f'INSERT INTO "{row._meta.db_table}" ({columns}) VALUES ({marks})', [*values.values()])


def update(row, **changes):
    columns = ", ".join(f'"{column}" = %s' for column in changes)
    key = row._meta.pk.column
    statement = f'UPDATE "{row._meta.db_table}" SET {columns} WHERE {key} = %s'
    execute(statement, [*changes.values(), row.pk])


def refused(statement, *arguments, **changes):
    with pytest.raises(DatabaseError):
        statement(*arguments, **changes)
