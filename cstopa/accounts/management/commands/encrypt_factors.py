"""Encrypt the secrets of second factors by a new SECRET_KEY."""

from allauth.mfa.models import Authenticator
from django.core.management.base import CommandError
from django.db import transaction

from cstopa.accounts.encryption import encrypt_anew
from cstopa.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = (
        "Encrypt the keys of authenticator apps and of recovery codes by the SECRET_KEY of today: after it was "
        "changed, while the one of before stands in SECRET_KEY_FALLBACKS. Safe to repeat."
    )

    def handle(self, **options):
        with transaction.atomic():
            rows = Authenticator.objects.all()
            unreadable = encrypt_anew(rows)
            done = rows.exclude(type=Authenticator.Type.WEBAUTHN).count() - unreadable
        self.stdout.write(f"Encrypted: {done}.")
        if unreadable:
            raise CommandError(f"{unreadable} are of a SECRET_KEY that is not known here.")
