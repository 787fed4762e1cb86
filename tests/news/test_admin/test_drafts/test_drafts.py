"""A draft over a public article: written for days, while readers see what is public."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from news.models import Article, ArticleDraft
from tests import make
from tests.forms import filled, published
from tests.news.desk import address, signed_in
from tests.news.test_admin.test_drafts.rows import NEW, TOMORROW, of_draft, reads
from tests.reading import text

pytestmark = pytest.mark.django_db


def test_an_editor_proposes_a_change_that_nobody_reads(editor, client, article, begin):
    page = editor.get(address(article))
    assert f"{NEW}?live={article.pk}" in text(page)
    draft = begin(editor, headline_en="Anew", topics=[make.topic("peace").pk])
    assert [each.slug for each in draft.topics.all()] == ["peace"]
    assert (draft.body_en, draft.history.count()) == (article.body_en, 1)
    article.refresh_from_db()
    assert (article.headline_en, article.history.count()) == ("Headline of conference", 1)
    assert not reads(client, "Anew")
    data = filled(editor.get(of_draft(draft)), headline_en="Newer")
    assert "Readers see what is public" in text(editor.post(of_draft(draft), data, follow=True))
    assert [each.headline_en for each in draft.history.all()] == ["Newer", "Anew"]
    assert not reads(client, "Newer")


def test_who_publishes_replaces_all_at_once(editor, publisher, client, article, begin):
    draft = begin(editor, headline_en="Anew", topics=[])
    page = publisher.get(address(article), follow=True)
    assert page.redirect_chain == [(of_draft(draft), 302)]
    data = filled(page, summary_en="Short", _publish="")
    answer = published(publisher, of_draft(draft), data, follow=True)
    assert "Public in English since" in text(answer)
    assert "Not there in Russian." in text(answer)
    article.refresh_from_db()
    assert (article.headline_en, article.summary_en) == ("Anew", "Short")
    assert not article.topics.exists()
    assert not ArticleDraft.objects.exists()
    version = article.history.first()
    assert (version.history_user.username, version.topics.count()) == ("publisher", 0)
    assert reads(client, "Anew")


def test_what_was_changed_in_the_public_form_is_kept_as_a_draft(publisher, client, article):
    page = publisher.get(address(article))
    data = filled(page, headline_en="Anew", status="draft", slug="other", _draft="")
    data |= {"published_at": "", "expires_at": "2126-02-01 10:00", "reason": "<Wrong>"}
    answer = publisher.post(address(article), data, follow=True)
    told = (
        "A draft withdraws nothing: choose the status once more, and save that. A draft does not keep:"
        " Published at (emptied), Expires at (“2126-02-01 10:00”), Slug (“other”),"
        " Reason for withdrawing it (“<Wrong>”)."
    )
    assert told in [str(message) for message in answer.context["messages"]]
    assert ArticleDraft.objects.get().headline_en == "Anew"
    article.refresh_from_db()
    assert (article.slug, article.status, article.history.count()) == ("conference", "published", 1)


def test_of_a_draft_that_keeps_all_that_was_changed_nothing_more_is_said(publisher, article):
    data = filled(publisher.get(address(article)), headline_en="Anew", topics=[], _draft="")
    assert "does not keep" not in text(publisher.post(address(article), data, follow=True))
    assert ArticleDraft.objects.get().headline_en == "Anew"


@pytest.mark.parametrize("key", ["", "x", "0", "99999999999999999999", "-1"])
def test_a_draft_is_of_a_published_article(editor, key):
    make.article(status="draft")
    answer = editor.get(NEW, {"live": key}, follow=True)
    assert "A draft is begun from what is public" in text(answer)
    assert editor.post(NEW, {"live": key}, follow=True).status_code == 200
    assert not ArticleDraft.objects.exists()


def test_what_is_not_whole_is_not_published(publisher, client, article, begin):
    draft = begin(publisher, headline_en="")
    page = publisher.get(of_draft(draft))
    answer = publisher.post(of_draft(draft), filled(page, summary_en="Kept", _publish=""))
    assert answer.context["adminform"].form.errors["headline_en"]
    assert "Kept" in text(answer)
    assert ArticleDraft.objects.exists()
    assert reads(client, "Headline of conference")


def test_it_goes_public_at_its_moment(publisher, client, article, begin, clock):
    draft = begin(publisher, headline_en="Anew", **TOMORROW)
    assert not reads(client, "Anew")
    clock.move_to(dt.datetime(2027, 3, 2, 6, tzinfo=dt.UTC))
    assert reads(client, "Anew")
    version = article.history.first()
    assert version.history_user.username == "publisher"
    assert not ArticleDraft.objects.filter(pk=draft.pk).exists()


def test_what_an_editor_adds_to_a_scheduled_draft_waits(publisher, editor, client, begin, clock):
    draft = begin(publisher, headline_en="Approved", **TOMORROW)
    data = filled(editor.get(of_draft(draft)), headline_en="Later")
    answer = editor.post(of_draft(draft), data, follow=True)
    assert "without this" in text(answer)
    clock.move_to(dt.datetime(2027, 3, 2, 6, tzinfo=dt.UTC))
    assert reads(client, "Approved")
    assert ArticleDraft.objects.get().headline_en == "Later"


def later(publisher, editor, article, begin, clock, **words):
    """Return what an editor added to a scheduled draft, when that is public, and a body was mended before."""
    draft = begin(publisher, headline_en="Approved", **TOMORROW)
    published(editor, of_draft(draft), filled(editor.get(of_draft(draft)), **words))
    article.body_en = "<p>Mended</p>"
    article.save()
    clock.move_to(dt.datetime(2027, 3, 2, 6, tzinfo=dt.UTC))
    assert Client().get("/news/conference/").status_code == 200
    return ArticleDraft.objects.get()


def test_what_was_mended_in_public_meanwhile_stays(
    publisher, editor, article, begin, clock, client
):
    draft = later(publisher, editor, article, begin, clock, headline_en="Later")
    assert (draft.headline_en, draft.body_en) == ("Later", "<p>Mended</p>")
    draft.publish()
    assert reads(client, "Later")
    assert reads(client, "Mended")


def test_what_both_have_changed_is_told(publisher, editor, article, begin, clock):
    draft = later(publisher, editor, article, begin, clock, body_en="<p>Written anew</p>")
    assert draft.body_en == "<p>Written anew</p>"
    assert [field.name for field in draft.overwritten()] == ["body_en"]


def test_a_moment_that_is_past_is_refused(publisher, article):
    page = publisher.get(NEW, {"live": article.pk})
    moment = {"goes_public_at": "2020-03-02 09:00"}
    answer = publisher.post(NEW, filled(page, headline_en="Anew", **moment))
    assert answer.context["adminform"].form.errors["goes_public_at"]
    assert not ArticleDraft.objects.exists()


@pytest.mark.parametrize("forged", [{"_publish": ""}, {"goes_public_at": "2099-01-01 00:00"}])
def test_who_may_not_publish_does_not(editor, article, begin, forged):
    draft = begin(editor, headline_en="Anew")
    data = filled(editor.get(of_draft(draft)))
    assert editor.post(of_draft(draft), data | forged).status_code == 403
    new = {"live": article.pk, "headline_en": "Forged"}
    assert editor.post(NEW, new | forged).status_code == 403
    draft.refresh_from_db()
    assert (draft.goes_public_at, draft.live_id) == (None, article.pk)
    assert Article.objects.get().headline_en == "Headline of conference"


def test_nobody_else_sees_a_draft(client, editor, begin):
    draft = begin(editor, headline_en="Anew")
    reader = signed_in("reader")
    for name in ("change", "history", "delete"):
        for somebody in (client, reader):
            assert somebody.get(of_draft(draft, name)).status_code in {302, 403}
            assert somebody.post(of_draft(draft, name), {"post": "yes"}).status_code in {302, 403}
    assert ArticleDraft.objects.exists()


def test_a_draft_is_discarded(editor, client, article, begin):
    draft = begin(editor, headline_en="Anew")
    assert editor.post(of_draft(draft, "delete"), {"post": "yes"}).status_code == 302
    assert not ArticleDraft.objects.exists()
    assert reads(client, "Headline of conference")


def test_what_is_scheduled_is_discarded_by_who_may_publish(publisher, editor, client, begin, clock):
    draft = begin(publisher, headline_en="Anew", **TOMORROW)
    chosen = {"action": "delete_selected", "_selected_action": [draft.pk], "post": "yes"}
    assert of_draft(draft, "delete") not in editor.get(of_draft(draft)).text
    assert editor.post(of_draft(draft, "delete"), {"post": "yes"}).status_code == 403
    editor.post(reverse("admin:news_articledraft_changelist"), chosen)
    clock.move_to(dt.datetime(2027, 3, 2, 6, tzinfo=dt.UTC))
    assert reads(client, "Anew")


def test_the_list_says_which_article_has_a_draft(editor, article, begin):
    begin(editor, headline_en="Anew")
    assert "a draft waits" in text(editor.get(reverse("admin:news_article_changelist")))


def test_an_earlier_version_is_brought_back_as_a_draft(publisher, client, article):
    first = article.history.first()
    article.headline_en = "Changed"
    article.save()
    article.topics.clear()
    back = reverse("admin:news_article_bring_back", args=[article.pk, first.pk])
    answer = publisher.post(back, follow=True)
    draft = ArticleDraft.objects.get()
    assert answer.redirect_chain == [(of_draft(draft), 302)]
    assert draft.headline_en == "Headline of conference"
    assert [each.slug for each in draft.topics.all()] == ["laws"]
    assert reads(client, "Changed")
    draft.headline_en = "Being written"
    draft.save()
    publisher.post(back)
    assert [each.headline_en for each in draft.history.all()][:2] == [
        first.headline_en,
        "Being written",
    ]


def test_with_a_moment_publish_waits_for_it(publisher, client, begin, clock):
    draft = begin(publisher, headline_en="Anew")
    page = filled(publisher.get(of_draft(draft)), **TOMORROW)
    published(publisher, of_draft(draft), page | {"_publish": ""})
    assert not reads(client, "Anew")
    clock.move_to(dt.datetime(2027, 3, 2, 6, tzinfo=dt.UTC))
    assert reads(client, "Anew")


def test_a_version_that_was_scheduled_comes_back_without_its_moment(
    publisher, client, begin, clock
):
    draft = begin(publisher, headline_en="Old", **TOMORROW)
    first = draft.history.first()
    page = publisher.get(of_draft(draft))
    published(publisher, of_draft(draft), filled(page, headline_en="New", goes_public_at=""))
    publisher.post(of_draft(draft, "bring_back", first.pk))
    clock.move_to(dt.datetime(2027, 3, 2, 6, tzinfo=dt.UTC))
    assert not reads(client, "Old")
    draft.refresh_from_db()
    assert (draft.headline_en, draft.goes_public_at) == ("Old", None)
