"""A written page is withdrawn, expires, and comes back; its address says so meanwhile."""

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from cstopa.hyperlinks.inside import State, follow
from cstopa.pages.models import Page
from cstopa.publishing.due import settle
from delegations.models import Delegation
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.publishing.test_undoing import undo
from tests.forms import errors, filled, published
from tests.news.desk import signed_in
from tests.reading import main, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SENTENCE = "There was a page at this address. It has been withdrawn."


@pytest.fixture
def about():
    return make.page()


def send(client, row, **values):
    form = page(row, "change")
    sent = filled(client.get(form, {"live": ""}), **values)
    return client.post(form, sent, follow=True)


def withdraw(client, row, **values):
    return send(client, row, status="withdrawn", **values)


def assert_gone(client, address="/about/"):
    for prefix in ("", "/ru"):
        assert client.get(f"{prefix}{address}").status_code == 410
    assert SENTENCE in main(client.get(address))
    others = [text(client.get(each)) for each in ("/", "/contacts/", "/sitemap.xml")]
    others.append(text(client.get("/search/?q=body")))
    assert not [each for each in others if f'{address}"' in each or f"{address}<" in each]
    assert follow(address).state is State.GONE


def assert_public(client, words="Title of about"):
    assert words in main(client.get("/about/"))
    assert 'href="/about/"' in text(client.get("/contacts/"))
    assert "/about/" in text(client.get("/search/?q=body"))


def test_a_publisher_withdraws_it_with_a_reason_and_its_words_stay(client, publisher, about):
    assert_public(client)
    answer = text(withdraw(publisher, about, reason="It says what is wrong"))
    assert "The page is withdrawn." in answer
    assert "Withdrawn: readers do not see it." in answer
    assert_gone(client)
    about.refresh_from_db()
    assert (about.title_en, about.status) == ("Title of about", "withdrawn")
    assert "It says what is wrong" in text(publisher.get(page(about, "history")))
    assert "withdrawn" in text(publisher.get(reverse("admin:log")))
    assert "withdrawn" in text(publisher.get(reverse("admin:written_page_changelist")))
    form = page(about, "change")
    sent = filled(publisher.get(form), status="published")
    # It goes public anew, so what readers may stumble over is asked about.
    assert "It is not whole in Russian" in text(publisher.post(form, sent))
    published(publisher, form, sent)
    assert "The page is published." in text(publisher.get(form))
    assert_public(client)


def test_no_page_leads_to_what_was_withdrawn(client, publisher, about):
    delegation = Delegation.objects.get(pk=make.parliament().pk).get_absolute_url()
    assert client.get(delegation).text.count('href="/about/"') == 2
    withdraw(publisher, about)
    assert "/about/" not in client.get(delegation).text


def test_a_withdrawal_is_undone(client, publisher, about):
    undo(publisher, withdraw(publisher, about))
    assert_public(client)


def test_it_expires_at_its_moment_and_the_calendar_says_so(client, publisher, about, clock):
    answer = send(publisher, about, expires_at="2027-03-01 14:00")
    assert "It expires on" in text(answer)
    shown = text(publisher.get(reverse("admin:calendar")))
    assert page(about, "change") in shown
    assert "expires" in shown
    assert_public(client)
    clock.move_to(dt.datetime(2027, 3, 1, 11, tzinfo=dt.UTC))
    assert_gone(client)
    [last, *_others] = about.history.all()
    assert (last.status, last.history_date) == (
        "withdrawn",
        dt.datetime(2027, 3, 1, 11, tzinfo=dt.UTC),
    )


def test_what_is_withdrawn_does_not_expire(publisher, about):
    answer = withdraw(publisher, about, expires_at="2027-03-01 14:00")
    assert "Only what is public expires: publish it, or leave this empty." in text(answer)
    about.refresh_from_db()
    assert about.status == "published"
    send(publisher, about, expires_at="2027-03-01 14:00")
    answer = withdraw(publisher, about)
    about.refresh_from_db()
    assert (about.status, about.expires_at) == ("withdrawn", None)
    undo(publisher, answer)
    about.refresh_from_db()
    assert (about.status, about.expires_at) == (
        "published",
        dt.datetime(2027, 3, 1, 11, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2027-03-01 12:00", "This moment is past"),
        ("2199-12-31 10:00", "before 31 December 2199"),
    ],
)
def test_it_expires_at_a_moment_that_lies_ahead(publisher, about, moment, words):
    answer = send(publisher, about, expires_at=moment)
    assert words in errors(answer)["expires_at"][0]
    about.refresh_from_db()
    assert about.expires_at is None


def test_what_is_on_record_may_have_become_past(about, clock):
    about.expires_at = dt.datetime(2027, 3, 1, 11, tzinfo=dt.UTC)
    about.save()
    clock.move_to(dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC))
    about.full_clean()
    about.title_en = "Later than it was due"
    about.save()
    assert settle() == 1
    last, before, *_others = about.history.order_by("-history_id")
    assert (last.status, last.history_date) == ("withdrawn", before.history_date)


def test_a_draft_goes_not_public_over_what_was_withdrawn(client, publisher, about, clock):
    draft = make.page_draft(about, title_en="Anew")
    send(publisher, draft, goes_public_at="2027-03-01 14:00")
    withdraw(publisher, about)
    clock.move_to(dt.datetime(2027, 3, 2, 11, tzinfo=dt.UTC))
    assert settle() == 1
    draft.refresh_from_db()
    assert (draft.title_en, draft.goes_public_at) == ("Anew", None)
    assert_gone(client)
    assert "not public any more" in text(send(publisher, draft, _publish=""))
    assert_gone(client)


def test_an_editor_mends_what_was_withdrawn_and_publishes_nothing(client, editor, publisher, about):
    for forged in ({"status": "withdrawn"}, {"expires_at": "2027-03-01 14:00"}):
        assert editor.post(page(about, "change"), forged).status_code == 403
    withdraw(publisher, about)
    send(editor, about, title_en="Mended")
    about.refresh_from_db()
    assert about.title_en == "Mended"
    sent = filled(editor.get(page(about, "change")), status="published")
    assert editor.post(page(about, "change"), sent).status_code == 403
    assert_gone(client)
    writer = signed_in("writer", "Writer")
    assert writer.get(page(about, "change")).status_code == 200
    assert writer.post(page(about, "change"), sent).status_code == 403
    published(publisher, page(about, "change"), sent)
    assert_public(client, "Mended")


def test_without_words_it_is_not_made_public(publisher, about):
    words = dict.fromkeys(("title_en", "body_en", "title_ru", "body_ru"), "")
    withdraw(publisher, about)
    answer = send(publisher, about, status="published", **words)
    assert {"title_en", "body_en"} <= errors(answer).keys()
    assert "Without it nothing goes public" in text(answer)
    about.refresh_from_db()
    assert about.status == "withdrawn"


def test_who_empties_it_is_asked_about_the_links_to_it(client, publisher, about):
    article = make.article("linking", body_en='<p><a href="/about/">About this site</a></p>')
    form = page(about, "change")
    sent = filled(publisher.get(form, {"live": ""}), title_en="")
    answer = publisher.post(form, sent)
    assert "These link to it" in text(answer)
    assert article.headline_en in text(answer)
    assert_public(client)
    published(publisher, form, sent)
    assert_gone(client)


def test_who_withdraws_it_is_asked_about_the_links_to_it(publisher, about):
    article = make.article("linking", body_en='<p><a href="/about/">About this site</a></p>')
    answer = withdraw(publisher, about)
    assert "These link to it" in text(answer)
    assert article.headline_en in text(answer)
    about.refresh_from_db()
    assert about.status == "published"


@pytest.mark.parametrize("end", ["emptied", "deleted"])
def test_what_has_no_words_any_more_is_gone_too(client, about, end):
    if end == "deleted":
        about.delete()
    else:
        about.title_en = about.body_en = ""
        about.save()
    assert_gone(client)


def test_what_was_withdrawn_before_anybody_read_it_was_never_public(client):
    make.page(title_en="", status="withdrawn")
    make.page("privacy", status="withdrawn")
    for address in ("/about/", "/privacy/"):
        assert "has not been written yet" in main(client.get(address))


def test_a_file_carries_what_became_of_it(about):
    about.withdraw(reason="Wrong")
    file = io.StringIO()
    call_command("dumpdata", "written.page", natural_primary=True, stdout=file)
    assert '"status": "withdrawn"' in file.getvalue()
    assert not Page.objects.published().exists()
