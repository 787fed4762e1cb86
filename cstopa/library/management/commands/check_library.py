import datetime as dt

from django.core.files.storage import default_storage
from django.core.management import CommandError
from django.utils import timezone

from cstopa.library.documents.models import DOCUMENTS, Document
from cstopa.library.documents.models import Upload as UploadedDocument
from cstopa.library.files import walk
from cstopa.library.models import PICTURES, RENDITIONS, Picture, Renditions, Upload
from cstopa.management.base import DatabaseCommand

# The row of a younger file may not be on record yet.
YOUNG = dt.timedelta(hours=1)


class Command(DatabaseCommand):
    help = "Names the files of the library that no row has, and the rows whose file is not there."

    def add_arguments(self, parser):
        parser.add_argument("--delete", action="store_true", help="delete the files without a row")

    def handle(self, *args, **options):
        # Files first: what is saved meanwhile has its file before its row.
        files = {path for folder in (PICTURES, RENDITIONS, DOCUMENTS) for path in walk(folder)}
        # A version says what a picture was, and a deleted one can be restored.
        named, there = set(), set()
        for model in (Picture, Document):
            named.update(model.history.values_list("file", flat=True))
        for model in (Picture, Upload, Document, UploadedDocument):
            there.update(model.objects.values_list("file", flat=True))
        there.update(path for each in Renditions.objects.all() for path in each.paths)
        without = files - there - named
        orphans = sorted(path for path in without if not is_young(path))
        lost = sorted((there | named) - files)
        for path in orphans:
            self.stdout.write(f"No row has the file {path}.")
            if options["delete"]:
                default_storage.delete(path)
        for path in lost:
            self.stdout.write(f"The file {path} of a row is not there.")
        if lost or (orphans and not options["delete"]):
            raise CommandError(
                f"{counted(orphans, 'file')} without rows, {counted(lost, 'row')} without files."
            )
        if orphans:
            self.stdout.write(f"{counted(orphans, 'file')} without rows deleted.")
        if young := without - {*orphans}:
            self.stdout.write(f"{counted(young, 'file')} without rows, younger than an hour.")
            self.stdout.write(f"{counted(files - without, 'file')} with rows.")
        else:
            self.stdout.write(f"{counted(files - without, 'file')}, all with rows.")


def counted(found, noun):
    return f"{len(found)} {noun}" if len(found) == 1 else f"{len(found)} {noun}s"


def is_young(path):
    return timezone.now() - default_storage.get_modified_time(path) < YOUNG
