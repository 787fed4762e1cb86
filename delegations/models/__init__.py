"""What a parliament is, what it sends to the Assembly, and who holds which seat and office."""

from delegations.models.parliaments import Chamber, Delegation, Parliament, Participation
from delegations.models.people import Membership, Office, Person
from delegations.models.seats import SeatAllocation
from delegations.models.sources import DatedFact, Source

__all__ = [
    "Chamber",
    "DatedFact",
    "Delegation",
    "Membership",
    "Office",
    "Parliament",
    "Participation",
    "Person",
    "SeatAllocation",
    "Source",
]
