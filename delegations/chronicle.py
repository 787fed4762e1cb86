"""The composition of delegations on any day, from rows that are read once.

``compositions()`` answers for the one day of a page. Where many days are asked for at the same time,
as by a list of articles each of which speaks of a day of its own, they are answered here, by the
same counts, and the number of queries does not grow with the days.
"""

from functools import cached_property

from django.db.models import FETCH_RAISE, Count, Prefetch

from cstopa.http.as_of import remembered
from cstopa.languages import Text, reading_order
from delegations.composition import ChamberSeats, Composition, total
from delegations.models import Chamber, Delegation, Membership


def on(day, facts):
    """Return the one of the facts that is in force on the day, or None."""
    return next((fact for fact in facts if fact.covers(day)), None)


class Chronicle:
    """Delegations and their chambers through time, by their codes."""

    @classmethod
    def of_this_page(cls):
        return remembered(cls, cls)

    @cached_property
    def delegations(self):
        chambers = Chamber.objects.order_by("house", "code").prefetch_related(
            "allocations", "rosters", "names"
        )
        rows = Delegation.objects.fetch_mode(FETCH_RAISE).prefetch_related(
            "names", Prefetch("chambers", chambers)
        )
        return {row.code: row for row in rows}

    @cached_property
    def chambers(self):
        return {
            chamber.code: chamber
            for delegation in self.delegations.values()
            for chamber in delegation.chambers.all()
        }

    @cached_property
    def _memberships(self):
        """Pairs of a period and the number of members who have it, by the key of the chamber."""
        chambers = {chamber.pk: chamber for chamber in self.chambers.values()}
        periods = Membership.objects.order_by().values_list("chamber", "valid_from", "valid_to")
        found = {}
        for key, valid_from, valid_to, number in periods.annotate(number=Count("pk")):
            period = Membership(chamber=chambers[key], valid_from=valid_from, valid_to=valid_to)
            found.setdefault(key, []).append((period, number))
        return found

    def seats(self, chamber, day, with_members=True):
        """Return the ChamberSeats of a day; None where the chamber is not in force on it."""
        if not chamber.covers(day):
            return None
        periods = self._memberships.get(chamber.pk, ()) if with_members else ()
        return ChamberSeats(
            chamber,
            allocation=on(day, chamber.allocations.all()),
            roster=on(day, chamber.rosters.all()),
            members=sum(number for period, number in periods if period.covers(day)),
        )

    def composition(self, delegation, day, with_members=True):
        """Return the Composition of a day, its seats alone: nobody is named in it."""
        parts = [self.seats(chamber, day, with_members) for chamber in delegation.chambers.all()]
        return Composition(
            delegation,
            day,
            [part for part in parts if part],
            representative=None,
            participation=None,
        )

    def total(self, day):
        """Return the seats on record of all delegations, or None where nothing is on record."""
        seats = [
            self.composition(each, day, with_members=False).seats
            for each in self.delegations.values()
        ]
        return total(each for each in seats if each)

    def name(self, row, day):
        """Return the name that a delegation's parliament, or a chamber, has on a day, as Text."""
        named = on(day, row.names.all()) or row
        for language in reading_order():
            if words := getattr(named, f"name_{language}"):
                return Text(words, language)
        return Text("", reading_order()[0])
