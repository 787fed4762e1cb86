"""The desk of the delegations, in the order in which an editor meets their parts."""

# Not in the order of the alphabet: it is that of the desk's index.
from delegations.admin import delegations, parliaments, chambers, people, sources  # isort: skip

__all__ = ["chambers", "delegations", "parliaments", "people", "sources"]
