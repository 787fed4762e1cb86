"""What the open data has of the delegations, in the order in which it is listed."""

from cstopa.opendata.openapi import register_operations
from cstopa.opendata.resources import register, register_document
from delegations.opendata.changes import OPERATIONS
from delegations.opendata.delegations import DELEGATIONS
from delegations.opendata.facts import fact_resources
from delegations.opendata.parliaments import FURTHER_SOURCES, PARLIAMENTS, PEOPLE, SOURCES
from delegations.opendata.popolo import POPOLO

register(
    DELEGATIONS,
    PARLIAMENTS,
    *fact_resources(of_people=False),
    PEOPLE,
    *fact_resources(of_people=True),
    SOURCES,
    FURTHER_SOURCES,
)
register_document(POPOLO)
register_operations(*OPERATIONS)
