"""The forms of a written page, of a draft over one, and their list: for everyone, at both widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests import make
from tests.cstopa.admin.rows import page

# The fields that reach beyond the panel in which they are.
CUT = """() => [...document.querySelectorAll(".desk-form__side :is(input, select, textarea)")]
    .filter(field => field.getBoundingClientRect().right
        > field.closest(".desk-form__side").getBoundingClientRect().right + 1)
    .map(field => field.name)"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.writes
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_axe_finds_nothing_and_nothing_overflows(desk, base_url, language, width):
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    desk.set_viewport_size({"width": width, "height": 900})
    draft = make.page_draft(title_en="Anew")
    new = f"{reverse('admin:written_pagedraft_add')}?live={make.page('contacts').pk}"
    for address in (
        reverse("admin:written_page_changelist"),
        f"{page(draft.live, 'change')}?live",
        page(draft, "change"),
        new,
    ):
        desk.goto(base_url + address)
        found = Axe().run(desk).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], address
        assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert desk.evaluate(CUT) == [], address
    assert desk.mistakes == []
