"""What differs between two days: the facts of the one that are none of the other."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import FETCH_RAISE
from django.utils.translation import gettext as _

from cstopa.http.kept.rows import until_written
from cstopa.models.periods import day_in_words
from delegations.composition import by_participation, compositions_on, total
from delegations.composition.groups import STATUSES, Group
from delegations.in_words import FactInWords, by_parliament
from delegations.models.facts import DatedFact, fact_models
from delegations.models.people import person_fact_models

# So many of each kind are named; the others are counted.
SHOWN = 50


@dataclass(frozen=True)
class Difference:
    """A fact that holds on one of two days; on the other it does not, or only may."""

    fact: DatedFact
    day: date
    other_day: date
    may_hold: bool

    @cached_property
    def described(self):
        return FactInWords(self.fact, self.day)

    @property
    def parliament(self):
        return self.described.parliament

    @property
    def day_in_words(self):
        return day_in_words(self.day)

    @property
    def other_in_words(self):
        return day_in_words(self.other_day)


@dataclass(frozen=True)
class OfKind:
    """The differences of one kind, first of the earlier day; ``left_out`` are not among ``shown``."""

    model: type
    differences: list

    @property
    def heading(self):
        return self.model.page_heading()

    @property
    def shown(self):
        return self.differences[:SHOWN]

    @property
    def left_out(self):
        return len(self.differences) - len(self.shown)


@dataclass(frozen=True)
class Count:
    """What is counted on one day: ``number`` is None where nothing is recorded, ``possible`` is apart
    from it, and where it is not ``is_whole`` more may be than is recorded.
    """

    number: int | None
    possible: int
    is_whole: bool


@dataclass(frozen=True)
class Total:
    """What is counted on both days, in the words of a ``label``."""

    label: str
    counts: list[Count]

    @property
    def is_any(self):
        return any(each.number or each.possible for each in self.counts)

    @property
    def difference(self):
        """How much more it is on the later day; None unless both are on record as a whole."""
        if any(each.number is None or each.possible or not each.is_whole for each in self.counts):
            return None
        earlier, later = (each.number for each in self.counts)
        return f"{later - earlier:+}".replace("-", "\N{MINUS SIGN}") if later != earlier else "0"


def totals(*days, parliament=None):
    """Return ``[(Group, Totals)]`` of two days, in all or of one parliament, by its key.

    As on the pages of these days, nothing adds together those who take part in different ways.
    """
    of_days = [
        [each for each in compositions_on(day) if parliament in {None, each.delegation.pk}]
        for day in days
    ]
    groups = [{group.status: group for group in by_participation(each)} for each in of_days]
    found = []
    for status in dict.fromkeys(STATUSES):
        counted = [of_delegations(status, each) for each in of_days]
        totals = []
        for label, count in ((_("Seats"), of_seats), (_("Members on record"), of_members)):
            counts = [
                # Where it is known that there are no delegations, they have none.
                count(group) if (group := each.get(status)) else replace(delegations, possible=0)
                for each, delegations in zip(groups, counted, strict=True)
            ]
            totals.append(Total(label, counts))
        # How many are on record without it is no number of the Assembly's.
        if status:
            totals.insert(0, Total(_("Delegations"), counted))
        totals = [each for each in totals if each.is_any]
        if totals:
            found.append((Group(status, []), totals))
    return found


def of_delegations(status, compositions):
    """Return the Count of those that take part in one way, by the compositions of a day."""
    number = sum(each.status == status for each in compositions)
    possible = sum(
        each.status is None and any(fact.status == status for fact in each.possible_participations)
        for each in compositions
    )
    is_whole = status is None or all(each.status for each in compositions)
    return Count(number if number or is_whole else None, possible, is_whole)


def of_seats(group):
    # Of a chamber one may hold at most, of which the seats are not known.
    possible = sum(
        max((fact.seats for fact in part.possible_allocations), default=0)
        for each in group.compositions
        for part in (*each.chambers, *each.possible_chambers)
    )
    return Count(group.seats, possible, group.is_complete)


def of_members(group):
    return Count(
        total(each.members_on_record for each in group.compositions),
        sum(each.possible_members for each in group.compositions),
        all(each.members_complete for each in group.compositions),
    )


@dataclass(frozen=True)
class Comparison:
    """``differing`` are the certain differences of each parliament, kind by kind; ``possible`` those
    of which it is not known whether they are any. The parliament None is the Assembly.
    """

    first: date
    last: date
    differing: list
    possible: list


def rows_of(model, days, parliament):
    """Return the facts of a kind that hold, or may hold, on one of two days."""
    rows = model.objects.as_of(days[0]) | model.objects.as_of(days[1])
    if parliament is not None:
        if not model.home:
            return []
        rows = rows.filter(**{model.home: parliament})
    return rows.fetch_mode(FETCH_RAISE).with_related()


def states(rows, day):
    """Return ``{what is said: (whether it holds, fact)}`` of those that hold, or may hold, on a day.

    Two rows that say the same of the same, one after the other, are one thing that went on.
    """
    found = {}
    for fact in rows:
        if fact.covers(day):
            said, holds = tuple(fact.stated_values()), fact.holds(day)
            if holds or said not in found:
                found[said] = holds, fact
    return found


def differences(model, days, parliament):
    """Yield the differences of a kind: what there was, then what came."""
    rows = list(rows_of(model, days, parliament))
    on_day = [states(rows, day) for day in days]
    for (here, there), (day, other) in (
        (on_day, days),
        (on_day[::-1], days[::-1]),
    ):
        for said, (holds, fact) in here.items():
            holds_there = there.get(said, (None,))[0]
            if holds_there is None or (holds and not holds_there):
                # Where it only may hold on this day, it may be no difference, either.
                yield Difference(fact, day, other, may_hold=not holds or holds_there is not None)


@until_written(size=10)
def compare(first, last, parliament=None):
    """Return the Comparison of two days: of one parliament, by its key, or of all and the Assembly."""
    of_people = person_fact_models()
    kinds = [*(each for each in fact_models().values() if each not in of_people), *of_people]
    certain, possible = defaultdict(list), defaultdict(list)
    for model in kinds:
        found = list(differences(model, (first, last), parliament))
        for may_hold, groups in ((False, certain), (True, possible)):
            chosen = [each for each in found if each.may_hold is may_hold]
            for row, some in by_parliament(chosen):
                groups[row].append(OfKind(model, some))
    return Comparison(first, last, in_order(certain), in_order(possible))


def in_order(groups):
    """Return ``[(parliament, differences)]``, the Assembly last."""
    return sorted(groups.items(), key=lambda item: (item[0] is None, item[0] and item[0].slug))
