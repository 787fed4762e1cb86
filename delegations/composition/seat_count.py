"""What is known of some seats: of a chamber, or of several together."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delegations.models import Chamber, CompleteRoster, SeatAllocation


class SeatCount:
    """What is known of the seats of some ``chambers`` together, each a SeatCount of its own."""

    @property
    def seats(self):
        """The seats on record, or None where no chamber's are: never 0."""
        return total(part.seats for part in self.chambers)

    @property
    def members(self):
        """The number of members on record."""
        return sum(part.members for part in self.chambers)

    @property
    def possible_members(self):
        """The number of those who only may be members on the day."""
        return sum(part.possible_members for part in self.chambers)

    @property
    def possible(self):
        """The number of seats that they may fill."""
        return sum(part.possible for part in self.chambers)

    @property
    def filled(self):
        """The number of seats that are known to be filled; None where nothing is."""
        return total(part.filled for part in self.chambers)

    @property
    def vacant(self):
        """The number of vacant seats; None where it cannot be told of every chamber."""
        vacant = [part.vacant for part in self.chambers]
        return sum(vacant) if vacant and None not in vacant else None

    @property
    def known_vacant(self):
        """The number of seats that are known to be vacant, beside which there may be others."""
        return sum(part.known_vacant for part in self.chambers)

    @property
    def unrecorded(self):
        """The number of seats on record whose holders are not, though somebody may hold them."""
        return sum(part.unrecorded for part in self.chambers)

    @property
    def surplus(self):
        """The number of members above that of the seats of their chamber, which nobody can send."""
        return sum(part.surplus for part in self.chambers)

    @property
    def is_reconciled(self):
        """Whether anything is on record of who holds the seats."""
        return any(part.is_reconciled for part in self.chambers)

    @property
    def in_words(self):
        """How the members agree with the seats, all or none recorded: "6 of 7 seats filled, 1 vacant"."""
        numbers = {"members": self.members, "seats": self.seats}
        if not self.is_reconciled:
            return _("names not published here")
        if self.seats is None:
            words = ngettext(
                "%(members)d member, number of seats not recorded",
                "%(members)d members, number of seats not recorded",
                self.members,
            )
            return words % numbers
        if len(self.chambers) == 1 and self.surplus:
            # Translators: {members} and {seats} are counted, such as "8 members" and "7 seats".
            return _("{members} for {seats}").format(
                members=ngettext("%(members)d member", "%(members)d members", self.members)
                % numbers,
                # Translators: the number after "for": "for 7 seats".
                seats=ngettext("%(seats)d seat", "%(seats)d seats", self.seats) % numbers,
            )
        return self.seats_in_words

    @property
    def seats_in_words(self):
        """What is known of each of the seats, and who has none."""
        vacant, unrecorded, surplus = self.known_vacant, self.unrecorded, self.surplus
        possible = self.possible
        words = [
            ngettext(
                "%(members)d of %(seats)d seat filled",
                "%(members)d of %(seats)d seats filled",
                self.seats,
            )
        ]
        if possible:
            words.append(
                ngettext("%(possible)d possibly filled", "%(possible)d possibly filled", possible)
            )
        if vacant and (unrecorded or possible):
            # Of the others some may be vacant too.
            words.append(
                ngettext("at least %(vacant)d vacant", "at least %(vacant)d vacant", vacant)
            )
        elif vacant:
            words.append(ngettext("%(vacant)d vacant", "%(vacant)d vacant", vacant))
        if unrecorded:
            words.append(
                ngettext("%(unrecorded)d not recorded", "%(unrecorded)d not recorded", unrecorded)
            )
        if surplus:
            # A vacancy of another chamber would hide them otherwise.
            words.append(
                ngettext(
                    "%(surplus)d member without a seat",
                    "%(surplus)d members without a seat",
                    surplus,
                )
            )
        return ", ".join(words) % {
            "members": self.filled or 0,
            "seats": self.seats,
            "possible": possible,
            "vacant": vacant,
            "unrecorded": unrecorded,
            "surplus": surplus,
        }


@dataclass(frozen=True)
class ChamberSeats(SeatCount):
    """A chamber in force on the day, its seats of that day and who is on record as holding them.

    ``allocation`` None is "not recorded". ``roster`` is the statement that every member is on
    record, without which a seat that nobody is known to hold is not recorded, and no vacant one.
    What only may hold on the day is possible: it is told, and nothing is counted by it.
    """

    chamber: Chamber
    allocation: SeatAllocation | None
    roster: CompleteRoster | None = None
    members: int = 0
    possible_members: int = 0
    possible_allocations: list[SeatAllocation] = ()

    @property
    def chambers(self):
        return [self]

    @property
    def is_reconciled(self):
        return bool(self.members or self.possible_members or self.roster)

    @property
    def seats(self):
        return self.allocation.seats if self.allocation else None

    @property
    def vacant(self):
        """The number of seats that nobody holds; None where that cannot be told."""
        if self.seats is None or (
            self.members < self.seats and (self.possible_members or not self.roster)
        ):
            return None
        return max(self.seats - self.members, 0)

    @property
    def known_vacant(self):
        return self._beside_members if self.roster else 0

    @property
    def possible(self):
        if self.seats is None:
            return 0
        return min(self.possible_members, max(self.seats - self.members, 0))

    @property
    def unrecorded(self):
        return 0 if self.roster else self._beside_members

    @property
    def _beside_members(self):
        """The number of seats that no member on record holds, nor may hold."""
        return max((self.seats or 0) - self.members - self.possible_members, 0)

    @property
    def filled(self):
        if self.seats is None or self.members_on_record is None:
            return None
        return min(self.members, self.seats)

    @property
    def surplus(self):
        return max(self.members - self.seats, 0) if self.seats is not None else 0

    @property
    def members_on_record(self):
        """The number of members; None, and not 0, where the roster is not recorded."""
        return self.members if self.members or self.roster else None


def total(numbers):
    """Return the sum of those that are on record, or None where none is."""
    recorded = [number for number in numbers if number is not None]
    return sum(recorded) if recorded else None
