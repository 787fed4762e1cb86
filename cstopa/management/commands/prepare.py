"""Bring a site to the point where it can be read and edited."""

import secrets
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from cstopa.management.base import DatabaseCommand
from cstopa.models.codes import Keyed


class Command(DatabaseCommand):
    help = (
        "Migrate the database; load the fixtures of each app that has no row; create an "
        "administrator if there is no user. Safe to repeat."
    )

    def handle(self, *, verbosity, **options):
        password = None
        with one_at_a_time():
            refuse_a_database_of_another_version()
            call_command("migrate", interactive=False, verbosity=max(verbosity - 1, 0))
            for app, fixtures in settings.FIXTURES.items():
                if not has_rows(app):
                    call_command("loaddata", *fixtures, verbosity=verbosity)
            users = get_user_model().objects
            if not users.exists():
                password = secrets.token_urlsafe(12)
                users.create_superuser("admin", password=password)
        keep_a_write_ahead_log()
        # Not before it is certain that it opens.
        if password:
            self.stdout.write(f"Administrator: admin, password: {password} (shown only this once)")


@contextmanager
def one_at_a_time():
    """On SQLite do all of it in one transaction, for which others wait, or nothing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # As long as the other one may take: the first time, most of a minute.
            cursor.execute("PRAGMA busy_timeout = 300000")
        # With the foreign keys enforced no table is altered in a transaction. Each migration, and
        # each load, checks them when it ends.
        with connection.constraint_checks_disabled(), transaction.atomic():
            yield
    else:
        yield


def keep_a_write_ahead_log():
    """On SQLite let readers go on while another writes. The file keeps it, so it is said once."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")


def has_rows(app):
    """Return whether there is a row of any model of an app that fixtures state."""
    models = apps.get_app_config(app).get_models()
    return any(model.objects.exists() for model in models if issubclass(model, Keyed))


def refuse_a_database_of_another_version():
    """Stop where the database is not as the migrations make it: they cannot bring it forward."""
    if difference := difference_to_migrations():
        raise CommandError(
            f"{connection.settings_dict['NAME']} was made by another version of the site "
            f"({difference}) and was left as it is: move it away, or name another in DATABASE_URL, "
            "to start anew; docs/operations.md says how to take its facts along."
        )


def difference_to_migrations():
    """Return, in words, what the database has or lacks against the migrations recorded in it."""
    loader = MigrationLoader(connection)
    applied = loader.applied_migrations.keys()
    for app, name in sorted(applied - loader.disk_migrations.keys()):
        if app in loader.migrated_apps:
            return f"it has the migration {app}.{name}, which is not here"
    nodes = [node for node in loader.graph.nodes if node in applied]
    recorded = columns_of(loader.project_state(nodes).apps)
    there = columns_there()
    for table, columns in recorded.items():
        if missing := columns - there.get(table, set()):
            return f"its table {table} has no column {min(missing)}"
    for table in sorted(there.keys() & columns_of(apps).keys() - recorded.keys()):
        return f"it has the table {table}, but not the migration that makes it"
    return None


def columns_of(registry):
    """Return ``{table: its columns}`` of the models of a registry of apps."""
    return {
        model._meta.db_table: {field.column for field in model._meta.local_concrete_fields}
        for model in registry.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def columns_there():
    """Return ``{table: its columns}`` of the database."""
    columns = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            # Not get_table_description(): on SQLite it stumbles over the commas of a check.
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} WHERE 1 = 0")
            # A table of FTS5 has its rowid, and does not name it.
            columns[table] = {"rowid", *(name for name, *_others in cursor.description)}
    return columns
