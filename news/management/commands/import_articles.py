"""Bring in an archive of articles: see docs/operations.md for the form of its file."""

import pickle
from collections import Counter
from contextlib import nullcontext
from itertools import batched
from pathlib import Path
from tempfile import TemporaryFile

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import reset_queries, transaction

from cstopa.management.base import DatabaseCommand
from cstopa.management.commands.loaddata import in_words
from cstopa.models.fields import readable
from cstopa.models.history import writing_as
from news.importing.checking import LISTS, NAMES, Checker, Line
from news.importing.reading import Header, records
from news.importing.saving import BATCH, WRITER, Saver

KINDS = ("new", "changed", "skipped", "wrong")


class Command(DatabaseCommand):
    help = (
        "Import an archive of articles from JSON Lines or CSV, all of it or nothing. Without --apply "
        "it is said of each line what it would be."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="CSV if its name ends so, else JSON Lines")
        parser.add_argument("--apply", action="store_true", help="save what is new or changed")
        parser.add_argument(
            "--skip-wrong", action="store_true", help="save the others where lines are wrong"
        )
        parser.add_argument(
            "--create-topics", action="store_true", help="make the topics that are not there"
        )
        parser.add_argument("--encoding", default="utf-8-sig", help="of the file, such as cp1251")

    def handle(self, *, file, apply, skip_wrong, create_topics, encoding, **options):
        self.counts = Counter()
        try:
            "".encode(encoding)
        except LookupError as error:
            raise CommandError(f"There is no encoding {encoding}.") from error
        checker = Checker(create_topics)
        with TemporaryFile() as checked, writing_as(WRITER):
            try:
                wrong, total = self.check(file, encoding, checker, checked)
            except Header as error:
                raise CommandError(f"Nothing was imported. {error}") from error
            except (OSError, UnicodeError) as error:
                reason = getattr(error, "strerror", None) or error
                raise CommandError(f"{file} cannot be read: {reason}.") from error
            is_applied = apply and (skip_wrong or not wrong)
            with transaction.atomic() if is_applied else nullcontext():
                saver = Saver(checker.topics, is_applied)
                self.save(saver, checked, total)
                if is_applied and self.counts["wrong"] and not skip_wrong:
                    self.is_refused()
        if self.counts["wrong"] and not skip_wrong:
            self.is_refused()
        for slug, topic in checker.topics.items():
            self.stdout.write(readable(f"topic: new: {slug}: {topic}"))
        numbers = ", ".join(f"{self.counts[kind]} {kind}" for kind in KINDS)
        done = "Imported" if apply else "Nothing is imported without --apply"
        self.stdout.write(f"{done}: {numbers}; {self.counts['notes']} notes.")

    def is_refused(self):
        raise CommandError(f"Nothing was imported: wrong are {self.counts['wrong']} lines.")

    def check(self, file, encoding, checker, checked):
        """Write the Lines of a file where they are read again, without their pasts."""
        wrong = total = 0
        for total, (number, record) in enumerate(records(file, encoding, NAMES, LISTS), 1):
            try:
                if isinstance(record, ValidationError):
                    raise record
                line = checker.line(number, record)
            except ValidationError as error:
                line = Line(number, mistakes=[*in_words(error)])
                wrong += 1
            pickle.dump(line, checked)
            if total % BATCH == 0:
                self.stderr.write(f"checked {total}")
                # With DEBUG=1 Django remembers them, texts and all.
                reset_queries()
        return wrong, total

    def save(self, saver, checked, total):
        checked.seek(0)
        lines = (pickle.load(checked) for _ in range(total))
        done = 0
        for some in batched(lines, BATCH):
            outcomes = {line.number: ("wrong", "; ".join(line.mistakes)) for line in some}
            for line, outcome in saver.outcomes([line for line in some if not line.mistakes]):
                outcomes[line.number] = outcome
            for line in some:
                self.say(line.number, *outcomes[line.number])
                for note in line.notes:
                    self.say(line.number, "note", note)
            done += len(some)
            self.stderr.write(f"{'saved' if saver.is_applied else 'compared'} {done} of {total}")
            reset_queries()
        for number, clash in saver.save_addresses():
            self.say(number, "note", clash)

    def say(self, number, kind, words):
        self.counts["notes" if kind == "note" else kind] += 1
        self.stdout.write(f"line {number}: {kind}: {readable(words)}")
