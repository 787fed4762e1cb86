"""What stands in the calendar is moved: by who may publish, to a moment ahead, with a way back."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse

from cstopa.publishing.models import Review, newest
from news.models import ArticleDraft
from tests import make
from tests.cstopa.publishing.test_undoing import anew, undo
from tests.forms import filled
from tests.news.desk import signed_in
from tests.reading import parsed, spaced, text

pytestmark = pytest.mark.django_db
MOVE = reverse("admin:move")
NOW = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def article():
    return make.article(published_at=NOW + DAY, headline_en="Coming")


@pytest.fixture
def draft():
    row = make.draft(headline_en="Anew")
    row.goes_public_at = NOW + DAY
    row.save()
    row.schedule(NOW + DAY, User.objects.create_user("scheduler"))
    return row


def entry(row, name=None):
    name = name or ("goes_public_at" if isinstance(row, ArticleDraft) else "published_at")
    return f"{row._meta.label_lower}:{row.pk}:{name}:{newest(row)}"


def drag(client, row, day, **sent):
    return client.post(MOVE, {"entry": entry(row), "day": day} | sent, follow=True)


def type_in(client, row, moment):
    """Move with the keyboard alone, and without a script."""
    page = client.get(MOVE, {"entry": entry(row), "view": "week"})
    return client.post(MOVE, filled(page, moment=moment), follow=True)


def test_an_article_is_dragged_to_another_day_at_the_same_time(publisher, article):
    page = drag(publisher, article, "2027-03-20")
    assert page.redirect_chain == [(reverse("admin:calendar") + "?view=month&day=2027-03-20", 302)]
    assert "Moved to Saturday 20 March 2027, 12:00 in Moscow." in spaced(text(page))
    assert anew(article).published_at == NOW + 19 * DAY
    assert article.history.count() == 2
    undo(publisher, page)
    assert anew(article).published_at == NOW + DAY
    assert article.history.count() == 3


def test_another_moment_is_written_in_a_form(publisher, article):
    form = parsed(publisher.get(MOVE, {"entry": entry(article)}))
    assert [each.get("name") for each in form.iter() if "autofocus" in each.attrib] == ["moment"]
    page = type_in(publisher, article, "2027-03-03 18:30")
    assert "view=week&day=2027-03-03" in page.redirect_chain[0][0]
    assert anew(article).published_at == dt.datetime(2027, 3, 3, 15, 30, tzinfo=dt.UTC)
    page = type_in(publisher, article, "tomorrow")
    assert "Write a day like 2027-10-01." in text(page)
    assert 'value="tomorrow"' in text(page)


def test_what_is_to_expire_is_moved(publisher):
    article = make.article(expires_at=NOW + DAY)
    drag(publisher, article, "2027-03-05", entry=entry(article, "expires_at"))
    assert anew(article).expires_at == NOW + 4 * DAY
    article = make.article(published_at=NOW + 5 * DAY, expires_at=NOW + 9 * DAY)
    page = drag(publisher, article, "2027-03-03", entry=entry(article, "expires_at"))
    assert "expires" in text(page)
    assert anew(article).expires_at == NOW + 9 * DAY


def test_a_draft_keeps_the_version_that_was_scheduled(publisher, draft, client):
    scheduled = draft.scheduled_version
    draft.headline_en = "Written since"
    draft.save()
    draft.refresh_from_db()
    page = drag(publisher, draft, "2027-03-09")
    draft = anew(draft)
    assert (draft.goes_public_at, draft.scheduled_version) == (NOW + 8 * DAY, scheduled)
    undo(publisher, page)
    assert (anew(draft).goes_public_at, anew(draft).scheduled_version) == (NOW + DAY, scheduled)
    with time_machine.travel(NOW + 2 * DAY):
        assert "Anew" in text(client.get(draft.live.get_absolute_url()))
    assert anew(draft).headline_en == "Written since"


def test_what_was_scheduled_as_it_is_stays_so_and_as_approved(publisher, draft):
    Review.objects.take(draft, "approved", User.objects.get(username="publisher"))
    drag(publisher, draft, "2027-03-09")
    draft = anew(draft)
    assert draft.scheduled_version == newest(draft)
    assert draft.scheduled_by.username == "scheduler"
    assert Review.objects.current_of(draft).state == "approved"


@pytest.mark.parametrize("day", ["2027-02-27", "2027-03-01", "x", "", "2027-02-31", "9999-01-01"])
def test_nothing_is_moved_to_what_is_past_or_no_day(publisher, article, day):
    drag(publisher, article, day)
    assert anew(article).published_at == NOW + DAY
    assert article.history.count() == 1


def test_what_is_public_stays_at_its_moment(publisher):
    article = make.article(published_at=NOW - HOUR)
    assert "this moment is past, and stays" in text(drag(publisher, article, "2027-03-09"))
    assert anew(article).published_at == NOW - HOUR


def test_nothing_comes_back_to_a_moment_that_is_past_by_now(publisher, article, draft, clock):
    pages = [drag(publisher, row, "2027-03-09") for row in (article, draft)]
    clock.move_to(NOW + 2 * DAY)
    for page in pages:
        assert "is past by now" in text(undo(publisher, page))
    assert anew(article).published_at == NOW + 8 * DAY
    assert anew(draft).goes_public_at == NOW + 8 * DAY


def test_what_was_written_since_is_not_moved(publisher, article):
    token = entry(article)
    article.headline_en = "Written since"
    article.save()
    page = drag(publisher, article, "2027-03-09", entry=token)
    assert "was written since" in text(page)
    assert anew(article).published_at == NOW + DAY


@pytest.mark.parametrize("group", ["Editor", "Writer", "Keeper of facts", None])
def test_who_may_not_publish_moves_nothing(article, draft, group):
    somebody = signed_in("somebody", group)
    planned = make.article(status="draft", published_at=NOW + DAY)
    for row in (article, draft, planned):
        number = row.history.count()
        assert drag(somebody, row, "2027-03-09").status_code == 403
        assert somebody.get(MOVE, {"entry": entry(row)}).status_code == 403
        assert row.history.count() == number


@pytest.mark.parametrize(
    "token",
    [
        "",
        ":::",
        "news.article",
        "news.article:x:published_at:1",
        "news.article:1:headline_en:1",
        "news.topic:1:published_at:1",
        "news.article:99999999999999999999:published_at:1",
        "news.article:12345:published_at:1:9",
        "\x00",
    ],
)
def test_a_forged_move_finds_nothing(publisher, token):
    sent = {"entry": token, "day": "2027-03-09"}
    assert publisher.get(MOVE, sent).status_code == 404
    assert publisher.post(MOVE, sent).status_code == 404


def test_a_draft_of_a_written_page_is_moved_and_comes_back(publisher, client):
    draft = make.page_draft(title_en="Anew")
    draft.goes_public_at = NOW + DAY
    draft.save()
    draft.schedule(NOW + DAY, User.objects.get(username="publisher"))
    calendar = spaced(text(publisher.get(reverse("admin:calendar"))))
    assert entry(draft, "goes_public_at") in calendar
    page = drag(publisher, draft, "2027-03-09", entry=entry(draft, "goes_public_at"))
    assert anew(draft).goes_public_at == NOW + 8 * DAY
    undo(publisher, page)
    assert anew(draft).goes_public_at == NOW + DAY
    log = publisher.get(reverse("admin:log"), {"kind": draft._meta.label_lower})
    acts = [str(each.act) for each in log.context["entries"]]
    assert acts == ["scheduled", "scheduled", "scheduled", "added"]
