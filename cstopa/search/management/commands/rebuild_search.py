from cstopa.management.base import DatabaseCommand
from cstopa.search import index


class Command(DatabaseCommand):
    help = "Makes the search index again from the rows it is derived from."

    def handle(self, *args, **options):
        self.stdout.write(f"{index.rebuild()} entries.")
