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
    home_of,
    kind_of,
    logged_models,
    logged_names,
    steps_home,
)
from delegations.models import DatedFact, Parliament
from delegations.models.facts import fact_models

BATCH = 500
IDENTITY = ["kind", "number"]


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


def entry_of(version, model, values, before):
    """Return the unsaved entry of a version, or None where it says nothing new.

    ``before`` are the values of the version before it; None of the first.
    """
    change = change_of(version, model, before, values)
    return change and LogEntry(
        kind=kind_of(model),
        number=version.history_id,
        object_id=version.id,
        code=version.code,
        change=change,
        recorded_at=version.history_date,
        values=values,
        before=before,
        reason=version.reason,
    )


def change_of(version, model, before, values):
    if version.history_type == "-":
        return Change.REMOVED
    if version.history_type == "+" or before is None:
        return Change.RECORDED
    other = {name for name in values if values[name] != before.get(name)}
    if other <= {"source"}:
        return Change.EVIDENCE if other else None
    # Versions of a parliament never say that they correct, nor those that a script wrote as changes.
    overwritten = {name for name in other if before.get(name) not in (None, "")}
    if version.is_correction or not overwritten.isdisjoint(model.value_fields):
        return Change.CORRECTED
    if issubclass(model, DatedFact) and is_ended(before, values):
        return Change.ENDED
    return Change.COMPLETED


def is_ended(before, values):
    was, now = before["valid_to"], values["valid_to"]
    # An end that was decided for later may be brought forward, which is no correction.
    return now is not None and (was is None or (not before["valid_to_is_latest"] and now < was))


def record(instance, history_instance, **_kwargs):
    """Write the entry of a version that was just written."""
    model = instance._meta.concrete_model
    if not kind_of(model):
        return
    last = None
    # A row that comes again has a new code, and a key of its own.
    if history_instance.history_type != "+":
        last = LogEntry.objects.of_row(kind_of(model), history_instance.id).first()
    before = last and last.values
    entry = entry_of(history_instance, model, values_of(instance, model), before)
    if entry is None:
        return
    entry.save()
    logs = set(last.logs.values_list("parliament", flat=True)) if last else set()
    home, _kind = home_of(model)
    if not last or entry.values.get(home) != before.get(home):
        further = own_logs(entry, logs_of_row) - logs
        if last and further:
            add_to_logs(entry.kind, {entry.code}, further)
        logs |= further
    ParliamentLog.objects.bulk_create(
        (ParliamentLog(parliament=code, entry=entry) for code in sorted(logs)),
        ignore_conflicts=True,
    )


def own_logs(entry, logs_of):
    """Return the codes of the parliaments in whose logs a row stands as its entry has it: those of
    what it belongs to, by ``logs_of(kind, code)``.
    """
    if entry.kind == kind_of(Parliament):
        return {entry.code}
    home, kind = home_of(logged_models()[entry.kind])
    return logs_of(kind, entry.values[home]) if home else set()


def logs_of_row(kind, code):
    logs = ParliamentLog.objects.filter(entry__kind=kind, entry__code=code)
    return set(logs.values_list("parliament", flat=True).distinct())


def add_to_logs(kind, codes, parliaments):
    """Add all entries of rows to logs of parliaments, and those of the facts that were ever theirs."""
    entries = LogEntry.objects.filter(kind=kind, code__in=codes).values_list("pk", flat=True)
    ParliamentLog.objects.bulk_create(
        (ParliamentLog(parliament=code, entry_id=pk) for pk in entries for code in parliaments),
        ignore_conflicts=True,
    )
    for other, model in fact_models().items():
        home, kind_of_home = home_of(model)
        if kind_of_home == kind:
            theirs = LogEntry.objects.filter(kind=other, **{f"values__{home}__in": codes})
            if theirs := set(theirs.values_list("code", flat=True)):
                add_to_logs(other, theirs, parliaments)


def rebuild():
    """Make the whole log again from the versions, and return the number of entries.

    Entries that are there keep their keys; what is missing follows them, in the order of recording.
    """
    others = [field.name for field in LogEntry._meta.fields if field.name not in ["id", *IDENTITY]]
    streams = (entries_of(model, rank) for rank, model in enumerate(logged_models().values()))
    with transaction.atomic():
        number, stale = 0, set(LogEntry.objects.order_by().values_list("pk", flat=True))
        for batch in batched(map(itemgetter(1), merge(*streams, key=itemgetter(0))), BATCH):
            written = LogEntry.objects.bulk_create(
                batch, update_conflicts=True, unique_fields=IDENTITY, update_fields=others
            )
            number += len(written)
            stale.difference_update(entry.pk for entry in written)
        for some in batched(stale, BATCH):
            LogEntry.objects.filter(pk__in=some).delete()
        rebuild_logs()
    return number


def entries_of(model, rank):
    """Yield ``(place, entry)`` for the versions of a model."""

    @cache
    def codes(related):
        now = related._base_manager.values_list("pk", "code")
        return {**dict(related.history.values_list("id", "code")), **dict(now)}

    def code_by_key(version, field):
        return codes(field.related_model).get(getattr(version, field.attname))

    moment, last = None, {}
    for version in model.history.order_by("history_id").iterator():
        # The versions of one kind keep their order, even where the clock went back.
        moment = max(moment or version.history_date, version.history_date)
        values = values_of(version, model, code_by_key)
        if entry := entry_of(version, model, values, last.get(version.id)):
            yield (moment, rank, version.history_id), entry
        last[version.id] = values


def rebuild_logs():
    logs = defaultdict(set)
    # Parliaments before their chambers, those before what belongs to them.
    for model in sorted(logged_models().values(), key=steps_home):
        for entry in LogEntry.objects.filter(kind=kind_of(model)).order_by().iterator():
            logs[entry.kind, entry.code] |= own_logs(entry, lambda *row: logs[row])
    ParliamentLog.objects.all().delete()
    rows = (
        ParliamentLog(parliament=parliament, entry_id=pk)
        for pk, *row in LogEntry.objects.values_list("pk", "kind", "code").iterator()
        for parliament in sorted(logs[tuple(row)])
    )
    for batch in batched(rows, BATCH):
        ParliamentLog.objects.bulk_create(batch)


def after_migrations(using, plan=(), **_kwargs):
    """Make the log again where what it is made of was migrated, once everything is."""
    apps = {"changes", *(model._meta.app_label for model in logged_models().values())}
    if any(migration.app_label in apps for migration, _backwards in plan):
        executor = MigrationExecutor(connections[using])
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            rebuild()
