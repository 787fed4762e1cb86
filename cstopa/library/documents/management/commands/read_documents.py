from django.core.management import CommandError

from cstopa.library.documents.finding import read_now
from cstopa.library.documents.models import Document, Words
from cstopa.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = "Reads the words by which documents are found: of those that lack them, or of all."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="read all of them anew")

    def handle(self, *args, **options):
        if options["all"]:
            Words.objects.update(of_file="")
        failed = []
        number = 0
        for document in Document.objects.unread().order_by("pk"):
            try:
                read_now(document.pk)
            # The others are read, whatever is wrong with one.
            except Exception as error:
                failed.append(f"{document.code}: {error}")
            else:
                number += 1
        self.stdout.write(f"{number} documents were read.")
        if failed:
            raise CommandError("Not read:\n" + "\n".join(failed))
