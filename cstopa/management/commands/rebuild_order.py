from cstopa.management.base import DatabaseCommand
from cstopa.models import sorting


class Command(DatabaseCommand):
    help = "Makes the keys again by which lists of names are sorted, from the names."

    def handle(self, *args, **options):
        self.stdout.write(f"{sorting.rebuild()} rows were sorted by something else.")
