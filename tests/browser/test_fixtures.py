"""The pages that the fixtures fill, in a browser: of real names, and of more than the small site."""

import pytest
from django.core.management import call_command
from django.test import Client

from tests.browser.tab import Tab
from tests.public import reached

# No test takes minutes, and the processes share them.
PARTS = 8


@pytest.fixture(scope="module")
def addresses(django_db_setup, django_db_blocker):
    """Load the fixtures, and return the addresses of every page that a reader comes to."""
    with django_db_blocker.unblock():
        call_command("loaddata", "delegations", "news", "pages", verbosity=0)
        yield reached(Client())
        call_command("flush", interactive=False, verbosity=0)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_has_a_fault(new_context, base_url, addresses, part):
    tab = Tab(new_context(reduced_motion="reduce"), base_url)
    found = {}
    for address in addresses[part::PARTS]:
        for width in (360, 1280):
            tab.page.set_viewport_size({"width": width, "height": 800})
            if width == 360:
                tab.open(address)
            tab.check_with_axe(f"{width}, light")
            tab.check_width()
        if tab.faults:
            found[address] = [*tab.faults]
            tab.faults.clear()
    assert len(addresses) > 80
    assert found == {}
