"""Many rows at once in a browser: chosen, previewed, done and undone with the keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_articles_are_withdrawn_and_come_back(desk, base_url, width, scheme):
    rows = [
        make.article(headline_en="Parliamentary assemblies " * 6),
        make.article(),
        make.article(status="draft"),
    ]
    desk.emulate_media(color_scheme=scheme)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.goto(base_url + page(Article, "changelist"))
    for row in rows:
        desk.locator(f".action-select[value='{row.pk}']").press("Space")
    desk.locator("select[name=action]").select_option("withdraw_chosen")
    desk.get_by_role("button", name="Run").or_(desk.get_by_role("button", name="Go")).press("Enter")
    desk.get_by_role("heading", name="What would change (2)").wait_for()
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    table = desk.locator(".action-table")
    assert table.evaluate("(table) => table.scrollWidth <= table.clientWidth")
    assert Axe().run(desk).response["violations"] == []
    desk.get_by_label("Reason for withdrawing it").fill("Too early")
    desk.get_by_role("button", name="Withdraw: 2").press("Enter")
    desk.get_by_text("Withdrawn. Articles: 2.").wait_for()
    assert Article.objects.filter(status="published").count() == 0
    assert Axe().run(desk).response["violations"] == []
    desk.get_by_role("button", name="Undo").press("Enter")
    desk.get_by_text("Undone. Rows: 2.").wait_for()
    assert Article.objects.filter(status="published").count() == 2
    assert desk.mistakes == []
