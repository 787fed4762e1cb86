"""The language of the desk is kept with the account: who signs in elsewhere has it there."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from cstopa.accounts import factors
from cstopa.accounts.languages import COOKIE
from cstopa.accounts.letters import write
from cstopa.accounts.models import Preferences
from cstopa.http.kept.version import current
from tests.cstopa.accounts.codes import code_of, secret_in, with_app
from tests.cstopa.accounts.conftest import LOGIN, RIGHT

pytestmark = pytest.mark.django_db

DESK, STEP, ADD = (reverse(f"admin:{name}") for name in ("index", "second-step", "add-factor"))
CHOICE = reverse("set_language")
SIGN_IN = {"username": "anna", "password": RIGHT}


def chooses(browser, language):
    assert browser.post(CHOICE, {"language": language, "next": DESK}).status_code == 302


def language(browser, address=DESK):
    return browser.get(address).headers["Content-Language"]


@pytest.fixture
def elsewhere(anna):
    """A browser in which nothing was chosen, of somebody who has chosen Russian in another."""
    browser = Client()
    browser.post(LOGIN, SIGN_IN)
    chooses(browser, "ru")
    return Client()


def test_a_sign_in_brings_it_and_before_it_the_browser_speaks_its_own(elsewhere):
    assert language(elsewhere, LOGIN) == "en"
    elsewhere.post(LOGIN, SIGN_IN | {"password": "a wrong one"})
    assert language(elsewhere, LOGIN) == "en"
    elsewhere.post(LOGIN, SIGN_IN)
    assert language(elsewhere) == "ru"
    # A later choice is brought along too.
    chooses(elsewhere, "en")
    another = Client(headers={"accept-language": "ru"})
    another.post(LOGIN, SIGN_IN)
    assert language(another) == "en"


def test_a_second_step_and_the_first_factor_bring_it(elsewhere, anna, settings):
    settings.SECOND_FACTOR = True
    anna.groups.add(Group.objects.get(name="Publisher"))
    elsewhere.post(LOGIN, SIGN_IN)
    assert language(elsewhere, ADD) == "en"
    secret = secret_in(elsewhere.get(ADD))
    assert elsewhere.post(ADD, {"code": code_of(secret)}).status_code == 302
    assert language(elsewhere) == "ru"
    secret = with_app(anna)
    another = Client()
    another.post(LOGIN, SIGN_IN)
    assert language(another, STEP) == "en"
    assert another.post(STEP, {"code": code_of(secret)}).status_code == 302
    assert language(another) == "ru"


def test_what_is_chosen_at_a_sign_in_holds_and_is_said(elsewhere, anna, settings):
    """By the form, by the first factor, and by the second step."""
    settings.SECOND_FACTOR = True

    def begins(chosen):
        browser = Client()
        browser.post(LOGIN, SIGN_IN | {"password": "a wrong one"})
        chooses(browser, chosen)
        assert browser.cookies[COOKIE].value == chosen
        browser.post(LOGIN, SIGN_IN)
        return browser

    def holds(browser, chosen):
        assert browser.cookies[COOKIE].value == ""
        assert language(browser) == chosen
        assert Preferences.objects.get().language == chosen

    holds(begins("en"), "en")
    anna.groups.add(Group.objects.get(name="Publisher"))
    browser = begins("ru")
    secret = secret_in(browser.get(ADD))
    assert browser.post(ADD, {"code": code_of(secret)}).status_code == 302
    holds(browser, "ru")
    # A choice that is forged is none.
    browser = Client()
    browser.cookies[COOKIE] = "xx"
    browser.post(LOGIN, SIGN_IN)
    codes = factors.new_recovery_codes(anna).generate_codes()
    assert browser.post(STEP, {"code": codes[0]}).status_code == 302
    assert "Это был резервный код." in browser.get(DESK).text
    holds(browser, "ru")
    browser = begins("en")
    assert browser.post(STEP, {"code": codes[1]}).status_code == 302
    assert "That was a recovery code." in browser.get(DESK).text
    holds(browser, "en")


def test_it_is_written_where_it_changes_and_spoken_where_nothing_can_be_written(elsewhere, anna):
    browser = Client()
    browser.force_login(anna)
    tried = []

    def refuse(execute, sql, *args):
        if Preferences._meta.db_table in sql and not sql.startswith("SELECT"):
            tried.append(sql)
            raise OperationalError("database is locked")
        return execute(sql, *args)

    with connection.execute_wrapper(refuse):
        chooses(browser, "ru")
        assert not tried
        chooses(browser, "en")
        assert tried
    assert language(browser) == "en"
    assert Preferences.objects.get().language == "ru"


def test_nothing_is_kept_of_nobody_nor_a_language_that_the_site_lacks(anna):
    chooses(Client(), "ru")
    browser = Client()
    browser.force_login(anna)
    for odd in ("de", "", "xx", "\0", "ru" * 99):
        chooses(browser, odd)
    assert browser.get(CHOICE, {"language": "ru"}).status_code == 302
    assert not Preferences.objects.exists()


def test_the_time_zone_and_it_leave_one_another(elsewhere, anna):
    browser = Client()
    browser.force_login(anna)
    browser.post(reverse("admin:time-zone"), {"zone": "Asia/Yerevan"})
    chooses(browser, "en")
    browser.post(reverse("admin:time-zone"), {"zone": ""})
    assert Preferences.objects.values().get() == {
        "account_id": anna.pk,
        "zone": "",
        "language": "en",
    }


@pytest.mark.django_db(transaction=True)
def test_public_pages_stay_as_they_are_kept(anna):
    browser = Client()
    browser.post(LOGIN, SIGN_IN)
    before, shown = current(), Client().get("/search/")
    chooses(browser, "ru")
    assert current() == before
    assert language(browser, "/search/") == "en"
    assert "Cookie" not in shown.get("Vary", "")
    assert Client(headers={"cookie": "django_language=ru"}).get("/search/").content == shown.content


def test_a_letter_is_in_it(elsewhere, anna, settings, django_capture_on_commit_callbacks):
    settings.SENDS_EMAIL = True
    anna.email = "anna@desk.example"
    anna.save()
    for chosen in ("ru", ""):
        Preferences.objects.update(language=chosen)
        anna.refresh_from_db()
        with django_capture_on_commit_callbacks(execute=True):
            write(anna, "forgotten")
    own, both = (each.subject for each in mail.outbox)
    assert "новый пароль" in own
    assert "password" not in own
    assert both.endswith(own)
    assert "a new password" in both
