"""Writes the log: an entry with each version that says something new, and the whole again."""

from collections import defaultdict
from functools import cache
from heapq import merge
from itertools import batched
from operator import itemgetter

from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from delegations.changes.models import (
    Change,
    LogEntry,
    ParliamentLog,
    kind_of,
    logged_models,
    logged_names,
)
from delegations.models import DatedFact, Parliament
from delegations.models.facts import fact_models

BATCH = 500
IDENTITY = ("kind", "number")


def code_of(row, field):
    """Return the code of the row that a row names, without a query where it was read with it."""
    if field.is_cached(row):
        related = field.get_cached_value(row)
        return related and related.code
    rows = field.related_model._base_manager.filter(pk=getattr(row, field.attname))
    return rows.values_list("code", flat=True).first()


def values_of(row, model, code_of=code_of):
    """Return what a row of a model, or a version of one, says: days in ISO form, and other rows by
    ``code_of(row, field)``.
    """
    values = {}
    for name in logged_names(model):
        field = model._meta.get_field(name)
        if field.is_relation:
            values[name] = code_of(row, field)
        else:
            value = field.to_python(getattr(row, name))
            values[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return values


def change_of(version, model, before, values):
    """Return what a version did to the values before it, or None where it says nothing new."""
    if version.history_type == "-":
        return Change.REMOVED
    if version.history_type == "+" or before is None:
        return Change.RECORDED
    other = {name for name in values if values[name] != before.get(name)}
    if other <= {"source"}:
        return Change.EVIDENCE if other else None
    # Some versions do not say that they correct: those of a parliament, and what a script wrote.
    overwritten = {name for name in other if before.get(name) not in (None, "")}
    if version.is_correction or not overwritten.isdisjoint(model.value_fields):
        return Change.CORRECTED
    if issubclass(model, DatedFact) and _is_ended(before, values):
        return Change.ENDED
    return Change.COMPLETED


def _is_ended(before, values):
    was, now = before["valid_to"], values["valid_to"]
    if now is None:
        return False
    # An end that was decided may come sooner, by a change and no correction.
    return was is None or (not before["valid_to_is_latest"] and now < was)


def record(instance, history_instance, **_kwargs):
    """Write the entry of a version that was just written."""
    model, version = instance._meta.concrete_model, history_instance
    kind = kind_of(model)
    if not kind:
        return
    last = LogEntry.objects.of_row(kind, version.id).first()
    before = last and last.values
    values = values_of(instance, model)
    change = change_of(version, model, before, values)
    if change is None:
        return
    entry = LogEntry.objects.create(**_columns(kind, version, change, values, before))
    earlier = set(last.logs.values_list("parliament", flat=True)) if last else set()
    home = _home(model)[0]
    moved = before is None or values.get(home) != before.get(home)
    added = _own_logs(model, version, _logs_of_row) - earlier if moved else set()
    if last and added:
        _add_to_logs(kind, {version.code}, added)
    ParliamentLog.objects.bulk_create(
        (ParliamentLog(parliament=code, entry=entry) for code in sorted(earlier | added)),
        ignore_conflicts=True,
    )


def _columns(kind, version, change, values, before):
    return {
        "kind": kind,
        "number": version.history_id,
        "object_id": version.id,
        "code": version.code,
        "change": change,
        "recorded_at": version.history_date,
        "values": values,
        "before": before,
        "reason": version.reason,
    }


def _logs_of_row(kind, object_id):
    logs = ParliamentLog.objects.filter(entry__kind=kind, entry__object_id=object_id)
    return set(logs.values_list("parliament", flat=True).distinct())


def _home(model):
    """Return the name of the field that says to what a row belongs, and its kind; "" twice for none."""
    name = (model.home or "").partition("__")[0]
    return name, model._meta.get_field(name).related_model.fact_kind if name else ""


def _own_logs(model, version, logs_of):
    """Return the codes of the parliaments in whose logs a version stands: those of what it belongs to."""
    if model is Parliament:
        return {version.code}
    home, kind = _home(model)
    return logs_of(kind, getattr(version, f"{home}_id")) if home else set()


def _add_to_logs(kind, codes, parliaments):
    """Add all entries of rows to logs of parliaments, and those of the facts that were ever theirs."""
    entries = LogEntry.objects.filter(kind=kind, code__in=codes).values_list("pk", flat=True)
    ParliamentLog.objects.bulk_create(
        (ParliamentLog(parliament=code, entry_id=pk) for pk in entries for code in parliaments),
        ignore_conflicts=True,
    )
    for other, model in fact_models().items():
        home, kind_of_home = _home(model)
        if kind_of_home == kind:
            theirs = LogEntry.objects.filter(kind=other, **{f"values__{home}__in": codes})
            if theirs := set(theirs.values_list("code", flat=True)):
                _add_to_logs(other, theirs, parliaments)


def rebuild():
    """Make the whole log again from the versions, and return the number of entries.

    Entries that are there keep their keys; what is missing follows them, in the order of recording.
    """
    with transaction.atomic():
        number, stale = 0, set(LogEntry.objects.order_by().values_list("pk", flat=True))
        logs = _logs_of_all()
        ranked = enumerate(logged_models().items())
        entries = merge(*(_entries(*each, rank) for rank, each in ranked), key=itemgetter(0))
        columns = [field.name for field in LogEntry._meta.fields if field.name != "id"]
        for batch in batched(map(itemgetter(1), entries), BATCH):
            written = LogEntry.objects.bulk_create(
                batch,
                update_conflicts=True,
                unique_fields=IDENTITY,
                update_fields=[name for name in columns if name not in IDENTITY],
            )
            ParliamentLog.objects.filter(entry__in=written).delete()
            ParliamentLog.objects.bulk_create(
                ParliamentLog(parliament=code, entry=entry)
                for entry in written
                for code in sorted(logs[entry.kind, entry.object_id])
            )
            number += len(written)
            stale.difference_update(entry.pk for entry in written)
        for some in batched(stale, BATCH):
            LogEntry.objects.filter(pk__in=some).delete()
    return number


def _entries(kind, model, rank):
    """Yield ``(place, entry)`` of each version of a kind that is in the log."""

    @cache
    def codes(related):
        return {
            **dict(related.history.values_list("id", "code")),
            **dict(related._base_manager.values_list("pk", "code")),
        }

    def code_by_key(version, field):
        return codes(field.related_model).get(getattr(version, field.attname))

    moment, last = None, {}
    for version in model.history.order_by("history_id").iterator():
        # A clock that went back changes nothing in the order of one kind.
        moment = max(moment or version.history_date, version.history_date)
        before = last.get(version.id)
        values = values_of(version, model, code_by_key)
        if change := change_of(version, model, before, values):
            entry = LogEntry(**_columns(kind, version, change, values, before))
            yield (moment, rank, version.history_id), entry
        last[version.id] = values


def _logs_of_all():
    """Return ``{(kind, key): codes of parliaments}`` of every row that has versions."""
    logs = defaultdict(set)
    # What others belong to comes first.
    for kind, model in sorted(
        logged_models().items(), key=lambda each: (each[1].home or "").count("__")
    ):
        columns = ("id", "code", *(f"{name}_id" for name in _home(model)[:1] if name))
        for version in model.history.order_by().only(*columns).iterator():
            own = _own_logs(model, version, lambda *row: logs[row])
            logs[kind, version.id] |= own
    return logs


def after_migrations(using, plan=(), **_kwargs):
    """Make the log again where what it is made of was migrated, once everything is."""
    apps = {"changes", *(model._meta.app_label for model in logged_models().values())}
    if any(migration.app_label in apps for migration, _backwards in plan):
        executor = MigrationExecutor(connections[using])
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            rebuild()
