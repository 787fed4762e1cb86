"""What one click did is taken back by one, where nobody has written since: no word is lost by it."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from lxml import html

from cstopa.publishing.models import Review
from news.models import Article, ArticleDraft
from tests import make
from tests.forms import filled
from tests.news.desk import address, signed_in
from tests.reading import text

pytestmark = pytest.mark.django_db
UNDO = reverse("admin:undo")
PUBLISH = {"status": "published"}


def send(client, row, **values):
    """Save the form of an article or a draft, and return the page after it."""
    where = reverse(f"admin:news_{row._meta.model_name}_change", args=[row.pk])
    return fill(client, f"{where}?live" if isinstance(row, Article) else where, **values)


def fill(client, where, **values):
    """Send a form, and once more where it asks something."""
    page = client.post(where, filled(client.get(where), **values), follow=True)
    form = page.context["adminform"].form if "adminform" in page.context else None
    if asked := getattr(form, "asked", ()):
        sent = {form.asking_button: " ".join(each.key for each in asked)}
        page = client.post(where, filled(page, **values | sent), follow=True)
    return page


def button(response):
    """Return what the button of a message sends."""
    page = html.document_fromstring(response.content.decode())
    [form] = page.findall(".//form[@class='undo']")
    sent = {each.get("name"): each.get("value") for each in form.iter("input")}
    return {name: sent[name] for name in sent if name != "csrfmiddlewaretoken"}


def undo(client, response):
    answer = client.post(UNDO, button(response), follow=True)
    assert answer.status_code == 200
    return answer


def anew(row):
    return type(row).objects.get(pk=row.pk)


def test_what_was_published_is_a_draft_again_with_all_that_was_typed(publisher, client):
    article = make.article(status="draft", published_at=None)
    page = send(publisher, article, headline_en="Typed", **PUBLISH)
    assert client.get(article.get_absolute_url()).status_code == 200
    assert "Undone:" in text(undo(publisher, page))
    article = anew(article)
    assert (article.status, article.published_at) == ("draft", None)
    assert article.headline_en == "Typed"
    assert [each.status for each in article.history.all()] == ["draft", "published", "draft"]
    assert client.get(article.get_absolute_url()).status_code == 410


def test_an_article_that_was_published_as_it_was_added_is_a_draft(publisher):
    add = reverse("admin:news_article_add")
    words = {"headline_en": "Told", "summary_en": "In short", "body_en": "<p>At length</p>"}
    undo(publisher, fill(publisher, add, **words, **PUBLISH))
    article = Article.objects.get()
    assert (article.status, article.headline_en, article.published_at) == ("draft", "Told", None)


def test_what_was_withdrawn_is_public_as_it_was(publisher, client):
    article = make.article(topics=[make.topic("laws")])
    moment, words = article.published_at, article.headline_en
    page = send(
        publisher, article, status="draft", reason="Too early", headline_en="Not for readers"
    )
    undo(publisher, page)
    article = anew(article)
    assert (article.status, article.published_at) == ("published", moment)
    assert words in text(client.get(article.get_absolute_url()))
    # What was written when it was withdrawn is a version, and readers do not see it.
    assert [each.headline_en for each in article.history.all()] == [words, "Not for readers", words]
    assert [each.slug for each in article.topics.all()] == ["laws"]


def test_a_draft_that_was_published_is_a_draft_and_the_public_reads_the_old_words(
    publisher, client
):
    article = make.article(topics=[make.topic("laws")])
    old = article.headline_en
    draft = make.draft(article, headline_en="Anew")
    draft.topics.set([make.topic("peace")])
    page = send(publisher, draft, summary_en="Typed at last", _publish="1")
    assert "Anew" in text(client.get(article.get_absolute_url()))
    answer = undo(publisher, page)
    assert answer.redirect_chain[-1][0] == reverse(
        "admin:news_articledraft_change", args=[draft.pk]
    )
    assert old in text(client.get(article.get_absolute_url()))
    back = ArticleDraft.objects.get()
    assert (back.pk, back.headline_en, back.summary_en) == (draft.pk, "Anew", "Typed at last")
    assert [each.slug for each in back.topics.all()] == ["peace"]
    assert [each.slug for each in article.topics.all()] == ["laws"]
    # And it is published once more as if nothing had been.
    send(publisher, back, _publish="1")
    assert anew(article).headline_en == "Anew"


def test_nothing_is_undone_of_what_was_written_since(publisher):
    article = make.article(status="draft", published_at=None)
    page = send(publisher, article, **PUBLISH)
    send(signed_in("other", "Publisher"), article, headline_en="Written since")
    number = article.history.count()
    answer = undo(publisher, page)
    assert "was written since: nothing of it was undone" in text(answer)
    assert (anew(article).status, anew(article).headline_en) == ("published", "Written since")
    assert article.history.count() == number


def test_nothing_is_undone_twice_or_of_what_was_deleted(publisher):
    article = make.article(status="draft", published_at=None)
    page = send(publisher, article, **PUBLISH)
    undo(publisher, page)
    assert "it is undone already" in text(undo(publisher, page))
    page = send(publisher, article, **PUBLISH)
    article.delete()
    assert "written since" in text(undo(publisher, page))


def test_a_draft_that_was_begun_meanwhile_is_in_the_way(publisher):
    draft = make.draft(headline_en="Anew")
    page = send(publisher, draft, _publish="1")
    other = make.draft(anew(draft.live), headline_en="Another")
    answer = undo(publisher, page)
    assert "cannot be as it was" in text(answer)
    assert "draft</a> of it was begun since." in text(answer)
    # Its own form is not there any more.
    assert answer.context["adminform"].form.instance == other
    assert anew(draft.live).headline_en == "Anew"
    assert ArticleDraft.objects.get() == other


@pytest.mark.parametrize("group", ["Editor", "Writer", None])
def test_who_may_not_publish_undoes_no_publication(publisher, group):
    article = make.article(status="draft", published_at=None)
    sent = button(send(publisher, article, **PUBLISH))
    assert signed_in("other", group).post(UNDO, sent).status_code == 403
    publisher.get(address(article))
    # Nor who may no longer.
    User.objects.get(username="publisher").groups.clear()
    assert publisher.post(UNDO, sent).status_code == 403
    assert anew(article).status == "published"


def test_a_forged_undo_is_refused(publisher):
    article = make.article()
    forged = signing.dumps(["/", [["news.Article", article.pk, 1, [], []]]], salt="undo")
    for sent in ({}, {"undo": ""}, {"undo": "1:2:3"}, {"undo": forged}):
        assert publisher.post(UNDO, sent).status_code == 403
    assert publisher.get(UNDO).status_code == 403
    assert article.history.count() == 1


def test_a_review_goes_on_where_it_was(publisher):
    article = make.article(status="draft", published_at=None)
    editor = signed_in("editor", "Editor")
    send(signed_in("writer", "Writer"), article, _review="submitted")
    send(editor, article, _review="approved")
    page = send(publisher, article, **PUBLISH)
    assert Review.objects.current_of(article) is None
    undo(publisher, page)
    # The same words are approved.
    assert Review.objects.current_of(article).state == "approved"
    page = send(publisher, article, headline_en="Typed", **PUBLISH)
    undo(publisher, page)
    assert Review.objects.current_of(article) is None
    assert anew(article).headline_en == "Typed"


def test_a_review_that_was_over_before_is_over(publisher):
    article = make.article(status="draft", published_at=None)
    send(signed_in("writer", "Writer"), article, _review="submitted")
    send(publisher, article, **PUBLISH)
    send(publisher, article, status="draft")
    page = send(publisher, article, **PUBLISH)
    undo(publisher, page)
    assert Review.objects.current_of(article) is None


def test_what_was_scheduled_waits_no_more(publisher):
    article = make.article(status="draft", published_at=None)
    page = send(publisher, article, published_at="2199-01-01 09:00", **PUBLISH)
    undo(publisher, page)
    assert anew(article).status == "draft"
    moment = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    planned = make.article(status="draft", published_at=moment)
    undo(publisher, send(publisher, planned, **PUBLISH))
    assert (anew(planned).status, anew(planned).published_at) == ("draft", moment)


AHEAD = dt.timedelta(days=9)


def written(moment):
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


@pytest.fixture
def moment():
    return (timezone.now() + AHEAD).replace(second=0, microsecond=0)


def test_a_moment_that_was_typed_with_it_stays(publisher, moment):
    article = make.article(status="draft", published_at=None)
    page = send(publisher, article, **PUBLISH, published_at=written(moment))
    assert "The article is scheduled." in text(page)
    undo(publisher, page)
    assert (anew(article).status, anew(article).published_at) == ("draft", moment)


def test_the_moment_of_before_comes_back(publisher, moment):
    article = make.article(status="draft", published_at=moment)
    later = moment + AHEAD
    undo(publisher, send(publisher, article, **PUBLISH, published_at=written(later)))
    assert (anew(article).status, anew(article).published_at) == ("draft", moment)
    send(publisher, article, **PUBLISH)
    for values in ({"published_at": written(later)}, {"published_at": ""}, {"status": "draft"}):
        page = send(publisher, article, summary_en="Summed up", **values)
        assert (anew(article).status, anew(article).published_at) != ("published", moment)
        undo(publisher, page)
        assert (anew(article).status, anew(article).published_at) == ("published", moment)


def test_what_was_published_for_want_of_a_moment_waits_again(publisher, client, moment):
    article = make.article("told", published_at=moment)
    page = send(publisher, article, published_at="")
    assert "The article is published." in text(page)
    assert client.get("/news/told/").status_code == 200
    with time_machine.travel(moment + dt.timedelta(hours=1)):
        assert "is past by now" in text(undo(publisher, page))
    undo(publisher, page)
    assert anew(article).published_at == moment
    assert client.get("/news/told/").status_code == 410


def test_the_moment_of_a_draft_comes_back(publisher, moment):
    draft = make.draft(headline_en="Anew")
    undo(publisher, send(publisher, draft, goes_public_at=written(moment)))
    assert (anew(draft).goes_public_at, anew(draft).scheduled_version) == (None, None)
    send(publisher, draft, goes_public_at=written(moment))
    for after in (written(moment + AHEAD), ""):
        page = send(publisher, draft, goes_public_at=after)
        assert anew(draft).goes_public_at != moment
        undo(publisher, page)
        draft = anew(draft)
        newest = draft.history.latest("history_id").history_id
        assert (draft.goes_public_at, draft.scheduled_version) == (moment, newest)


def test_the_publication_of_a_draft_is_not_undone_twice(publisher):
    draft = make.draft(headline_en="Anew")
    page = send(publisher, draft, _publish="1")
    undo(publisher, page)
    answer = undo(publisher, page)
    assert "it is undone already" in text(answer)
    assert answer.context["adminform"].form.instance == draft
    # Nor is it where the draft was deleted then.
    ArticleDraft.objects.get().delete()
    answer = undo(publisher, page)
    assert "it is undone already" in text(answer)
    assert answer.context["adminform"].form.instance == draft.live


def test_what_came_as_scheduled_stays_public(publisher, client, moment):
    article = make.article(status="draft", published_at=None)
    pages = [send(publisher, article, published_at=written(moment), **PUBLISH)]
    pages.append(send(publisher, article, published_at=written(moment - dt.timedelta(days=3))))
    with time_machine.travel(moment - dt.timedelta(days=1)):
        answer = text(undo(publisher, pages[1]))
        assert "Readers see it since" in answer
        assert "withdraw it" in answer
        assert client.get(article.get_absolute_url()).status_code == 200
    undo(publisher, pages[1])
    assert anew(article).published_at == moment


def test_what_was_scheduled_first_stays_public(publisher, client, moment):
    article = make.article(status="draft", published_at=None)
    page = send(publisher, article, published_at=written(moment), **PUBLISH)
    with time_machine.travel(moment + dt.timedelta(hours=1)):
        assert "Readers see it since" in text(undo(publisher, page))
        assert client.get(article.get_absolute_url()).status_code == 200


def test_a_publication_is_undone_after_the_moment_that_the_draft_had(publisher, moment):
    article = make.article(status="draft", published_at=moment)
    page = send(publisher, article, published_at="", **PUBLISH)
    with time_machine.travel(moment + dt.timedelta(hours=1)):
        undo(publisher, page)
        assert (anew(article).status, anew(article).published_at) == ("draft", None)


def test_a_withdrawal_is_undone_without_the_lead_that_has_lapsed(publisher, client, moment):
    article = make.article(leads_until=moment)
    page = send(publisher, article, status="draft")
    with time_machine.travel(moment + dt.timedelta(hours=1)):
        undo(publisher, page)
        assert (anew(article).status, anew(article).leads_until) == ("published", None)
        assert client.get(article.get_absolute_url()).status_code == 200


def test_a_withdrawal_is_not_undone_once_it_would_have_gone_public_or_expired(publisher, moment):
    later = make.article(published_at=moment)
    ended = make.article(expires_at=moment)
    pages = [send(publisher, row, status="draft", expires_at="") for row in (later, ended)]
    with time_machine.travel(moment + dt.timedelta(hours=1)):
        for page in pages:
            assert "is past by now" in text(undo(publisher, page))
    assert {anew(row).status for row in (later, ended)} == {"draft"}


def test_a_draft_over_what_has_come_meanwhile_is_undone(publisher, moment):
    article = make.article(published_at=moment)
    page = send(publisher, make.draft(article, headline_en="Anew"), _publish="1")
    with time_machine.travel(moment + dt.timedelta(hours=1)):
        undo(publisher, page)
    assert anew(article).headline_en != "Anew"
    assert anew(article).published_at == moment
