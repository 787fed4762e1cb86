"""What a parliament is, what it sends to the Assembly, and who holds which seat, role and office."""

from delegations.models.evidence import FurtherSource
from delegations.models.facts import DatedFact
from delegations.models.names import ChamberName, DatedName, ParliamentName
from delegations.models.parliaments import (
    Chamber,
    ChamberFact,
    Delegation,
    Parliament,
    Participation,
)
from delegations.models.people import Membership, Office, Person
from delegations.models.roles import Role
from delegations.models.seats import CompleteRoster, SeatAllocation
from delegations.models.sources import Source

__all__ = [
    "Chamber",
    "ChamberFact",
    "ChamberName",
    "CompleteRoster",
    "DatedFact",
    "DatedName",
    "Delegation",
    "FurtherSource",
    "Membership",
    "Office",
    "Parliament",
    "ParliamentName",
    "Participation",
    "Person",
    "Role",
    "SeatAllocation",
    "Source",
]
