"""Where an account is signed in, and that it ends: by itself, from the page, for every worker at once."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from cstopa.accounts.models import Session
from tests import make
from tests.cstopa.accounts.conftest import LOGIN, RIGHT
from tests.cstopa.admin.rows import page
from tests.forms import filled
from tests.growth import queries
from tests.reading import spaced

pytestmark = pytest.mark.django_db

SESSIONS, DESK = reverse("admin:sessions"), reverse("admin:index")
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/139.0.0.0 YaBrowser/25.8 Mobile Safari/537.36"
)
HOUR = 3600


@pytest.fixture
def working_day(settings):
    """What the site has without a setting; the tests move the clock by days."""
    settings.SESSION_COOKIE_AGE = 10 * HOUR


def signed_in(name, agent=WINDOWS, address="198.51.100.7"):
    browser = Client(REMOTE_ADDR=address, headers={"user-agent": agent})
    sent = {"username": name, "password": RIGHT}
    assert browser.post(LOGIN, sent).status_code == 302
    return browser


def text(response):
    return spaced(strip_tags(response.text))


def is_in(browser):
    return browser.get(DESK).status_code == 200


def buttons(browser, address=SESSIONS):
    return re.findall(r'name="end" value="(\w+)"', browser.get(address).text)


def test_the_sign_in_says_that_one_was_signed_out_and_what_is_kept(anna):
    article = make.article(status="draft", published_at=None)
    anna.groups.add(Group.objects.get(name="Writer"))
    form = page(article, "change")
    browser = signed_in("anna")
    written = filled(browser.get(form), headline_en="Not lost")
    out, kept = "You were signed out", "What you wrote is kept"
    assert out not in text(Client().get(form, follow=True))
    Session.objects.all().delete()
    assert "your session has ended" in text(browser.get(form, follow=True))
    # It is said once.
    assert out not in text(browser.get(form, follow=True))
    said = text(browser.post(form, written | {"working_copy_step": "0"}, follow=True))
    assert out in said
    assert kept not in said
    assert kept in text(
        browser.post(form, written | {"working_copy_step": "1790000000000"}, follow=True)
    )
    left = signed_in("anna")
    left.post(reverse("admin:logout"))
    assert out not in text(left.get(form, follow=True))


def test_also_where_it_ended_by_itself_and_once_however_often_a_form_asks(anna, clock, working_day):
    anna.groups.add(Group.objects.get(name="Publisher"))
    row, browser, ended = make.topic(), signed_in("anna"), "You were signed out"
    assert is_in(browser)
    clock.shift(11 * HOUR)
    # A browser forgets the key at this moment.
    del browser.cookies["sessionid"]
    for _each in range(2):
        answer = browser.post(
            f"/admin/news/topic/{row.pk}/working-copy/",
            {"working_copy": "a" * 32},
            headers={"sec-fetch-mode": "cors"},
        )
        assert answer.status_code == 302
    assert text(browser.get(DESK, follow=True)).count(ended) == 1
    assert ended not in text(browser.get(DESK, follow=True))


def test_it_says_where_and_ends_it_there_at_once(anna):
    here, there = signed_in("anna"), signed_in("anna", PHONE, "203.0.113.9")
    shown = text(here.get(SESSIONS))
    assert "Firefox, Windows, 198.51.100.7 (here)" in shown
    assert "Yandex Browser, Android, 203.0.113.9" in shown
    button, everything_else = buttons(here)
    assert button not in there.cookies["sessionid"].value
    assert here.post(SESSIONS, {"end": button}).status_code == 302
    assert "1 session was ended." in text(here.get(SESSIONS))
    assert (is_in(here), is_in(there)) == (True, False)
    assert buttons(here) == []
    assert everything_else == "others"


def test_all_others_end_together_and_this_one_stays(anna):
    here, *others = (signed_in("anna") for _each in range(3))
    here.post(SESSIONS, {"end": "others"})
    assert [is_in(each) for each in (here, *others)] == [True, False, False]


def test_what_is_no_session_of_theirs_ends_nothing(anna, django_user_model):
    django_user_model.objects.create_user("boris", password=RIGHT, is_staff=True)
    hers, his = signed_in("anna"), signed_in("boris")
    own = Session.objects.get(account=anna).session_key
    foreign = Session.objects.exclude(account=anna).get().session_key
    for sent in (
        {},
        {"end": ""},
        {"end": own},
        {"end": foreign},
        {"end": "\0"},
        {"end": ["a", "b"]},
    ):
        assert hers.post(SESSIONS, sent).status_code == 302
    assert is_in(hers)
    assert is_in(his)
    assert own not in hers.get(SESSIONS).text
    # Where it would be asked for, it is not there.
    assert Client().post(SESSIONS, {"end": "others"}).status_code == 302
    assert hers.put(SESSIONS).status_code == 405


def test_an_administrator_ends_those_of_whom_she_may_change_alone(anna, sign_in, django_user_model):
    above = django_user_model.objects.create_superuser("above", password=RIGHT)
    administrator, hers, his = sign_in("Administrator"), signed_in("anna"), signed_in("above")
    where = f"{SESSIONS}?account={anna.pk}"
    assert "Where anna is signed in" in text(administrator.get(where))
    assert administrator.post(where, {"end": "others"}).status_code == 302
    assert not is_in(hers)
    for address in (f"{SESSIONS}?account={above.pk}", f"{SESSIONS}?account={anna.pk}"):
        other = administrator if str(above.pk) in address else his
        assert other.post(address, {"end": "others"}).status_code == (
            403 if other is administrator else 302
        )
    assert is_in(his)
    for nobody in ("0", "x", "99999999999999999999", ""):
        assert administrator.get(SESSIONS, {"account": nobody}).status_code == 404
    entry = administrator.get(reverse("admin:log"), {"kind": "auth.user"}).context["entries"][-1]
    assert (entry.who, entry.words, entry.reason) == ("editor", "anna", "Deleted sessions “anna”.")


def test_staff_ask_about_nobody_else(anna, sign_in):
    hers = signed_in("anna")
    editor = sign_in("Editor")
    for answer in (editor.get, editor.post):
        assert answer(f"{SESSIONS}?account={anna.pk}").status_code == 403
    assert is_in(hers)


def test_a_new_password_ends_the_others_and_this_one_goes_on(anna):
    here, there = signed_in("anna"), signed_in("anna")
    change = reverse("admin:password_change")
    new = {"new_password1": "another one, 2 years", "new_password2": "another one, 2 years"}
    assert here.post(change, {"old_password": RIGHT, **new}).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert "(here)" in text(here.get(SESSIONS))


def test_a_session_ends_after_a_working_day_without_work(anna, clock, working_day):
    browser = signed_in("anna")
    clock.shift(9 * HOUR)
    topic = make.topic()
    address = page(topic, "change")
    anna.groups.add(Group.objects.get(name="Editor"))
    assert browser.post(address, filled(browser.get(address), name_en="Laws")).status_code == 302
    clock.shift(9 * HOUR)
    assert is_in(browser)
    clock.shift(HOUR + 1)
    assert not is_in(browser)


def test_what_is_written_is_work_and_a_form_left_open_is_none(anna, clock, working_day):
    anna.groups.add(Group.objects.get(name="Publisher"))
    row = make.topic()
    writes, leaves = signed_in("anna"), signed_in("anna")
    says = {"working_copy": "a" * 32, "working_copy_account": str(anna.pk)}
    address = f"/admin/news/topic/{row.pk}/working-copy/"
    for step in range(1, 12):
        clock.shift(HOUR)
        leaves.post(address, says)
        written = {**says, "working_copy_step": str(step), "name_en": f"Laws {step}"}
        assert writes.post(address, written).status_code == 200
    assert (is_in(writes), is_in(leaves)) == (True, False)


def test_sessions_that_are_over_go(anna, clock, working_day):
    signed_in("anna")
    clock.shift(11 * HOUR)
    signed_in("anna")
    assert Session.objects.count() == 1


def test_an_account_that_goes_takes_its_sessions_along(anna):
    browser = signed_in("anna")
    User.objects.get().delete()
    assert not is_in(browser)
    assert not Session.objects.exists()


def test_many_sessions_cost_no_more_queries(anna):
    browser = signed_in("anna")
    before = queries(browser, SESSIONS)
    for _each in range(3):
        signed_in("anna")
    assert queries(browser, SESSIONS) == before
