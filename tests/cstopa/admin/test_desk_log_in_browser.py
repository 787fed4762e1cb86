"""The log of the desk in a browser: read and filtered at both widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from news.models import Article
from tests.cstopa.admin.rows import everything

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing(desk, base_url, language, width, scheme):
    everything()
    desk.emulate_media(color_scheme=scheme)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    desk.goto(base_url + reverse("admin:log"))
    desk.locator("#id_kind").select_option("news.article")
    desk.locator(".desk-log form .button").click()
    desk.wait_for_url("**kind=news.article**")
    assert desk.locator(".desk-log__entries li").count() == Article.history.count()
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(desk).response["violations"] == []
    desk.goto(base_url + reverse("admin:log") + "?day=x")
    assert Axe().run(desk).response["violations"] == []
    assert desk.mistakes == []
