"""Delegations by how their parliaments take part in the Assembly, which nothing adds together."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from delegations.composition.counting import Composition
from delegations.composition.seat_count import total
from delegations.models import Participation


@dataclass(frozen=True)
class Group:
    """The delegations that take part in the Assembly in one way; ``status`` None: it is not recorded."""

    status: str | None
    compositions: list[Composition]

    @property
    def seats(self):
        """Their seats on record together, or None where nothing is on record."""
        return total(each.seats for each in self.compositions)

    @property
    def label(self):
        """How they take part, in words."""
        if self.status is None:
            return _("participation not recorded")
        return Participation.Status(self.status).label

    @property
    def is_complete(self):
        """Whether the seats of each are on record in full."""
        return all(each.is_complete for each in self.compositions)


# The members lead, then those of whom it is not known that they are none.
STATUSES = (Participation.Status.MEMBER, None, *Participation.Status)


def by_participation(compositions):
    """Return a Group for each way of taking part in which there is anybody: the one that leads first.

    Nothing adds them together: those who are suspended, observe or have left are no members.
    """
    groups = defaultdict(list)
    for each in compositions:
        groups[each.status].append(each)
    return [Group(status, groups[status]) for status in dict.fromkeys(STATUSES) if groups[status]]


def gaps(compositions):
    """Yield in words what is not recorded of delegations: of all of them, or of those in brackets.

    These are named where a row or a card without it would be silent.
    """
    sending = [each for each in compositions if not each.sends_none]
    for words, is_silent, *known in (
        (_("participation in the Assembly"), False, "participation", "possible_participations"),
        (_("names of the members"), False, "is_reconciled"),
        (_("plenipotentiary representatives"), True, "representative", "possible_representatives"),
        (_("heads of the delegations"), True, "head", "possible_heads"),
    ):
        missing = [each for each in sending if not any(getattr(each, name) for name in known)]
        if missing and len(missing) == len(sending):
            yield words
        elif missing and is_silent:
            yield f"{words} ({', '.join(each.delegation.state for each in missing)})"
