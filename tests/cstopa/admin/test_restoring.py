"""What is restored from the trash is as it was, with all that was about it."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from cstopa.models.periods import moment_in_words
from delegations.changes import recording
from delegations.changes.models import LogEntry
from delegations.models import FurtherSource, SeatAllocation
from news.models import Article, ArticleDraft, Topic
from tests import make
from tests.cstopa.admin.rows import everything, page
from tests.cstopa.admin.test_trash import RESTORE, TRASH, delete, restore, said, token
from tests.reading import spaced

pytestmark = pytest.mark.django_db


def test_an_article_comes_back_with_its_relations_its_code_and_its_history(admin_client, client):
    parliament, person = make.parliament(), make.person()
    row = make.article(delegations=[parliament.pk], people=[person], topics=[make.topic()])
    key, code, versions = row.pk, row.code, row.history.count()
    address = row.get_absolute_url()
    delete(admin_client, row, reason="By mistake")
    assert client.get(address).status_code == 410
    shown = spaced(admin_client.get(TRASH).text)
    assert row.headline_en in shown
    assert "By mistake" in shown
    assert "30 days left." in shown
    row.pk = key
    response = restore(admin_client, row)
    assert response.headers["Location"] == page(row, "change")
    assert client.get(address).status_code == 200
    back = Article.objects.get()
    assert (back.pk, back.code, back.status) == (key, code, "published")
    assert [back.people.get(), back.delegations.get().pk] == [person, parliament.pk]
    assert back.topics.count() == 1
    assert back.history.count() == versions + 2
    newest = back.history.first()
    assert (newest.history_type, newest.history_user.username) == ("+", "admin")
    assert newest.people.count() == 1
    assert said(response)[-1].startswith("Public in English since")
    for address in (page(row, "history"), page(row, "simple_history", row.pk, newest.pk)):
        assert "Restored, admin" in spaced(admin_client.get(address).text)
    assert 'name="row"' not in admin_client.get(TRASH).text


@pytest.mark.parametrize("by", [["one"], ["one", "other"]])
def test_what_was_scheduled_is_no_more_public_than_it_was(admin_client, client, by):
    """Restored after its moment, by a button, by Undo and among others, it is a draft."""
    moment = timezone.now() + dt.timedelta(hours=1)
    rows = [make.article(slug, published_at=moment) for slug in by]
    keys = [row.pk for row in rows]
    with time_machine.travel(moment - dt.timedelta(minutes=30)):
        for row in rows:
            delete(admin_client, row)
    with time_machine.travel(moment + dt.timedelta(minutes=30)):
        response = restore(admin_client, *(Article(pk=key) for key in keys))
        assert not Article.objects.published().exists()
        for row in Article.objects.all():
            assert (row.status, row.published_at) == ("draft", None)
            assert client.get(row.get_absolute_url()).status_code == 404
        words = spaced(said(response)[-1])
        assert words.startswith(f"It was to be public from {spaced(moment_in_words(moment))}")
        assert "A draft: readers do not see it. Ready in English." in words


def test_what_waits_still_waits_and_what_expired_has_expired(admin_client, client):
    moments = timezone.now() + dt.timedelta(hours=1), timezone.now() + dt.timedelta(hours=3)
    rows = [make.article(published_at=moments[1]), make.article("gone", expires_at=moments[0])]
    keys = [row.pk for row in rows]
    for row in rows:
        delete(admin_client, row)
    with time_machine.travel(moments[0] + dt.timedelta(minutes=30)):
        assert "Public in English from" in said(restore(admin_client, Article(pk=keys[0])))[-1]
        words = spaced(said(restore(admin_client, Article(pk=keys[1])))[-1])
        assert words.startswith(f"It was to expire on {spaced(moment_in_words(moments[0]))}")
        waits, gone = Article.objects.order_by("pk")
        assert (waits.status, waits.published_at) == ("published", moments[1])
        assert (gone.status, gone.expires_at) == ("draft", None)
        assert client.get("/news/gone/").status_code == 410


def test_search_lists_and_counts_follow(admin_client, client):
    row = make.article("the-name", headline_en="Zyxwvut met")
    key = row.pk
    addresses = ["/search/?q=zyxwvut", "/news/", "/api/articles/", "/sitemap-news.xml"]

    def where():
        return [each for each in addresses if "the-name" in client.get(each).text]

    before = where()
    assert before[:3] == addresses[:3]
    delete(admin_client, row)
    assert where() == []
    row.pk = key
    restore(admin_client, row)
    assert where() == before


def test_the_message_after_a_deletion_undoes_it(admin_client):
    rows = [make.topic(), make.topic()]
    keys = [row.pk for row in rows]
    after = admin_client.post(page(rows[0], "delete"), {"post": "yes"}, follow=True)
    assert f'action="{RESTORE}"' in after.text
    assert f"news.topic:{keys[0]}" in after.text
    admin_client.post(RESTORE, {"row": f"news.topic:{keys[0]}"})
    assert Topic.objects.count() == 2
    data = {"action": "delete_selected", "_selected_action": keys, "post": "yes"}
    after = admin_client.post(page(Topic, "changelist"), data, follow=True)
    assert not Topic.objects.exists()
    assert all(f'value="news.topic:{key}"' in after.text for key in keys)
    admin_client.post(RESTORE, {"row": [f"news.topic:{key}" for key in keys]})
    assert {*Topic.objects.values_list("pk", flat=True)} == {*keys}


def test_a_row_of_each_kind_comes_back(admin_client):
    for model, row in everything().items():
        model = model._meta.concrete_model
        row = model.objects.get(pk=row.pk)
        blocking = admin_client.get(page(row, "delete")).context["protected"]
        if blocking:
            continue
        # What is derived is made anew.
        said_by_version = [field.attname for field in model.history.model.copied_fields.values()]
        key, values = row.pk, model.objects.values(*said_by_version).get(pk=row.pk)
        delete(admin_client, row)
        assert not model.objects.filter(pk=key).exists()
        assert token(model(pk=key)) in admin_client.get(TRASH).text, model
        response = restore(admin_client, model(pk=key))
        assert model.objects.values(*said_by_version).get(pk=key) == values, said(response)


def test_a_draft_comes_back_with_its_article_and_alone(admin_client):
    topic = make.topic()
    live = make.article()
    draft = ArticleDraft.begun(live)
    draft.headline_en = "Said otherwise"
    draft.save()
    draft.topics.set([topic])
    draft.schedule(timezone.now() + dt.timedelta(days=1), None)
    draft.save()
    keys, based_on = (live.pk, draft.pk), draft.based_on
    delete(admin_client, live)
    assert admin_client.get(TRASH).text.count('name="row"') == 1
    restore(admin_client, Article(pk=keys[0]))
    draft = ArticleDraft.objects.get()
    assert (draft.pk, draft.live_id, draft.headline_en) == (keys[1], keys[0], "Said otherwise")
    assert (draft.topics.get(), draft.based_on) == (topic, based_on)
    assert draft.goes_public_at is None
    delete(admin_client, draft)
    assert restore(admin_client, ArticleDraft(pk=keys[1])).status_code == 302
    assert ArticleDraft.objects.get().based_on == based_on


def test_a_draft_that_went_public_is_not_in_it(admin_client):
    draft = ArticleDraft.begun(make.article())
    draft.headline_en = "Said otherwise"
    draft.save()
    key = draft.pk
    draft.publish()
    assert 'name="row"' not in admin_client.get(TRASH).text
    assert "is not in the trash" in said(restore(admin_client, ArticleDraft(pk=key)))[0]


def test_further_sources_of_a_fact_come_back_with_it(admin_client):
    allocation = make.allocation()
    further = make.further_source(allocation=allocation)
    keys = allocation.pk, further.pk
    delete(admin_client, allocation)
    assert not FurtherSource.objects.exists()
    restore(admin_client, SeatAllocation(pk=keys[0]))
    assert FurtherSource.objects.get().pk == keys[1]


def test_the_log_tells_that_a_fact_is_on_record_again(admin_client, client):
    row = make.membership()
    person, key = row.person, row.pk
    delete(admin_client, row, reason="A slip")
    assert "A slip" in client.get(person.get_absolute_url()).text
    row.pk = key
    restore(admin_client, row)
    assert "A slip" not in client.get(person.get_absolute_url()).text
    entries = LogEntry.objects.of_row("membership", key)
    assert [each.change for each in entries] == ["recorded", "removed", "recorded"]
    assert [each.before for each in entries][::2] == [None, None]
    stored = list(LogEntry.objects.values())
    recording.rebuild()
    assert list(LogEntry.objects.values()) == stored
