"""Two who save at the same moment: one waits, is tried again, or has the form back with its words."""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.contrib import admin, messages
from django.contrib.messages import get_messages
from django.db import IntegrityError, OperationalError, connection
from django.urls import reverse

from delegations.models import Source
from news.models import Topic
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import filled

SENTENCE = "Somebody else is saving at this moment."


@contextmanager
def somebody_saving(row):
    """Let another process keep a row, and ours wait for it for a moment only."""
    if connection.vendor == "sqlite":
        patience, usual = "PRAGMA busy_timeout = 50", "PRAGMA busy_timeout = 20000"
        other = sqlite3.connect(connection.settings_dict["NAME"], autocommit=True)
        start = "BEGIN IMMEDIATE"
    else:
        patience, usual = "SET lock_timeout = '50ms'", "SET lock_timeout = 0"
        other = connection.copy()
        other.ensure_connection()
        start = f"BEGIN; SELECT 1 FROM {row._meta.db_table} WHERE id = {row.pk} FOR UPDATE"
    with closing(other), closing(other.cursor()) as cursor:
        cursor.execute(start)
        connection.cursor().execute(patience)
        yield
        connection.cursor().execute(usual)
        cursor.execute("ROLLBACK")


@pytest.mark.django_db(transaction=True)
def test_who_waits_in_vain_has_the_form_back_with_its_words(admin_client):
    row = make.topic(name_en="Laws")
    address = page(row, "change")
    data = filled(admin_client.get(address), name_en="Model laws")
    with somebody_saving(row):
        response = admin_client.post(address, data)
    assert response.status_code == 200
    assert SENTENCE in response.text
    assert 'value="Model laws"' in response.text
    assert Topic.objects.get().name_en == "Laws"
    again = filled(response)
    assert admin_client.post(address, again).status_code == 302
    assert Topic.objects.get().name_en == "Model laws"


@pytest.mark.django_db
def test_what_the_database_refuses_each_time_comes_back_with_its_words(admin_client, monkeypatch):
    def refused(request, row):
        messages.success(request, "It was saved.")
        raise IntegrityError

    row = make.topic(name_en="Laws")
    address = page(row, "change")
    data = filled(admin_client.get(address), name_en="Model laws")
    monkeypatch.setattr(admin.site.get_model_admin(Topic), "response_change", refused)
    response = admin_client.post(address, data)
    assert response.status_code == 200
    assert "The database refuses this, and nothing of yours was saved." in response.text
    assert 'value="Model laws"' in response.text
    assert "It was saved." not in response.text
    assert Topic.objects.get().name_en == "Laws"


@pytest.mark.django_db(transaction=True)
def test_who_deletes_in_vain_is_told_and_who_reads_waits_for_nobody(admin_client):
    row = make.topic()
    address = page(row, "delete")
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    with somebody_saving(row):
        assert admin_client.get(reverse("admin:news_topic_changelist")).status_code == 200
        for response in (
            admin_client.post(address, {"post": "yes"}),
            admin_client.post(reverse("admin:news_topic_changelist"), chosen),
        ):
            assert response.status_code == 302
            *_before, message = [str(each) for each in get_messages(response.wsgi_request)]
            assert SENTENCE in message
    assert Topic.objects.exists()
    assert admin_client.post(address, {"post": "yes"}).status_code == 302
    assert not Topic.objects.exists()


class Overtaken(Exception):
    sqlstate = "40P01"


@pytest.fixture
def overtaken(monkeypatch):
    """Let a source be saved in vain, as often as is asked for."""

    def overtaken(times):
        left = [None] * times
        save = Source.save

        def fail(self, *args, **kwargs):
            if left:
                left.pop()
                raise OperationalError("deadlock detected") from Overtaken()
            return save(self, *args, **kwargs)

        monkeypatch.setattr(Source, "save", fail)

    return overtaken


@pytest.mark.django_db
@pytest.mark.parametrize(("times", "status"), [(0, 302), (1, 302), (2, 200)])
def test_what_was_overtaken_is_repeated_once(admin_client, overtaken, times, status):
    row = make.source()
    address = page(row, "change")
    data = filled(admin_client.get(address), title_en="Another")
    overtaken(times)
    response = admin_client.post(address, data)
    assert response.status_code == status
    if status == 200:
        assert SENTENCE in response.text
        assert 'value="Another"' in response.text
    assert (Source.objects.get(pk=row.pk).title_en == "Another") is (status == 302)


@pytest.mark.django_db
def test_a_database_that_is_gone_is_not_called_somebody(admin_client, monkeypatch):
    row = make.source()
    address = page(row, "change")
    data = filled(admin_client.get(address), title_en="Another")

    def fail(*args, **kwargs):
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(Source, "save", fail)
    admin_client.raise_request_exception = False
    assert admin_client.post(address, data).status_code == 503
