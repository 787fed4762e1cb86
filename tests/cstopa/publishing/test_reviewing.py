"""The review: what is submitted is approved or returned, and each step is one click with the save."""

import pytest
from django.urls import reverse

from cstopa.publishing.models import Review
from news.models import Article, ArticleDraft
from tests import make
from tests.forms import errors, filled, published
from tests.news.desk import ADD, WORDS, address, signed_in
from tests.reading import text

pytestmark = pytest.mark.django_db

SUBMIT, APPROVE, RETURN = ({"_review": each} for each in ("submitted", "approved", "returned"))
WRITES = ("view_article", "add_article", "change_article")


@pytest.fixture
def writer():
    return signed_in("writer", permissions=WRITES)


@pytest.fixture
def article():
    return make.article("conference", status="draft")


def send(client, row, **values):
    form = address(row)
    return published(client, form, filled(client.get(form), **values), follow=True)


def steps(row):
    found = Review.objects.of(row).order_by("id").values_list("state", "by__username", "comment")
    return list(found)


def test_it_is_written_and_submitted_in_one_click(writer):
    answer = writer.post(ADD, filled(writer.get(ADD), **WORDS, **SUBMIT), follow=True)
    assert "Submitted for review." in text(answer)
    article = Article.objects.get()
    assert (article.status, article.headline_en) == ("draft", "Told")
    assert steps(article) == [("submitted", "writer", "")]


def test_it_comes_back_with_a_comment_and_is_approved_at_last(writer, editor, article):
    send(writer, article, **SUBMIT)
    answer = send(editor, article, summary_en="Shorter", review_comment="Who said <so>?", **RETURN)
    assert "Returned, with your comment." in text(answer)
    article.refresh_from_db()
    assert article.summary_en == "Shorter"
    page = text(writer.get(address(article)))
    assert "Who said &lt;so&gt;?" in page
    assert "<strong>returned</strong>, editor" in page
    send(writer, article, headline_en="The Chairman said so", **SUBMIT)
    send(editor, article, **APPROVE)
    assert [state for state, *_others in steps(article)] == [
        *("submitted", "returned"),
        *("submitted", "approved"),
    ]
    step = Review.objects.current_of(article)
    assert step.state == "approved"
    assert (step.by.username, step.submitted_by.username) == ("editor", "writer")


def test_what_comes_back_says_why(writer, editor, article):
    send(writer, article, **SUBMIT)
    answer = send(editor, article, headline_en="Kept", **RETURN)
    assert errors(answer) == {"review_comment": ["Say what is to be changed."]}
    assert 'value="Kept"' in text(answer)
    assert len(steps(article)) == 1


def test_what_is_written_after_an_approval_needs_approval_anew(writer, editor, article):
    send(writer, article, **SUBMIT)
    send(editor, article, **APPROVE)
    assert "Submit for review" not in text(writer.get(address(article)))
    send(writer, article, headline_en="Another")
    assert Review.objects.current_of(article) is None
    assert "Submit for review" in text(writer.get(address(article)))


def test_what_is_approved_was_seen(writer, editor, article):
    send(writer, article, **SUBMIT)
    seen = filled(editor.get(address(article)), **APPROVE)
    send(writer, article, headline_en="Another")
    answer = editor.post(address(article), seen)
    assert "read it, then approve it once more" in text(answer)
    assert Review.objects.current_of(article).state == "submitted"
    assert editor.post(address(article), filled(answer, **APPROVE)).status_code == 302
    assert Review.objects.current_of(article).state == "approved"
    article.refresh_from_db()
    assert article.headline_en == "Another"


def test_a_step_that_another_has_taken_is_told_and_nothing_is_lost(
    writer, editor, publisher, article
):
    send(writer, article, **SUBMIT)
    data = filled(editor.get(address(article)), review_comment="Mine", **RETURN)
    send(publisher, article, review_comment="Theirs", **RETURN)
    answer = editor.post(address(article), data, follow=True)
    assert "Meanwhile another has taken this step" in text(answer)
    assert steps(article)[1:] == [
        ("returned", "publisher", "Theirs"),
        ("commented", "editor", "Mine"),
    ]


def test_a_comment_alone_changes_no_state(writer, editor, article):
    send(writer, article, **SUBMIT)
    send(editor, article, **APPROVE)
    send(writer, article, review_comment="Thank you")
    assert Review.objects.current_of(article).state == "approved"
    assert article.history.count() == 1
    assert "Thank you" in text(editor.get(address(article)))


def test_of_what_is_public_nothing_is_reviewed(writer, editor, publisher, article):
    send(writer, article, **SUBMIT)
    send(publisher, article, status="published")
    assert "Submit for review" not in text(publisher.get(address(article)))
    article.refresh_from_db()
    assert (
        publisher.post(
            address(article), filled(publisher.get(address(article)), **APPROVE)
        ).status_code
        == 403
    )
    send(publisher, article, status="draft")
    assert Review.objects.current_of(article) is None


def test_a_draft_of_a_public_article_is_reviewed(editor, publisher):
    live = make.article()
    new = f"{reverse('admin:news_articledraft_add')}?live={live.pk}"
    editor.post(new, filled(editor.get(new), headline_en="Anew", **SUBMIT))
    draft = ArticleDraft.objects.get()
    assert steps(draft) == [("submitted", "editor", "")]
    form = reverse("admin:news_articledraft_change", args=[draft.pk])
    publisher.post(form, filled(publisher.get(form), **APPROVE))
    assert Review.objects.current_of(draft).state == "approved"
    publisher.post(form, filled(publisher.get(form), _publish=""))
    live.refresh_from_db()
    assert live.headline_en == "Anew"
    assert not Review.objects.filter(is_newest=True).exists()


@pytest.mark.parametrize("forged", [APPROVE, RETURN, {"_review": "commented"}, {"_review": "x"}])
def test_who_may_not_review_does_not(writer, article, forged):
    send(writer, article, **SUBMIT)
    data = filled(writer.get(address(article)), headline_en="Forged", review_comment="x")
    assert writer.post(address(article), data | forged).status_code == 403
    assert writer.post(ADD, filled(writer.get(ADD), **WORDS) | forged).status_code == 403
    assert steps(article) == [("submitted", "writer", "")]
    assert [each.headline_en for each in Article.objects.all()] == [article.headline_en]


def test_who_may_not_write_takes_no_step(article):
    reader = signed_in("reader", permissions=["view_article", "review_article"])
    assert "_review" not in text(reader.get(address(article)))
    for step in (SUBMIT, APPROVE, RETURN):
        assert reader.post(address(article), {**step, "review_comment": "x"}).status_code == 403
    assert steps(article) == []
