"""The draft over what was withdrawn: it is named, promised no moment, and its words are taken."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from cstopa.publishing.models import newest
from cstopa.working_copies.models import WorkingCopy
from news.models import ArticleDraft
from tests.forms import errors, filled
from tests.news.desk import LIST, address, signed_in
from tests.news.test_admin.test_drafts.rows import NEW, TOMORROW, of_draft, reads
from tests.reading import spaced, text

pytestmark = pytest.mark.django_db


def test_a_scheduled_draft_leaves_alone_what_was_withdrawn(
    publisher, client, article, begin, clock
):
    begin(publisher, headline_en="Anew", **TOMORROW)
    article.withdraw()
    article.headline_en = "Written since"
    article.save()
    clock.move_to(dt.datetime(2027, 3, 2, 6, tzinfo=dt.UTC))
    assert client.get("/news/conference/").status_code == 410
    article.refresh_from_db()
    draft = ArticleDraft.objects.get()
    assert (article.headline_en, draft.headline_en) == ("Written since", "Anew")
    assert (draft.goes_public_at, draft.scheduled_version) == (None, None)
    log = publisher.get(reverse("admin:log"), {"kind": draft._meta.label_lower})
    last = log.context["entries"][0]
    assert str(last.act) == "scheduled no more"


def test_who_withdraws_is_told_of_the_draft_that_was_to_go_public(
    publisher, client, article, begin, clock
):
    draft = begin(publisher, headline_en="Anew", **TOMORROW)
    page = f"{address(article)}?live"
    answer = publisher.post(page, filled(publisher.get(page), status="draft"), follow=True)
    said = f'The <a href="{of_draft(draft)}">draft</a> over it does not go public on 2 March 2027'
    assert said in spaced(text(answer))
    # To have it back is to have it scheduled as it was.
    button = re.search('name="undo" value="([^"]+)"', answer.text)[1]
    publisher.post(reverse("admin:undo"), {"undo": button})
    clock.move_to(dt.datetime(2027, 3, 2, 6, tzinfo=dt.UTC))
    assert reads(client, "Anew")


def test_no_draft_over_what_was_withdrawn_is_promised_a_moment(publisher, article, begin):
    draft = begin(publisher, headline_en="Anew")
    article.withdraw()
    answer = publisher.post(of_draft(draft), filled(publisher.get(of_draft(draft)), **TOMORROW))
    said = "What it is a draft of is withdrawn: publish that first."
    assert errors(answer) == {"goes_public_at": [said]}
    # Its words are mended as ever, also where it was scheduled before.
    draft.goes_public_at = dt.datetime(2027, 3, 2, 6, tzinfo=dt.UTC)
    draft.save()
    data = filled(publisher.get(of_draft(draft)), headline_en="Mended")
    answer = publisher.post(of_draft(draft), data, follow=True)
    assert "goes public on" not in text(answer)
    draft.refresh_from_db()
    assert draft.headline_en == "Mended"
    entry = f"{draft._meta.label_lower}:{draft.pk}:goes_public_at:{newest(draft)}"
    moved = {"entry": entry, "day": "2027-03-09"}
    assert said in text(publisher.post(reverse("admin:move"), moved, follow=True))
    draft.refresh_from_db()
    assert draft.goes_public_at == dt.datetime(2027, 3, 2, 6, tzinfo=dt.UTC)


def test_what_was_withdrawn_names_its_draft_and_takes_its_words(
    publisher, editor, writer, client, article, begin
):
    draft = begin(editor, headline_en="Anew", topics=[])
    article.refresh_from_db()
    article.summary_en = "Summed up anew"
    article.save()
    hand_over = of_draft(draft, "hand_over")
    # It would be public.
    answer = publisher.post(hand_over, follow=True)
    assert "What it is a draft of is public: publish the draft." in text(answer)
    article.withdraw()
    assert "draft, with a draft over it" in text(editor.get(LIST))
    assert "was withdrawn: <a" in text(editor.get(of_draft(draft)))
    for somebody in (publisher, editor):
        page = text(somebody.get(address(article)))
        assert f'action="{hand_over}"' in page
        assert f'href="{of_draft(draft)}"' in page
        assert "Take its words" in page
    assert "Take its words" not in text(writer.get(address(article)))
    assert writer.post(hand_over).status_code == 403
    assert editor.get(hand_over).status_code == 403
    assert editor.post(of_draft(ArticleDraft(pk=99), "hand_over")).status_code == 404
    answer = editor.post(hand_over, follow=True)
    article.refresh_from_db()
    assert (article.status, article.headline_en) == ("draft", "Anew")
    assert (article.summary_en, article.topics.count()) == ("Summed up anew", 0)
    assert not ArticleDraft.objects.exists()
    assert "Take its words" not in text(editor.get(address(article)))
    assert client.get("/news/conference/").status_code == 410
    assert "taken into what it was a draft of" in text(editor.get(reverse("admin:log"))).lower()
    again = editor.post(hand_over, follow=True)
    assert again.redirect_chain == [(address(article), 302)]
    assert "It says already what its draft said." in text(again)
    assert signed_in("nobody").post(hand_over).status_code == 403
    button = re.search('name="undo" value="([^"]+)"', answer.text)[1]
    answer = editor.post(reverse("admin:undo"), {"undo": button}, follow=True)
    assert "What it is a draft of is withdrawn." in text(answer)
    assert "Readers see what is public" not in text(answer)
    article.refresh_from_db()
    assert (article.headline_en, article.topics.count()) == ("Headline of conference", 1)
    assert ArticleDraft.objects.get().headline_en == "Anew"


def test_who_takes_the_words_of_a_draft_is_told_what_they_replace(editor, article, begin):
    draft = begin(editor, headline_en="Anew")
    article.withdraw()
    hand_over = of_draft(draft, "hand_over")

    def seen():
        page = editor.get(address(article))
        return page, {"seen": re.search('name="seen" value="([0-9]+)"', page.text)[1]}

    page, stale = seen()
    assert "this has changed here" not in text(page)
    article.refresh_from_db()
    article.headline_en = "Written since"
    article.save()
    for sent in (stale, {}, {"seen": "x"}, {"seen": "9" * 30}):
        answer = editor.post(hand_over, sent, follow=True)
        assert answer.redirect_chain == [(address(article), 302)]
        assert "others have changed Headline (in English)." in text(answer)
        assert "this has changed here: Headline (in English). It is replaced." in text(answer)
    article.refresh_from_db()
    assert article.headline_en == "Written since"
    _page, fresh = seen()
    assert "It says what its draft said." in text(editor.post(hand_over, fresh, follow=True))
    article.refresh_from_db()
    assert article.headline_en == "Anew"


def test_what_is_written_over_what_was_withdrawn_meanwhile_is_kept(publisher, article):
    page = filled(publisher.get(NEW, {"live": article.pk}), headline_en="Written in vain")
    article.withdraw()
    answer = publisher.post(NEW, page, follow=True)
    assert "What you wrote is kept" in text(answer)
    assert "Written in vain" in WorkingCopy.objects.with_words().get().fields


def test_the_preview_of_what_is_written_over_what_was_withdrawn_leads_to_where_it_is_kept(
    publisher, article
):
    page = filled(publisher.get(NEW, {"live": article.pk}), headline_en="Written in vain")
    article.withdraw()
    answer = publisher.post(f"{NEW}preview/", page, follow=True)
    assert answer.redirect_chain[-1] == (LIST, 302)
    assert "What you wrote is kept" in text(answer)
    assert "Written in vain" in WorkingCopy.objects.with_words().get().fields
