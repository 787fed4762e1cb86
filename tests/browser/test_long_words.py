"""Words as long as they come: no page is wider than its screen, and common words stay whole."""

import pytest

from delegations.models import Delegation
from tests import make
from tests.browser.tab import SPLIT_WORDS

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    *("/", "/delegations/", "/parliaments/", "/people/", "/news/", "/search/?q=x"),
    *("/delegations/belarus/", "/parliaments/belarus/", "/people/ann-x/", "/topics/laws/"),
    *("/news/one/", "/changes/", "/delegations/belarus/changes/"),
    "/delegations/belarus/changes/on-record/",
]


def wider_than_the_screen(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    wider = {}
    for address in PAGES:
        page.goto(address)
        wider[address] = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return {address: pixels for address, pixels in wider.items() if pixels > 0}


@pytest.mark.parametrize("word", ["Палата высокопревосходительствующих", "x" * 110])
def test_no_word_makes_a_page_wider_than_its_screen(page, base_url, word):
    belarus = make.parliament("belarus", name_en=word, state_en=word)
    for house in ("lower", "upper"):
        make.allocation(make.chamber(belarus, house=house, name_en=f"{word} представителей"))
    make.participation(belarus, source=make.source(title_en=word))
    person = make.person("ann-x", family_name_en=word[:80])
    make.office(person, "representative", parliament=belarus)
    make.article(
        "one",
        headline_en=word,
        summary_en=word,
        body_en=word,
        delegations=[Delegation.objects.get()],
        people=[person],
        topics=[make.topic("laws", name_en=word)],
    )
    for width in (320, 360, 1280):
        assert wider_than_the_screen(page, width) == {}, width


def test_ordinary_words_of_the_table_stay_whole(page, base_url):
    belarus = make.parliament("belarus", name_en="Национальное собрание Республики Беларусь")
    make.allocation(make.chamber(belarus, house="lower", name_en="Палата представителей"))
    make.chamber(belarus, house="upper", name_en="Совет Республики")
    page.goto("/delegations/")
    assert {width: split_words(page, width) for width in (360, 480)} == {360: [], 480: []}


def split_words(page, width):
    """Return the words of the table that go across lines, of those that are seen."""
    page.set_viewport_size({"width": width, "height": 800})
    return page.evaluate(SPLIT_WORDS)


def test_a_mark_of_the_trail_stays_with_the_item_before_it(page, base_url):
    make.parliament("belarus", name_en="Национальное собрание Республики Беларусь")
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/delegations/belarus/")
    first, last = (
        page.locator(f".breadcrumbs__item{which}").bounding_box()
        for which in (":first-child", ":last-child")
    )
    assert last["y"] > first["y"]
    text = page.evaluate(
        """() => {
            const range = document.createRange();
            range.selectNodeContents(document.querySelector(".breadcrumbs__item:last-child"));
            return range.getClientRects()[0].x;
        }"""
    )
    assert text == first["x"]
