"""A page that arrives in pieces: what is there stays where it is while the rest comes."""

import pytest

from tests.browser.tab import Tab

# Everything that was there whole, where it stands once the page has arrived up to each of 80 places.
MOVED = """() => {
    const whole = document.body.innerHTML, moved = new Map();
    const places = () => [...document.body.querySelectorAll(
        "h1, h2, h3, p, nav, form, section, table, aside, figure, img, .cards__item")].map(
        each => [each, each.getBoundingClientRect()]);
    const last = places().map(([, {x, y}]) => [x, y]);
    for (let piece = 1; piece < 80; piece++) {
        document.body.innerHTML = whole.slice(0, whole.indexOf(">", whole.length * piece / 80) + 1);
        const open = new Set();
        for (let each = document.body; each; each = each.lastElementChild) open.add(each);
        places().forEach(([each, {x, y, width, height}], index) => {
            const far = Math.hypot(x - last[index][0], y - last[index][1]);
            if (!open.has(each) && width && height && y < innerHeight && far > 16)
                moved.set(each.outerHTML.slice(0, 80), Math.round(far));
        });
    }
    return [...moved].slice(0, 8);
}"""


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize(
    "address", ["/styleguide/", "/", "/delegations/belarus/", "/news/", "/search/?q=seats"]
)
def test_nothing_moves_when_the_rest_arrives(new_context, base_url, address, width):
    tab = Tab(new_context(viewport={"width": width, "height": 800}), base_url)
    tab.open(address)
    assert tab.page.evaluate(MOVED) == []
