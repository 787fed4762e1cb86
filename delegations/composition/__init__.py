"""The composition of delegations as of a day: who sends how many seats, who holds them, who represents.

Every page, total, file and language asks here, so that none of them counts for itself.
"""

from delegations.composition.chronicle import Chronicle
from delegations.composition.counting import Composition
from delegations.composition.groups import Group, by_participation, gaps
from delegations.composition.queries import (
    by_rank,
    compositions,
    compositions_on,
    held_on,
    officers,
    people_of,
    record_of,
    roles,
)
from delegations.composition.seat_count import ChamberSeats, SeatCount, total
from delegations.composition.standing import (
    MEMBER,
    OFFICER,
    PARTICIPATION,
    SEATS,
    Standing,
    Unrecorded,
    holders,
    kinds_of,
    posts,
    standings,
    unrecorded_on,
)
