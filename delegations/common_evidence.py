"""What most facts of a section share, which is said once for all of them."""

from collections import Counter
from dataclasses import dataclass

# Where no value is that of most facts.
VARIOUS = object()


@dataclass(frozen=True)
class CommonEvidence:
    """The period, the day of the last check and the source of more than half of some facts.

    A fact is told apart where it has another one. ``is_whole``: all have all three.
    """

    period: object
    checked_on: object
    source: object
    is_whole: bool

    @classmethod
    def of(cls, facts):
        """Return that of facts, or None where there are none."""
        told = [told_of(fact) for fact in facts]
        if not told:
            return None
        return cls(*map(most, zip(*told, strict=True)), is_whole=len({*told}) == 1)

    @property
    def is_undated(self):
        """Whether it says that no dates are given."""
        return self.period == (None, ())

    @property
    def says_period(self):
        """Whether most facts were so from the same day to the same day."""
        return self.period is not VARIOUS

    def parts(self):
        return self.period, self.checked_on, self.source

    def unlike(self, fact):
        """Return the same three of a fact, each None where it is the common one."""
        pairs = zip(told_of(fact), self.parts(), strict=True)
        return tuple(None if own == common else own for own, common in pairs)


def told_of(fact):
    """Return when a fact was so and when it was checked, each in a tuple, and its source."""
    return (fact.start, tuple(fact.ends)), (fact.checked_on,), fact.source


def most(values):
    [(value, number)] = Counter(values).most_common(1)
    return value if 2 * number > len(values) else VARIOUS
