"""The desk of the delegations, in the order in which an editor meets their parts."""

# Not in the order of the alphabet: it is that of the desk's index.
from delegations.admin import delegations, parliaments, chambers, people, sources, facts  # isort: skip
from delegations.models.facts import fact_models

__all__ = ["chambers", "delegations", "facts", "parliaments", "people", "sources"]

# Those about something that is none of these.
facts.register(fact_models().values())
