"""Tables fit their words: on screens of each width, in large letters, spaced, and on paper."""

import pytest
from django.core.management import call_command

from delegations.models import Chamber
from tests import make
from tests.browser.tab import SPACED, SPLIT_WORDS, WIDER

WIDTHS = (320, 360, 414, 480, 560, 640, 768, 900, 960, 1024, 1280, 1600)
# A4 less its margins.
PAPER = 673
STATES = ("belarus", "kazakhstan", "kyrgyzstan", "russia", "tajikistan")
PAGES = [
    f"{language}/delegations/{page}"
    for language in ("", "/ru")
    for page in ("", *(f"{state}/" for state in STATES))
]


@pytest.fixture(scope="module")
def rows(django_db_setup, django_db_blocker):
    """The fixtures, and members on record: all of one chamber and one too many, some of another."""
    with django_db_blocker.unblock():
        call_command("loaddata", "delegations", "news", "pages", verbosity=0)
        chambers = Chamber.objects.filter(parliament__slug__in=["belarus", "tajikistan"])
        for chamber, members in zip(chambers, (8, 3, 2, 0), strict=True):
            for number in range(members):
                make.membership(make.person(f"{chamber.code}-{number}"), chamber)
        make.roster(chambers[0])
        yield
        call_command("flush", interactive=False, verbosity=0)


def faults(page):
    return page.evaluate(SPLIT_WORDS) + page.evaluate(WIDER)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("address", PAGES)
def test_no_word_is_split_and_nothing_is_too_wide(page, address):
    page.goto(address)
    found = {}
    assert page.locator("main table").count()

    def look(how, widths):
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            if wrong := faults(page):
                found[f"{how} {width}"] = wrong

    look("plain", WIDTHS)
    page.emulate_media(media="print")
    look("paper", [PAPER])
    page.emulate_media(media="screen")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    look("200 %", WIDTHS)
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.evaluate(SPACED)
    look("spaced", WIDTHS)
    assert found == {}
