from cstopa.management.base import DatabaseCommand
from delegations.changes import recording


class Command(DatabaseCommand):
    help = "Makes the log of changes again from the versions it is derived from."

    def handle(self, *args, **options):
        self.stdout.write(f"{recording.rebuild()} entries.")
