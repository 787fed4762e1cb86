"""Days and moments at the desk: how they are written, what is refused, and what they mean in words."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from cstopa.accounts.models import Preferences
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import errors, filled
from tests.reading import spaced

MOMENT = dt.datetime(2027, 10, 1, 6, 0, tzinfo=dt.UTC)
MEANING = reverse("admin:in-words")
# Nothing else of a form is saved with them.
NO_MOMENTS = {
    "tomorrow 9am": "Write a day like 2027-10-01.",
    "2027-10-01": "Write the time, too",
    "2026-13-45 10:00": "There is no such day",
    "2027-10-01 25:00": "There is no such time",
    "1020-10-01 10:00": "after 1 January 1900",
    "2199-12-31 10:00": "before 31 December 2199",
    "9": "Write a day like",
    "10/01/2027 09:00": "may be 10 January 2027 or 1 October 2027: write 2027-01-10 or 2027-10-01.",
    "9" * 5000: "Write a day like",
    "\0": "",
}


@pytest.fixture
def say(client, admin_user):
    """Return what the desk says a text means."""
    client.force_login(admin_user)

    def say(kind, text, language="en"):
        client.cookies["django_language"] = language
        return client.get(MEANING, {"kind": kind, "text": text}).json()

    return say


def test_a_day_up_to_which_something_is_so_ends_in_moscow(admin_client, say):
    end = dt.datetime(2027, 10, 1, 20, 59, 59, tzinfo=dt.UTC)
    meaning = say("until", "1 October 2027")
    assert spaced(meaning["words"]) == "to the end of Friday 1 October 2027 in Moscow"
    assert meaning["moment"] == end.isoformat()
    in_russian = say("until", "2027-10-01", "ru")["words"]
    assert spaced(in_russian) == "до конца дня по Москве: пятница, 1 октября 2027"
    assert say("until", "2027-10-01 09:00") == say("moment", "2027-10-01 09:00")
    assert "Write a day like" in say("until", "tomorrow")["error"]
    row = make.article()
    form = filled(admin_client.get(page(row, "change")), leads_until="1.10.2027")
    assert admin_client.post(page(row, "change"), form).status_code == 302
    row.refresh_from_db()
    assert row.leads_until == end
    again = filled(admin_client.get(page(row, "change")))
    assert again["leads_until"] == "2027-10-01"
    assert admin_client.post(page(row, "change"), again).status_code == 302
    assert row.history.count() == 2


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    "typed",
    [
        *("2027-10-01 09:00", "2027-10-01T09:00", "2027-10-01, 9:00", "1 October 2027 at 9:00"),
        *("01.10.2027 09:00", "1 октября 2027 г. в 09:00", "1 окт 2027 09:00:00"),
    ],
)
def test_a_moment_is_read_in_both_languages_and_comes_back_in_one_format(
    admin_client, typed, language
):
    admin_client.cookies["django_language"] = language
    row = make.article(status="draft")
    form = filled(admin_client.get(page(row, "change")), published_at=typed)
    assert admin_client.post(page(row, "change"), form).status_code == 302
    row.refresh_from_db()
    assert row.published_at == MOMENT
    again = admin_client.get(page(row, "change"))
    assert filled(again)["published_at"] == "2027-10-01 09:00"
    words = {
        "en": "Friday 1 October 2027, 09:00 in Moscow",
        "ru": "Пятница, 1 октября 2027, 09:00 по Москве",
    }
    assert f">{words[language]}</span>" in spaced(again.content.decode())


@pytest.mark.parametrize(("typed", "why"), NO_MOMENTS.items(), ids=lambda each: each[:20])
def test_what_is_no_moment_is_refused_at_the_field_with_what_was_typed(admin_client, typed, why):
    row = make.article()
    before = row.published_at
    form = filled(admin_client.get(page(row, "change")), published_at=typed)
    answer = admin_client.post(page(row, "change"), form)
    assert [*errors(answer)] == ["published_at"]
    assert why in spaced(errors(answer)["published_at"][0])
    if typed.isprintable():
        assert filled(answer)["published_at"] == typed
    assert Article.objects.get().published_at == before


def test_a_save_that_leaves_the_moment_leaves_its_seconds(admin_client):
    row = make.article(published_at=MOMENT.replace(second=31))
    form = filled(admin_client.get(page(row, "change")), headline_en="Other words")
    assert form["published_at"] == "2027-10-01 09:00:31"
    assert admin_client.post(page(row, "change"), form).status_code == 302
    row.refresh_from_db()
    assert row.published_at == MOMENT.replace(second=31)


def test_a_fact_keeps_days_known_to_a_month_or_a_year(admin_client, say):
    row = make.allocation(valid_from="2005-03", valid_to="2006")
    form = filled(admin_client.get(page(row, "change")))
    assert (form["valid_from"], form["valid_to"]) == ("2005-03", "2006")
    assert spaced(say("start", "март 2005")["words"]) == "March 2005"
    assert say("end", "2005")["words"] == "2005"
    assert spaced(say("day", "01.10.2027", "ru")["words"]) == "Пятница, 1 октября 2027"


def test_what_a_text_means_is_for_the_desk_alone(client, say):
    assert say("moment", "2027-10-01 09:00")["moment"] == "2027-10-01T06:00:00+00:00"
    assert say("day", "") == {}
    assert "2027-01-10 or 2027-10-01" in say("day", "10/01/2027")["error"]
    assert "error" in say("moment", "\0")
    assert client.get(MEANING, {"kind": "bogus", "text": "x"}).status_code == 404
    client.logout()
    assert client.get(MEANING, {"kind": "day", "text": "2027-10-01"}).status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser_context_args(timezone_id="Asia/Bishkek")
def test_the_words_follow_what_is_typed_and_tell_the_time_of_the_browser(desk, base_url):
    row = make.article(published_at=MOMENT)
    desk.goto(base_url + page(row, "change"))
    words = desk.locator("#id_published_at_words")
    elsewhere = "Friday 1 October 2027, 09:00 in Moscow, 12:00 with you"
    assert spaced(words.inner_text()) == elsewhere
    Preferences.objects.create(account=User.objects.get(), zone="Asia/Yerevan")
    desk.reload()
    expect(words).to_contain_text("10:00 with you")
    Preferences.objects.all().delete()
    desk.reload()
    assert "id_published_at_words" in desk.locator("#id_published_at").get_attribute(
        "aria-describedby"
    )
    desk.fill("#id_published_at", "10/01/2027 09:00")
    desk.get_by_text("write 2027-01-10 or 2027-10-01").wait_for()
    desk.fill("#id_published_at", "31.12.2027 23:30")
    desk.get_by_text("Saturday 1 January at 02:30 with you").wait_for()
    assert desk.mistakes == []
