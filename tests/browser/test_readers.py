"""Readers with nothing but a keyboard, without scripts, on a magnified page, on paper."""

from itertools import pairwise

import pytest

from tests import site
from tests.browser.tab import SPACED, WIDER

# Of each page one address is enough: the languages share their templates.
ADDRESSES = [
    *(address for address in site.pages() if not address.startswith("/ru/") and "?" not in address),
    site.UNKNOWN,
]
pytestmark = pytest.mark.usefixtures("rows")

REACHABLE = """() => {
    const stops = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    window.reachable = [...document.querySelectorAll(stops)]
        .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.disabled);
    window.reached = new Map();
    addEventListener("focusin", ({target}) => {
        if (reached.has(target)) return;
        const {outlineStyle, outlineWidth} = getComputedStyle(target);
        const box = target.getClientRects()[0];
        reached.set(target, {
            named: target.outerHTML.slice(0, 120),
            marked: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
            left: box.left, right: box.right, top: box.top + scrollY, bottom: box.bottom + scrollY,
        });
    });
    return reachable.length;
}"""
LEFT = "() => reachable.filter(each => !reached.has(each)).map(each => each.outerHTML)"
IN_ORDER = "() => [...reached.keys()].filter(each => reachable.includes(each))"
# Nothing that floats over a page can cover what has the focus where nothing floats.
FLOATING = """() => [...document.querySelectorAll("body *:not(.skip-link)")]
    .filter(each => ["fixed", "sticky"].includes(getComputedStyle(each).position))
    .map(each => each.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_keyboard_alone_reaches_everything(page, address):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address)
    number = page.evaluate(REACHABLE)
    for _ in range(4):
        for _ in range(number):
            page.keyboard.press("Tab")
        if not page.evaluate(LEFT):
            break
    assert page.evaluate(LEFT) == []
    assert page.evaluate(f"({IN_ORDER})().every((each, at) => each === reachable[at])")
    stops = page.evaluate("[...reached.values()]")
    assert [stop["named"] for stop in stops if not stop["marked"]] == []
    # The order is from top to bottom, but for columns, which are read from left to right.
    assert [
        (before["named"], after["named"])
        for before, after in pairwise(stops)
        if after["bottom"] <= before["top"] and after["left"] < before["right"]
    ] == []
    assert page.evaluate(FLOATING) == []


def test_the_first_stop_skips_to_the_content(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    assert page.locator(".skip-link").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page:content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main')?.id") == "page:content"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_forms_are_sent_with_the_keyboard(new_context, scripts):
    page = new_context(java_script_enabled=scripts).new_page()
    for address, field, typed, asked in (
        ("/", "header input[name=q]", "conference", "/search/?q=conference"),
        ("/search/", "main input[name=q]", "conference", "q=conference"),
        ("/news/", "main input[name=q]", "conference", "q=conference"),
        ("/delegations/belarus/", "main input[name=date]", "21.05.2021", "date=2021-05-21"),
    ):
        page.goto(address)
        page.locator(field).first.focus()
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{asked}**", timeout=10_000)
    page.goto("/delegations/")
    page.locator("main select[name=chambers]").focus()
    page.keyboard.press("ArrowDown")
    page.locator("main form button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**chambers=1**", timeout=10_000)


def test_without_scripts_nothing_is_lost(new_context):
    texts = []
    for scripts in (True, False):
        page = new_context(java_script_enabled=scripts).new_page()
        texts.append({})
        for address in ADDRESSES:
            page.goto(address)
            texts[-1][address] = page.inner_text("main")
    assert texts[0] == texts[1]
    assert all(texts[0].values())


CLIPPED = """() => [...document.querySelectorAll("body *")].filter(each => {
    const {overflowX, overflowY} = getComputedStyle(each);
    const cut = overflow => ["hidden", "clip"].includes(overflow);
    // One pixel is for screen readers.
    return each.clientWidth > 1 && each.innerText?.trim() && each.checkVisibility()
        && (cut(overflowX) && each.scrollWidth > each.clientWidth + 1
            || cut(overflowY) && each.scrollHeight > each.clientHeight + 1);
}).map(each => each.outerHTML.slice(0, 120))"""
MOVING = """() => [...document.querySelectorAll("*")].filter(each => {
    const {animationName, transitionDuration, scrollBehavior} = getComputedStyle(each);
    return animationName !== "none" || scrollBehavior !== "auto"
        || transitionDuration.split(",").some(seconds => parseFloat(seconds) > 0.01);
}).map(each => each.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_lost_at_400_percent_and_with_wide_spacing(page, address):
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    assert page.evaluate(MOVING) == []
    wide = page.inner_text("main").split()
    page.set_viewport_size({"width": 320, "height": 256})
    folded = page.locator("main .filters-toggle").locator("visible=true")
    for toggle in folded.all():
        wide += toggle.inner_text().split()
        toggle.evaluate("toggle => toggle.open = true")
    assert sorted(page.inner_text("main").split()) == sorted(wide)
    page.evaluate(SPACED)
    assert page.evaluate(CLIPPED) == []
    page.set_viewport_size({"width": 1280, "height": 256})
    assert page.evaluate(CLIPPED) == page.evaluate(WIDER) == []


@pytest.mark.parametrize("language", ["", "/ru"])
@pytest.mark.parametrize("address", ["/delegations/belarus/", "/news/conference/"])
def test_paper_says_where_it_comes_from(page, base_url, language, address):
    page.emulate_media(media="print")
    page.goto(language + address)
    paper = page.inner_text("body")
    assert f"{base_url}{language}{address}" in paper
    assert page.locator(".changed time").is_visible()
    assert "https://example.org/" in paper
    assert page.locator("nav, form, button").locator("visible=true").count() == 0
    assert page.pdf(format="A4").startswith(b"%PDF")
