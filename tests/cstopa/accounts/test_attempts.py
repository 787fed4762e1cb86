"""Who guesses passwords is slowed down, and keeps nobody else out."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from cstopa.accounts.models import Attempts
from tests.cstopa.accounts.conftest import LOGIN, RIGHT
from tests.reading import spaced, text

pytestmark = pytest.mark.django_db

HERE, THERE = "198.51.100.7", "203.0.113.9"
MACHINES = [f"10.0.{part}.{number}" for part in range(4) for number in range(1, 200)]


@contextmanager
def looked_at():
    """The attempts at which a password was hashed, and found wrong."""
    found = []

    def failed(**kwargs):
        found.append(1)

    user_login_failed.connect(failed)
    try:
        yield found
    finally:
        user_login_failed.disconnect(failed)


def said(browser):
    return re.findall(r'<p class="errornote">\s*(.+?)\s*</p>', spaced(browser.answer.text))


def test_after_five_wrong_passwords_the_right_one_is_not_looked_at_either(
    anna, sign_in_from, clock
):
    visitor = Client()
    with looked_at() as found:
        for _each in range(5):
            assert not sign_in_from(HERE, browser=visitor)
        assert len(found) == 5
        assert said(visitor)[1] == "Too many attempts. Try again in 30 seconds."
        assert not sign_in_from(HERE, password=RIGHT, browser=visitor)
        assert said(visitor) == ["Too many attempts. Try again in 30 seconds."]
        assert len(found) == 5
    clock.shift(31)
    assert sign_in_from(HERE, password=RIGHT, browser=visitor)


def test_each_further_wait_is_longer_up_to_a_quarter_of_an_hour(anna, sign_in_from, clock):
    for _each in range(4):
        sign_in_from(HERE)
    waits = []
    for _each in range(8):
        visitor = Client()
        sign_in_from(HERE, browser=visitor)
        waits.append(re.search(r"in (\d+ \w+)\.", said(visitor)[-1])[1])
        clock.shift(15 * 60 + 1)
    assert waits == [
        *("30 seconds", "60 seconds", "2 minutes", "4 minutes", "8 minutes"),
        *("15 minutes", "15 minutes", "15 minutes"),
    ]
    clock.shift(24 * 3600)
    for _each in range(4):
        assert not sign_in_from(HERE)
    assert sign_in_from(HERE, password=RIGHT)


def test_who_signs_in_begins_anew(anna, sign_in_from):
    for _each in range(3):
        for _wrong in range(4):
            sign_in_from(HERE)
        assert sign_in_from(HERE, password=RIGHT)


def test_a_refusal_does_not_tell_whether_there_is_an_account(
    anna, django_user_model, sign_in_from, clock
):
    """Nor in the number of its queries."""
    django_user_model.objects.create_user("asleep", password=RIGHT, is_staff=True, is_active=False)
    django_user_model.objects.create_user("reader", password=RIGHT)
    answers = {}
    for machine, (name, password) in enumerate(
        [("anna", "wrong"), ("nobody", "wrong"), ("asleep", RIGHT), ("reader", RIGHT)]
    ):
        visitor = Client()
        answers[name] = []
        for _each in range(6):
            with looked_at() as found:
                sign_in_from(f"198.51.100.{machine}", name, password, visitor)
            hashed = bool(found) or (name == "reader" and len(answers[name]) < 5)
            answers[name].append((visitor.answer.status_code, said(visitor), hashed))
    assert len({repr(each) for each in answers.values()}) == 1, answers
    assert Attempts.objects.count() == 12


def test_many_machines_that_share_a_name_wait_for_one_another_half_a_minute_at_most(
    anna, sign_in_from, clock
):
    with looked_at() as found:
        for machine in MACHINES[:40]:
            sign_in_from(machine)
        assert len(found) == 20
        for machine in MACHINES[40:60]:
            clock.shift(31)
            sign_in_from(machine)
        assert len(found) == 40
    visitor = Client()
    sign_in_from(THERE, password=RIGHT, browser=visitor)
    assert said(visitor) == ["Too many attempts. Try again in 30 seconds."]
    clock.shift(31)
    assert sign_in_from(THERE, password=RIGHT)


def test_who_tries_many_names_is_slowed_down_and_others_are_not(anna, sign_in_from):
    with looked_at() as found:
        for number in range(40):
            sign_in_from(HERE, f"name-{number}")
    assert len(found) == 30
    visitor = Client()
    assert not sign_in_from(HERE, password=RIGHT, browser=visitor)
    assert said(visitor) == ["Too many attempts. Try again in 10 seconds."]
    assert sign_in_from(THERE, password=RIGHT)


def test_a_network_of_ipv6_is_one_address(anna, sign_in_from):
    with looked_at() as found:
        for number in range(20):
            sign_in_from(f"2001:db8:1:2::{number:x}")
    assert len(found) == 5
    assert sign_in_from("2001:db8:1:3::1", password=RIGHT)


def test_nobody_is_kept_out_of_a_browser_that_was_theirs_before(anna, sign_in_from):
    """Whoever is at it, from everywhere and from the same address."""
    hers = Client()
    assert sign_in_from(HERE, password=RIGHT, browser=hers)
    hers.post(reverse("admin:logout"))
    for machine in [HERE] * 10 + MACHINES[:30]:
        sign_in_from(machine)
    assert not sign_in_from(HERE, password=RIGHT)
    assert sign_in_from(HERE, password=RIGHT, browser=hers)


def test_such_a_browser_guesses_no_more_than_others_and_is_known_to_one_account_alone(
    anna, django_user_model, sign_in_from
):
    django_user_model.objects.create_user("boris", password=RIGHT, is_staff=True)
    hers = Client()
    sign_in_from(HERE, password=RIGHT, browser=hers)
    cookie = hers.cookies["known_browser"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (LOGIN, True, "Lax")
    hers.post(reverse("admin:logout"))
    with looked_at() as found:
        for _each in range(10):
            sign_in_from(HERE, browser=hers)
    assert len(found) == 5
    for machine in MACHINES[:30]:
        sign_in_from(machine, "boris")
    assert not sign_in_from(HERE, "boris", RIGHT, hers)


def test_another_secret_key_leaves_it_known_beside_the_one_of_before(anna, sign_in_from, settings):
    today, settings.SECRET_KEY = settings.SECRET_KEY, "of before" * 9
    hers = Client()
    sign_in_from(HERE, password=RIGHT, browser=hers)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = today, [settings.SECRET_KEY]
    hers.post(reverse("admin:logout"))
    for _each in range(6):
        sign_in_from(HERE)
    assert not sign_in_from(HERE, password=RIGHT)
    assert sign_in_from(HERE, password=RIGHT, browser=hers)


def test_the_command_line_lets_in_whom_others_keep_waiting(anna, sign_in_from, capsys, clock):
    hers = Client()
    for machine in [HERE] * 10 + MACHINES[:30]:
        sign_in_from(machine)
    call_command("let_in", "anna")
    address = capsys.readouterr().out.strip()
    assert address.startswith(f"http://testserver{LOGIN}?known=")
    assert "sessionid" not in hers.get(address).cookies
    assert not sign_in_from(HERE, browser=hers)
    assert sign_in_from(HERE, password=RIGHT, browser=hers)
    clock.shift(3601)
    assert "known_browser" not in Client().get(address).cookies
    assert "known_browser" not in Client().get(f"{LOGIN}?known=%00forged:a:b").cookies
    with pytest.raises(CommandError, match="No account"):
        call_command("let_in", "nobody")


def test_a_proxy_says_who_asks_and_nobody_else(anna, sign_in_from, settings):
    def tries(peer, said):
        with looked_at() as found:
            for number in range(8):
                sent = {"username": f"x{peer}{said[:5]}", "password": "wrong"}
                forwarded = said.format(number)
                Client().post(LOGIN, sent, REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
        return len(found)

    assert tries("127.0.0.1", "198.51.100.{}") == 8
    assert tries("", "198.51.100.{}") == 8
    assert tries("127.0.0.1", "198.51.100.{}, 203.0.113.1") == 5
    assert tries("127.0.0.1", "{}") == 5
    assert tries("203.0.113.2", "198.51.100.{}") == 5
    settings.PROXIES = ["*"]
    assert tries("203.0.113.3", "203.0.113.{}") == 8


def test_what_was_typed_is_not_kept_and_the_log_names_the_address(sign_in_from, caplog):
    sign_in_from(HERE, "my secret, typed as a name", "x")
    stored = [*Attempts.objects.values_list("key", flat=True)]
    assert len(stored) == 3
    assert {len(each) for each in stored} == {64}
    assert [each.getMessage() for each in caplog.records if "cstopa" in each.name] == [
        f"Wrong password: sign-in from {HERE}; the next is looked at in 0 s"
    ]


def test_old_counts_go(anna, sign_in_from, clock):
    for number in range(5):
        sign_in_from(HERE, f"name-{number}")
    clock.shift(24 * 3600 + 1)
    sign_in_from(THERE)
    assert Attempts.objects.count() == 3


def test_who_finds_a_desk_left_open_guesses_no_more(anna, client):
    client.force_login(anna)
    address = reverse("admin:password_change")
    new = {"new_password1": "another one, 2 years", "new_password2": "another one, 2 years"}
    for _each in range(5):
        client.post(address, {"old_password": "wrong", **new})
    assert "Too many attempts" in text(client.post(address, {"old_password": RIGHT, **new}))
    anna.refresh_from_db()
    assert anna.check_password(RIGHT)


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_get_no_more_attempts(anna):
    def tries(number):
        try:
            sent = {"username": "anna", "password": f"wrong {number}"}
            return Client().post(LOGIN, sent, REMOTE_ADDR=HERE).status_code
        finally:
            connection.close()

    with looked_at() as found, ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(tries, range(16)))
    assert answers <= {200, 503}
    assert len(found) == 5
    assert User.objects.get().check_password(RIGHT)
