"""A link is made at the desk, opened by somebody without an account, answered and revoked."""

import re

import pytest

from cstopa.publishing.models import Review
from cstopa.publishing.models.links import PreviewLink
from tests import make
from tests.browser.tab import CONTRAST, TAGS, Tab
from tests.cstopa.admin.rows import page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(context, base_url, client, admin_user):
    client.force_login(admin_user)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": base_url}])
    return Tab(context, base_url)


def shown(browser, address, **screen):
    """Return the mistakes of a page as another reader sees it."""
    with browser.new_context(**screen) as context:
        tab = Tab(context, "")
        tab.base_url = re.match(r"https?://[^/]+", address)[0]
        tab.open(address)
        is_dark = screen["color_scheme"] == "dark"
        tab.check_with_axe(str(screen), CONTRAST if is_dark else TAGS)
        tab.check_width()
        return tab.faults


@pytest.mark.parametrize("width", [360, 1280])
def test_an_approval_by_link(desk, browser, base_url, width):
    article = make.article(status="draft", headline_ru="Заседание", body_ru="<p>Речь</p>")
    size = {"width": width, "height": 800}
    tab = desk.page
    tab.set_viewport_size(size)
    desk.open(base_url + page(article, "change"))
    tab.get_by_role("link", name="Send for approval by link").click()
    tab.get_by_role("button", name="Make a link").click()
    address = tab.get_by_label("Address").input_value()
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.get_by_role("button", name="Copy").click()
    tab.get_by_text("Copied.").wait_for()
    assert tab.evaluate("navigator.clipboard.readText()") == address
    path = re.sub(r"^https?://[^/]+", "", address)
    desk.check_with_axe("the desk")
    desk.check_width()
    with browser.new_context(java_script_enabled=False, viewport=size) as context:
        reader = context.new_page()
        reader.goto(base_url + path)
        frame = reader.frame_locator("iframe")
        assert frame.get_by_role("heading", level=1).inner_text() == article.headline_en
        reader.get_by_label("Your name").fill("Anna")
        reader.get_by_role("button", name="Approve").click()
        assert "Thank you" in reader.locator("main").inner_text()
    assert Review.objects.current_of(article).outsider == "Anna"
    for prefix in ("", "/ru"):
        for scheme in ("light", "dark"):
            address = f"{base_url}{prefix}{path}"
            assert shown(browser, address, color_scheme=scheme, viewport=size) == []
    tab.reload()
    tab.get_by_role("button", name="Revoke").click()
    tab.get_by_text("Revoked.").wait_for()
    assert not PreviewLink.objects.open().exists()
    assert desk.faults == []
