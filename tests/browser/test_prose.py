"""What an editor has written, as it is read: headings, quotes, and tables wider than the screen."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.tab import Tab

pytestmark = pytest.mark.django_db(transaction=True)

ROW = "".join(f"<td>Высокопревосходительствующий{number}</td>" for number in range(9))
BODY = f"""<h2>Part</h2><h3>Section</h3><h4>Point</h4>
<figure><blockquote><p>Said</p></blockquote><figcaption>Ann</figcaption></figure>
<table><caption>Seats</caption><tbody><tr><th scope="row">a</th>{ROW}</tr></tbody></table>"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", ["/news/one/", "/ru/news/one/", "/about/"])
def test_a_wide_table_scrolls_in_its_own_box(new_context, base_url, address, width):
    words = {"body_en": BODY, "body_ru": BODY}
    make.article("one", headline_ru="Один", summary_ru="Один", **words)
    make.page("about", **words)
    tab = Tab(new_context(reduced_motion="reduce"), base_url)
    tab.page.set_viewport_size({"width": width, "height": 800})
    tab.open(address)
    tab.check_width()
    tab.check_with_axe(width)
    box = tab.page.get_by_role("group", name="Seats")
    box.focus()
    tab.page.keyboard.press("ArrowRight")
    expect(box).not_to_have_js_property("scrollLeft", 0)
    assert box.get_by_role("rowheader").is_visible()
    assert tab.faults == []
