"""What waits for whom, on the first page of the desk: to be approved, to be published, to be written anew."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from cstopa.publishing.models import Review
from news.models import Article, ArticleDraft
from tests import make
from tests.cstopa.publishing.test_reviewing import WRITES
from tests.growth import queries
from tests.news.desk import signed_in
from tests.reading import text

pytestmark = pytest.mark.django_db

DESK = reverse("admin:index")


@pytest.fixture
def writer():
    return signed_in("writer", permissions=WRITES)


@pytest.fixture
def take():
    def take(row, state, name, comment=""):
        by = User.objects.get(username=name)
        return Review.objects.take(row, state, by, comment)

    return take


def waits_for(client):
    return [(row, step.state) for _address, row, step in client.get(DESK).context["waiting"]]


def test_what_is_submitted_waits_for_who_reviews_the_longest_waiting_first(
    writer, editor, publisher, take
):
    rows = [make.article(slug, status="draft") for slug in ("b", "a")]
    for row in rows:
        take(row, "submitted", "writer")
    assert waits_for(editor) == waits_for(publisher) == [(row, "submitted") for row in rows]
    assert waits_for(writer) == []
    page = text(editor.get(DESK))
    assert "Waiting for you" in page
    assert reverse("admin:news_article_change", args=[rows[0].pk]) in page
    assert "for review, writer" in page
    assert "Waiting for you" not in text(writer.get(DESK))


def test_what_is_returned_waits_for_who_submitted_it(writer, editor, publisher, take):
    other = signed_in("other", permissions=WRITES)
    article = make.article(status="draft")
    take(article, "submitted", "writer")
    take(article, "returned", "editor", "Who said so?")
    assert waits_for(writer) == [(article, "returned")]
    assert "Who said so?" in text(writer.get(DESK))
    assert waits_for(editor) == waits_for(publisher) == waits_for(other) == []


def test_what_is_approved_waits_for_who_publishes_until_it_is_public_or_written_anew(
    writer, editor, publisher, take
):
    draft, public, written = (make.article(slug, status="draft") for slug in ("a", "b", "c"))
    for row in (draft, public, written):
        take(row, "submitted", "writer")
        take(row, "approved", "editor")
    public.status = "published"
    public.save()
    written.headline_en = "Anew"
    written.save()
    assert waits_for(publisher) == [(draft, "approved")]
    assert waits_for(editor) == waits_for(writer) == []


def test_a_draft_of_a_public_article_waits_until_it_is_scheduled(editor, publisher, take):
    draft = ArticleDraft.begun(make.article())
    draft.save()
    take(draft, "submitted", "editor")
    assert waits_for(publisher) == [(draft, "submitted")]
    take(draft, "approved", "editor")
    assert waits_for(publisher) == [(draft, "approved")]

    ArticleDraft.objects.update(goes_public_at="2099-01-01 00:00Z")
    assert waits_for(publisher) == []


def test_what_is_gone_waits_for_nobody(writer, editor, take):
    article = make.article(status="draft")
    take(article, "submitted", "writer")
    article.delete()
    assert waits_for(editor) == []


def test_nobody_sees_what_she_may_not_open(writer, take):
    article = make.article(status="draft")
    take(article, "submitted", "writer")
    take(article, "returned", "writer", "Secret")
    User.objects.get(username="writer").user_permissions.clear()
    assert "Secret" not in text(writer.get(DESK))
    reviewer = signed_in("reviewer", permissions=["review_article", "publish_article"])
    take(article, "submitted", "writer")
    assert waits_for(reviewer) == []


def test_queries_do_not_grow_with_what_waits(publisher, take):
    def add(number):
        for each in range(number):
            row = make.article(f"row-{Article.objects.count()}", status="draft")
            take(row, "submitted", "publisher")
            if each % 2:
                take(row, "approved", "publisher")

    add(2)
    before = queries(publisher, DESK)
    add(10)
    assert queries(publisher, DESK) == before
