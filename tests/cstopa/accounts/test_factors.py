"""One's own second factors, and those that somebody has lost."""

from threading import Thread

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from cstopa.accounts import factors
from cstopa.accounts.encryption import decrypt
from tests.cstopa.accounts.codes import code_of, secret_in, with_app
from tests.cstopa.accounts.conftest import LOGIN, RIGHT
from tests.cstopa.admin.rows import page

pytestmark = pytest.mark.django_db

OWN, ADD, CODES = (
    reverse(f"admin:{name}") for name in ("second-factor", "add-factor", "recovery-codes")
)
STEP = reverse("admin:second-step")


@pytest.fixture(autouse=True)
def asked(settings):
    settings.SECOND_FACTOR = True


def signed_in(account):
    """Return a browser in which somebody is signed in by both steps."""
    secret, browser = with_app(account, -1), Client()
    browser.post(LOGIN, {"username": account.get_username(), "password": RIGHT})
    assert browser.post(STEP, {"code": code_of(secret)}).status_code == 302
    return browser


def kinds(account):
    return [row.type for row in factors.of(account)]


def reasons(browser, **asked):
    shown = browser.get(reverse("admin:log"), {"kind": "auth.user", **asked})
    entries = shown.context["entries"]
    return [(each.who, each.reason) for each in entries]


def test_the_last_one_goes_by_the_password_where_none_is_needed(anna):
    browser = signed_in(anna)
    factors.new_recovery_codes(anna)
    key = factors.of(anna).first().pk
    for password in ("", "not hers"):
        assert browser.post(OWN, {"remove": key, "password": password}).status_code == 200
    assert len(kinds(anna)) == 2
    other = User.objects.create_user("boris", password=RIGHT, is_staff=True)
    with_app(other)
    for foreign in (factors.of(other).get().pk, "x", "", "\0", 10**20):
        assert browser.post(OWN, {"remove": foreign, "password": RIGHT}).status_code == 200
    assert kinds(other) == ["totp"]
    assert browser.post(OWN, {"remove": key, "password": RIGHT}).status_code == 302
    assert kinds(anna) == []
    assert browser.put(OWN).status_code == browser.put(CODES).status_code == 405


def test_the_last_one_stays_where_one_is_needed_and_another_app_takes_its_place(anna):
    anna.groups.add(Group.objects.get(name="Publisher"))
    browser = signed_in(anna)
    key = factors.of(anna).get().pk
    answer = browser.post(OWN, {"remove": key, "password": RIGHT})
    assert "you need one" in answer.text
    assert kinds(anna) == ["totp"]
    shown = browser.get(ADD)
    sent = {"code": code_of(secret_in(shown)), "password": RIGHT}
    assert browser.post(ADD, sent).headers["Location"] == CODES
    assert sorted(kinds(anna)) == ["recovery_codes", "totp"]
    assert decrypt(factors.of(anna).get(type="totp").data["secret"]) == secret_in(shown)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_set_up_the_first_one_the_second_is_asked_for_it(anna):
    anna.groups.add(Group.objects.get(name="Publisher"))
    browser, answers = Client(), []
    browser.post(LOGIN, {"username": "anna", "password": RIGHT})
    code = code_of(secret_in(browser.get(ADD)))

    def second():
        try:
            answers.append(browser.post(ADD, {"code": code}))
        finally:
            connection.close()

    thread = Thread(target=second)
    with factors.changing(anna):
        thread.start()
        thread.join(0.5)
        with_app(anna)
    thread.join()
    assert answers[0].headers["Location"] == STEP
    assert kinds(anna) == ["totp"]


def test_by_a_factor_that_is_gone_nobody_is_in_who_may_do_more_since(anna):
    browser = signed_in(anna)
    browser.post(OWN, {"remove": factors.of(anna).get().pk, "password": RIGHT})
    assert browser.get(reverse("admin:index")).status_code == 200
    anna.groups.add(Group.objects.get(name="Publisher"))
    assert browser.get(reverse("admin:index")).status_code == 302
    assert browser.get(reverse("admin:index"), follow=True).request["PATH_INFO"] == ADD


@pytest.mark.django_db(transaction=True)
def test_of_two_who_remove_the_last_ones_the_second_is_refused(anna):
    anna.groups.add(Group.objects.get(name="Publisher"))
    browser, answers = signed_in(anna), []
    key = factors.of(anna).get().pk
    other = Authenticator.objects.create(user=anna, type="webauthn", data={"name": "key"})

    def second():
        try:
            answers.append(browser.post(OWN, {"remove": key, "password": RIGHT}))
        finally:
            connection.close()

    thread = Thread(target=second)
    with factors.changing(anna):
        thread.start()
        thread.join(0.5)
        factors.remove(anna, [other], anna)
    thread.join()
    assert "you need one" in answers[0].text
    assert kinds(anna) == ["totp"]


def test_guesses_at_the_password_of_who_is_signed_in_wait(anna):
    browser = signed_in(anna)
    for _each in range(5):
        browser.post(OWN, {"codes": "new", "password": "a guess"})
    shown = browser.post(OWN, {"codes": "new", "password": RIGHT})
    assert "Too many attempts" in shown.text
    assert kinds(anna) == ["totp"]


def test_new_recovery_codes_take_the_place_of_the_old(anna):
    browser = signed_in(anna)
    old = factors.new_recovery_codes(anna).generate_codes()
    done = browser.post(OWN, {"codes": "new", "password": RIGHT})
    assert done.headers["Location"] == CODES
    new = factors.recovery_codes_of(anna).generate_codes()
    assert not {*old} & {*new}
    assert f"{new[0][:4]} {new[0][4:]}" in browser.get(CODES).text
    assert browser.post(CODES).headers["Location"] == OWN
    assert "they are not shown again" in browser.get(OWN).text


@pytest.fixture
def administrator():
    account = User.objects.create_user("chief", password=RIGHT, is_staff=True)
    account.groups.add(Group.objects.get(name="Administrator"))
    return account


def test_an_administrator_takes_a_lost_one_away(
    anna, administrator, settings, django_capture_on_commit_callbacks
):
    settings.SENDS_EMAIL = True
    anna.email = "anna@example.org"
    anna.save()
    hers, chief = signed_in(anna), signed_in(administrator)
    address = reverse("admin:lost-factor", args=[anna.pk])
    assert address in chief.get(page(anna, "change")).text
    assert chief.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert chief.post(address).status_code == 302
    assert kinds(anna) == []
    assert hers.get(OWN).status_code == 302
    (letter,) = mail.outbox
    assert letter.to == ["anna@example.org"]
    assert "anna" in letter.body
    assert "Второй фактор" in letter.body
    assert reasons(chief)[0] == ("chief", "Deleted authenticator app “anna”.")
    # A page of before that is sent once more ends nothing.
    again = Client()
    again.force_login(anna)
    assert "has no second factor" in chief.post(address, follow=True).text
    assert again.get(OWN).status_code == 200
    assert Client().post(LOGIN, {"username": "anna", "password": RIGHT}).status_code == 302


def test_nobody_takes_away_her_own_or_that_of_whom_she_may_not_change(anna, administrator):
    above = User.objects.create_superuser("above", password=RIGHT)
    with_app(above)
    chief, editor = signed_in(administrator), signed_in(anna)
    for browser, account in ((chief, above), (chief, administrator), (editor, above)):
        address = reverse("admin:lost-factor", args=[account.pk])
        assert browser.get(address).status_code == browser.post(address).status_code == 403
    assert chief.post(reverse("admin:lost-factor", args=[999_999])).status_code == 404
    assert kinds(above) == ["totp"]


def test_the_command_line_takes_one_away_and_the_log_says_so(anna, administrator, capsys):
    hers, chief = signed_in(anna), signed_in(administrator)
    call_command("take_second_factor", "anna")
    assert capsys.readouterr().out == "anna has no second factor now.\n"
    assert kinds(anna) == []
    assert hers.get(OWN).status_code == 302
    said = ("the command line", "Deleted authenticator app “anna”.")
    assert reasons(chief)[0] == said
    # She has not done it herself.
    assert said not in reasons(chief, person=anna.pk)
    browser = Client()
    browser.force_login(anna)
    assert "Deleted" not in browser.get(reverse("admin:personal-data"), {"file": ""}).text
    history = chief.get(page(anna, "history")).text
    assert "the command line" in history
    assert "Deleted authenticator app" in history
    call_command("take_second_factor", "anna")
    assert capsys.readouterr().out == "anna had none.\n"
    with pytest.raises(CommandError, match="No account is called nobody"):
        call_command("take_second_factor", "nobody")
