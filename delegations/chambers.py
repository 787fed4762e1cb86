"""The chambers of a parliament one after another: which followed which, and after an interval or not."""

from dataclasses import dataclass
from datetime import date, timedelta

from delegations.models import Chamber


@dataclass(frozen=True)
class Followed:
    """By what a chamber was followed: those of its parliament that started first after its end."""

    chamber: Chamber
    by: list[Chamber]

    @property
    def starts(self) -> date:
        return self.by[0].valid_from

    @property
    def after_an_interval(self):
        """Whether there are days between them, which are no day of either.

        Where the end is known as the latest possible day alone, there may be some all the same.
        """
        return self.starts - self.chamber.last_day > timedelta(days=1)


def followed(chambers):
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
            found[chamber] = Followed(chamber, [each for each in later if each.valid_from == first])
    return found


def follows(chamber, followed_by):
    """Return the Followed of those that ``chamber`` followed, the last of them first."""
    return sorted(
        (each for each in followed_by.values() if chamber in each.by),
        key=lambda each: each.chamber.last_day,
        reverse=True,
    )
