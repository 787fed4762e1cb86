"""The invented assembly in a browser: pages that are full, one of each kind and the odd ones."""

import pytest
from django.core.management import call_command
from django.db.models import Count
from django.db.models.functions import Length

from delegations.models import Person
from news.models import Article
from tests.browser.tab import CONTRAST, Tab
from tests.conftest import database_url
from tests.demo.rows import fill
from tests.server import serving

PAGES = [
    *("/", "/delegations/", "/parliaments/", "/people/", "/news/", "/changes/", "/open-data/"),
    *("/delegations/?date=2027-07-01", "/delegations/?date=1997-05-01", "/sources/"),
    *("/ahead/", "/compare/?from=2020-01-01&to=2024-01-01", "/changes/on-record/"),
    # Two chambers, the interval after them, the one that follows; corrections; too many members; a
    # chamber to come; rows that nobody closed; no date at all; the longest name.
    *(f"/delegations/ruritania/?date={day}" for day in ("2019-05-01", "2023-08-01", "2026-11-26")),
    *("/delegations/graustark/", "/delegations/laurania/?date=2018-01-01"),
    *("/parliaments/kravonia/?date=2030-06-01", "/delegations/kravonia/"),
    *("/delegations/gruenewald/", "/delegations/gerolstein/", "/delegations/lutha/"),
    *("/parliaments/ruritania/", "/parliaments/lutha/", "/news/2022/", "/news/2022/10/"),
    *("/topics/anniversaries/", "/topics/committees/", "/changes/?change=corrected", "/about/"),
    *("/delegations/graustark/changes/", "/search/?q=senate", "/search/?q=сессия"),
    "/delegations/graustark/changes/on-record/?date=2013-05-01&recorded=2013-06-01",
]
# No test takes minutes, and the processes share them.
PARTS = 4


@pytest.fixture(scope="module")
def demo(files, django_db_setup, django_db_blocker, tmp_path_factory):
    """Serve the invented assembly; yield its address and those of its pages."""
    log = tmp_path_factory.mktemp("demo") / "log"
    with django_db_blocker.unblock():
        fill()
        with serving(log, DATABASE_URL=database_url(), DEMO="1") as server:
            yield server.url, [*PAGES, *odd_ones()]
        call_command("flush", interactive=False, verbosity=0)


def odd_ones():
    """Yield the pages of the person with most, of the longest name, of names in one script; articles too."""
    people = Person.objects.annotate(length=Length("family_name_en"), posts=Count("memberships"))
    for row in (
        *(people.order_by("-posts").first(), people.order_by("-length").first()),
        *(people.filter(family_name_en="").first(), people.filter(family_name_ru="").first()),
    ):
        yield row.get_absolute_url()
    articles = Article.objects.published()
    for row in (
        *(articles.first(), articles.filter(headline_en="").first()),
        *(
            articles.filter(body_en__contains="[[total]]").first(),
            articles.filter(people=None).last(),
        ),
    ):
        yield row.get_absolute_url()


@pytest.mark.parametrize("language", ["", "/ru"])
@pytest.mark.parametrize("part", range(PARTS))
def test_no_full_page_has_a_fault(new_context, demo, part, language):
    url, addresses = demo
    tab, found = Tab(new_context(reduced_motion="reduce"), url), {}
    for address in addresses[part::PARTS]:
        tab.page.emulate_media(color_scheme="light")
        tab.page.set_viewport_size({"width": 320, "height": 800})
        tab.open(url + language + address)
        tab.check_width()
        assert tab.page.locator(".invented").is_visible()
        # In Russian as it is narrow alone, where longer words matter.
        for width in (360,) if language else (360, 1280):
            tab.page.set_viewport_size({"width": width, "height": 800})
            tab.check_with_axe(f"{width}, light")
            tab.check_width()
        if not language:
            tab.page.emulate_media(color_scheme="dark")
            tab.check_with_axe("dark", CONTRAST)
        if tab.faults:
            found[address] = [*tab.faults]
            tab.faults.clear()
    assert found == {}
