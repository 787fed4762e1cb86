"""The log is written with the versions, and can be made again from them."""

import datetime as dt
from contextlib import suppress
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from cstopa.models.history import changing
from delegations.changes import log
from delegations.changes.models import Change, LogEntry, ParliamentLog
from delegations.changes.recording import after_migrations
from delegations.models import Membership
from tests import make
from tests.delegations.test_changes.test_log import save
from tests.histories import World, any_history, steps

pytestmark = pytest.mark.django_db

MARCH, MAY = dt.date(2024, 3, 1), dt.date(2024, 5, 9)


def whole():
    """Return all that is stored: each entry, with the logs of parliaments in which it stands."""
    logs = {}
    for code, key in ParliamentLog.objects.values_list("parliament", "entry"):
        logs.setdefault(key, set()).add(code)
    return [row | {"logs": logs.get(row["id"], set())} for row in LogEntry.objects.values()]


def of(*parliaments):
    """Return what stands in the log of each parliament, whole."""
    return [
        {(entry.kind, entry.number) for entry in LogEntry.objects.of(parliament).of_facts()}
        for parliament in parliaments
    ]


def without_keys(rows):
    keys = {"id", "decision", "replaced_in"}
    found = [{name: row[name] for name in row if name not in keys} for row in rows]
    return sorted(found, key=lambda row: (row["kind"], row["number"]))


@any_history
@given(history=st.lists(steps(), min_size=4, max_size=40), chance=st.randoms())
def test_what_is_stored_is_what_the_versions_say(db, history, chance):
    with transaction.atomic():
        world = World()
        for step in history:
            world.do(step)
        written = whole()
        keys = [row["id"] for row in written]
        call_command("rebuild_changes")
        assert whole() == written
        # Some are lost, and are found again. The others keep their keys, by which readers page.
        lost = {*chance.sample(keys, 5)}
        LogEntry.objects.filter(pk__in=lost).delete()
        LogEntry.objects.filter(pk__in=chance.sample(keys, 3)).update(
            code="wrong", values={}, change="removed"
        )
        ParliamentLog.objects.filter(entry__in=chance.sample(keys, 4)).delete()
        call_command("rebuild_changes")
        kept = [row["id"] for row in whole() if row["id"] <= keys[0]]
        assert kept == [key for key in keys if key not in lost]
        assert without_keys(whole()) == without_keys(written)
        transaction.set_rollback(True)


def test_a_log_made_anew_is_in_the_order_of_recording(capsys):
    with time_machine.travel("2026-05-05T09:00Z", tick=False) as clock:
        for make_row in (make.allocation, make.office, make.participation):
            row = make_row()
            clock.shift(60)
            save(row, valid_to=MAY)
            clock.shift(60)
        # The clock is put right. A later version is a later entry all the same.
        clock.shift(-100)
        save(row, valid_from=MARCH)
    number = LogEntry.objects.count()
    written = [*LogEntry.objects.of_facts().values_list("kind", "number")]
    LogEntry.objects.all().delete()
    call_command("rebuild_changes")
    assert f"{number} entries" in capsys.readouterr().out
    assert [*LogEntry.objects.of_facts().values_list("kind", "number")] == written


def test_the_order_is_that_of_writing_whatever_the_clock_says(client):
    with time_machine.travel("2026-05-05T09:00Z", tick=False) as clock:
        belarus = make.parliament("belarus")
        clock.shift(-3600)
        make.participation(belarus)
    [newest, *_earlier], *_others = (
        each.entries for each in client.get("/changes/").context["page"]
    )
    assert newest.kind == "participation"
    assert log.last_version(belarus).recorded_at == newest.recorded_at


def test_a_version_is_one_entry_at_most():
    row = make.allocation(valid_to=MAY)
    before = LogEntry.objects.count()
    save(row)
    save(row.chamber, search_words_en="Diet")
    assert LogEntry.objects.count() == before
    save(row, checked_on=MARCH)
    save(row, source=make.source())
    with changing():
        row.valid_to = MARCH
        row.save()
    row.delete()
    save(row.chamber, website="https://example.org/")
    assert LogEntry.objects.first().change == Change.DETAIL
    entries = LogEntry.objects.filter(kind="allocation").values_list("change", flat=True)
    assert [*entries] == [Change.REMOVED, Change.ENDED, *[Change.EVIDENCE] * 2, Change.RECORDED]


def test_what_loaddata_saves_is_in_the_log(tmp_path):
    belarus, source = make.parliament("belarus"), make.source()
    file = tmp_path / "facts.json"
    file.write_text(
        '[{"model": "delegations.participation", "fields": {"code": "member-1", "status": "member",'
        f' "parliament": ["{belarus.slug}"], "source": ["{source.code}"]}}}}]'
    )
    call_command("loaddata", file, verbosity=0)
    assert LogEntry.objects.of(belarus).of_pages().first().code == "member-1"


def test_a_chamber_that_moves_takes_its_facts_to_every_log_it_was_in():
    first, second, third, other = (make.parliament() for _ in range(4))
    chamber = make.chamber(first)
    gone = make.membership(make.person(), chamber)
    gone.delete()
    row = make.allocation(chamber)
    # It was of this chamber once.
    moved = make.roster(make.chamber(other))
    save(moved, chamber=chamber)
    save(moved, chamber=make.chamber(other))
    [of_first] = of(first)
    save(chamber, parliament=second)
    save(row, seats=5)
    save(chamber, parliament=third)
    make.role(make.person(), "head", parliament=third)
    of_each = of(first, second, third)
    own = {("parliament", each.history.get().history_id) for each in (first, second, third)}
    role = {each for each in of_each[2] if each[0] == "role"}
    assert len(role) == 1
    assert of_each[0] - own == of_each[1] - own == of_each[2] - own - role
    assert of_first - own < of_each[1]
    assert Membership.history.filter(id=row.pk).count() <= 2
    rows = whole()
    call_command("rebuild_changes")
    assert whole() == rows


def test_an_entry_that_fails_takes_the_version_and_the_row_along():
    row = make.allocation(seats=7)
    # The entry of the version that is written next cannot be.
    newest = row.history.order_by("history_id").last()
    entry = LogEntry.objects.of_row("allocation", row.pk).get()
    entry.pk, entry.number = None, newest.history_id + 1
    entry.save()
    with transaction.atomic(), suppress(IntegrityError):
        save(row, seats=8)
    row.refresh_from_db()
    assert row.seats == 7
    assert row.history.count() == 1


def test_a_save_costs_the_log_six_queries_at_most():
    """The last entries of the row and of all, the new one, what it replaces, the logs of both."""
    row = make.membership()
    row = Membership.objects.get()
    for change in ({"valid_from": MARCH}, {"checked_on": MAY}):
        with CaptureQueriesContext(connection) as captured:
            save(row, **change)
        queries = [query["sql"] for query in captured if "changes_" in query["sql"]]
        assert len(queries) <= 6


def test_once_all_is_migrated_the_log_of_an_older_database_is_made():
    make.allocation()
    written = [entry.values for entry in LogEntry.objects.all()]
    LogEntry.objects.all().delete()
    after_migrations("default", [(SimpleNamespace(app_label="news"), False)])
    assert not LogEntry.objects.exists()
    after_migrations("default", [(SimpleNamespace(app_label="delegations"), False)])
    assert [entry.values for entry in LogEntry.objects.all()] == written
