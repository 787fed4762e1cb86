from cstopa.management.base import DatabaseCommand
from cstopa.search import index


class Command(DatabaseCommand):
    help = (
        "Makes the search index again from the rows it is derived from, while readers search and "
        "editors save."
    )

    def handle(self, *args, **options):
        self.stdout.write(f"{index.rebuild(self.progress)} entries.")

    def progress(self, model, number):
        self.stdout.write(f"{model._meta.verbose_name_plural}: {number}")
        self.stdout.flush()
