"""The calendar says what goes public and what it waits for, to whom may see it, at a cost that stays."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse
from lxml import html

from cstopa.publishing.models import Review
from tests import make
from tests.growth import queries
from tests.news.desk import signed_in
from tests.reading import spaced

pytestmark = pytest.mark.django_db
CALENDAR = reverse("admin:calendar")
# A Monday.
NOW = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def shown(client, **asked):
    """Return ``{day: words}`` of the days of a calendar that have any."""
    response = client.get(CALENDAR, asked)
    assert response.status_code == 200
    page = html.document_fromstring(response.content.decode())
    days = page.findall(".//td[@data-day]")
    found = {
        day.get("data-day"): [spaced(entry.text_content()) for entry in day.iter("li")]
        for day in days
    }
    return {day: entries for day, entries in found.items() if entries}


def test_a_month_has_whole_weeks_that_start_with_monday(publisher):
    response = publisher.get(CALENDAR, {"day": "2027-05-12"})
    page = html.document_fromstring(response.content.decode())
    [table] = page.find_class("calendar")
    assert table.find("caption").text == "May 2027"
    names = [each.text for each in table.findall("thead/tr/th[@scope='col']")]
    assert (names[0], names[-1], len(names)) == ("Monday", "Sunday", 7)
    days = [each.get("data-day") for each in table.iter("td")]
    assert (days[0], days[-1], len(days)) == ("2027-04-26", "2027-06-06", 42)


def test_each_entry_says_what_it_is(publisher):
    make.article("a", headline_en="Past", published_at=NOW - HOUR)
    make.article("b", headline_en="Coming", published_at=NOW + DAY, headline_ru="Будущее")
    make.article("c", published_at=NOW - 90 * DAY, expires_at=NOW + 2 * DAY, headline_en="Ending")
    make.article("d", status="draft", published_at=NOW + 3 * DAY, headline_en="Planned")
    draft = make.draft(make.article("e", headline_en="Over", published_at=NOW - 90 * DAY))
    draft.schedule(NOW + 4 * DAY, User.objects.get())
    days = shown(publisher)
    assert days["2027-03-01"] == ["11:00 Past public; nothing in Russian"]
    assert days["2027-03-02"] == [
        "12:00 Coming scheduled; lacks summary, body in Russian Move Coming"
    ]
    assert days["2027-03-03"] == ["12:00 Ending expires Move Ending"]
    assert days["2027-03-04"] == ["12:00 Planned draft; nothing in Russian Move Planned"]
    assert days["2027-03-05"] == ["12:00 Over scheduled; nothing in Russian Move Over"]
    assert len(days) == 5


def test_it_says_who_is_waited_for(publisher):
    article = make.article(status="draft", published_at=NOW + DAY, headline_en="Planned")
    other = make.article(status="draft", published_at=None, headline_en="Some day")
    draft = make.draft(headline_en="Anew")
    for row in (article, other, draft):
        Review.objects.take(row, "submitted", User.objects.get())
    assert "draft, waits for review, from publisher" in shown(publisher)["2027-03-02"][0]
    page = html.document_fromstring(publisher.get(CALENDAR).content.decode())
    [waiting] = page.findall(".//section[@class='calendar-waiting']")
    words = spaced(waiting.text_content())
    assert "Some day waits for review, from publisher" in words
    assert str(draft.live) in words
    Review.objects.take(article, "returned", User.objects.get(), "Shorter")
    assert "returned, waits for publisher" in shown(publisher)["2027-03-02"][0]


def test_a_day_is_that_of_the_assembly(publisher):
    make.article(headline_en="Late", published_at=dt.datetime(2027, 3, 31, 21, 30, tzinfo=dt.UTC))
    assert list(shown(publisher, day="2027-04-15")) == ["2027-04-01"]


def test_a_week_is_another_view_of_the_same(publisher):
    make.article(published_at=NOW + 6 * DAY)
    make.article(published_at=NOW + 7 * DAY)
    assert list(shown(publisher, view="week", day="2027-03-04")) == ["2027-03-07"]
    words = spaced(publisher.get(CALENDAR, {"view": "week"}).content.decode())
    assert "Week from 1 March 2027 to 7 March 2027" in words


def test_of_a_full_day_the_first_are_shown(publisher):
    for number in range(8):
        make.article(published_at=NOW + DAY + number * HOUR / 4)
    assert len(shown(publisher)["2027-03-02"]) == 5
    assert "and 3 more" in spaced(publisher.get(CALENDAR).content.decode())
    assert len(shown(publisher, view="week")["2027-03-02"]) == 8


@pytest.mark.parametrize(
    "asked",
    [
        {"day": "x"},
        {"day": "2027-13-45"},
        {"day": "9999-12-31"},
        {"day": "0001-01-01", "view": "week"},
        {"day": "1900-01-01"},
        {"view": "year"},
        {"day": "\x00"},
    ],
)
def test_what_is_no_day_is_today(publisher, asked):
    assert "March 2027" in spaced(publisher.get(CALENDAR, asked).content.decode())


def test_the_first_and_the_last_month_have_steps(publisher):
    for day in ("1900-02-03", "2199-11-29"):
        for view in ("month", "week"):
            assert publisher.get(CALENDAR, {"day": day, "view": view}).status_code == 200


def test_who_may_not_see_it_does_not(client):
    assert signed_in("keeper", "Keeper of facts").get(CALENDAR).status_code == 403
    assert client.get(CALENDAR).status_code == 302
    make.article(published_at=NOW + DAY)
    writer = signed_in("writer", "Writer")
    assert "Move" not in shown(writer)["2027-03-02"][0]
    assert writer.post(CALENDAR).status_code == 403
    assert "Calendar" in writer.get("/admin/").content.decode()


def test_it_costs_the_same_however_many_rows_there_are(publisher):
    def some():
        for number in range(3):
            article = make.article(published_at=NOW + number * HOUR, expires_at=NOW + 9 * DAY)
            draft = make.draft(article)
            draft.schedule(NOW + DAY, User.objects.first())
            make.article(status="draft", published_at=None)
            make.draft()

    some()
    before = queries(publisher, CALENDAR)
    some()
    assert queries(publisher, CALENDAR) == before
