from cstopa.http.sitemaps import RowMap, register
from delegations.models import Delegation, Parliament, Person

register(
    "delegations:list",
    "delegations:parliament-list",
    "delegations:person-list",
    "delegations:changes",
    maps=[RowMap(Delegation), RowMap(Parliament), RowMap(Person, "family_name")],
)
