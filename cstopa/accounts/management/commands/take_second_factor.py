"""Let somebody in who has lost her second factor."""

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from cstopa.accounts.lost_factors import take_away
from cstopa.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = (
        "Take the second factors of an account away, recovery codes included, and end its sessions: "
        "with the next sign-in it sets one up anew, if it is to have one."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="the name of the account")

    def handle(self, *, name, **options):
        account = get_user_model().objects.filter(username=name).first()
        if account is None:
            raise CommandError(f"No account is called {name}.")
        had_any = take_away(account)
        self.stdout.write(f"{name} {'has no second factor now' if had_any else 'had none'}.")
