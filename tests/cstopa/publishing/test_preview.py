"""The preview of a form that is not saved: the public page, for who may see the row and nobody else."""

from uuid import uuid4

import pytest
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.test import Client
from django.urls import reverse

from cstopa.http.kept.version import current
from cstopa.pages.models import Slug
from cstopa.working_copies.models import WorkingCopy
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page as page_of
from tests.forms import filled
from tests.news.desk import signed_in
from tests.reading import parsed, text, words

pytestmark = pytest.mark.django_db
ADD = reverse("admin:news_article_preview")


def preview(row=None, kind="news_article"):
    return reverse(f"admin:{kind}_preview", args=[row.pk] if row else [])


def framed(client, form_address, address, language="en", **typed):
    """Send a form to its preview; return the frame's answer."""
    data = filled(client.get(form_address), **typed)
    answer = client.post(address, data, follow=True)
    assert answer.status_code == 200
    [frame] = parsed(answer).iter("iframe")
    path = frame.get("src").replace("language=en", f"language={language}")
    return client.get(path)


def test_what_is_not_saved_is_shown_as_the_page_itself(editor):
    make.allocation(make.chamber(make.parliament("belarus")), seats=7)
    row = make.article(status="draft", headline_en="Stored")
    topic = make.topic("laws", name_en="Model laws")
    form = reverse("admin:news_article_change", args=[row.pk])
    typed = {"headline_en": "Typed", "body_en": "<p>[[seats:belarus]] of them</p>"}
    answer = framed(editor, form, preview(row), **typed, topics=[topic.pk])
    page = text(answer)
    assert "<h1" in page
    assert "Typed" in page
    assert ">7</data>" in page
    assert "Model laws" in page
    row.refresh_from_db()
    assert (row.headline_en, row.history.count()) == ("Stored", 1)


def test_a_new_article_is_shown_in_each_language(editor):
    form = reverse("admin:news_article_add")
    typed = {"headline_en": "Told", "headline_ru": "Сказано", "summary_ru": "к", "body_ru": "т"}
    answer = framed(editor, form, preview(), "ru", **typed)
    assert "Сказано" in text(answer)
    assert 'lang="ru"' in text(answer)
    assert not Article.objects.exists()


def test_what_has_no_headline_yet_says_so(editor):
    answer = framed(editor, reverse("admin:news_article_add"), preview(), summary_en="Told")
    [heading] = parsed(answer).iter("h1")
    assert words(heading) == "No headline yet"


@pytest.mark.parametrize("slug", Slug.values)
def test_each_written_page_shows_what_its_readers_see(admin_client, slug):
    row = make.page(slug)
    public = parsed(Client().get(row.get_absolute_url()))
    form = reverse("admin:written_page_change", args=[row.pk])
    previewed = parsed(framed(admin_client, form, preview(row, "written_page")))
    shown = [[words(each) for each in page.iter("h2")] for page in (previewed, public)]
    assert shown[0] == shown[1]


def test_a_draft_and_a_written_page_have_it_too(editor, admin_client):
    draft = make.draft(headline_en="Drafted")
    form = reverse("admin:news_articledraft_change", args=[draft.pk])
    answer = framed(editor, form, preview(draft, "news_articledraft"), summary_en="Typed")
    assert "Drafted" in text(answer)
    assert "Typed" in text(answer)
    page = make.page()
    form = reverse("admin:written_page_change", args=[page.pk])
    answer = framed(admin_client, form, preview(page, "written_page"), title_en="Typed")
    assert "Typed" in text(answer)


@pytest.mark.parametrize("kind", ["article", "public", "new", "draft", "over", "page"])
def test_of_what_nobody_has_written_nothing_is_kept(publisher, kind):
    row = make.article(status="draft" if kind == "article" else "published", headline_en="Stored")
    address = page_of(row, "change")
    if kind in {"draft", "page"}:
        row = make.draft(headline_en="Stored") if kind == "draft" else make.page(title_en="Stored")
        address = page_of(row, "change")
    elif kind in {"new", "over"}:
        of = "article" if kind == "new" else "articledraft"
        address = reverse(f"admin:news_{of}_add")
    shown = publisher.get(address, {"live": row.pk})
    path = shown.context["preview_address"]
    sent = filled(shown, working_copy_step="1")
    answer = publisher.post(path, sent, follow=True)
    [frame] = parsed(answer).iter("iframe")
    assert ("Stored" in text(publisher.get(frame.get("src")))) == (kind != "new")
    assert not WorkingCopy.objects.with_words().exists()
    # What was written and taken back is shown as it is now.
    name = "title_en" if kind == "page" else "headline_en"
    publisher.post(path, sent | {name: "Typed"})
    assert WorkingCopy.objects.with_words().count() == 1
    answer = publisher.post(path, sent | {"working_copy_step": "2"}, follow=True)
    [frame] = parsed(answer).iter("iframe")
    assert "Typed" not in text(publisher.get(frame.get("src")))


@pytest.mark.parametrize("name", ["review_comment", "reason"])
def test_what_is_said_beside_the_words_stays_kept(publisher, name):
    row = make.article(status="draft" if name == "review_comment" else "published")
    shown = publisher.get(page_of(row, "change"), {"live": ""})
    sent = filled(shown, **{name: "Said of it"})
    kept = page_of(row, "working_copy")
    assert publisher.post(kept, sent | {"working_copy_step": "1"}).status_code == 200
    publisher.post(shown.context["preview_address"], sent | {"working_copy_step": "2"})
    [copy] = WorkingCopy.objects.with_words()
    assert copy.unsent()[name] == "Said of it"


def test_what_cannot_be_shown_is_said(editor):
    row = make.article(status="draft")
    form = reverse("admin:news_article_change", args=[row.pk])
    data = filled(editor.get(form), body_en="<p>One <script>x()</script></p>")
    answer = editor.post(preview(row), data, follow=True)
    assert "A text cannot have" in text(answer)
    [frame] = parsed(answer).iter("iframe")
    assert "x()" not in text(editor.get(frame.get("src")))


def test_it_is_kept_and_indexed_nowhere_and_runs_nothing(editor):
    row = make.article(status="draft")
    before = current()
    form = reverse("admin:news_article_change", args=[row.pk])
    answer = framed(editor, form, preview(row), headline_en="Typed")
    assert current() == before
    headers = answer.headers
    assert "no-store" in headers["Cache-Control"]
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = headers["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy


@pytest.mark.parametrize("who", ["nobody", "reader", "other"])
def test_nobody_else_sees_it(editor, who):
    row = make.article(status="draft", headline_en="Secret")
    token = uuid4().hex
    form = reverse("admin:news_article_change", args=[row.pk])
    data = filled(editor.get(form), headline_en="More secret", working_copy=token)
    editor.post(preview(row), data)
    clients = {
        "nobody": Client,
        "reader": lambda: signed_in("r"),
        "other": lambda: signed_in("o", "Editor"),
    }
    client = clients[who]()
    for address in (preview(row), f"{preview(row)}page/"):
        for method in (client.get, client.post):
            answer = method(address, {"working_copy": token})
            assert "More secret" not in text(answer)
            if who != "other":
                assert answer.status_code in {302, 403}
                assert "Secret" not in text(answer)


@pytest.mark.parametrize(
    "query", ["?language=xx", "?width=9", "?working_copy=x", "?working_copy=%00"]
)
def test_an_odd_question_is_answered(editor, query):
    row = make.article(status="draft")
    for address in (preview(row), f"{preview(row)}page/", preview()):
        assert editor.get(address + query).status_code == 200
    assert editor.get(f"/admin/news/article/x/preview/{query}").status_code == 404


@pytest.mark.parametrize("live", ["", "0", "x", "\0", "99999999999999999999", "unpublished"])
@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("kind", ["news_articledraft", "written_pagedraft"])
def test_a_draft_of_nothing_public_has_no_preview(editor, live, method, kind):
    live = make.article(status="draft", pk=99).pk if live == "unpublished" else live
    public = make.article() if kind == "news_articledraft" else make.page()
    form = f"{reverse(f'admin:{kind}_add')}?live={public.pk}"
    token = uuid4().hex
    typed = filled(editor.get(form), live=live, working_copy=token)
    address = preview(kind=kind)
    editor.post(address, typed)
    for kept in ("", token):
        asked = {"live": live, "working_copy": kept}
        answer = getattr(editor, method)(address, asked)
        # There another is begun.
        assert answer.headers["Location"] == reverse(admin_urlname(public._meta, "changelist"))
        page = f"{address}page/"
        assert getattr(editor, method)(page, asked, follow=True).status_code == 404


def test_a_new_draft_is_shown_with_its_article(editor):
    public = make.article(status="published", summary_en="Told before")
    form = f"{reverse('admin:news_articledraft_add')}?live={public.pk}"
    answer = framed(editor, form, reverse("admin:news_articledraft_preview"), headline_en="Typed")
    assert "Typed" in text(answer)
    assert "Told before" in text(answer)
