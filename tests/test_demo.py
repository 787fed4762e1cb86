"""The invented assembly: it says so everywhere, and fills no database but its own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as configured
from django.core.management import CommandError

from delegations.models import Parliament
from tests import make
from tests.demo.__main__ import main as fill
from tests.public import addresses

pytestmark = pytest.mark.django_db
NOTICE = "Invented: nobody of these exists."


@pytest.fixture
def demo(settings):
    settings.INVENTED = NOTICE


def test_a_database_with_other_rows_is_left_as_it_is(demo):
    make.parliament("belarus")
    with pytest.raises(CommandError, match="has rows that are not of the demonstration"):
        fill()
    assert [row.slug for row in Parliament.objects.all()] == ["belarus"]


def test_a_site_that_does_not_say_it_is_left_as_it_is():
    with pytest.raises(CommandError, match="DEMO=1 is missing"):
        fill()
    assert not Parliament.objects.exists()


def test_a_refusal_is_one_line_and_a_status():
    environment = {name: value for name, value in os.environ.items() if name != "DEMO"}
    refused = subprocess.run(
        [sys.executable, "-m", "tests.demo"], env=environment, capture_output=True, text=True
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith("CommandError: DEMO=1 is missing")
    assert refused.stderr.count("\n") == 1


def test_pages_feeds_and_the_desk_say_that_it_is_invented(client, admin_client, demo):
    site = [address for name, some in addresses().items() if name in PLACES for address in some]
    assert len(site) == 2 * len(PLACES)
    for address in [*site, "/atlantis/"]:
        assert NOTICE in client.get(address).text, address
    assert NOTICE in admin_client.get("/admin/").text


PLACES = {"home", "news:list", "news:atom", "news:rss", "delegations:changes-atom", "open-data"}


def test_nothing_says_so_of_what_there_is(client, admin_client):
    assert configured.INVENTED == ""
    assert 'class="invented"' not in client.get("/").text
    assert "Invented" not in admin_client.get("/admin/").text


def test_the_names_say_it_to_machines():
    show = "import django; django.setup(); from django.conf import settings as known; "
    show += "print(known.ASSEMBLY_NAME, known.ASSEMBLY_SHORT_NAME)"
    told = subprocess.run(
        [sys.executable, "-c", show],
        env=os.environ | {"DEMO": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.count("(invented)") == 2
    assert "CSTO" not in told.stdout
