"""The form of a new draft, of which another was begun since it was opened."""

import pytest
from django.urls import reverse

from cstopa.working_copies.models import WorkingCopy
from news.models import ArticleDraft
from tests import make
from tests.forms import filled, published
from tests.news.desk import address
from tests.news.test_admin.test_drafts.rows import NEW, TOMORROW, of_draft
from tests.reading import spaced, text

pytestmark = pytest.mark.django_db


def test_two_who_begin_a_draft_have_one_with_what_both_wrote(editor, publisher, article, begin):
    page = publisher.get(NEW, {"live": article.pk})
    draft = begin(editor, headline_en="Hers", topics=[])
    answer = publisher.post(NEW, filled(page, summary_en="His"), follow=True)
    assert answer.redirect_chain == [(of_draft(draft), 302)]
    assert "Since you opened this, editor saved it too" in text(answer)
    draft.refresh_from_db()
    assert (draft.headline_en, draft.summary_en) == ("Hers", "His")
    assert not draft.topics.exists()
    assert publisher.get(NEW, {"live": article.pk}).headers["Location"] == of_draft(draft)
    assert not WorkingCopy.objects.with_words().exists()


def test_of_what_both_wrote_who_began_later_is_asked(editor, publisher, article, begin):
    page = publisher.get(NEW, {"live": article.pk})
    draft = begin(editor, headline_en="Hers", summary_en="Her summary")
    answer = publisher.post(NEW, filled(page, headline_en="His"))
    assert "editor wrote this too: choose" in spaced(text(answer))
    assert 'value="His"' in text(answer)
    draft.refresh_from_db()
    assert draft.headline_en == "Hers"
    assert f'action="{of_draft(draft)}"' in text(answer)
    sent = filled(answer, **{"headline_en-choice": "mine"})
    assert publisher.post(of_draft(draft), sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.headline_en, draft.summary_en) == ("His", "Her summary")


def test_what_was_left_of_a_new_draft_goes_into_the_one_begun_since(
    editor, publisher, article, begin
):
    page = publisher.get(NEW, {"live": article.pk})
    left = filled(page, summary_en="His", working_copy_step=1)
    kept = reverse("admin:news_articledraft_working_copy")
    assert publisher.post(kept, left).status_code == 200
    draft = begin(editor, headline_en="Hers")
    address = f"{NEW}?working_copy={left['working_copy']}"
    page = publisher.get(address, follow=True)
    assert page.redirect_chain[0][0].startswith(of_draft(draft))
    assert filled(page)["summary_en"] == "His"
    assert publisher.post(of_draft(draft), filled(page)).status_code == 302
    draft.refresh_from_db()
    assert (draft.headline_en, draft.summary_en) == ("Hers", "His")


def test_what_is_typed_after_a_lost_answer_does_not_overwrite_the_draft_unseen(
    editor, publisher, article, begin
):
    page = publisher.get(NEW, {"live": article.pk})
    draft = begin(editor, headline_en="Hers")
    sent = filled(page, summary_en="His", working_copy_step=5)
    assert publisher.post(NEW, sent).status_code == 302
    # The page stays, and its writer types on.
    more = sent | {"body_en": "<p>More.</p>", "working_copy_step": 9}
    kept = reverse("admin:news_articledraft_working_copy")
    assert publisher.post(kept, more).status_code == 200
    taken_up = publisher.get(f"{NEW}?working_copy={sent['working_copy']}", follow=True)
    assert taken_up.redirect_chain[0][0].startswith(of_draft(draft))
    assert publisher.post(of_draft(draft), filled(taken_up)).status_code == 302
    draft.refresh_from_db()
    words = (draft.headline_en, draft.summary_en, draft.body_en)
    assert words == ("Hers", "His", "<p>More.</p>")
    # Or sends it once more.
    assert publisher.post(NEW, more | {"summary_ru": "Его"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.headline_en, draft.summary_ru) == ("Hers", "Его")
    assert not WorkingCopy.objects.with_words().exists()


def test_what_was_left_of_a_new_draft_is_offered_in_the_form_of_the_one_begun_since(
    editor, publisher, article, begin, clock
):
    page = publisher.get(NEW, {"live": article.pk})
    left = filled(page, summary_en="His", working_copy_step=5, working_copy_left="1")
    publisher.post(reverse("admin:news_articledraft_working_copy"), left)
    draft = begin(editor, headline_en="Hers")
    clock.shift(1)
    [offer] = publisher.get(of_draft(draft)).context["working_copy_offers"]
    taken_up = publisher.get(of_draft(draft), {"working_copy": offer.token})
    assert publisher.post(of_draft(draft), filled(taken_up)).status_code == 302
    draft.refresh_from_db()
    assert (draft.headline_en, draft.summary_en) == ("Hers", "His")
    assert not publisher.get(of_draft(draft)).context["working_copy_offers"]


@pytest.mark.parametrize("is_begun_again", [False, True])
def test_what_was_left_of_a_draft_that_ended_is_taken_up_in_the_next(
    editor, publisher, article, begin, clock, is_begun_again
):
    draft = begin(editor, headline_en="Hers")
    left = filled(editor.get(of_draft(draft)), summary_en="Left", working_copy_step=5)
    editor.post(of_draft(draft, "working_copy"), left)
    clock.shift(60)
    form = filled(publisher.get(of_draft(draft)), body_en="<p>Mended</p>", _publish="")
    assert published(publisher, of_draft(draft), form).status_code == 302
    assert not ArticleDraft.objects.exists()
    if is_begun_again:
        begin(publisher, headline_ru="Снова")
    page = editor.get(NEW, {"working_copy": left["working_copy"]}, follow=True)
    assert filled(page)["summary_en"] == "Left"
    where = of_draft(ArticleDraft.objects.get()) if is_begun_again else NEW
    assert editor.post(where, filled(page)).status_code == 302
    draft = ArticleDraft.objects.get()
    assert (draft.headline_en, draft.summary_en) == ("Hers", "Left")
    live = draft.as_live()
    assert (live.headline_en, live.body_en) == ("Hers", "<p>Mended</p>")
    assert draft.headline_ru == ("Снова" if is_begun_again else "")


def test_a_draft_of_one_is_not_saved_into_that_of_another(publisher, article, begin):
    other = make.article("other", pk=38)
    over = make.draft(other, pk=article.pk, headline_en="Of the other")
    page = publisher.get(f"{address(article)}?live")
    sent = filled(page, headline_en="Mended", working_copy_step=5)
    assert publisher.post(address(article), sent).status_code == 302
    again = sent | {"headline_en": "Mended more", "working_copy_step": 9, "_draft": ""}
    answer = publisher.post(address(article), again, follow=True)
    over.refresh_from_db()
    assert over.headline_en == "Of the other"
    draft = ArticleDraft.objects.get(live=article)
    assert draft.headline_en == "Mended more"
    assert answer.redirect_chain[-1] == (of_draft(draft), 302)
    # Sent once more, it is the same draft.
    publisher.post(address(article), again)
    assert draft.history.count() == 1


def test_save_as_draft_leaves_the_moment_that_another_gave_the_draft(publisher, article):
    page = publisher.get(f"{address(article)}?live")
    draft = make.draft(article, headline_en="Hers")
    address_of_draft = of_draft(draft)
    form = filled(publisher.get(address_of_draft), **TOMORROW)
    assert published(publisher, address_of_draft, form).status_code == 302
    sent = filled(page, summary_en="His", _draft="")
    answer = publisher.post(address(article), sent)
    assert "Others have saved this since" in text(answer)
    assert published(publisher, address_of_draft, filled(answer)).status_code == 302
    draft.refresh_from_db()
    assert (draft.headline_en, draft.summary_en) == ("Hers", "His")
    assert draft.goes_public_at is not None


def test_the_form_of_a_draft_that_was_published_is_merged_with_the_next(
    editor, publisher, article, begin
):
    page = publisher.get(NEW, {"live": article.pk})
    sent = filled(page, summary_en="His", working_copy_step=5)
    assert publisher.post(NEW, sent).status_code == 302
    form = filled(publisher.get(of_draft(ArticleDraft.objects.get())), _publish="")
    assert published(publisher, of_draft(ArticleDraft.objects.get()), form).status_code == 302
    begin(editor, headline_en="Hers")
    more = sent | {"body_en": "<p>More.</p>", "working_copy_step": 9}
    assert publisher.post(NEW, more).status_code == 302
    draft = ArticleDraft.objects.get()
    words = (draft.headline_en, draft.summary_en, draft.body_en)
    assert words == ("Hers", "His", "<p>More.</p>")


def test_what_was_left_over_one_is_not_offered_over_another(editor, article):
    other = make.article("other")
    page = editor.get(NEW, {"live": other.pk})
    left = filled(page, summary_en="Of the other", working_copy_step=1)
    editor.post(reverse("admin:news_articledraft_working_copy"), left)
    said = "you left text here"
    assert said in spaced(text(editor.get(NEW, {"live": other.pk})))
    assert said not in spaced(text(editor.get(NEW, {"live": article.pk})))
    draft = make.draft(article)
    asked = {"live": article.pk, "working_copy": left["working_copy"]}
    assert editor.get(NEW, asked).headers["Location"] == of_draft(draft)


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30])
def test_where_the_start_is_not_known_all_that_differs_is_asked(editor, article, begin, number):
    page = editor.get(NEW, {"live": article.pk})
    draft = begin(editor, headline_en="First")
    answer = editor.post(NEW, filled(page, headline_en="Second", begun_from=number))
    assert answer.status_code == 200
    assert 'value="Second"' in text(answer)
    draft.refresh_from_db()
    assert draft.headline_en == "First"
