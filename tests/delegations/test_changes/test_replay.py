"""Replaying the log: the state of any day, and the state as it was recorded at any moment."""

import datetime as dt

import pytest
import time_machine

from delegations.changes.models import LogEntry
from delegations.changes.replay import state_at
from delegations.models import Parliament
from tests.delegations.test_changes.worlds import DAYS, World, replayed, told

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 5, 5, 9, tzinfo=dt.UTC)
ASKED = [DAYS[0] - dt.timedelta(days=400), *DAYS, DAYS[-1] + dt.timedelta(days=400)]


def test_the_log_gives_the_state_of_any_day_as_it_is_and_as_it_was_recorded(chance):
    taken = {}
    with time_machine.travel(NOON, tick=False) as clock:
        world = World(chance)
        for step in range(40):
            # Several edits may share their moment.
            for _ in range(chance.randint(1, 3)):
                world.edit()
            clock.shift(dt.timedelta(minutes=step))
            if step % 6 == 5:
                taken[NOON + dt.timedelta(minutes=step * (step + 1) // 2)] = {
                    day: told(day) for day in ASKED
                }
    assert len(taken) == 6
    entries = LogEntry.objects.all()
    for moment, said in taken.items():
        moment -= dt.timedelta(microseconds=1)
        for day in ASKED:
            assert replayed(state_at(entries, day, moment)) == said[day], (moment, day)
    now = {day: told(day) for day in ASKED}
    for day in ASKED:
        assert replayed(state_at(entries, day)) == now[day], day
    for parliament in Parliament.objects.all():
        alone = LogEntry.objects.of(parliament)
        for day in ASKED:
            assert replayed(state_at(alone, day))[parliament.code] == now[day][parliament.code]
