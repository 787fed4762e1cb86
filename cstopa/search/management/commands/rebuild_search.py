from django.core.management.base import BaseCommand

from cstopa.search import index


class Command(BaseCommand):
    help = "Makes the search index again from the rows it is derived from."

    def handle(self, *args, **options):
        self.stdout.write(f"{index.rebuild()} entries.")
