"""Every public page in a browser: nothing for axe, nothing in the console, nothing from abroad."""

import re

import pytest

from tests import site
from tests.browser.tab import CONTRAST, TAGS, Tab
from tests.server import serving

STATUSES = {
    **dict.fromkeys([*site.pages(), "/styleguide/", "/ru/styleguide/"], 200),
    site.UNKNOWN: 404,
    f"/ru{site.UNKNOWN}": 404,
    site.GONE: 410,
    f"/ru{site.GONE}": 410,
    f"/news/?{'&' * 1001}": 400,
    f"/ru/news/?{'&' * 1001}": 400,
}
WIDE, NARROW = 1280, 360
LIGHT = {"color_scheme": "light", "forced_colors": "none"}
MEDIA = {
    "light": (LIGHT, TAGS),
    "dark": ({"color_scheme": "dark"}, CONTRAST),
    "forced colours": ({"color_scheme": "dark", "forced_colors": "active"}, CONTRAST),
}
# A first visit, pictures left out.
BYTES, REQUESTS = 60 * 1024, 5


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(("address", "status"), STATUSES.items(), ids=lambda each: str(each)[:80])
def test_page(new_context, base_url, address, status, record_property):
    tab = Tab(new_context(reduced_motion="reduce"), base_url)
    # In Russian as it is narrow alone, where longer words matter; tests/browser/test_fixtures.py
    # looks at both. The colours are those of one width and one language.
    is_russian = address.startswith("/ru/")
    first, *others = [NARROW] if is_russian else [WIDE, NARROW]
    media_of_page = {"light": MEDIA["light"]} if is_russian else MEDIA
    tab.page.emulate_media(**LIGHT)
    tab.page.set_viewport_size({"width": first, "height": 800})
    tab.open(address, status)
    size, requests = tab.moved()
    tab.check_width()
    for name, (media, rules) in media_of_page.items():
        tab.page.emulate_media(**media)
        tab.check_with_axe(f"{first}, {name}", rules)
    tab.page.emulate_media(**LIGHT)
    for width in others:
        tab.page.set_viewport_size({"width": width, "height": 800})
        tab.check_with_axe(f"{width}, light")
        tab.check_width()
    looks = len(media_of_page) + len(others)
    # 1280 pixels at 400 %.
    tab.page.set_viewport_size({"width": 320, "height": 256})
    tab.check_width()
    violations = sum(fault.startswith("axe") for fault in tab.faults)
    record_property("page", [address[:80], size, requests, looks, violations])
    assert tab.faults == []
    assert size <= BYTES
    assert requests <= REQUESTS


def test_without_a_database_the_site_apologises(new_context, tmp_path):
    nowhere = f"sqlite:///{tmp_path / 'no folder' / 'db.sqlite3'}"
    with serving(tmp_path / "log", DATABASE_URL=nowhere) as server:
        tab = Tab(new_context(), server.url)
        for address in ("/", "/ru/news/"):
            tab.open(server.url + address, 503)
            for name, (media, rules) in MEDIA.items():
                tab.page.emulate_media(**media)
                tab.check_with_axe(name, rules)
            tab.page.set_viewport_size({"width": 320, "height": 256})
            tab.check_width()
            assert tab.page.get_by_role("heading", level=1).is_visible()
        assert tab.faults == []


def test_pages_are_compressed_and_files_named_by_what_they_hold_and_kept(page):
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    assert page.goto("/").header_value("content-encoding") == "gzip"
    page.evaluate("document.fonts.ready")
    files = [answer for answer in answers if "/static/" in answer.url]
    assert {re.search(r"[.]([a-z0-9]+)$", file.url)[1] for file in files} >= {"css", "svg"}
    for file in files:
        assert re.search(r"[.][0-9a-f]{12}[.][a-z0-9]+$", file.url)
        kept = file.header_value("cache-control")
        assert "immutable" in kept
        assert int(re.search(r"max-age=(\d+)", kept)[1]) >= 365 * 24 * 3600
        if file.url.endswith((".css", ".svg")):
            assert file.header_value("content-encoding") in {"br", "gzip"}
