"""The composition of delegations on any day, from rows that are read once.

``compositions()`` answers for the one day of a page. Where many days are asked for at the same time,
as by a list of articles each of which speaks of a day of its own, they are answered here, by the
same counts, and the number of queries does not grow with the days.
"""

from collections import Counter, defaultdict
from functools import cached_property

from django.db.models import FETCH_RAISE, Count

from delegations.composition.counting import Composition, total
from delegations.composition.queries import seat_facts, with_seats
from delegations.models import Delegation, Membership


class Chronicle:
    """Delegations and their chambers through time, by their codes. To make one costs nothing: what
    is asked for is read when it is, and once.
    """

    @cached_property
    def delegations(self):
        def read(model):
            return model.objects.fetch_mode(FETCH_RAISE)

        return {row.code: row for row in with_seats(Delegation.objects.all(), read)}

    @cached_property
    def chambers(self):
        return {
            chamber.code: chamber
            for delegation in self.delegations.values()
            for chamber in delegation.chambers.all()
        }

    @cached_property
    def _memberships(self):
        """Pairs of a period and the number of members who have it, by the code of the chamber."""
        periods = Membership.objects.order_by().values_list(
            "chamber__code", "valid_from", "valid_to"
        )
        numbers = defaultdict(list)
        for code, valid_from, valid_to, number in periods.annotate(number=Count("pk")):
            chamber = self.chambers[code]
            period = Membership(chamber=chamber, valid_from=valid_from, valid_to=valid_to)
            numbers[code].append((period, number))
        return numbers

    def composition(self, delegation, day, with_members=True):
        """Return the Composition of a day, its seats alone: nobody is named in it."""
        members = Counter()
        if with_members:
            for chamber in delegation.chambers.all():
                for period, number in self._memberships[chamber.code]:
                    members[chamber.code] += number * period.covers(day)
        return Composition.of(delegation, day, seat_facts(delegation), members)

    def seats(self, chamber, day):
        """Return the number of seats of a chamber on a day; None where it is not recorded."""
        parts = self.composition(chamber.parliament, day, with_members=False).chambers
        return next((part.seats for part in parts if part.chamber == chamber), None)

    def total(self, day):
        """Return the seats on record of all delegations, or None where nothing is on record."""
        seats = [
            self.composition(each, day, with_members=False).seats
            for each in self.delegations.values()
        ]
        return total(each for each in seats if each)
