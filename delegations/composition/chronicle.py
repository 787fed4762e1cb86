"""The composition of delegations on any day, from rows that are read once.

``compositions()`` answers for the one day of a page. Where many days are asked for at the same time,
as by a list of articles each of which speaks of a day of its own, they are answered here, by the
same counts, and the number of queries does not grow with the days.
"""

from functools import cached_property
from itertools import chain, zip_longest

from django.db.models import FETCH_RAISE

from cstopa.models.periods import EARLIEST, LATEST, ONE_DAY, today
from delegations.composition.counting import Composition, place
from delegations.composition.groups import by_participation
from delegations.composition.queries import COUNTED, chambers_of, facts_of_each, periods_of, seated
from delegations.models import Delegation, Membership


class Chronicle:
    """Delegations and their chambers through time, by their codes. To make one costs nothing: what
    is asked for is read when it is, and once. ``now``: as ``holds()`` has it.
    """

    now = None
    # The day that was asked of last, at first none, and what was counted of it: a text asks several things of one day.
    _counted = object(), {}

    def as_read_on(self, now):
        """Return the same rows, read once, as they count when today is ``now``."""
        other = Chronicle()
        other.now, other._facts, other._memberships = now, self._facts, self._memberships
        return other

    @cached_property
    def _facts(self):
        def read(model):
            return model.objects.fetch_mode(FETCH_RAISE).select_related("source").order_by("code")

        return facts_of_each(Delegation.objects.all(), COUNTED, read)

    @cached_property
    def delegations(self):
        return {row.code: row for row in self._facts}

    @cached_property
    def chambers(self):
        every = chambers_of(chain.from_iterable(self._facts.values()))
        return {chamber.code: chamber for chamber in sorted(every.values(), key=place)}

    @cached_property
    def _memberships(self):
        return periods_of(Membership.objects.all())

    def composition(self, delegation, day, with_members=True):
        """Return the Composition of a day, its seats alone: nobody is named in it."""
        if self._counted[0] != day:
            self._counted = day, {}
        counted, key = self._counted[1], (delegation.pk, with_members)
        if key not in counted:
            counted[key] = self._count(delegation, day, with_members)
        return counted[key]

    def _count(self, delegation, day, with_members):
        facts, members = self._facts[delegation], ({},)
        if with_members:
            members = seated(self._memberships, chambers_of(facts), day, self.now)
        return Composition.of(delegation, day, facts, *members, now=self.now)

    def periods(self, delegation):
        """Yield ``(first day, last day, Composition)`` of times in which nothing is counted otherwise,
        one after another; None is the first day of all, and the last. Two may say the same.
        """
        facts = self._facts[delegation]
        chambers = chambers_of(facts)
        seated_in = [each for each in self._memberships if each[0] in chambers]
        dated = [*facts, *delegation.names.all()]
        dated += [name for chamber in chambers.values() for name in chamber.names.all()]
        for key, period, _number in seated_in:
            period.chamber = chambers[key]
            dated.append(period)
        firsts = [None, *sorted({day for fact in dated for day in turns(fact)})]
        for first, following in zip_longest(firsts, firsts[1:]):
            day = first or EARLIEST
            members = seated(seated_in, chambers, day)
            last = following and following - ONE_DAY
            yield first, last, Composition.of(delegation, day, facts, *members)

    def seats(self, chamber, day):
        """Return the number of seats of a chamber on a day; None where it is not recorded."""
        parts = self.composition(chamber.parliament, day, with_members=False).chambers
        return next((part.seats for part in parts if part.chamber == chamber), None)

    def total(self, day):
        """Return the seats on record of the delegations that lead, the members' where there are any,
        or None where nothing is on record.
        """
        compositions = (
            self.composition(each, day, with_members=False) for each in self.delegations.values()
        )
        leading = next(iter(by_participation(compositions)), None)
        return leading and leading.seats


def turns(fact):
    """Return the days from each of which on a fact may hold otherwise than on the day before."""
    days = {fact.valid_from, fact.latest_start, fact.earliest_end, fact.last_day, *fact.evidence}
    if fact.is_dated_by_nothing:
        # Of what nothing dates today alone is asked.
        days.add(today())
    # The day after the last one of the calendar cannot be asked for.
    known = {day for day in days if day and EARLIEST < day < LATEST}
    return known | {day + ONE_DAY for day in known}
