"""What a parliament is, what it sends to the Assembly, and who holds which seat, role and office."""

from delegations.models.facts import DatedFact
from delegations.models.names import ChamberName, DatedName, ParliamentName
from delegations.models.parliaments import (
    Chamber,
    ChamberFact,
    Delegation,
    Parliament,
    Participation,
)
from delegations.models.people import Membership, Person, PersonFact
from delegations.models.roles import Office, Role
from delegations.models.seats import CompleteRoster, SeatAllocation
from delegations.models.sources import Source

# After the kinds of facts, for each of which it has a column.
from delegations.models.evidence import FurtherSource  # isort: skip
