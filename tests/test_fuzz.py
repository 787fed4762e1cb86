"""Odd requests, other ones in each run: the seed of a run stands at its end."""

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests import site
from tests.conftest import IN_CI
from tests.fuzz import Fuzz, answers, is_failure

pytestmark = pytest.mark.django_db

REQUESTS = 2_000 if IN_CI else 400


@pytest.fixture(autouse=True)
def open_connection():
    """As the client of the tests has it: the transaction of a test outlives its requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_no_odd_request_fails(chance, admin_client):
    site.fill()
    cookie = "; ".join(f"{name}={each.value}" for name, each in admin_client.cookies.items())
    failed = [
        (status, asked)
        for status, _seconds, _size, asked in answers(Fuzz(chance, cookie), REQUESTS)
        if is_failure(status)
    ]
    assert failed == []
