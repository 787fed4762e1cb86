"""Bring a site to the point where it can be read and edited."""

import secrets

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from cstopa.models.codes import Keyed


class Command(BaseCommand):
    help = (
        "Migrate the database; load the fixtures of each app that has no row; create an "
        "administrator if there is no user. Safe to repeat."
    )

    def handle(self, *, verbosity, **options):
        refuse_an_older_database()
        call_command("migrate", interactive=False, verbosity=max(verbosity - 1, 0))
        for app, fixtures in settings.FIXTURES.items():
            if not has_rows(app):
                call_command("loaddata", *fixtures, verbosity=verbosity)
        users = get_user_model().objects
        if not users.exists():
            password = secrets.token_urlsafe(12)
            users.create_superuser("admin", password=password)
            self.stdout.write(f"Administrator: admin, password: {password} (shown only this once)")


def has_rows(app):
    """Return whether there is a row of any model of an app that fixtures state."""
    models = apps.get_app_config(app).get_models()
    return any(model.objects.exists() for model in models if issubclass(model, Keyed))


def refuse_an_older_database():
    """Stop where the database has migrations that this code does not: it cannot be brought forward."""
    loader = MigrationLoader(connection)
    unknown = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations.keys() - loader.disk_migrations.keys()
        if app in loader.migrated_apps
    )
    if unknown:
        raise CommandError(
            "This database was made by a version of the site from before its first release, or by "
            f"a later one than this: it has the migration {unknown[0]}, which is not here. Nothing "
            "was changed. To start anew, move the database away (var/db.sqlite3) or name another in "
            "DATABASE_URL; what it states can be taken along with that version's "
            "“dumpdata --natural-primary --natural-foreign delegations news written” and loaddata."
        )
