"""docs/architecture.md draws three walks: the files through which a request goes, each named once."""

import re
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from delegations.models import SeatAllocation
from tests.forms import filled

pytestmark = pytest.mark.django_db

PAGES = {
    "A page of a day": "/delegations/belarus/?date=2021-05-21",
    "A search": "/search/?q=belarus+deputies",
}


@pytest.fixture(autouse=True)
def rows():
    call_command("loaddata", "delegations", "news", "pages", verbosity=0)


def drawn():
    """Return ``{title: paths}`` of the drawings; the first, without a title, lies under all."""
    text = (settings.BASE_DIR / "docs" / "architecture.md").read_text()
    section = text.partition("\n## Three walks\n")[2].partition("\n## ")[0]
    found = {}
    for words, drawing in re.findall(r"\n([^\n]+):\n\n```\n(.+?)```", section, re.DOTALL):
        title = words.partition(",")[0]
        found[title if title in (*PAGES, "A correction at the desk") else ""] = [
            line.split()[0] for line in drawing.splitlines()
        ]
    return found


def walked(ask):
    """Return the files of the project through which a request goes, in the order of their entry."""
    paths = {}

    def enter(frame, event, _argument):
        if event == "call":
            paths.setdefault(frame.f_code.co_filename)

    sys.setprofile(enter)
    try:
        ask()
    finally:
        sys.setprofile(None)
    rooms = [settings.BASE_DIR / each for each in ("cstopa", "delegations", "news")]
    return [
        Path(path).relative_to(settings.BASE_DIR).as_posix()
        for path in paths
        if not {*rooms}.isdisjoint(Path(path).parents)
    ]


def compare(title, paths):
    under, walk = drawn()[""], drawn()[title]
    if connection.vendor == "postgresql":
        # The document draws SQLite's, and says of each such file which one takes its place.
        walk = [each.replace("/fts5.py", "/tsvector.py") for each in walk]
    assert len({*under, *walk}) == len([*under, *walk])
    assert [each for each in walk if each not in paths] == []
    assert [each for each in paths if each not in (*under, *walk)] == []


@pytest.mark.parametrize("title", PAGES)
def test_a_page_goes_through_the_files_that_are_drawn(client, title):
    client.get(PAGES[title])
    compare(title, walked(lambda: client.get(PAGES[title])))


def test_a_correction_goes_through_the_files_that_are_drawn(admin_client):
    row = SeatAllocation.objects.get(code="belarus-house-1")
    address = reverse("admin:delegations_seatallocation_change", args=[row.pk])
    meant = {"what_happened": "correction", "reason": "It was misread."}
    admin_client.post(address, filled(admin_client.get(address), seats=8, **meant))
    data = filled(admin_client.get(address), seats=9, **meant)
    paths = walked(lambda: admin_client.post(address, data))
    row.refresh_from_db()
    assert row.seats == 9
    compare("A correction at the desk", paths)
