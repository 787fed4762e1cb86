"""Whom and what versions name: rows as they are now, and those that are gone as they were last."""

from collections import defaultdict

from django.db.models import FETCH_RAISE, OuterRef, Q, Subquery

from delegations.changes.querysets import Change
from delegations.models import Chamber, FurtherSource, Parliament, Person, Source

# Above this a database may refuse the list of keys, and all the rows are read.
MANY = 500


class Rows:
    """The rows that versions name, now and before, by their keys."""

    def __init__(self, versions):
        def keys(name):
            return {
                getattr(version, f"{when}{name}_id", None)
                for version in versions
                for when in ("", "was_")
            }

        self.person = as_now(Person, keys("person"))
        self.source = as_now(Source, keys("source"))
        self.chamber = as_now(Chamber, keys("chamber"))
        homes = {chamber.parliament_id for chamber in self.chamber.values()}
        themselves = {version.id for version in versions if version.kind_of_fact == "parliament"}
        self.parliament = as_now(Parliament, keys("parliament") | homes | themselves)
        for chamber in self.chamber.values():
            self.relate(chamber)
        self.further = further_sources(
            (version.kind_of_fact, version.id)
            for version in versions
            if version.change == Change.ENDED
        )

    def relate(self, fact):
        """Give a fact the rows that it names. One of which nothing is left has no words."""
        for name in ("person", "chamber", "parliament", "source"):
            key = getattr(fact, f"{name}_id", None)
            if key is not None:
                model = fact._meta.get_field(name).related_model
                setattr(fact, name, getattr(self, name).get(key) or unknown(model, key))
        return fact


def unknown(model, key):
    return model(pk=key, parliament=Parliament()) if model is Chamber else model(pk=key)


def is_gone(row):
    return row._state.adding


def as_now(model, keys):
    """Return ``{key: row}``, by two queries at most."""
    keys = keys - {None}
    if not keys:
        return {}
    found = {row.pk: row for row in among(model.objects.fetch_mode(FETCH_RAISE), "pk", keys)}
    if missing := keys - found.keys():
        for version in among(model.history.order_by("history_id"), "id", missing):
            if version.id in missing:
                found[version.id] = version.instance
    return found


def further_sources(facts):
    """Return ``{fact: rows}`` of facts as ``(kind, key)``, each row with the moment of its record."""
    keys = defaultdict(set)
    for kind, key in facts:
        keys[kind].add(key)
    if not keys:
        return {}
    about = Q()
    for kind, some in keys.items():
        few = {f"{kind}__in": some} if len(some) <= MANY else {f"{kind}__isnull": False}
        about |= Q(**few)
    first = FurtherSource.history.filter(id=OuterRef("pk")).order_by("history_id")
    found = defaultdict(list)
    for row in (
        FurtherSource.objects.fetch_mode(FETCH_RAISE)
        .filter(about, differs=False)
        .select_related("source")
        .annotate(recorded_at=Subquery(first.values("history_date")[:1]))
    ):
        for kind in keys:
            found[kind, getattr(row, f"{kind}_id")].append(row)
    return found


def among(rows, name, keys):
    return rows.filter(**{f"{name}__in": keys}) if len(keys) <= MANY else rows
