"""The chambers of a parliament one after another: which followed which, and after an interval or not."""

from dataclasses import dataclass
from datetime import date

from cstopa.models.periods import ONE_DAY
from delegations.models import Chamber


@dataclass(frozen=True)
class Followed:
    """By what a chamber was followed: those of its parliament that started first after its end."""

    chamber: Chamber
    by: list[Chamber]

    @property
    def title(self):
        """The title of the chamber at its end."""
        return self.chamber.title_on(self.chamber.last_day)

    @property
    def titles(self):
        """Pairs of each that followed and its title at its start."""
        return [(each, each.title_on(self.starts)) for each in self.by]

    @property
    def starts(self) -> date:
        return self.by[0].valid_from

    @property
    def after_an_interval(self):
        """Whether there are days between them, which are no day of either.

        Where the end is known as the latest possible day alone, there may be some all the same.
        """
        return self.starts - self.chamber.last_day > ONE_DAY


def title_of(chamber, day):
    """Return the title of a chamber on the day, or on that of its own which is nearest."""
    return chamber.title_on(chamber.day_of_name(day))


@dataclass(frozen=True)
class Interval:
    """The days around one on which a parliament has no chamber; None is "not recorded"."""

    last_day: date | None
    first_day: date | None


def interval(chambers, day):
    """Return the Interval in which a day lies; None where a chamber may be in force, or none is near."""
    if any(each.covers(day) for each in chambers):
        return None
    ended = [each.last_day for each in chambers if each.ends and each.last_day < day]
    start = [each.valid_from for each in chambers if each.valid_from and each.valid_from > day]
    if not ended and not start:
        return None
    return Interval(max(ended, default=None), min(start, default=None))


def followed(chambers):
    """Return ``{chamber: Followed}`` of those chambers of one parliament that others followed."""
    followed_by = {}
    for chamber in chambers:
        later = [
            each
            for each in chambers
            if chamber.ends and each.valid_from and each.valid_from > chamber.last_day
        ]
        if later:
            first = min(each.valid_from for each in later)
            by = [each for each in later if each.valid_from == first]
            followed_by[chamber] = Followed(chamber, by)
    return followed_by


def follows(chamber, followed_by):
    """Return the Followed of those that ``chamber`` followed, the last of them first."""
    return sorted(
        (each for each in followed_by.values() if chamber in each.by),
        key=lambda each: each.chamber.last_day,
        reverse=True,
    )
