"""What a list is about is on the first screen of a telephone; the form above it opens there."""

import pytest

pytestmark = pytest.mark.usefixtures("rows")

FIRST = {
    "/news/": ".teaser__headline a",
    "/delegations/": "main tbody a",
    # What was recorded at once is in one line that opens; of a long one, what it says begins there.
    "/changes/": ".changes__summary strong",
    "/delegations/belarus/changes/": ".changes__summary strong",
}


@pytest.mark.parametrize("language", ["", "/ru"])
@pytest.mark.parametrize(("address", "first"), FIRST.items())
def test_the_first_row_is_on_the_first_screen(page, language, address, first):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(language + address)
    bottom = page.locator(first).first.evaluate("each => each.getClientRects()[0].bottom")
    assert 0 < bottom <= 740


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("address", ["/news/", "/delegations/", "/changes/"])
def test_the_form_opens_where_there_is_little_room_and_stands_where_there_is_more(
    new_context, address, scripts
):
    page = new_context(java_script_enabled=scripts).new_page()
    form, toggle = page.locator("main form.filters"), page.locator("main summary").first
    page.set_viewport_size({"width": 639, "height": 740})
    page.goto(address)
    assert not form.is_visible()
    toggle.focus()
    page.keyboard.press("Enter")
    assert form.is_visible()
    page.keyboard.press("Tab")
    assert form.locator("input, select").first.evaluate("each => each === document.activeElement")
    page.goto(address)
    page.set_viewport_size({"width": 640, "height": 740})
    assert form.is_visible()
    assert not toggle.is_visible()


def test_a_filter_that_is_set_or_misread_is_seen(page):
    page.set_viewport_size({"width": 360, "height": 740})
    for question in ("news/?q=seats", "delegations/?chambers=1", "changes/?from=x", "news/?to=x"):
        page.goto(f"/{question}")
        assert page.locator("main form.filters").is_visible()
    page.goto("/news/?page=x&q=")
    assert not page.locator("main form.filters").is_visible()
