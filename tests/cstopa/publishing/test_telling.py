"""E-mail to whoever is to act after a step of a review: after the save, and never in its way."""

import datetime as dt
import signal
import smtplib
from functools import partial

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cstopa.http.kept.version import current
from cstopa.publishing.models import Review
from cstopa.publishing.telling import AGAIN
from tests import make
from tests.cstopa.publishing.test_links import ANSWER, made
from tests.cstopa.publishing.test_reviewing import APPROVE, RETURN, SUBMIT, WRITES, send
from tests.news.desk import address, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def configured(settings):
    settings.SENDS_EMAIL = True


@pytest.fixture
def at_desk():
    """Return who is at the desk, by name, each with an address."""
    clients = {
        "writer": signed_in("writer", permissions=WRITES),
        "editor": signed_in("editor", "Editor"),
        "publisher": signed_in("publisher", "Publisher"),
    }
    for user in User.objects.all():
        user.email = f"{user.username}@desk.example"
        user.save()
    return clients


@pytest.fixture
def article():
    return make.article("conference", status="draft", headline_en="A secret headline")


@pytest.fixture
def after(django_capture_on_commit_callbacks):
    """Do something as if it were committed, and return who was told, and what."""

    def after(do, *args, **values):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            do(*args, **values)
            assert mail.outbox == []
        return {each.to[0].partition("@")[0]: each for each in mail.outbox}

    return after


def test_who_is_to_act_is_told_once(at_desk, article, after):
    submitted = after(send, at_desk["writer"], article, **SUBMIT)
    assert submitted.keys() == {"editor", "publisher"}
    assert len(mail.outbox) == 2
    approved = after(send, at_desk["editor"], article, **APPROVE)
    assert approved.keys() == {"publisher"}
    assert "you may publish it" in approved["publisher"].body


def test_who_submitted_it_learns_of_a_comment_and_that_it_is_returned(at_desk, article, after):
    after(send, at_desk["writer"], article, **SUBMIT)
    assert after(send, at_desk["editor"], article, review_comment="Hm").keys() == {"writer"}
    returned = after(send, at_desk["editor"], article, review_comment="Who said so?", **RETURN)
    assert returned.keys() == {"writer"}
    assert after(send, at_desk["writer"], article, review_comment="I did") == {}


def test_an_answer_by_link_is_told_to_who_made_it_and_who_submitted_it(at_desk, article, after):
    after(send, at_desk["writer"], article, **SUBMIT)
    path = made(at_desk["editor"], article)
    said = ANSWER | {"answer": "comment", "comment": "Hm"}
    assert after(Client().post, path, said).keys() == {"writer", "editor"}
    told = after(Client().post, path, ANSWER)
    assert told.keys() == {"writer", "editor", "publisher"}
    assert "Anna Petrova (by a link of editor) has approved your text." in told["writer"].body
    assert "you may publish it" in told["publisher"].body


def test_it_is_plain_in_both_languages_and_has_no_word_of_the_text(at_desk, article, after):
    said = {"review_comment": "As the secret headline says", **SUBMIT}
    message = after(send, at_desk["writer"], article, **said)["editor"]
    assert message.to == ["editor@desk.example"]
    assert message.content_subtype == "plain"
    assert message.body.count(f"http://testserver{address(article)}") == 2
    assert "writer has submitted a text" in message.body
    assert "на проверке" in message.subject
    assert "secret" not in str(message.message())


def test_nobody_else_is_told(at_desk, article, after):
    User.objects.filter(username="editor").update(is_active=False)
    User.objects.filter(username="publisher").update(email="")
    signed_in("reader", permissions=["view_article", "review_article"])
    User.objects.filter(username="reader").update(email="reader@desk.example")
    assert after(send, at_desk["writer"], article, **SUBMIT) == {}


def test_without_a_configuration_none_is_tried(at_desk, article, after, settings):
    settings.SENDS_EMAIL = False
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert after(send, at_desk["writer"], article, **SUBMIT) == {}
    assert not DBTaskResult.objects.exists()


def test_what_is_not_committed_is_not_told(at_desk, article, after):
    def undone():
        with transaction.atomic():
            send(at_desk["writer"], article, **SUBMIT)
            transaction.set_rollback(True)

    assert after(undone) == {}


def test_a_server_that_fails_stops_no_save(at_desk, article, after, monkeypatch, caplog):
    def refuse(self):
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(EmailBackend, "open", refuse)
    assert after(send, at_desk["writer"], article, **SUBMIT) == {}
    assert Review.objects.current_of(article).state == "submitted"
    assert "nobody listens" in caplog.text


def test_who_has_an_address_that_is_refused_keeps_it_from_nobody(
    at_desk, article, after, monkeypatch, caplog
):
    sends = EmailBackend.send_messages

    def send_messages(self, messages):
        if "editor@desk.example" in messages[0].to:
            raise smtplib.SMTPRecipientsRefused({"editor@desk.example": (550, b"no")})
        return sends(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    assert after(send, at_desk["writer"], article, **SUBMIT).keys() == {"publisher"}
    assert "not told to everybody" in caplog.text


@pytest.fixture
def work(settings):
    """Let a worker be configured, and return what does what waits for it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    # The command takes them for itself.
    taken = signal.SIGINT, signal.SIGTERM, signal.SIGQUIT
    handlers = [signal.getsignal(each) for each in taken]
    yield partial(call_command, "db_worker", batch=True, interval=0, reload=False)
    for each, handler in zip(taken, handlers, strict=True):
        signal.signal(each, handler)


def submitted(row):
    with transaction.atomic():
        Review.objects.take(row, "submitted", User.objects.get(username="writer"))


def refusing(monkeypatch, *refused):
    """Let the server refuse some; it refuses whoever is in the set that is returned."""
    sends, refused = EmailBackend.send_messages, set(refused)

    def send_messages(self, messages):
        if refused.intersection(messages[0].to):
            raise smtplib.SMTPRecipientsRefused(dict.fromkeys(messages[0].to, (451, b"later")))
        return sends(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    return refused


def told():
    names = [each.to[0].partition("@")[0] for each in mail.outbox]
    mail.outbox.clear()
    return names


@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_sent_is_tried_again_and_told_to_nobody_twice(
    at_desk, article, work, monkeypatch
):
    refused = refusing(monkeypatch, "editor@desk.example")
    with time_machine.travel(dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC), tick=False) as clock:
        submitted(article)
        work()
        assert told() == ["publisher"]
        waits = []
        for _try in range(3):
            [waiting] = DBTaskResult.objects.filter(status="READY")
            waits.append(waiting.run_after - timezone.now())
            work()
            assert told() == []
            clock.move_to(waiting.run_after)
            if _try < 2:
                work()
                assert told() == []
        assert waits == sorted(set(waits))
        refused.clear()
        work()
        assert told() == ["editor"]
        assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


@pytest.mark.django_db(transaction=True)
def test_after_the_last_try_it_is_in_the_log_and_in_the_table(
    at_desk, article, work, monkeypatch, caplog
):
    def refuse(self):
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(EmailBackend, "open", refuse)
    with time_machine.travel(dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC), tick=False) as clock:
        submitted(article)
        work()
        for _try in AGAIN:
            clock.move_to(DBTaskResult.objects.get(status="READY").run_after)
            caplog.clear()
            work()
        [failed] = DBTaskResult.objects.filter(status="FAILED")
        assert not DBTaskResult.objects.filter(status="READY").exists()
    assert told() == []
    assert "nobody listens" in failed.traceback
    assert "nobody listens" in caplog.text
    assert {each.levelname for each in caplog.records} >= {"ERROR"}


@pytest.mark.django_db(transaction=True)
def test_who_has_acted_meanwhile_is_not_told_again(at_desk, article, work, monkeypatch):
    refused = refusing(monkeypatch, "editor@desk.example", "publisher@desk.example")
    with time_machine.travel(dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC), tick=False) as clock:
        submitted(article)
        work()
        refused.clear()
        Review.objects.end(article)
        clock.move_to(DBTaskResult.objects.get(status="READY").run_after)
        work()
        assert told() == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_what_still_holds(at_desk, article, work):
    acted, gone = make.article("acted", status="draft"), make.article("gone", status="draft")
    before = current()
    writer = User.objects.get(username="writer")
    with transaction.atomic():
        for row in (article, acted, gone):
            Review.objects.take(row, "submitted", writer)
    Review.objects.end(acted)
    assert current() == before
    gone.delete()
    assert mail.outbox == []
    assert DBTaskResult.objects.count() == 3
    before = current()
    work()
    assert current() == before
    assert [each.to for each in mail.outbox] == [
        ["editor@desk.example"],
        ["publisher@desk.example"],
    ]
    assert DBTaskResult.objects.successful().count() == 3
    call_command("prune_db_task_results", min_age_days=0, verbosity=0)
    assert not DBTaskResult.objects.exists()


def test_the_desk_shows_no_tasks(admin_client):
    assert admin_client.get("/admin/django_tasks_database/").status_code == 404
