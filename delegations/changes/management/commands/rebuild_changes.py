from django.core.management.base import BaseCommand

from delegations.changes import recording


class Command(BaseCommand):
    help = "Makes the log of changes again from the versions it is derived from."

    def handle(self, *args, **options):
        self.stdout.write(f"{recording.rebuild()} entries.")
