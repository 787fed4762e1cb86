"""A link by which somebody without an account reads one version, and approves it or comments."""

import datetime as dt
import logging

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cstopa.http.kept.version import current
from cstopa.http.logs import BoundedFormatter
from cstopa.publishing.links.views import MOST_ANSWERS
from cstopa.publishing.models import Review, newest
from cstopa.publishing.models.links import PreviewLink, signer
from tests import make
from tests.cstopa.publishing.test_reviewing import WRITES
from tests.growth import queries
from tests.news.desk import address, signed_in
from tests.reading import main, parsed, text

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
ANSWER = {"name": "Anna Petrova", "comment": "", "answer": "approve"}


@pytest.fixture
def writer():
    return signed_in("writer", permissions=WRITES)


@pytest.fixture
def article():
    return make.article("conference", status="draft", headline_en="Stored", headline_ru="Записано")


def desk(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_links", args=[row.pk])


def asked(client, row, **values):
    """Return what the form sends that makes a link to the version that it shows."""
    form = client.get(desk(row)).context["form"]
    return {name: form[name].value() for name in form.fields} | values


def made(client, row, **values):
    """Make a link as the desk does, and return its path."""
    client.post(desk(row), asked(client, row, **values))
    link = PreviewLink.objects.of(row).latest("id")
    return reverse("preview:page", args=[link.token])


def frame(path, client=None):
    return (client or Client()).get(f"{path}page/")


def steps(row):
    # That a link was made is said beside them.
    found = Review.objects.of(row).exclude(state__in=["linked", "revoked"]).order_by("id")
    return list(found.values_list("state", "outsider", "by__username", "is_newest"))


def test_who_has_the_link_reads_the_page_in_both_languages(writer, article):
    topic = make.topic("laws", name_en="Model laws")
    article.topics.set([topic])
    article.save()
    path = made(writer, article)
    page = Client().get(path)
    assert page.status_code == 200
    [shown] = parsed(page).iter("iframe")
    assert shown.get("src") == f"{path}page/"
    assert "Stored" in text(frame(path))
    assert "Model laws" in text(frame(path))
    russian = Client().get(f"/ru{path}")
    assert '<html lang="ru"' in text(russian)
    assert f'src="/ru{path}page/"' in text(russian)
    article.refresh_from_db()
    assert article.status == "draft"


def test_the_desk_shows_its_address_to_who_made_it(writer, article, settings):
    assert desk(article) in text(writer.get(address(article)))
    path = made(writer, article, days="3")
    link = PreviewLink.objects.get()
    assert dt.timedelta(days=2.9) < link.expires_at - timezone.now() <= 3 * DAY
    assert f'value="{settings.SITE_URL}{path}"' in text(writer.get(desk(article)))
    other = signed_in("other", permissions=WRITES)
    page = text(other.get(desk(article)))
    assert path not in page
    assert "Revoke" in page


def test_it_is_of_one_version(writer, article):
    path = made(writer, article)
    article.headline_en = "Later"
    article.save()
    assert "Stored" in text(frame(path))
    assert "Later" not in text(frame(path)) + text(Client().get(path))
    assert "It shows an earlier version." in text(writer.get(desk(article)))


def test_what_others_saved_meanwhile_is_not_sent_unseen(writer, article):
    form = asked(writer, article)
    article.headline_en = "Later"
    article.save()
    answer = writer.post(desk(article), form, follow=True)
    assert "Others have saved this" in text(answer)
    assert not PreviewLink.objects.exists()


def test_an_approval_is_a_step_and_says_who_sent_the_link(writer, article):
    path = made(writer, article)
    answer = Client().post(path, ANSWER | {"comment": "Well said."}, follow=True)
    assert "Thank you" in text(answer)
    assert "Anna Petrova" in main(answer)
    assert steps(article) == [("approved", "Anna Petrova", "writer", True)]
    assert Review.objects.current_of(article).submitted_by.username == "writer"
    page = text(writer.get(address(article)))
    assert "Anna Petrova (by a link of writer)" in page
    assert "Well said." in page
    publisher = signed_in("publisher", "Publisher")
    assert "Anna Petrova (by a link of writer)" in text(publisher.get(reverse("admin:index")))
    article.refresh_from_db()
    assert article.status == "draft"


def test_what_was_submitted_is_approved_in_the_name_of_who_submitted_it(writer, article):
    editor = signed_in("editor", "Editor")
    Review.objects.take(article, "submitted", User.objects.get(username="writer"))
    Client().post(made(editor, article), ANSWER)
    step = Review.objects.current_of(article)
    assert (step.state, step.submitted_by.username, step.by.username) == (
        *("approved", "writer"),
        "editor",
    )


def test_an_approval_of_what_was_changed_or_returned_moves_nothing(writer, article):
    by = User.objects.get(username="writer")
    path = made(writer, article)
    article.headline_en = "Later"
    article.save()
    Review.objects.take(article, "submitted", by)
    Client().post(path, ANSWER)
    assert Review.objects.current_of(article).state == "submitted"
    Review.objects.take(article, "returned", by)
    Client().post(made(writer, article), ANSWER)
    assert Review.objects.current_of(article).state == "returned"
    assert steps(article).count(("agreed", "Anna Petrova", "writer", False)) == 2
    assert Review.objects.last_of(article).state == "returned"


def test_a_new_version_is_approved_anew(writer, article):
    Client().post(made(writer, article), ANSWER)
    article.headline_en = "Later"
    article.save()
    assert Review.objects.current_of(article) is None
    Client().post(made(writer, article), ANSWER)
    assert Review.objects.current_of(article).version == newest(article)


def test_a_comment_changes_no_state_and_is_taken_once(writer, article):
    path = made(writer, article)
    said = ANSWER | {"answer": "comment", "comment": "Who <said> so?"}
    for _twice in range(2):
        Client().post(path, said)
    assert steps(article) == [("commented", "Anna Petrova", "writer", False)]
    assert "Who &lt;said&gt; so?" in text(Client().get(path))
    assert "Who &lt;said&gt; so?" in text(writer.get(address(article)))
    assert "Who &lt;said&gt; so?" in text(writer.get(desk(article)))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "x" * 101}, "at most 100 characters"),
        ({"comment": "x" * 5_001}, "at most 5000 characters"),
        ({"answer": "comment"}, "Write what you would say."),
        ({"answer": "comment", "comment": "\u200b"}, "Write what you would say."),
        ({"name": "\u200b\u202e"}, "Write your name."),
        ({"name": "\u3164 – "}, "Write your name."),
        ({"answer": "publish"}, "Approve it, or send a comment."),
        ({"name": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_what_is_not_understood_is_said_and_kept(writer, article, said, sentence):
    path = made(writer, article)
    answer = Client().post(path, {"name": "Kept", "comment": "", "answer": "approve"} | said)
    assert sentence in text(answer)
    assert "name" in said or 'value="Kept"' in text(answer)
    assert steps(article) == []


def test_a_name_is_one_line_of_signs_that_are_seen(writer, article):
    name = "\u202eAnna\u200b\r\n\u2066  Petrova\ufeff"
    Client().post(made(writer, article), ANSWER | {"name": name})
    assert Review.objects.get(state="approved").outsider == "Anna Petrova"


def test_a_link_takes_so_many_answers(writer, article):
    path = made(writer, article)
    for number in range(MOST_ANSWERS + 1):
        said = {"name": "Anna", "comment": f"{number}", "answer": "comment"}
        Client().post(path, said)
    assert len(steps(article)) == MOST_ANSWERS
    assert "as many answers" in text(Client().get(path))


def test_another_site_sends_nothing(writer, article):
    path = made(writer, article)
    for site in ("cross-site", "same-site", "none"):
        answer = Client(enforce_csrf_checks=True).post(
            path, ANSWER, headers={"sec-fetch-site": site}
        )
        assert answer.status_code == 403
    assert steps(article) == []
    own = {"sec-fetch-site": "same-origin", "origin": "null"}
    Client(enforce_csrf_checks=True).post(path, ANSWER, headers=own)
    assert len(steps(article)) == 1


def closed(path):
    """Return what an address answers that shows nothing, after a look at every way to ask."""
    answers = [Client().get(path), Client().get(f"{path}page/"), Client().post(path, ANSWER)]
    answers += [Client().head(path), Client().get(f"/ru{path}")]
    for answer in answers:
        assert answer.status_code == 410
        assert "no-store" in answer.headers["Cache-Control"]
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    return main(answers[0])


@pytest.mark.parametrize(
    "why", ["expired", "revoked", "forged", "unknown", "gone", "public", "left"]
)
def test_a_closed_link_shows_nothing_and_says_one_sentence(writer, article, why):
    path = made(writer, article)
    link = PreviewLink.objects.get()
    with time_machine.travel(timezone.now() + (8 * DAY if why == "expired" else 0 * DAY)):
        if why == "revoked":
            writer.post(desk(article), {"revoke": link.pk})
        elif why == "forged":
            path = path.replace(link.token, f"{link.code}.{'x' * 43}")
        elif why == "unknown":
            path = path.replace(link.token, signer.sign("x" * 22))
        elif why == "gone":
            article.delete()
        elif why == "public":
            article.status = "published"
            article.save()
        elif why == "left":
            User.objects.update(is_active=False)
        said = closed(path)
    assert "This link is not open any more" in said
    assert "Stored" not in said
    assert steps(article) == []


@pytest.mark.parametrize("token", ["x", "a.b.c", "%00", "ж.é", "x%0d%0ay", "x" * 4_000])
def test_an_odd_address_shows_nothing(token):
    assert "This link is not open any more" in closed(f"/preview/{token}/")
    assert Client().put(f"/preview/{token}/").status_code == 405
    assert Client().post(f"/preview/{token}/page/").status_code == 405


def test_what_comes_back_from_the_trash_is_shown_again(writer, article):
    path = made(writer, article)
    key = article.pk
    article.delete()
    closed(path)
    article.pk = key
    article.save()
    assert "Stored" in text(frame(path))


def test_it_is_kept_and_indexed_nowhere_and_runs_nothing(writer, article):
    before = current()
    path = made(writer, article)
    page, shown = Client().get(path), frame(path)
    Client().post(path, ANSWER)
    assert current() == before
    for answer in (page, shown):
        assert "no-store" in answer.headers["Cache-Control"]
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
    assert '<meta name="robots" content="noindex">' in text(page)
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "script-src 'none'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "canonical" not in text(page)


def test_a_log_keeps_no_address(writer, article):
    path = made(writer, article)
    line = logging.makeLogRecord({"msg": "Internal Server Error: %s", "args": (f"/ru{path}page/",)})
    said = BoundedFormatter().format(line)
    assert PreviewLink.objects.get().token not in said
    assert "/ru/preview/…/page/" in said


def test_a_draft_over_a_public_article_has_links_too(article):
    editor = signed_in("editor", "Editor")
    draft = make.draft(headline_en="Drafted")
    path = made(editor, draft)
    assert "Drafted" in text(frame(path))
    Client().post(path, ANSWER)
    assert Review.objects.current_of(draft).state == "approved"
    draft.publish(User.objects.get(username="editor"))
    closed(path)


def test_a_draft_of_a_written_page_has_links_too():
    editor = signed_in("editor", "Editor")
    draft = make.page_draft(title_en="Who we are by now")
    form = reverse("admin:written_pagedraft_change", args=[draft.pk])
    assert desk(draft) in text(editor.get(form))
    path = made(editor, draft)
    assert "Who we are by now" in text(frame(path))
    Client().post(path, ANSWER)
    assert Review.objects.current_of(draft).state == "approved"


def test_what_it_named_and_is_gone_is_left_out(writer, article):
    source = make.source()
    article.source = source
    article.save()
    path = made(writer, article)
    article.source = None
    article.save()
    source.delete()
    assert frame(path).status_code == 200


def test_who_may_not_change_it_makes_and_revokes_none(writer, article):
    made(writer, article)
    link = PreviewLink.objects.get()
    reader = signed_in("reader", permissions=["view_article", "review_article"])
    assert desk(article) not in text(reader.get(address(article)))
    form = asked(writer, article)
    for data in (form, {"revoke": link.pk}):
        assert reader.post(desk(article), data).status_code == 403
        assert Client().post(desk(article), data).status_code == 302
    assert reader.get(desk(article)).status_code == 403
    other = make.article("other", status="draft")
    assert writer.post(desk(other), {"revoke": link.pk}).status_code == 403
    assert writer.post(desk(other), {"revoke": "x"}).status_code == 403
    public = make.article("public")
    assert signed_in("publisher", "Publisher").get(desk(public)).status_code == 403
    assert PreviewLink.objects.get().is_open
    assert writer.get(desk(article).replace(f"/{article.pk}/", "/x/")).status_code == 404


@pytest.mark.parametrize("days", ["0", "31", "x", "", "9" * 30])
def test_odd_days_are_refused_at_their_field(writer, article, days):
    answer = writer.post(desk(article), asked(writer, article, days=days))
    assert answer.status_code == 200
    assert "errorlist" in text(answer)
    assert not PreviewLink.objects.exists()


def test_whoever_makes_one_sweeps_those_long_closed(writer, article):
    Client().post(made(writer, article), ANSWER)
    with time_machine.travel(timezone.now() + 40 * DAY):
        client = Client()
        client.force_login(User.objects.get(username="writer"))
        made(client, article)
    assert PreviewLink.objects.count() == 1
    assert steps(article) == [("approved", "Anna Petrova", "writer", True)]


def test_queries_do_not_grow_with_links_and_answers(writer, article):
    def add(number):
        for each in range(number):
            path = made(writer, article)
            Client().post(path, {"name": "A", "comment": f"{each}", "answer": "comment"})
        return path

    path = add(2)
    before = queries(writer, desk(article)), queries(Client(), path)
    path = add(6)
    assert (queries(writer, desk(article)), queries(Client(), path)) == before


def test_what_was_public_in_between_is_not_shown_again(writer, article):
    path = made(writer, article)
    article.status = "published"
    article.save()
    assert frame(path).status_code == 410
    article.withdraw()
    assert frame(path).status_code == 410


def test_of_who_may_not_write_it_any_more_no_link_is_open(writer, article):
    path = made(writer, article)
    assert "/admin/" not in text(Client().get(path))
    User.objects.get(username="writer").user_permissions.clear()
    assert frame(path).status_code == 410
