"""A link by which somebody sets a password: made by who may, shown once, and used once."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from cstopa.http.logs import LINK
from tests.cstopa.accounts.conftest import LOGIN, RIGHT
from tests.cstopa.admin.rows import page
from tests.reading import spaced

pytestmark = pytest.mark.django_db

NEW = "green tea at six o'clock"
SET = {"new_password1": NEW, "new_password2": NEW}


def made(administrator, account):
    shown = administrator.post(reverse("admin:password-link", args=[account.pk]))
    return re.search(r'readonly value="http://testserver([^"]+)"', shown.text)[1]


def opened(browser, address):
    """Open a link, and return the address of its form, or "" where it is closed."""
    shown = browser.get(address, follow=True)
    assert shown.status_code == 200
    return shown.request["PATH_INFO"] if "new_password1" in shown.text else ""


def test_somebody_new_gets_an_account_by_a_link(admin_client, sign_in):
    administrator = sign_in("Administrator")
    add = {"username": "new", "usable_password": "false"}
    assert administrator.post(page(User, "add"), add).status_code == 302
    new = User.objects.get(username="new")
    new.is_staff = True
    new.save()
    tools = administrator.get(page(new, "change")).text
    assert reverse("admin:password-link", args=[new.pk]) in tools
    link, hers = made(administrator, new), Client()
    form = opened(hers, link)
    assert link.split("/")[-2] not in form
    shown = hers.get(form).text
    assert "You sign in as <strong>new</strong>" in shown
    assert "at least 12 characters" in shown
    refused = hers.post(form, {"new_password1": "csto assembly", "new_password2": "csto assembly"})
    assert "which whoever guesses tries first" in refused.text
    done = hers.post(form, SET, follow=True)
    assert "The password is set. Sign in with it." in done.text
    assert hers.post(LOGIN, {"username": "new", "password": NEW}).status_code == 302
    assert opened(Client(), link) == ""
    entries = admin_client.get(reverse("admin:log"), {"kind": "auth.user"}).context["entries"]
    assert [(each.who, each.reason) for each in entries][:2] == [
        ("new", "Changed password."),
        ("editor", "Added link to set a password “new”."),
    ]


def test_it_closes_by_itself_and_with_the_next_sign_in(clock, admin_client, anna):
    link = made(admin_client, anna)
    assert opened(Client(), link)
    clock.shift(1)
    assert Client().post(LOGIN, {"username": "anna", "password": RIGHT}).status_code == 302
    assert opened(Client(), link) == ""
    link = made(admin_client, User.objects.get(pk=anna.pk))
    clock.shift(3 * 24 * 3600 + 1)
    assert opened(Client(), link) == ""


def test_who_sets_a_password_by_it_waits_for_nobody(admin_client, anna, sign_in_from):
    for number in range(30):
        sign_in_from(f"10.0.0.{number}")
    hers = Client()
    form = opened(hers, made(admin_client, anna))
    hers.post(form, SET)
    assert hers.post(LOGIN, {"username": "anna", "password": NEW}).status_code == 302


def test_nobody_makes_one_for_themselves_or_for_whom_they_may_not_change(anna, sign_in):
    above = User.objects.create_superuser("above")
    administrator = sign_in("Administrator")
    own = User.objects.get(username="editor")
    for account in (above, own):
        for ask in (administrator.get, administrator.post):
            address = reverse("admin:password-link", args=[account.pk])
            assert ask(address).status_code == 403
    assert administrator.post(reverse("admin:password-link", args=[999_999])).status_code == 404
    address = reverse("admin:password-link", args=[anna.pk])
    assert administrator.put(address).status_code == 405
    own.groups.clear()
    for ask in (administrator.get, administrator.post):
        assert ask(address).status_code == 403
    assert LOGIN in Client().post(address).headers["Location"]


@pytest.mark.parametrize("number", ["MQ", "x", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "%00", "4pyT"])
@pytest.mark.parametrize("token", ["x", "set-password", "c0ffee-%D0%B6", "a-b-c"])
def test_what_is_no_link_opens_nothing(client, number, token):
    address = f"/admin/password/{number}/{token}/"
    for ask in (client.get, client.head):
        assert ask(address).status_code == 200
    shown = client.post(address, SET)
    assert "new_password1" not in shown.text
    assert "leads nowhere" in spaced(shown.text)
    assert client.put(address).status_code == 405


def test_where_an_account_does_not_come_to_the_desk_the_link_says_so(admin_client, anna):
    address, said = reverse("admin:password-link", args=[anna.pk]), "cannot sign in at the desk"
    for ask in (admin_client.get, admin_client.post):
        assert said not in ask(address).text
        for name in ("is_staff", "is_active"):
            User.objects.filter(pk=anna.pk).update(**{name: False})
            assert said in ask(address).text
            with pytest.raises(CommandError, match="No account that may sign in at the desk"):
                call_command("password_link", "anna")
            User.objects.filter(pk=anna.pk).update(**{name: True})


def test_the_command_line_makes_one_and_no_log_keeps_it(anna, capsys):
    call_command("password_link", "anna")
    address = capsys.readouterr().out.strip()
    assert opened(Client(), address.removeprefix("http://testserver"))
    assert address.split("/")[-2] not in LINK.sub(r"\1…", f"GET {address} 500")
    with pytest.raises(CommandError, match="No account"):
        call_command("password_link", "nobody")
