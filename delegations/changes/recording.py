"""Writes the log: an entry with each version that says something new, and the whole again."""

from collections import defaultdict
from functools import cache, reduce
from heapq import merge
from itertools import batched
from operator import itemgetter, or_

from django.db import connection, transaction
from django.db.models import Q

from cstopa.models.migrated import has_migrated
from delegations.changes.models import (
    EVIDENCE,
    Change,
    LogEntry,
    ParliamentLog,
    detail_fields,
    every_model,
    home_of,
    kind_of,
    logged_models,
    logged_names,
    named_by,
    steps_home,
)
from delegations.models import DatedFact, Parliament
from delegations.models.facts import fact_models

BATCH = 500
# PostgreSQL gives keys before it commits: who records second waits, so that no version changes.
LOCK = 20261126
# What one person records within so many seconds of one another is one decision.
AT_ONCE = 2
IDENTITY = ["kind", "number"]


def code_of(row, field):
    """Return the code of the row that a row names, without a query where it was read with it."""
    if field.is_cached(row):
        related = field.get_cached_value(row)
        return related and related.code
    rows = field.related_model._base_manager.filter(pk=getattr(row, field.attname))
    return rows.values_list("code", flat=True).first()


def values_of(row, model, code_of=code_of):
    """Return what a row of a model, or a version of one, says: days in ISO form, as far as they are
    known, and other rows by ``code_of(row, field)``.
    """
    values = {}
    for name in logged_names(model):
        field = model._meta.get_field(name)
        if field.is_relation:
            values[name] = code_of(row, field)
        else:
            value = field.to_python(field.value_from_object(row))
            values[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return values


def entry_of(version, model, values, before):
    """Return the unsaved entry of a version, or None where it says nothing new.

    ``before`` are the values of the entry before it; None of the first.
    """
    if version.history_type == "+":
        # What was removed says nothing that could be compared.
        before = None
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
        author=f"{version.history_user_id or ''}:{version.history_change_reason or ''}",
    )


def change_of(version, model, before, values):
    if version.history_type == "-":
        return Change.REMOVED
    if version.history_type == "+" or before is None:
        return Change.RECORDED
    other = {name for name in values if values[name] != before.get(name)}
    if other <= {*EVIDENCE}:
        return Change.EVIDENCE if other else None
    if other <= {*EVIDENCE, *detail_fields(model)}:
        return Change.DETAIL
    # Versions of a parliament never say that they correct, nor those that a script wrote as changes.
    overwritten = {name for name in other if before.get(name) not in (None, "")}
    stated = getattr(model, "value_fields", other)
    if version.is_correction or not overwritten.isdisjoint(stated):
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
    if kind_of(model):
        # What fails in it takes the version along: there is nothing to go back to between them.
        with transaction.atomic(savepoint=False):
            in_turn()
            add_entry(instance, history_instance, model)


def in_turn():
    # Of SQLite one transaction alone writes.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def add_entry(instance, history_instance, model):
    # Of one that was deleted and comes back there is the removal.
    last = LogEntry.objects.of_row(kind_of(model), history_instance.id).first()
    values = values_of(instance, model)
    entry = entry_of(history_instance, model, values, last and last.values)
    if entry is None:
        return
    decide(entry, LogEntry.objects.first())
    entry.save()
    if entry.decision is None:
        entry.decision = entry.pk
        entry.save(update_fields=["decision"])
    if last:
        LogEntry.objects.filter(pk=last.pk).update(replaced_in=entry.pk)
    logs = set(last.logs.values_list("parliament", flat=True)) if last else set()
    home, _kind = home_of(model)
    if not last or entry.values.get(home) != last.values.get(home):
        further = own_logs(entry, logs_of_row) - logs
        if last and further:
            add_to_logs(entry.kind, {entry.code}, further)
        logs |= further
    stand_in([entry.pk], logs)
    if named := named_by(entry) - (named_by(last) if last else set()):
        add_named_to_logs(named, logs)


def decide(entry, before):
    """Let an entry be of the decision of the one before it, where it was recorded at once with it."""
    if before is None or before.author != entry.author:
        return
    if abs((entry.recorded_at - before.recorded_at).total_seconds()) <= AT_ONCE:
        entry.decision = before.decision


def stand_in(entries, parliaments):
    ParliamentLog.objects.bulk_create(
        (
            ParliamentLog(parliament=code, entry_id=pk)
            for pk in entries
            for code in sorted(parliaments)
        ),
        ignore_conflicts=True,
    )


def add_named_to_logs(named, parliaments):
    """Add all entries of what facts name to the logs of their parliaments: to replay it takes these."""
    if parliaments:
        condition = reduce(or_, (Q(kind=kind, code=code) for kind, code in named))
        keys = LogEntry.objects.filter(condition).order_by("pk").values_list("pk", flat=True)
        stand_in(keys, parliaments)


def own_logs(entry, logs_of):
    """Return the codes of the parliaments in whose logs a row stands as its entry has it: those of
    what it belongs to, by ``logs_of(kind, code)``.
    """
    if entry.kind == kind_of(Parliament):
        return {entry.code}
    home, kind = home_of(every_model()[entry.kind])
    code = entry.values.get(home)
    if kind == kind_of(Parliament):
        return {code} if code else set()
    return logs_of(kind, code) if home else set()


def logs_of_row(kind, code):
    logs = ParliamentLog.objects.filter(entry__kind=kind, entry__code=code)
    return set(logs.values_list("parliament", flat=True).distinct())


def add_to_logs(kind, codes, parliaments):
    """Add all entries of rows to logs of parliaments, and those of the facts that were ever theirs."""
    entries = list(LogEntry.objects.filter(kind=kind, code__in=codes))
    stand_in([entry.pk for entry in entries], parliaments)
    if named := set().union(*map(named_by, entries)):
        add_named_to_logs(named, parliaments)
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
    later = ["id", "decision", "replaced_in"]
    others = [
        field.name for field in LogEntry._meta.fields if field.name not in [*later, *IDENTITY]
    ]
    streams = (entries_of(model, rank) for rank, model in enumerate(every_model().values()))
    with transaction.atomic():
        in_turn()
        number, stale = 0, set(LogEntry.objects.order_by().values_list("pk", flat=True))
        for batch in batched(map(itemgetter(1), merge(*streams, key=itemgetter(0))), BATCH):
            written = LogEntry.objects.bulk_create(
                batch, update_conflicts=True, unique_fields=IDENTITY, update_fields=others
            )
            number += len(written)
            stale.difference_update(entry.pk for entry in written)
        for some in batched(stale, BATCH):
            LogEntry.objects.filter(pk__in=some).delete()
        rebuild_decisions()
        rebuild_replaced()
        rebuild_logs()
    return number


def rebuild_decisions():
    before = None
    for batch in batched(LogEntry.objects.order_by("pk").iterator(), BATCH):
        changed = []
        for entry in batch:
            stored, entry.decision = entry.decision, None
            decide(entry, before)
            entry.decision = entry.decision or entry.pk
            if entry.decision != stored:
                changed.append(entry)
            before = entry
        LogEntry.objects.bulk_update(changed, ["decision"])


def rebuild_replaced():
    row, later = None, None
    entries = LogEntry.objects.only("kind", "object_id", "replaced_in")
    for batch in batched(entries.order_by("kind", "object_id", "-number").iterator(), BATCH):
        changed = []
        for entry in batch:
            if row != (entry.kind, entry.object_id):
                row, later = (entry.kind, entry.object_id), None
            if entry.replaced_in != later:
                entry.replaced_in = later
                changed.append(entry)
            # One that was made anew has a higher key than those that follow it.
            later = min(later or entry.pk, entry.pk)
        LogEntry.objects.bulk_update(changed, ["replaced_in"])


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
    for entry in LogEntry.objects.of_facts().order_by().iterator():
        for row in named_by(entry):
            logs[row] |= logs[entry.kind, entry.code]
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
    apps = {"changes", *(model._meta.app_label for model in every_model().values())}
    if has_migrated(apps, plan, using):
        rebuild()
