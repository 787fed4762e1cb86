"""Who has forgotten a password gets a letter, and nobody else learns whether there is an account."""

import re
import threading

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from cstopa.accounts.forgotten import apart, forgotten
from tests.cstopa.accounts.conftest import LOGIN
from tests.cstopa.accounts.test_links import NEW, SET, opened
from tests.reading import spaced

pytestmark = pytest.mark.django_db

FORGOTTEN = reverse("admin:forgotten")


@pytest.fixture(autouse=True)
def reachable(settings, anna, monkeypatch):
    # What another thread does sees nothing of the transaction of a test.
    monkeypatch.setattr("cstopa.accounts.forgotten.apart", lambda call: call())
    settings.SENDS_EMAIL = True
    anna.email = "Anna@example.org"
    anna.save()


@pytest.fixture
def asks(django_capture_on_commit_callbacks):
    """Ask for a link, and return the page that answers, without what is other each time."""

    def asks(email, address="198.51.100.7"):
        # Outside of a test there is no transaction.
        with django_capture_on_commit_callbacks(execute=True):
            answer = Client().post(FORGOTTEN, {"email": email}, REMOTE_ADDR=address)
        assert answer.status_code == 200
        return re.sub(r'value="[^"]{40,}"|nonce="[^"]*"', "", answer.text)

    return asks


def test_a_letter_has_a_link_by_which_a_password_is_set(asks):
    assert FORGOTTEN in Client().get(LOGIN).text
    asks("anna@EXAMPLE.org")
    (letter,) = mail.outbox
    assert letter.to == ["Anna@example.org"]
    assert "account anna" in letter.body
    assert "anna" in letter.body.partition("Кто-то")[2]
    hers = Client()
    link = re.search(r"http://testserver(/\S+)", letter.body)[1]
    form = opened(hers, link)
    assert hers.post(form, SET).status_code == 302
    assert hers.post(LOGIN, {"username": "anna", "password": NEW}).status_code == 302
    assert opened(Client(), link) == ""


def test_the_answer_is_the_same_whether_there_is_an_account(asks, django_user_model):
    django_user_model.objects.create_user("gone", email="gone@example.org", is_active=False)
    django_user_model.objects.create_user("reader", email="reader@example.org")
    answers = {asks(f"{name}@example.org") for name in ("anna", "nobody", "gone", "reader")}
    assert len(answers) == 1
    assert [letter.to for letter in mail.outbox] == [["Anna@example.org"]]


def test_before_the_answer_nobody_looks_whether_there_is_one(
    rf, django_capture_on_commit_callbacks
):
    """So that it takes as long, whatever the server of e-mail takes."""
    request = rf.post(FORGOTTEN, {"email": "anna@example.org"})
    request.user, request.session = AnonymousUser(), {}
    answer = forgotten(request).render()
    assert "on its way" in answer.text
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        answer.afterwards()
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_nor_does_the_next_request_wait_for_it(client, monkeypatch):
    """A connection goes on when an answer is closed."""
    monkeypatch.undo()
    may_send, sent = threading.Event(), threading.Event()

    def send(self):
        may_send.wait(30)
        sent.set()

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    assert client.post(FORGOTTEN, {"email": "anna@example.org"}).status_code == 200
    assert not sent.is_set()
    may_send.set()
    assert sent.wait(30)


def test_what_fails_beside_requests_is_logged(monkeypatch, caplog):
    monkeypatch.undo()

    def fail():
        raise OSError("No database.")

    apart(fail).result(30)
    assert "No database." in caplog.text


def test_it_is_limited_by_account_and_by_address(clock, asks):
    for _each in range(3):
        asks("anna@example.org")
    said = asks("ANNA@example.org", "203.0.113.9")
    assert "Try again in 60 seconds" in spaced(strip_tags(said))
    for _each in range(3):
        asks("nobody@example.org", "192.0.2.1")
    said = asks("nobody@example.org", "192.0.2.2")
    assert "Try again in 60 seconds" in spaced(strip_tags(said))
    assert len(mail.outbox) == 3
    clock.shift(61)
    asks("anna@example.org", "203.0.113.9")
    assert len(mail.outbox) == 4
    for number in range(10):
        asks(f"person-{number}@example.org", "203.0.113.77")
    assert "Too many attempts" in asks("anna-2@example.org", "203.0.113.77")


@pytest.mark.parametrize(
    "sent", [{}, {"email": "x"}, {"email": "\0"}, {"email": "a" * 400 + "@b.c"}]
)
def test_what_is_no_address_is_refused_with_a_sentence(client, sent):
    answer = client.post(FORGOTTEN, sent)
    assert answer.status_code == 200
    assert "errornote" in answer.text
    assert client.put(FORGOTTEN).status_code == 405
    assert mail.outbox == []


def test_where_no_email_is_sent_one_asks_an_administrator(client, settings):
    settings.SENDS_EMAIL = False
    for ask in (client.get, client.post):
        answer = ask(FORGOTTEN, {"email": "anna@example.org"})
        assert "Ask an administrator" in answer.text
        assert "<form method" not in answer.text.partition('id="content-main"')[2]
    assert mail.outbox == []
