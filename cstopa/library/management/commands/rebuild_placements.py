from cstopa.library import placements
from cstopa.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = (
        "Looks in every text for its pictures again, by which it is known where a picture is used."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"{placements.rebuild()} pictures in texts.")
