"""Make a link by which somebody sets a password."""

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from cstopa.accounts.links import address_for
from cstopa.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = "Print an address at which an account gets a password: once, and within three days."

    def add_arguments(self, parser):
        parser.add_argument("name", help="the name of the account")

    def handle(self, *, name, **options):
        users = get_user_model().objects.filter(is_active=True, is_staff=True)
        account = users.filter(username=name).first()
        if account is None:
            raise CommandError(f"No account that may sign in at the desk is called {name}.")
        self.stdout.write(address_for(account))
