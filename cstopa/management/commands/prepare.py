"""Bring a site to the point where it can be read and edited."""

import secrets

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from cstopa.models.codes import Keyed


class Command(BaseCommand):
    help = (
        "Migrate the database; load the fixtures of each app that has no row; create an "
        "administrator if there is no user. Safe to repeat."
    )

    def handle(self, *, verbosity, **options):
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
