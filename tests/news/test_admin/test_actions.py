"""Many articles at once: previewed row by row, done together, one version each, taken back by one button."""

import datetime as dt
from unittest.mock import ANY

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cstopa.admin.base import desk_address
from cstopa.admin.undoing import AT_ONCE
from cstopa.publishing.models import Review
from news.models import Article
from tests import make
from tests.cstopa.publishing.test_undoing import anew, undo
from tests.forms import filled
from tests.news.desk import LIST, address, signed_in
from tests.reading import spaced, text

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
ACTIONS = ("publish_chosen", "withdraw_chosen", "add_topic", "remove_topic")


@pytest.fixture
def user(sign_in):
    return sign_in("Publisher")


def choose(client, action, *rows):
    """Choose rows and an action in the list, as a browser does, and return the page that follows."""
    keys = [row.pk for row in rows]
    return client.post(LIST, {"action": action, "_selected_action": keys}, follow=True)


def page_of(action):
    return reverse(f"admin:news_article_{action}")


def confirm(client, action, preview, **answers):
    data = filled(preview, _confirm="1", **answers)
    return client.post(page_of(action), data, follow=True)


def parts(preview):
    """Return the words of what would change, and of what stays."""
    plan = preview.context["plan"]
    return (
        {row.pk: spaced(words) for row, words in plan.changes},
        {row.pk: spaced(words) for row, words in plan.refused},
    )


def test_the_chosen_are_published_at_once_and_come_back(user, client):
    whole = make.article(status="draft", published_at=None, headline_en="Whole")
    later = make.article(status="draft", published_at=timezone.now() + DAY)
    lacking = make.article(status="draft", body_en="")
    broken = make.article(status="draft", body_en='<p><a href="/news/no-such/">Read it</a></p>')
    public = make.article()
    Review.objects.take(whole, "submitted", None)
    rows = (whole, later, lacking, broken, public)
    preview = choose(user, "publish_chosen", *rows)
    changes, refused = parts(preview)
    assert changes[whole.pk].startswith("public at once.")
    assert "It is not whole in Russian" in changes[whole.pk]
    assert changes[later.pk].startswith("public from ")
    assert refused.keys() == {lacking.pk, broken.pk, public.pk}
    assert refused[lacking.pk] == "Body (in English): Without it nothing goes public in English."
    assert "leads to no page" in refused[broken.pk]
    assert refused[public.pk] == "It is published already."
    assert [row.history.count() for row in rows] == [1] * 5
    done = confirm(user, "publish_chosen", preview)
    assert "Published, or waiting for their moment. Articles: 2." in text(done)
    assert [row.history.count() for row in rows] == [2, 2, 1, 1, 1]
    assert client.get(whole.get_absolute_url()).status_code == 200
    assert anew(later).published_at == later.published_at
    assert Review.objects.current_of(whole) is None
    assert "Undone. Rows: 2." in text(undo(user, done))
    assert (anew(whole).status, anew(whole).published_at) == ("draft", None)
    assert (anew(later).status, anew(later).published_at) == ("draft", later.published_at)
    assert Review.objects.current_of(whole).state == "submitted"


def test_the_chosen_are_withdrawn_with_a_reason(user, client):
    public, draft = make.article(expires_at=timezone.now() + DAY), make.article(status="draft")
    preview = choose(user, "withdraw_chosen", public, draft)
    changes, refused = parts(preview)
    assert (list(changes), list(refused)) == ([public.pk], [draft.pk])
    for nothing in ("", "\u200b \u200b"):
        asked = confirm(user, "withdraw_chosen", preview, **{"decide-reason": nothing})
        assert "a decision is missing" in text(asked)
        assert anew(public).status == "published"
    done = confirm(user, "withdraw_chosen", asked, **{"decide-reason": "Too early"})
    assert client.get(public.get_absolute_url()).status_code == 410
    assert public.history.first().reason == "Too early"
    undo(user, done)
    assert (anew(public).status, anew(public).expires_at) == ("published", public.expires_at)


def test_a_topic_is_added_and_removed(user):
    laws, peace = make.topic("laws"), make.topic("peace")
    without, with_it = make.article(topics=[peace]), make.article(topics=[laws])
    form = choose(user, "add_topic", without, with_it)
    preview = user.post(page_of("add_topic"), filled(form, topic=laws.pk, _preview="1"))
    changes, refused = parts(preview)
    assert set(changes[without.pk].split(", ")) == {"Laws", "Peace"}
    assert refused == {with_it.pk: "It has the topic already."}
    done = confirm(user, "add_topic", preview)
    assert {*without.topics.all()} == {laws, peace}
    assert [each.topics.count() for each in without.history.all()] == [2, 1]
    undo(user, done)
    assert {*without.topics.all()} == {peace}
    form = choose(user, "remove_topic", without, with_it)
    preview = user.post(page_of("remove_topic"), filled(form, topic=peace.pk, _preview="1"))
    assert parts(preview)[1] == {with_it.pk: "It does not have the topic."}
    undo(user, confirm(user, "remove_topic", preview))
    assert {*without.topics.all()} == {peace}


def test_a_topic_has_to_be_chosen(user):
    form = choose(user, "add_topic", make.article())
    answer = user.post(page_of("add_topic"), filled(form, topic="", _preview="1"))
    assert "This field is required." in text(answer)


def test_what_was_written_since_is_not_undone_and_the_others_are(user):
    rows = [make.article(status="draft", published_at=None) for _number in range(2)]
    done = confirm(user, "publish_chosen", choose(user, "publish_chosen", *rows))
    row = anew(rows[0])
    row.headline_en = "Written since"
    row.save()
    answer = text(undo(user, done))
    assert "“Written since” was written since" in answer
    assert [anew(row).status for row in rows] == ["published", "draft"]


def test_what_changed_since_the_preview_is_previewed_again(user):
    row = make.article(status="draft", published_at=None)
    preview = choose(user, "publish_chosen", row)
    row.headline_en = "Anew"
    row.save()
    again = confirm(user, "publish_chosen", preview)
    assert "The records have changed since" in text(again)
    assert anew(row).status == "draft"
    row.delete()
    assert "none of the chosen rows would change" in text(confirm(user, "publish_chosen", again))


def test_the_way_back_leads_to_the_list(user):
    row = make.article(status="draft")
    preview = choose(user, "publish_chosen", row)
    data = filled(preview, _back="1")
    assert user.post(page_of("publish_chosen"), data).headers["Location"] == LIST
    assert anew(row).history.count() == 1


@pytest.mark.parametrize("group", ["Writer", "Editor"])
def test_who_may_not_publish_has_no_such_action(group):
    somebody, article = signed_in("somebody", group), make.article(status="draft")
    shown = text(somebody.get(LIST))
    for action in ACTIONS[:2]:
        assert action not in shown
        assert choose(somebody, action, article).status_code == 403
        for sent in ({"rows": article.pk}, {"rows": article.pk, "_confirm": "1", "digest": "x"}):
            assert somebody.get(page_of(action), sent).status_code == 403
            assert somebody.post(page_of(action), sent).status_code == 403
    assert anew(article).status == "draft"


def test_a_topic_of_a_public_article_is_that_of_who_may_publish():
    editor, topic = signed_in("somebody", "Editor"), make.topic("laws")
    public, draft = make.article(), make.article(status="draft")
    form = choose(editor, "add_topic", public, draft)
    preview = editor.post(page_of("add_topic"), filled(form, topic=topic.pk, _preview="1"))
    assert parts(preview)[1] == {public.pk: "You may not change it."}
    confirm(editor, "add_topic", preview)
    assert (public.topics.count(), draft.topics.count()) == (0, 1)


def test_withdrawn_articles_that_lead_to_one_another_come_back_together(user):
    link = '<p><a href="/news/%s/">It</a></p>'
    first, second, third = (
        make.article(f"told-{number}", body_en=link % f"told-{following}")
        for number, following in ("12", "21", "31")
    )
    for row in (first, second, third):
        row.withdraw()
    assert "was withdrawn" in parts(choose(user, "publish_chosen", first))[1][first.pk]
    preview = choose(user, "publish_chosen", first, second, third)
    assert parts(preview) == (dict.fromkeys((first.pk, second.pk, third.pk), ANY), {})
    confirm(user, "publish_chosen", preview)
    assert {row.status for row in Article.objects.all()} == {"published"}
    # Where one of them stays, or comes later, so does what leads there.
    second.published_at = timezone.now() + DAY
    for row in (first, second, third):
        row.withdraw()
    all_stay = ({}, dict.fromkeys((first.pk, second.pk, third.pk), ANY))
    assert parts(choose(user, "publish_chosen", first, second, third)) == all_stay
    Article.objects.filter(pk=second.pk).update(published_at=None, summary_en="")
    assert parts(choose(user, "publish_chosen", first, second, third)) == all_stay


def test_who_only_reads_has_none_of_it(sign_in):
    reader, article = sign_in(permissions=["view_article"]), make.article()
    assert reader.get(address(article)).status_code == 200
    for action in ACTIONS:
        assert choose(reader, action, article).status_code == 403
        assert reader.post(page_of(action), {"rows": article.pk}).status_code == 403


def test_no_more_are_chosen_than_are_previewed(user):
    Article.objects.bulk_create(
        Article(slug=f"many-{number}", code=f"many-{number}", headline_en="One of many")
        for number in range(AT_ONCE + 1)
    )
    answer = choose(user, "publish_chosen", *Article.objects.all())
    assert "Choose no more than 100 at once." in text(answer)
    keys = [*Article.objects.values_list("pk", flat=True)]
    assert user.get(page_of("publish_chosen"), {"rows": keys}).headers["Location"] == LIST


@pytest.mark.parametrize("keys", [[], ["x"], ["999999"], ["9" * 40], ["\x00"]])
@pytest.mark.parametrize("action", ACTIONS)
def test_odd_keys_change_nothing(user, action, keys):
    for sent in (
        {"rows": keys},
        {"rows": keys, "_confirm": "1", "topic": "x", "decide-reason": "y"},
    ):
        assert user.get(page_of(action), sent).status_code in {200, 302}
        assert user.post(page_of(action), sent).status_code in {200, 302}


def test_who_withdraws_many_sees_what_links_to_each(user):
    link = '<p><a href="/ru/news/%s/">It</a></p>'
    first, second, third, scheduled = (make.article(f"told-{number}") for number in "1234")
    first.slug = "renamed"
    first.save()
    make.draft(scheduled, goes_public_at=dt.datetime(2199, 1, 1, 6, tzinfo=dt.UTC))
    make.draft(third)
    about = make.page(body_en=link % "told-2")
    telling = make.article("telling", body_ru=link % "told-1" + link % "told-2")

    def links(row):
        return f'href="{desk_address(row)}"'

    preview = choose(user, "withdraw_chosen", first, second, third, scheduled)
    changes, _refused = parts(preview)
    assert [links(row) in changes[first.pk] for row in (about, telling)] == [False, True]
    assert [links(row) in changes[second.pk] for row in (about, telling)] == [True, True]
    assert "will lead to a page that says that it is gone" in changes[first.pk]
    assert changes[third.pk] == "a draft: readers do not see it."
    assert "over it does not go public on 1 January 2199, 09:00" in spaced(changes[scheduled.pk])
    assert links(telling) in text(preview)


def test_queries_of_it_do_not_grow_with_rows_and_links(user):
    rows = [make.article(f"told-{number}") for number in range(8)]
    for row in rows:
        make.article(body_en=f'<p><a href="/news/{row.slug}/">It</a></p>')
    choose(user, "withdraw_chosen", *rows)

    def cost(number):
        with CaptureQueriesContext(connection) as captured:
            choose(user, "withdraw_chosen", *rows[:number])
        return len(captured)

    assert cost(8) == cost(2)


def test_who_lets_it_expire_sees_what_links_to_it(user):
    row = make.article("told")
    telling = make.article("telling", body_en='<p><a href="/news/told/">It</a></p>')
    data = filled(user.get(f"{address(row)}?live"), expires_at="2099-01-01 10:00")
    answer = user.post(address(row), data)
    [(_name, words)] = [
        each for each in answer.context["adminform"].form.asked if each[0] == "expires_at"
    ]
    assert f'href="{address(telling)}"' in words
    assert anew(row).expires_at is None
    data = filled(answer, **{"_all_the_same": answer.context["adminform"].form.asked_keys})
    assert user.post(address(row), data).status_code == 302
    # It is asked once.
    data = filled(user.get(f"{address(row)}?live"), summary_en="Anew")
    assert user.post(address(row), data).status_code == 302
