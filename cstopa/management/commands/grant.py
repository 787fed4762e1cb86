"""Let the site's role of PostgreSQL do what the site does, and no more."""

from django.apps import apps
from django.core.management.base import CommandError
from django.db import connection, transaction

from cstopa.management.base import DatabaseCommand
from cstopa.models.history import Version


class Command(DatabaseCommand):
    help = (
        "Grant a role of PostgreSQL what the site needs: it reads and writes rows, adds versions, and "
        "neither rewrites nor deletes one, nor empties or changes a table. Safe to repeat, as the "
        "owner of the tables, after each migration."
    )

    def add_arguments(self, parser):
        parser.add_argument("role", help="the role in DATABASE_URL of the site")

    def handle(self, *, role, **options):
        if connection.vendor != "postgresql":
            raise CommandError(
                "SQLite knows no roles: who may write to its file may write anything."
            )
        quote = connection.ops.quote_name
        role = quote(role)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            [schema] = cursor.fetchone()
            everything = f"IN SCHEMA {quote(schema)}"
            cursor.execute(f"GRANT USAGE ON SCHEMA {quote(schema)} TO {role}")
            cursor.execute(f"REVOKE ALL ON ALL TABLES {everything} FROM {role}")
            cursor.execute(
                f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES {everything} TO {role}"
            )
            cursor.execute(f"GRANT USAGE ON ALL SEQUENCES {everything} TO {role}")
            for table in map(quote, version_tables()):
                cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {role}")
                # Who wrote it is forgotten with the account.
                cursor.execute(f"GRANT UPDATE (history_user_id) ON {table} TO {role}")
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")


def version_tables():
    """Return the names of the tables of versions."""
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, Version))
