"""A draft over a public article: written for days, while readers see what is public."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from cstopa.publishing.models import newest
from cstopa.working_copies.models import WorkingCopy
from news.models import Article, ArticleDraft
from tests import make
from tests.forms import errors, filled, published
from tests.news.desk import LIST, address, signed_in
from tests.reading import parsed, spaced, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NEW = reverse("admin:news_articledraft_add")
TOMORROW = {"goes_public_at": "2027-03-02 09:00"}


def of_draft(draft, name="change", *args):
    return reverse(f"admin:news_articledraft_{name}", args=[draft.pk, *args])


@pytest.fixture
def article():
    # Its key has two digits.
    return make.article("conference", pk=37, topics=[make.topic("laws")])


@pytest.fixture
def begin(article):
    """Begin a draft of the article as somebody, with other words in its form, and return it."""

    def begin(client, **words):
        page = client.get(NEW, {"live": article.pk})
        assert client.post(NEW, filled(page, **words)).status_code == 302
        return ArticleDraft.objects.get()

    return begin


def reads(client, words):
    return words in text(client.get("/news/conference/"))


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


def test_with_a_moment_publish_waits_for_it(publisher, client, begin, clock):
    draft = begin(publisher, headline_en="Anew")
    page = filled(publisher.get(of_draft(draft)), **TOMORROW)
    published(publisher, of_draft(draft), page | {"_publish": ""})
    assert not reads(client, "Anew")
    clock.move_to(dt.datetime(2027, 3, 2, 6, tzinfo=dt.UTC))
    assert reads(client, "Anew")


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
    button = re.search('name="deeds" value="([^"]+)"', answer.text)[1]
    publisher.post(reverse("admin:undo"), {"deeds": button})
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
    button = re.search('name="deeds" value="([^"]+)"', answer.text)[1]
    answer = editor.post(reverse("admin:undo"), {"deeds": button}, follow=True)
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
