"""A send that is repeated makes one row."""

import pytest

from news.models import Article
from tests.cstopa.working_copies.test_keeping import DRAFT, opened, send, text
from tests.forms import filled

pytestmark = pytest.mark.django_db


def test_a_send_that_is_repeated_makes_one_row(admin_client):
    form = opened(admin_client, Article)
    first = send(admin_client, Article, form, **DRAFT)
    second = send(admin_client, Article, form, **DRAFT)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert Article.objects.count() == 1
    assert Article.history.count() == 1
    assert "not saved a second time" in text(admin_client.get(second.url))


def test_what_was_changed_before_it_was_sent_again_is_shown(admin_client):
    form = opened(admin_client, Article)
    send(admin_client, Article, form, **DRAFT)
    again = send(
        admin_client, Article, form, headline_en=DRAFT["headline_en"], body_en="It melts fast."
    )
    shown = admin_client.get(again.url)
    assert Article.objects.get().body_en == "<p>It melts.</p>"
    assert filled(shown)["body_en"] == "It melts fast."
    assert send(admin_client, Article.objects.get(), shown).status_code == 302
    assert Article.objects.get().body_en == "<p>It melts fast.</p>"


def test_the_same_in_a_new_form_makes_no_second_row_for_an_hour(admin_client, time_machine):
    time_machine.move_to("2026-11-26 12:00:00+03:00", tick=False)

    def sent(words):
        return send(admin_client, Article, opened(admin_client, Article), headline_en=words)

    sent("The same")
    first = Article.objects.get()
    sent("Another")
    assert Article.objects.count() == 2
    again = sent("The same")
    assert Article.objects.count() == 2
    assert Article.history.count() == 2
    said = text(admin_client.get(again.url))
    assert "not saved a second time" in said
    assert str(first) in said
    first.delete()
    sent("The same")
    assert Article.objects.count() == 2
    time_machine.move_to("2026-11-26 14:00:00+03:00", tick=False)
    sent("The same")
    assert Article.objects.count() == 3
