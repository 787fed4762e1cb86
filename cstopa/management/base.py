"""What the commands of this site have in common."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection


class DatabaseCommand(BaseCommand):
    """A command that ends in a sentence where the database does not answer as it should."""

    # Of a database in which another writes, those of SQLite would say that it knows no JSON.
    requires_system_checks = ()

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except DatabaseError as error:
            name, words = connection.settings_dict["NAME"], " ".join(str(error).split())
            raise CommandError(f"Not done: the database {name} says “{words}”.") from error
