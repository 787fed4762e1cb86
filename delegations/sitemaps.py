from cstopa.http.sitemaps import RowMap, register
from delegations.models import Delegation, Parliament, Person, Source

register(
    "delegations:list",
    "delegations:parliament-list",
    "delegations:person-list",
    "delegations:ahead",
    "delegations:compare",
    "delegations:source-list",
    "delegations:changes",
    maps=[
        RowMap(Delegation),
        RowMap(Parliament),
        RowMap(Person, "family_name"),
        RowMap(Source, "title"),
    ],
)
