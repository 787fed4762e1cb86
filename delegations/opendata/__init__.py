"""What the open data has of the delegations, in the order in which it is listed."""

from django.utils.translation import gettext_lazy as _

from cstopa.opendata.openapi import register_operations
from cstopa.opendata.resources import (
    lead_with,
    register,
    register_document,
    register_file,
    register_table,
)
from delegations.opendata.ahead import AHEAD
from delegations.opendata.changes import OPERATIONS, whole_log
from delegations.opendata.composition import COMPOSITION
from delegations.opendata.delegations import DELEGATIONS
from delegations.opendata.embedding import OPERATIONS as OF_EMBEDDING
from delegations.opendata.facts import fact_resources
from delegations.opendata.parliaments import FURTHER_SOURCES, PARLIAMENTS, PEOPLE, SOURCES
from delegations.opendata.popolo import POPOLO

register_table(COMPOSITION)
register(
    DELEGATIONS,
    PARLIAMENTS,
    *fact_resources(of_people=False),
    PEOPLE,
    *fact_resources(of_people=True),
    SOURCES,
    FURTHER_SOURCES,
)
lead_with(composition=COMPOSITION.title, memberships=_("Members"))
register_document(POPOLO)
register_document(AHEAD)
register_file("changes.csv", whole_log)
register_operations(*OPERATIONS, *OF_EMBEDDING)
