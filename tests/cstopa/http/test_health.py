"""What a machine asks: whether the site runs, and whether it can answer."""

from types import ModuleType
from unittest.mock import patch

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import OperationalError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.urls import path
from django.utils import timezone

from cstopa import urls
from cstopa.http.health import security_txt


def test_the_site_runs_whatever_becomes_of_the_database(client):
    # Without the mark of the database, asking it is an error.
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_the_site_is_ready(client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_the_site_is_not_ready_without_a_migration(client):
    [last] = MigrationLoader(connection).graph.leaf_nodes("news")
    MigrationRecorder(connection).record_unapplied(*last)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.text == "The database lacks migrations.\n"


def test_the_site_is_not_ready_without_its_database(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(connections["default"], "ensure_connection", refuse)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.text == "The database does not answer.\n"
    assert response.headers["Retry-After"] == "10"


@pytest.mark.django_db
def test_the_site_is_not_ready_without_its_static_files(client):
    with patch.dict(staticfiles_storage.hashed_files, clear=True):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.text == "The static files are not collected.\n"
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_who_finds_a_hole_is_told_whom_to_tell(client, settings):
    address = "/.well-known/security.txt"
    assert client.get(address).status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@assembly.example"
    # The setting is read with the addresses, once in a process.
    settings.ROOT_URLCONF = ModuleType("addresses")
    settings.ROOT_URLCONF.urlpatterns = [path(address[1:], security_txt), *urls.urlpatterns]
    response = client.get(address)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert fields["Contact"] == "mailto:security@assembly.example"
    assert fields["Canonical"] == f"http://testserver{address}"
    assert fields["Expires"] > timezone.now().isoformat()
