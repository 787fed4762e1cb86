"""The chambers of a parliament are replaced: some end on a day, and others follow, or none yet."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from cstopa.models.constraints import overlapping
from cstopa.models.periods import ONE_DAY, day_in_words, start_in_words, today
from delegations.models import Chamber, ChamberName, Parliament, ParliamentName, SeatAllocation
from delegations.models.facts import fact_models
from delegations.models.parliaments import ChamberFact
from delegations.models.people import person_fact_models
from delegations.plans import Obstacle
from delegations.readings import ReadPlan

# A parliament has one chamber or two.
MOST = 2


def kinds_of_chambers():
    """Return the kinds of facts that end with their chamber."""
    return [model for model in fact_models().values() if issubclass(model, ChamberFact)]


def kinds_of_people():
    """Return the kinds of facts that people have of a parliament, and not of a chamber."""
    return [model for model in person_fact_models() if model.home == "parliament"]


@dataclass(kw_only=True)
class ChamberReplacement(ReadPlan):
    """What ends, starts and is to be decided when ``ending`` chambers give way to ``new`` ones.

    ``new`` are pairs of a chamber that has no row yet and its number of seats, or None; ``name`` is
    the new name of the parliament, as a row that is not saved, or None.
    """

    parliament: Parliament
    ending: list
    last_day: date
    is_latest: bool = False
    new: list = ()
    name: ParliamentName | None = None
    # Facts of the ending chambers, which end with them whether somebody closes them or not.
    with_chamber: list = field(default_factory=list)

    def __post_init__(self):
        self.founded_on(self.last_day, self.is_latest, [each.pk for each in self.ending])
        for chamber, seats in self.new:
            self.founded_on(*chamber.stated_values(), chamber.website, chamber.valid_from, seats)
        self._end_chambers()
        self._start_chambers()
        if self.name:
            self._rename()
        self._ask()

    def _end_chambers(self):
        for chamber in self.reads(self.ending):
            self.end(chamber, self.last_day, self.is_latest)
        for model in (*kinds_of_chambers(), ChamberName):
            for row in self.in_force_since(self.last_day, model, chamber__in=self.ending):
                if row.valid_from and row.valid_from > self.last_day:
                    why = _("It would start after its chamber has ended.")
                    self.obstacles.append(Obstacle(row, why))
                elif row.valid_to != self.last_day and model is not ChamberName:
                    self.with_chamber.append(row)

    def _start_chambers(self):
        if not self.new:
            return
        first_day = self.new[0][0].valid_from
        self._warn_of_an_interval(self.last_day + ONE_DAY, first_day - ONE_DAY)
        others = self.reads(
            # Those that start later too, for they would be there beside the new ones.
            self.parliament.chambers.filter(overlapping(first_day, None))
            .exclude(pk__in=[each.pk for each in self.ending])
            .select_related("parliament")
            .prefetch_related("allocations")
        )
        for chamber, seats in self.new:
            same = (each for each in others if each.stated_values() == chamber.stated_values())
            there = next((each for each in same if each.valid_from == first_day), None)
            if there:
                others.remove(there)
                self.stays.append(there)
            else:
                self.starts.append(chamber)
            if seats and not (there and there.allocations.all()):
                allocation = SeatAllocation(chamber=there or chamber, seats=seats)
                allocation.valid_from, allocation.source = first_day, self.source
                self.starts.append(allocation)
        unnamed = not all(chamber.name_en or chamber.name_ru for chamber, _seats in self.new)
        for other in others:
            if len(others) + len(self.new) > MOST:
                why = _("With it the parliament would have more than two chambers.")
            elif other.house and other.house in [chamber.house for chamber, _seats in self.new]:
                why = _("It is the same house as a new chamber.")
            elif unnamed:
                why = _("A new chamber beside it needs a name.")
            else:
                continue
            self.obstacles.append(Obstacle(other, why))

    def _warn_of_an_interval(self, first, last):
        stays = self.parliament.chambers.exclude(pk__in=[each.pk for each in self.ending])
        if first <= last and not stays.filter(overlapping(first, last)).exists():
            days = {"first": start_in_words(first), "last": day_in_words(last)}
            self.warnings.append(_("No chamber from %(first)s to %(last)s.") % days)

    def _rename(self):
        self.founded_on(self.name.name_en, self.name.name_ru, self.name.valid_from)
        of_it = {"parliament": self.parliament}
        self.succeed(self.name, self.in_force_since(self.name.valid_from, ParliamentName, **of_it))

    def _ask(self):
        """Ask about each role and office that refers to the parliament and could end with this."""
        self._asked = {}
        for model in kinds_of_people():
            for row in self.in_force_since(self.last_day, model, parliament=self.parliament):
                starts_later = row.valid_from and row.valid_from > self.last_day
                if starts_later or (row.valid_to and not row.valid_to_is_latest):
                    self.stays.append(row)
                else:
                    words = _("Ends with the chambers")
                    key = self.ask_whether_it_ends(row, words, self.last_day)
                    self._asked[key] = row

    def described(self, row):
        chamber = row if isinstance(row, Chamber) else getattr(row, "chamber", None)
        if chamber is None or chamber.pk:
            return super().described(row)
        # A new row is named as of its first day, on which the new name of this plan may be in force.
        day = chamber.valid_from
        is_renamed = self.name and self.name.covers(day)
        whole = self.name.name if is_renamed else self.parliament.name_on(day)
        title = chamber.name or chamber.named_after(whole)
        fact = "" if row is chamber else f": {row.in_words}"
        return f"{title}{fact}, {row.period_in_words}"

    @property
    def days(self):
        starting = {row.valid_from for row in self.starts if row.valid_from}
        return {today(), self.last_day + ONE_DAY, *starting}

    def decide(self, answers):
        for key, row in self._asked.items():
            self.end_or_keep(row, answers.get(key), self.last_day, self.is_latest)
