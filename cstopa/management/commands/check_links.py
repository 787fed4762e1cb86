"""Look whether anything is where readers are led to, inside the site and outside."""

from django.core.management.base import CommandError

from cstopa.hyperlinks import outside
from cstopa.management.base import DatabaseCommand
from cstopa.publishing.dead_links import dead_links


class Command(DatabaseCommand):
    help = (
        "Ask each address outside the site to which public articles, written pages, sources and"
        " websites of parliaments lead, once, and name those at which nothing is, with the rows and"
        " fields that have them. No address in a private network is asked. Links inside the site are"
        " looked at too, also in what is scheduled. Exit code 1 where any is dead."
    )

    def handle(self, **options):
        places = outside.places()
        number, inside = 0, 0
        for row, finding in dead_links():
            inside += 1
            self.stdout.write(f"{row._meta.label} {row.pk}, {finding.field}: {finding.words}")
        for address, why in outside.check(places):
            number += 1
            self.stdout.write(f"{address}: {why}")
            for row, field in places[address]:
                key = " ".join(map(str, row.natural_key()))
                self.stdout.write(f"  {row._meta.label} {key}, {field}")
        if number or inside:
            said = f"Dead: {number} of {len(places)} addresses"
            raise CommandError(
                f"{said}, and links inside the site: {inside}." if inside else f"{said}."
            )
        self.stdout.write(f"Alive: all {len(places)} addresses.")
