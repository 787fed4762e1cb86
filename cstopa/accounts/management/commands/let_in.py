"""Let somebody sign in whom strangers keep waiting."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils.http import urlencode

from cstopa.accounts.browsers import link
from cstopa.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = (
        "Print an address that is open for an hour: the browser in which it is opened is known to the "
        "account, and waits for no attempt of others. It still asks for the password."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="the name of the account")

    def handle(self, *, name, **options):
        users = get_user_model().objects.filter(is_active=True, is_staff=True)
        if not users.filter(username=name).exists():
            raise CommandError(f"No account that may sign in at the desk is called {name}.")
        query = urlencode({"known": link(name)})
        self.stdout.write(f"{settings.SITE_URL}{reverse('admin:login')}?{query}")
