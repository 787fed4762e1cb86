"""Every public page in a browser: nothing for axe, nothing in the console, nothing from abroad."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import site

pytestmark = pytest.mark.django_db(transaction=True)

SCREENS = [(360, "light"), (1280, "light"), (1280, "dark")]
# axe would fetch the style sheets once more, and look for what they import beside the page.
OPTIONS = {"preload": False}


@pytest.fixture
def rows():
    site.fill()


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_pages_are_accessible_and_complete(new_context, base_url, rows, width, scheme):
    context = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    console, requests = [], []
    page.on("console", lambda message: console.append(message.text))
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    faults = {}
    for address in [*site.pages(), site.UNKNOWN]:
        console.clear()
        response = page.goto(address)
        unknown = address == site.UNKNOWN
        assert response.status == (404 if unknown else 200), address
        # The browser itself notes in the console that the page was a 404.
        told = [text for text in console if not (unknown and "404" in text)]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found = [
            f"{rule['id']}: {[node['html'] for node in rule['nodes']]}"
            for rule in Axe().run(page, options=OPTIONS).response["violations"]
        ]
        if told or found or wide > 0:
            faults[address] = {"console": told, "axe": found, "wider by": wide}
    assert faults == {}
    assert [url for url in requests if not url.startswith(base_url)] == []
    assert any(url.endswith(".css") for url in requests)


def test_the_style_is_applied(page, rows):
    page.goto("/")
    assert page.evaluate("getComputedStyle(document.querySelector('.cards')).display") == "grid"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page:content"
