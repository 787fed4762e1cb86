"""When something was done is said in the account's own time zone; what readers see, in the Assembly's."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse

from cstopa.accounts.models import Preferences
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import filled
from tests.growth import queries
from tests.reading import spaced

pytestmark = pytest.mark.django_db

OWN, LOG, TRASH = (reverse(f"admin:{name}") for name in ("time-zone", "log", "trash"))
LIST = reverse("admin:news_article_changelist")
# At noon in Moscow it is 13:00 in Yerevan.
YEREVAN = "1 March 2027, 13:00 UTC+04:00"


@pytest.fixture
def clock():
    with time_machine.travel("2027-03-01T09:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def there(clock, admin_client):
    """The browser of somebody in Yerevan."""
    answer = admin_client.post(OWN, {"zone": "Asia/Yerevan"}, follow=True)
    assert "It is 13:00 for you now" in answer.text
    return admin_client


def words(browser, address, *asked):
    return spaced(browser.get(address, *asked).text)


def test_one_is_chosen_and_taken_back(there):
    assert 'value="Asia/Yerevan" selected' in there.get(OWN).text
    for wrong in ("Mars/Olympus", "../../etc/passwd", "\0", "UTC"):
        assert there.post(OWN, {"zone": wrong}).status_code == 200
    assert Preferences.objects.get().zone == "Asia/Yerevan"
    assert there.put(OWN).status_code == 405
    assert there.post(OWN, {"zone": ""}).status_code == 302
    assert Preferences.objects.get().zone == ""
    there.cookies["django_language"] = "ru"
    shown = there.get(OWN).text
    assert "Ереван (UTC+04:00)" in shown


def test_whatever_was_done_is_said_in_it(there, sign_in):
    article = make.article()
    form = page(article, "change")
    there.post(form, filled(there.get(form), headline_en="Mended"))
    topic = make.topic()
    there.post(page(topic, "delete"), {"post": "yes"})
    kept = {"working_copy": "a" * 32, "working_copy_step": "1", "headline_en": "Not saved"}
    kept["working_copy_account"] = str(User.objects.get().pk)
    answer = there.post(f"/admin/news/article/{article.pk}/working-copy/", kept).json()
    assert answer["kept"].endswith(" 13:00:00 UTC+04:00")
    history = page(article, "history")
    assert "1 March 2027, 13:00:00 UTC+04:00" in words(there, history)
    own = (
        reverse("admin:unsaved-texts"),
        reverse("admin:sessions"),
        page(User.objects.get(), "change"),
    )
    for address in (LOG, TRASH, LIST, *own):
        shown = words(there, address)
        assert YEREVAN in shown, address
        assert "12:00" not in shown, address
    # Nobody else reads it so.
    other = words(sign_in("Administrator"), LOG)
    assert "1 March 2027, 12:00" in other
    assert "UTC" not in other


def test_what_goes_public_stays_in_the_assemblys(there):
    ahead = dt.datetime(2027, 10, 1, 6, 0, tzinfo=dt.UTC)
    article = make.article(published_at=ahead)
    form = page(article, "change")
    shown = there.get(form)
    assert "Friday 1 October 2027, 09:00 in Moscow" in spaced(shown.text)
    # Beside it a script says what that is with her.
    assert 'data-zone="Asia/Yerevan"' in shown.text
    assert filled(shown)["published_at"] == "2027-10-01 09:00"
    assert there.post(form, filled(shown, headline_en="Mended")).status_code == 302
    assert Article.objects.get().published_at == ahead
    assert "1 October 2027, 09:00" in words(there, LIST)
    Article.objects.update(published_at=dt.datetime(2027, 2, 28, 20, 30, tzinfo=dt.UTC))
    # There it is another day already.
    shown = there.get(article.get_absolute_url())
    assert "28 February 2027" in spaced(shown.text)
    assert "data-zone" not in shown.text


def test_a_day_of_the_log_is_one_there(there, clock):
    clock.move_to(dt.datetime(2027, 3, 1, 20, 30, tzinfo=dt.UTC))
    topic = make.topic()
    form = page(topic, "change")
    there.post(form, filled(there.get(form), name_en="Laws"))
    for day, count in (("2027-03-01", 0), ("2027-03-02", 1)):
        asked = {"day": day, "kind": "news.topic", "act": "changed"}
        assert len(there.get(LOG, asked).context["entries"]) == count
    assert "2 March 2027, 00:30 UTC+04:00" in words(there, LOG)


def test_one_that_is_not_known_any_more_is_the_assemblys(there):
    Preferences.objects.update(zone="Asia/Atlantis")
    make.topic()
    assert "UTC" not in words(there, reverse("admin:sessions"))


def test_a_list_asks_for_it_once(there):
    make.article()
    one = queries(there, LIST)
    make.article()
    make.article()
    assert queries(there, LIST) == one
