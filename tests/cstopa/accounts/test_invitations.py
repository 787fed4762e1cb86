"""An administrator invites somebody, and nobody chooses a password for another."""

import re
from threading import Thread

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.cstopa.accounts.conftest import LOGIN
from tests.cstopa.accounts.test_links import NEW, SET, opened
from tests.cstopa.admin.rows import page

pytestmark = pytest.mark.django_db

INVITE = reverse("admin:invite")


def group(name):
    return Group.objects.get(name=name).pk


def invited(**more):
    return {"username": "new", "email": "new@example.org", "groups": [group("Writer")]} | more


def test_by_letter(sign_in, settings, django_capture_on_commit_callbacks):
    settings.SENDS_EMAIL = True
    administrator = sign_in("Administrator")
    assert INVITE in administrator.get(page(User, "changelist")).text
    with django_capture_on_commit_callbacks(execute=True):
        done = administrator.post(INVITE, invited(first_name="N."))
    new = User.objects.get(username="new")
    assert done.headers["Location"] == page(new, "change")
    assert (new.is_staff, new.is_superuser, new.has_usable_password()) == (True, False, False)
    assert [each.name for each in new.groups.all()] == ["Writer"]
    (letter,) = mail.outbox
    assert letter.to == ["new@example.org"]
    link, hers = re.search(r"http://testserver(/\S+)", letter.body)[1], Client()
    assert link not in administrator.get(done.headers["Location"]).text
    assert hers.post(opened(hers, link), SET).status_code == 302
    assert hers.post(LOGIN, {"username": "new", "password": NEW}).status_code == 302
    assert opened(Client(), link) == ""
    entry = administrator.get(reverse("admin:log"), {"kind": "auth.user"}).context["entries"][-1]
    assert (entry.who, entry.words, [*entry.fields]) == (
        *("editor", "new"),
        ["+ staff status", "+ Writer"],
    )


def test_by_a_link_that_is_shown_once_where_no_email_is_sent(sign_in, settings):
    settings.SENDS_EMAIL = False
    administrator = sign_in("Administrator")
    shown = administrator.post(INVITE, invited())
    link = re.search(r'readonly value="http://testserver([^"]+)"', shown.text)[1]
    assert opened(Client(), link)
    assert mail.outbox == []


def test_it_expires(sign_in, settings, clock):
    settings.SENDS_EMAIL = False
    shown = sign_in("Administrator").post(INVITE, invited())
    link = re.search(r'readonly value="http://testserver([^"]+)"', shown.text)[1]
    clock.shift(3 * 24 * 3600 + 1)
    assert opened(Client(), link) == ""


@pytest.mark.parametrize(
    "sent",
    [
        {"email": ""},
        {"email": "Editor@example.org"},
        {"username": "editor"},
        {"username": "Editor"},
        {"username": "\0"},
        {"groups": ["x"]},
        {"groups": [10**20]},
    ],
)
def test_what_cannot_be_is_told_at_its_field(sign_in, sent):
    administrator = sign_in("Administrator")
    User.objects.update(email="editor@example.org")
    answer = administrator.post(INVITE, invited(**sent))
    assert answer.status_code == 200
    assert "error-summary" in answer.text
    assert User.objects.count() == 1
    assert administrator.put(INVITE).status_code == 405


def test_nobody_gives_more_than_she_has(sign_in):
    may_change = Group.objects.create(name="Beyond")
    may_change.permissions.add(Permission.objects.get(codename="purge_article"))
    administrator = sign_in("Administrator")
    answer = administrator.post(INVITE, invited(groups=[may_change.pk]))
    assert "error-summary" in answer.text
    assert not User.objects.filter(username="new").exists()
    answer = administrator.post(INVITE, invited(is_superuser="on", is_staff="", user_permissions=1))
    new = User.objects.get(username="new")
    assert (new.is_superuser, new.user_permissions.count()) == (False, 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_invite_the_same_one_is_told(sign_in, settings):
    administrator, answers = sign_in("Administrator"), []

    def second():
        try:
            answers.append(administrator.post(INVITE, invited()))
        finally:
            connection.close()

    thread = Thread(target=second)
    with transaction.atomic():
        User.objects.create_user("new")
        thread.start()
        thread.join(0.5)
    thread.join()
    assert "A user with that username already exists." in answers[0].text
    assert User.objects.filter(username="new").count() == 1


def test_who_manages_no_accounts_invites_nobody(sign_in):
    editor = sign_in("Editor", "Publisher", permissions=["add_user"])
    for ask in (editor.get, editor.post):
        assert ask(INVITE, invited()).status_code == 403
    assert User.objects.count() == 1
    assert LOGIN in Client().post(INVITE, invited()).headers["Location"]
