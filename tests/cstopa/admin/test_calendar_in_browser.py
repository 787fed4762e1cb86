"""The calendar in a browser: dragged, moved with the keyboard, and read at both widths."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from cstopa.publishing.models import Review
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
DAY = dt.timedelta(days=1)


def noon(days):
    """Return the noon of a day in the middle of the next month, and some days later."""
    first = (timezone.localtime().replace(day=28) + 10 * DAY).replace(day=10)
    return first.replace(hour=12, minute=0, second=0, microsecond=0) + days * DAY


def calendar(day, view="month"):
    return f"{reverse('admin:calendar')}?view={view}&day={day:%Y-%m-%d}"


@pytest.fixture
def article():
    return make.article(published_at=noon(0), headline_en="A session of the Council in Minsk")


def test_an_entry_is_dragged_and_comes_back_by_undo(desk, base_url, article):
    desk.set_viewport_size({"width": 1280, "height": 1200})
    desk.goto(base_url + calendar(noon(0)))
    target = desk.locator(f"[data-day='{noon(5):%Y-%m-%d}']")
    desk.locator("[data-entry]").drag_to(target)
    desk.get_by_text("Moved to").wait_for()
    assert target.get_by_role("link", name=article.headline_en, exact=True).is_visible()
    article.refresh_from_db()
    assert article.published_at == noon(5)
    desk.get_by_role("button", name="Undo").press("Enter")
    desk.get_by_text("Undone:").wait_for()
    article.refresh_from_db()
    assert article.published_at == noon(0)
    assert desk.mistakes == []


def test_an_entry_is_moved_with_the_keyboard_alone(desk, base_url, article):
    desk.goto(base_url + calendar(noon(0), "week"))
    desk.get_by_role("link", name=f"Move {article.headline_en}").press("Enter")
    field = desk.get_by_role("textbox", name="Another moment")
    field.fill(f"{noon(3):%Y-%m-%d} 08:15")
    desk.get_by_text("08:15 in Moscow").wait_for()
    field.press("Enter")
    desk.get_by_text("Moved to").wait_for()
    article.refresh_from_db()
    assert timezone.localtime(article.published_at) == noon(3).replace(hour=8, minute=15)
    assert desk.mistakes == []


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(desk, base_url, admin_user, article, language, width, scheme):
    for number in range(7):
        make.article(published_at=noon(1), expires_at=noon(9 + number))
    Review.objects.take(make.article(status="draft", published_at=noon(2)), "submitted", admin_user)
    make.draft(article)
    desk.emulate_media(color_scheme=scheme)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.context.add_cookies([{"name": "django_language", "value": language, "url": base_url}])
    pages = [calendar(noon(0)), calendar(noon(0), "week")]
    desk.goto(base_url + pages[0])
    pages.append(desk.locator(".calendar__move").first.get_attribute("href"))
    for page in pages:
        desk.goto(base_url + page)
        assert desk.evaluate("document.documentElement.lang") == language
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, page
        assert Axe().run(desk).response["violations"] == [], page
    assert desk.mistakes == []
