"""What others wrote beside a draft is not replaced or published unseen."""

import datetime as dt
import re

import pytest

from news.models import ArticleDraft
from tests import make
from tests.forms import filled, published
from tests.news.desk import address
from tests.news.test_admin.test_drafts.rows import NEW, TOMORROW, of_draft, reads
from tests.reading import parsed, spaced, text

pytestmark = pytest.mark.django_db


def test_what_was_changed_meanwhile_is_named_and_stays(editor, publisher, article, begin):
    draft = begin(editor, headline_en="Mine")
    article.headline_en, article.summary_en = "Theirs", "Mended"
    article.save()
    page = publisher.get(of_draft(draft))
    assert "what is public has changed: Headline (in English)." in text(page)
    assert "will go on to: Summary (in English)." in text(page)
    shown = publisher.post(of_draft(draft, "preview"), filled(page), follow=True)
    [frame] = parsed(shown).iter("iframe")
    shown = text(publisher.get(frame.get("src")))
    assert "Mine" in shown
    assert "Mended" in shown
    # Of what she was told on opening it she is not asked.
    publisher.post(of_draft(draft), filled(page, _publish=""))
    article.refresh_from_db()
    assert (article.headline_en, article.summary_en) == ("Mine", "Mended")


@pytest.mark.parametrize("is_new", [True, False])
def test_who_publishes_over_what_was_mended_unseen_is_asked(publisher, article, begin, is_new):
    if is_new:
        page, where = publisher.get(NEW, {"live": article.pk}), NEW
    else:
        draft = begin(publisher, headline_en="Mine")
        page, where = publisher.get(of_draft(draft)), of_draft(draft)
    data = filled(page, headline_en="Mine", _publish="")
    article.headline_en, article.summary_en = "Theirs", "Mended"
    article.save()
    asked = publisher.post(where, data)
    form = asked.context["adminform"].form
    assert form.only_asks
    assert [each.field for each in form.asked] == ["headline_en"]
    assert "it was changed in what is public" in text(asked)
    [link] = re.findall('href="([^"]+/history/compare/[^"]+)"', asked.text)
    assert "Theirs" in text(publisher.get(link.replace("&amp;", "&")))
    # The answer is to what was read.
    article.headline_en = "Theirs anew"
    article.save()
    answered = filled(asked) | {"_publish": form.asked_keys}
    asked = publisher.post(where, answered)
    assert asked.context["adminform"].form.only_asks
    answered = filled(asked) | {"_publish": asked.context["adminform"].form.asked_keys}
    assert publisher.post(where, answered).status_code == 302
    article.refresh_from_db()
    assert (article.headline_en, article.summary_en) == ("Mine", "Mended")


def test_two_who_schedule_see_one_another(publisher, begin):
    draft = begin(publisher, headline_en="Anew")
    stale = filled(publisher.get(of_draft(draft)), headline_en="Newer")
    publisher.post(of_draft(draft), filled(publisher.get(of_draft(draft)), **TOMORROW))
    asked = publisher.post(of_draft(draft), stale)
    assert "Others have saved this since you opened it" in text(asked)
    publisher.post(of_draft(draft), filled(asked))
    draft.refresh_from_db()
    assert draft.headline_en == "Newer"
    assert draft.goes_public_at is not None


def test_what_is_whole_no_more_with_what_others_changed_stays_a_draft(publisher, client, article):
    for name in ("headline", "summary", "body"):
        setattr(article, f"{name}_ru", "Слова")
    article.save()
    page = publisher.get(NEW, {"live": article.pk})
    publisher.post(NEW, filled(page, headline_en=""))
    article.headline_ru = ""
    article.save()
    draft = ArticleDraft.objects.get()
    data = filled(publisher.get(of_draft(draft)), _publish="")
    answer = published(publisher, of_draft(draft), data, follow=True)
    assert "It was not published." in text(answer)
    assert ArticleDraft.objects.exists()
    assert reads(client, "Headline of conference")


def test_what_others_wrote_is_not_published_unseen(publisher, editor, client, begin):
    draft = begin(editor, headline_en="Anew")
    opened = filled(publisher.get(of_draft(draft)), summary_en="Seen")
    editor.post(of_draft(draft), filled(editor.get(of_draft(draft)), body_en="<p>Unseen</p>"))
    asked = published(publisher, of_draft(draft), opened | {"_publish": ""})
    assert "Others have saved this since you opened it" in text(asked)
    assert not reads(client, "Unseen")
    published(publisher, of_draft(draft), filled(asked, _publish=""))
    assert reads(client, "Unseen")
    assert reads(client, "Seen")


def test_what_was_saved_as_a_draft_is_not_public_since_another_published_it(publisher, client):
    row = make.article("ice", status="draft", topics=[make.topic()])
    opened = filled(publisher.get(address(row)), summary_en="Not ready")
    row.status = "published"
    row.save()
    asked = publisher.post(address(row), opened)
    assert "Others have saved this since you opened it" in text(asked)
    assert "Not ready" not in text(client.get("/news/ice/"))


def test_who_mends_what_a_scheduled_draft_replaces_is_asked(
    publisher, client, article, begin, clock
):
    draft = begin(publisher, headline_en="Of the draft", **TOMORROW)
    live = f"{address(article)}?live"
    sent = filled(publisher.get(live), headline_en="Mended", summary_en="Mended too")
    asked = publisher.post(live, sent)
    form = asked.context["adminform"].form
    assert form.only_asks
    assert [each.field for each in form.asked] == ["headline_en"]
    said = (
        f'The <a href="{of_draft(draft)}">draft</a> over it replaces this, unseen, on 2 March 2027'
    )
    assert said in spaced(text(asked))
    sent = filled(asked, _all_the_same=form.asked_keys)
    assert publisher.post(live, sent).status_code == 302
    assert reads(client, "Mended")
    # Of what the draft leaves alone nothing is asked.
    page = publisher.get(live)
    assert publisher.post(live, filled(page, summary_en="Mended again")).status_code == 302
    clock.move_to(dt.datetime(2027, 3, 2, 6, tzinfo=dt.UTC))
    assert reads(client, "Of the draft")
    article.refresh_from_db()
    assert article.summary_en == "Mended again"
