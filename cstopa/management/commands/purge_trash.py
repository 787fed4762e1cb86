"""Empty what was deleted longer ago than anybody can restore it."""

from django.db import transaction

from cstopa.management.base import DatabaseCommand
from cstopa.models import trash
from cstopa.search.vocabulary import forget_unused


class Command(DatabaseCommand):
    help = (
        f"Empty every text of the versions of articles and drafts that were deleted longer than "
        f"{trash.DAYS} days ago. The versions stay, without content, with slug, code and days: "
        "their addresses answer 410 as before. Facts keep their versions: the public log of "
        "changes is made of them."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what, and empty nothing")

    def handle(self, *, dry_run, **options):
        number = 0
        with transaction.atomic():
            for model in trash.purged_kinds():
                for version in list(trash.overdue(model)):
                    day = version.history_date.date().isoformat()
                    words = f"{model._meta.label} {getattr(version, 'code', version.id)}"
                    self.stdout.write(f"{words}, deleted on {day}")
                    trash.purge(version)
                    number += 1
            # Only so it is known what goes with what.
            transaction.set_rollback(dry_run)
            if number and not dry_run:
                forget_unused()
        said = "To be emptied" if dry_run else "Emptied"
        self.stdout.write(f"{said}: {number} rows.")
