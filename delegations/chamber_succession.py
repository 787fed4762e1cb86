"""The chambers of a parliament one after another: which followed which, and after an interval or not."""

from dataclasses import dataclass
from datetime import date, timedelta

from cstopa.languages import in_reading_order
from delegations.models import Chamber


@dataclass(frozen=True)
class Followed:
    """By what a chamber was followed: those of its parliament that started first after its end."""

    chamber: Chamber
    by: list[Chamber]
    # The dated names of the parliament.
    names: list

    @property
    def title(self):
        """The name that the chamber had at its end."""
        return title_on(self.chamber, self.chamber.last_day, self.names)

    @property
    def titles(self):
        """Pairs of each that followed and the name that it had at its start."""
        return [(each, title_on(each, self.starts, self.names)) for each in self.by]

    @property
    def starts(self) -> date:
        return self.by[0].valid_from

    @property
    def after_an_interval(self):
        """Whether there are days between them, which are no day of either.

        Where the end is known as the latest possible day alone, there may be some all the same.
        """
        return self.starts - self.chamber.last_day > timedelta(days=1)


def title_on(chamber, day, names):
    """Return the title of a chamber; of one without a name of its own, its parliament's on the day."""
    if chamber.name:
        return chamber.name
    undated = in_reading_order("name", None)(chamber.parliament)
    of_day = next((each.name for each in names if each.covers(day)), undated)
    return chamber.named_after(of_day) if of_day else chamber.title


def title_of(chamber, day, names):
    """Return the title of a chamber on the day, or on that of its own which is nearest."""
    if chamber.valid_from and day < chamber.valid_from:
        day = chamber.valid_from
    if chamber.ends and chamber.last_day < day:
        day = chamber.last_day
    return title_on(chamber, day, names)


@dataclass(frozen=True)
class Interval:
    """The days around one on which a parliament has no chamber; None is "not recorded"."""

    last_day: date | None
    first_day: date | None


def interval(parliament, day):
    """Return the Interval in which a day lies, or None where no chamber ended or starts around it."""
    chambers = list(Chamber.objects.filter(parliament=parliament).order_by())
    ended = [each.last_day for each in chambers if each.ends and each.last_day < day]
    start = [each.valid_from for each in chambers if each.valid_from and each.valid_from > day]
    if not ended and not start:
        return None
    return Interval(max(ended, default=None), min(start, default=None))


def followed(chambers, names=()):
    """Return ``{chamber: Followed}`` of those chambers of one parliament that others followed."""
    found = {}
    for chamber in chambers:
        later = [
            each
            for each in chambers
            if chamber.ends and each.valid_from and each.valid_from > chamber.last_day
        ]
        if later:
            first = min(each.valid_from for each in later)
            by = [each for each in later if each.valid_from == first]
            found[chamber] = Followed(chamber, by, names)
    return found


def follows(chamber, followed_by):
    """Return the Followed of those that ``chamber`` followed, the last of them first."""
    return sorted(
        (each for each in followed_by.values() if chamber in each.by),
        key=lambda each: each.chamber.last_day,
        reverse=True,
    )
