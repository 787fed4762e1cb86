"""Fill the database of the demonstration once: ``DEMO=1 DATABASE_URL=… python -m tests.demo``."""

import os
import sys

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cstopa.settings")


def main():
    from cstopa.management.commands import prepare
    from delegations.models import Source
    from tests.demo import rows

    database = connection.settings_dict["NAME"]
    if not settings.INVENTED:
        raise CommandError(
            f"DEMO=1 is missing, and {database} was left as it is: invented rows are shown by a site alone that says so."
        )
    with prepare.one_at_a_time():
        prepare.refuse_a_database_of_another_version()
        call_command("migrate", interactive=False, verbosity=0)
        if Source.objects.filter(code=rows.MARK).exists():
            return
        if any(map(prepare.has_rows, settings.FIXTURES)):
            raise CommandError(
                f"{database} has rows that are not of the demonstration, and was left as it is: "
                "name another database, or an empty one, in DATABASE_URL."
            )
        print(f"Inventing an assembly in {database}", flush=True)
        rows.fill()


if __name__ == "__main__":
    django.setup()
    try:
        main()
    except CommandError as error:
        sys.exit(f"CommandError: {error}")
