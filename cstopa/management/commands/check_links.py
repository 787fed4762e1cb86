"""Ask each address outside the site that readers are led to whether anything is there."""

from django.core.management.base import CommandError

from cstopa.hyperlinks import outside
from cstopa.management.base import DatabaseCommand


class Command(DatabaseCommand):
    help = (
        "Ask each address outside the site to which public articles, written pages, sources and"
        " websites of parliaments lead, once, and name those at which nothing is, with the rows and"
        " fields that have them. No address in a private network is asked. Exit code 1 where any is"
        " dead."
    )

    def handle(self, **options):
        places = outside.places()
        number = 0
        for address, why in outside.check(places):
            number += 1
            self.stdout.write(f"{address}: {why}")
            for row, field in places[address]:
                key = " ".join(map(str, row.natural_key()))
                self.stdout.write(f"  {row._meta.label} {key}, {field}")
        if number:
            raise CommandError(f"Dead: {number} of {len(places)} addresses.")
        self.stdout.write(f"Alive: all {len(places)} addresses.")
