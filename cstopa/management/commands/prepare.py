"""Bring a site to the point where it can be read and edited."""

import secrets

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from cstopa.pages.models import Page
from delegations.models import Parliament


class Command(BaseCommand):
    help = (
        "Migrate the database; load the fixtures if it has no parliament, and the written pages if "
        "it has none; create an administrator if it has no user. Safe to repeat."
    )

    def handle(self, *, verbosity, **options):
        call_command("migrate", interactive=False, verbosity=max(verbosity - 1, 0))
        if not Parliament.objects.exists():
            call_command("loaddata", "delegations", "news", verbosity=verbosity)
        if not Page.objects.exists():
            call_command("loaddata", "pages", verbosity=verbosity)
        users = get_user_model().objects
        if not users.exists():
            password = secrets.token_urlsafe(12)
            users.create_superuser("admin", password=password)
            self.stdout.write(f"Administrator: admin, password: {password} (shown only this once)")
