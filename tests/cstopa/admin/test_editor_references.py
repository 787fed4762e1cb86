"""Tags in the editor, as they will be read."""

import pytest
from playwright.sync_api import expect

from tests.cstopa.admin.writing import enter, holds, save, select_back, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("field", "shown"), [("body_en", "7 deputies"), ("body_ru", "7 депутатов")]
)
def test_a_reference_is_shown_as_it_will_be_read_and_kept_as_it_is_written(
    desk, form, field, shown
):
    row = form("<p>a</p>", body_ru="<p>a</p>")
    text = desk.locator(f".field-{field} .editor__text")
    enter(desk, f".field-{field} .editor__text")
    write(desk, " [[deputies:belarus-house]] ")
    desk.locator(f".field-{field}").get_by_role("button", name="Number from the record").click()
    write(desk, "house deputies{Enter}")
    expect(text.locator("data")).to_have_count(2)
    write(desk, "[[no:such]] [[total")
    assert text.locator("data").all_inner_texts() == [shown.replace(" ", "\xa0")] * 2
    assert "[[no:such]] [[total" in text.inner_text()
    holds(
        desk,
        "<p>a [[deputies:belarus-house]] [[deputies:belarus-house]][[no:such]] [[total</p>",
        field,
    )
    desk.locator("[name=_save]").click()
    assert "no such reference" in desk.locator(f".field-{field} .errorlist").inner_text()
    enter(desk, f".field-{field} .editor__text")
    select_back(desk, "[[no:such]] [[total")
    write(desk, "{Delete}")
    written = "<p>a [[deputies:belarus-house]] [[deputies:belarus-house]]</p>"
    holds(desk, written, field)
    save(desk)
    row.refresh_from_db()
    assert getattr(row, field) == written
