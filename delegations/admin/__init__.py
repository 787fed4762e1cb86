"""The desk of the delegations, in the order in which an editor meets their parts."""

from delegations.admin import delegations, parliaments, people, sources

__all__ = ["delegations", "parliaments", "people", "sources"]
