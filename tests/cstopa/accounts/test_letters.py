"""A letter that could not be sent is tried again, and no log has the address."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import transaction

from cstopa.accounts.letters import write
from tests.cstopa.publishing.test_telling import refusing, told, work

__all__ = ["work"]


@pytest.fixture
def letters(settings, anna):
    """Write a letter to Anna, whose address is that of the tests of telling."""
    settings.SENDS_EMAIL = True
    anna.email = "anna@desk.example"
    anna.save()

    def letters():
        with transaction.atomic():
            write(anna, "invitation")

    return letters


@pytest.mark.django_db(transaction=True)
def test_it_is_tried_again_where_a_worker_runs(letters, work, monkeypatch, caplog):
    refused = refusing(monkeypatch, "anna@desk.example")
    with time_machine.travel(dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC), tick=False) as clock:
        letters()
        work()
        assert told() == []
        refused.clear()
        work()
        assert told() == []
        clock.shift(61)
        work()
        assert told() == ["anna"]
    assert (
        "was not sent: SMTPRecipientsRefused. It is tried again at 2027-03-01 09:01" in caplog.text
    )
    assert "anna@" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_where_none_runs_the_log_says_so_without_the_address(letters, monkeypatch, caplog):
    refusing(monkeypatch, "anna@desk.example")
    letters()
    assert mail.outbox == []
    assert "NotWritten" in caplog.text
    assert "anna@" not in caplog.text
