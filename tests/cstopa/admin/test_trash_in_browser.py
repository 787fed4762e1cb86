"""The trash as a browser shows it: at both widths, with nothing that axe finds."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import make
from tests.cstopa.admin.rows import page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [360, 1280])
def test_what_was_deleted_is_restored_in_one_click(desk, base_url, width):
    article = make.article()
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(base_url + page(article, "delete"))
    desk.locator("input[type=submit]").click()
    desk.get_by_role("button", name="Undo").wait_for()
    assert Axe().run(desk).response["violations"] == []
    desk.goto(base_url + "/admin/trash/")
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(desk).response["violations"] == []
    desk.get_by_role("button", name="Restore").click()
    desk.get_by_text("Restored:").wait_for()
    assert article.history.count() == 3
    assert desk.mistakes == []
