"""Every public page in a browser: nothing for axe, nothing in the console, nothing from abroad."""

import pytest

from tests import site
from tests.browser.tab import Tab

STATUSES = {
    **dict.fromkeys(site.pages(), 200),
    site.UNKNOWN: 404,
    f"/ru{site.UNKNOWN}": 404,
    site.GONE: 410,
    f"/ru{site.GONE}": 410,
    f"/news/?{'&' * 1001}": 400,
    f"/ru/news/?{'&' * 1001}": 400,
}
WIDTHS = (1280, 360)
MEDIA = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"color_scheme": "dark", "forced_colors": "active"},
}
# A first visit, pictures left out.
BYTES, REQUESTS = 60 * 1024, 5


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(("address", "status"), STATUSES.items(), ids=lambda each: str(each)[:80])
def test_page(new_context, base_url, address, status, record_property):
    tab = Tab(new_context(reduced_motion="reduce"), base_url)
    looks = 0
    for width in WIDTHS:
        tab.page.emulate_media(color_scheme="light", forced_colors="none")
        tab.page.set_viewport_size({"width": width, "height": 800})
        tab.open(address, status)
        if not looks:
            size, requests = tab.moved()
        for name, media in MEDIA.items():
            tab.page.emulate_media(**media)
            tab.check_with_axe(f"{width}, {name}")
            looks += 1
        tab.check_width()
    # 1280 pixels at 400 %.
    tab.page.set_viewport_size({"width": 320, "height": 256})
    tab.check_width()
    violations = sum(fault.startswith("axe") for fault in tab.faults)
    record_property("page", [address[:80], size, requests, looks, violations])
    assert tab.faults == []
    assert size <= BYTES
    assert requests <= REQUESTS
