"""An undo of what was done to a draft: nothing goes public by it that was not approved, nor another time."""

import pytest
from django.urls import reverse

from cstopa.publishing.models import Review, newest
from news.models import ArticleDraft
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.publishing.test_undoing import anew, fill, undo
from tests.forms import filled
from tests.news.desk import signed_in
from tests.reading import text

pytestmark = pytest.mark.django_db
MOVE = reverse("admin:move")


@pytest.fixture
def scheduled(clock, publisher):
    """Return a draft of which a publisher has scheduled a version."""
    draft = make.draft(make.article(), headline_en="Approved")
    fill(publisher, page(draft, "change"), goes_public_at="2027-03-02 09:00")
    return anew(draft)


@pytest.mark.parametrize("step", [{}, {"_review": "approved"}])
def test_what_a_publisher_saves_of_a_scheduled_draft_is_not_taken_back(scheduled, publisher, step):
    answer = fill(publisher, page(scheduled, "change"), headline_en="Another", **step)
    draft = anew(scheduled)
    assert (draft.headline_en, draft.scheduled_version) == ("Another", draft.history.first().pk)
    assert 'class="undo"' not in answer.text


def test_what_an_editor_saves_of_it_is_and_the_approved_words_are_scheduled(scheduled, editor):
    answer = fill(editor, page(scheduled, "change"), headline_en="Unapproved")
    assert "without this" in text(answer)
    again = undo(editor, answer)
    assert "without this" not in text(again)
    draft = anew(scheduled)
    assert (draft.headline_en, draft.scheduled_version) == ("Approved", draft.history.first().pk)
    assert draft.goes_public_at == scheduled.goes_public_at


@pytest.fixture
def left(scheduled, editor, client, clock):
    """Return what an editor had written into it since, after the scheduled version is public."""
    fill(editor, page(scheduled, "change"), headline_en="Unapproved")
    clock.move_to("2027-03-03T09:00Z")
    assert "Approved" in text(client.get(scheduled.get_absolute_url()))
    return scheduled


@pytest.mark.parametrize("group", ["Editor", "Publisher"])
def test_nothing_unapproved_goes_public_by_an_undo(left, client, group):
    someone = signed_in("someone", group)
    answer = fill(someone, page(left, "change"), summary_en="Written since")
    undo(someone, answer)
    draft = anew(left)
    assert (draft.headline_en, draft.goes_public_at) == ("Unapproved", None)
    assert "Unapproved" not in text(client.get(left.get_absolute_url()))


def test_a_moment_that_is_past_does_not_come_back(left, client):
    publisher = signed_in("someone", "Publisher")
    answer = fill(publisher, page(left, "change"), goes_public_at="2027-03-09 09:00")
    undo(publisher, answer)
    draft = anew(left)
    assert (draft.goes_public_at, draft.scheduled_version) == (None, None)
    assert "Unapproved" not in text(client.get(left.get_absolute_url()))


@pytest.mark.parametrize("moment", ["", "2027-03-05 09:00"])
def test_what_was_scheduled_is_again_and_not_what_was_written_since(
    scheduled, editor, publisher, client, clock, moment
):
    fill(editor, page(scheduled, "change"), headline_en="Unapproved")
    answer = fill(publisher, page(scheduled, "change"), goes_public_at=moment)
    undo(publisher, answer)
    draft = anew(scheduled)
    assert draft.goes_public_at == scheduled.goes_public_at
    assert draft.scheduled_version == scheduled.scheduled_version
    clock.move_to("2027-03-03T09:00Z")
    assert "Approved" in text(client.get(draft.get_absolute_url()))
    assert anew(scheduled).headline_en == "Unapproved"


def test_a_draft_that_was_begun_with_its_moment_waits_for_none(clock, publisher):
    where = f"{page(ArticleDraft, 'add')}?live={make.article().pk}"
    answer = fill(publisher, where, headline_en="Another", goes_public_at="2027-03-02 09:00")
    undo(publisher, answer)
    draft = ArticleDraft.objects.get()
    assert (draft.headline_en, draft.goes_public_at) == ("Another", None)
    assert (draft.scheduled_version, draft.scheduled_by) == (None, None)


def test_a_move_is_not_undone_once_readers_see_it(scheduled, editor, publisher, client, clock):
    fill(editor, page(scheduled, "change"), headline_en="Unapproved")
    entry = f"news.articledraft:{scheduled.pk}:goes_public_at:{newest(scheduled)}"
    form = publisher.get(MOVE, {"entry": entry})
    answer = publisher.post(MOVE, filled(form, moment="2027-03-01 15:00"), follow=True)
    moved = anew(scheduled)
    assert moved.goes_public_at < scheduled.goes_public_at
    clock.shift(60 * 60 * 4)
    assert "Approved" in text(client.get(scheduled.get_absolute_url()))
    assert "Readers see it since" in text(undo(publisher, answer))
    assert anew(scheduled).goes_public_at is None


# The review


def test_an_approval_of_words_that_are_undone_lets_wait_what_waited(writer, editor):
    row = make.article(status="draft", published_at=None)
    fill(writer, page(row, "change"), headline_en="Submitted", _review="submitted")
    answer = fill(editor, page(row, "change"), headline_en="Mended", _review="approved")
    assert Review.objects.current_of(row).state == "approved"
    undo(editor, answer)
    assert anew(row).headline_en == "Submitted"
    assert Review.objects.current_of(row).state == "submitted"


def saved(client, row):
    return fill(client, page(row, "change"), headline_en="Another")


def published(_client, row):
    return fill(signed_in("someone", "Publisher"), page(row, "change"), status="published")


@pytest.mark.parametrize("act", [saved, published])
def test_an_approval_does_not_come_back_for_another_moment(writer, editor, act):
    row = make.article(status="draft", published_at=None)
    fill(writer, page(row, "change"), _review="submitted")
    fill(editor, page(row, "change"), _review="approved")
    assert Review.objects.current_of(row).state == "approved"
    fill(writer, page(row, "change"), published_at="2031-01-01 10:00")
    answer = act(writer, row)
    undo(answer.client, answer)
    assert anew(row).status == "draft"
    assert Review.objects.current_of(row) is None
