from cstopa.management.base import DatabaseCommand
from cstopa.models import history, sorting


class Command(DatabaseCommand):
    help = (
        "Makes again what lists are sorted by: the keys of names, from the names, and the moments of"
        " the last change, from the versions."
    )

    def handle(self, *args, **options):
        number = sorting.rebuild() + history.rebuild_last_changes()
        self.stdout.write(f"{number} rows were sorted by something else.")
