"""Pictures inside texts: named by their codes, shown by their rows."""

import datetime as dt
import json
import re

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.serializers import serialize
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cstopa.library.models import Picture
from cstopa.library.placements import Placement
from cstopa.pages.models import Page
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.admin.test_trash import RESTORE, TRASH, token
from tests.cstopa.library.test_drawing import make as make_picture
from tests.cstopa.library.test_views import addresses
from tests.forms import errors, filled

pytestmark = pytest.mark.django_db

SAID = {"alternative_en": "Red and green", "alternative_ru": "Красное и зелёное"}


@pytest.fixture
def whole(done):
    with done():
        return make_picture(
            is_decorative=False, caption_en="At noon", credit_ru="Пресс-служба", **SAID
        )


def text(*rows, words="<p>Words.</p>"):
    return words + "".join(f"<p>[[picture:{row.code}]]</p>" for row in rows)


def figures(answer):
    return re.findall(
        r'<figure class="prose__picture">.*?</figure>', answer.content.decode(), re.DOTALL
    )


def test_a_page_shows_it_with_what_its_row_says(client, whole):
    article = make.article(
        body_en=text(whole), body_ru=text(whole), headline_ru="Г", summary_ru="К"
    )
    [figure] = figures(client.get(article.get_absolute_url()))
    assert 'alt="Red and green"' in figure
    assert 'loading="lazy"' in figure
    assert 'width="800" height="400"' in figure
    assert re.findall(r'type="(.*?)"', figure) == ["image/avif", "image/webp"]
    assert "At noon" in figure
    [figure] = figures(client.get(f"/ru{article.get_absolute_url()}"))
    assert 'alt="Красное и зелёное"' in figure
    assert "Пресс-служба" in figure
    # What is said of it is said once: every text has it.
    whole.caption_en = "At night"
    whole.save()
    [figure] = figures(client.get(article.get_absolute_url()))
    assert "At night" in figure


def test_in_a_text_of_one_language_it_speaks_that(client, whole):
    words = {"headline": "Г", "summary": "К"}
    article = make.article(
        **{f"{name}_en": "" for name in ("headline", "summary", "body")},
        **{f"{name}_ru": word for name, word in words.items()},
        body_ru=text(whole),
    )
    make.page("about", title_en="", body_en="", title_ru="О", body_ru=text(whole))
    for address in (article.get_absolute_url(), reverse("written:about")):
        [figure] = figures(client.get(address))
        assert f'alt="{SAID["alternative_ru"]}"' in figure
        # What has no other words says so.
        assert '<span lang="en">At noon</span>' in figure
        assert "<p>Пресс-служба</p>" in figure


def test_a_written_page_shows_it(client, whole):
    make.page("about", body_en=text(whole))
    answer = client.get(reverse("written:about"))
    assert len(figures(answer)) == 1
    assert "[[picture" not in answer.content.decode()
    assert client.get(addresses(whole)[0]).status_code == 200


def test_it_is_public_while_something_public_has_it(client, whole):
    article = make.article(body_en=text(whole), status="draft")
    make.draft(make.article(), body_en=text(whole))
    assert not whole.is_public
    assert client.get(addresses(whole)[0]).status_code == 404
    article.status = "published"
    article.save()
    assert whole.is_public
    assert client.get(addresses(whole)[0]).status_code == 200
    article.body_en = text()
    article.save()
    assert not whole.is_public
    assert client.get(addresses(whole)[0]).status_code == 404


def test_feeds_and_data_have_it_under_an_address_that_is_whole(client, whole):
    article = make.article(
        body_en=text(whole), body_ru=text(whole), headline_ru="Г", summary_ru="К"
    )
    address = re.escape(f"http://testserver/media/{whole.renditions.token}/")
    shown = f'<img src="{address}whole-800.png" width="800" height="400" alt="(.*?)">'
    feed = client.get(reverse("news:atom")).content.decode()
    feed = feed.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert re.findall(shown, feed) == [SAID["alternative_en"]]
    body = client.get(f"/api/articles/{article.slug}/").json()["body"]
    assert re.findall(shown, body["en"]) == [SAID["alternative_en"]]
    assert re.findall(shown, body["ru"]) == [SAID["alternative_ru"]]


def test_many_cost_as_much_as_one_and_none_costs_nothing(client, done):
    with done():
        rows = [make_picture() for _each in range(3)]
    article, counts = make.article(), []
    for some in ((), rows[:1], rows):
        article.body_en = text(*some)
        article.save()
        client.get(article.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            assert len(figures(client.get(article.get_absolute_url()))) == len(some)
        counts.append(len(queries))
    none, one, many = counts
    assert many == one == none + 1


def test_it_is_used_there_and_not_deleted(sign_in, whole):
    client = sign_in("Publisher")
    article = make.article(body_en=text(whole))
    link = f'<a href="{page(article, "change")}">'
    assert link in client.get(page(whole, "change")).content.decode()
    answer = client.get(page(whole, "delete"))
    assert link in answer.content.decode()
    client.post(page(whole, "delete"), {"post": "yes"})
    assert Picture.objects.filter(pk=whole.pk).exists()
    article.delete()
    client.post(page(whole, "delete"), {"post": "yes"})
    assert not Picture.objects.filter(pk=whole.pk).exists()


def test_the_placements_are_made_again_as_they_were(whole):
    make.article(body_en=text(whole), body_ru=text(whole))
    make.draft(make.article(), body_ru=text(whole))
    make.page("about", body_en=text(whole, whole))
    make.page("contacts", body_en=f"<p>Beside [[picture:{whole.code}]]</p>")
    known = set(Placement.objects.values_list("model", "object_id", "picture"))
    assert sorted(model for model, _row, _picture in known) == [
        "news.article",
        "news.articledraft",
        Page._meta.label_lower,
    ]
    Placement.objects.all().delete()
    Placement.objects.create(model="news.article", object_id=10**9, picture=whole)
    call_command("rebuild_placements", verbosity=0)
    assert set(Placement.objects.values_list("model", "object_id", "picture")) == known


def test_one_that_comes_back_after_its_text_is_where_that_names_it(whole):
    article = make.article(body_en=text(whole))
    article.delete()
    whole.delete()
    for model in (Article, Picture):
        model.history.filter(history_type="-").get().instance.save()
    [placed] = Placement.objects.all()
    assert (placed.owner.slug, placed.picture.code) == (article.slug, whole.code)


@pytest.mark.parametrize("text_is", ["public", "scheduled", "a draft"])
def test_where_readers_would_see_it_who_may_publish_restores_it(writer, publisher, whole, text_is):
    sent, words = {"row": token(whole)}, text(whole)
    whole.delete()
    if text_is == "public":
        make.article(body_en=words)
    else:
        draft = make.draft(body_en=words)
    if text_is == "scheduled":
        draft.schedule(timezone.now() + dt.timedelta(days=1), User.objects.first())
    is_theirs = text_is == "a draft"
    assert ('name="row"' in writer.get(TRASH).text) == is_theirs
    assert writer.post(RESTORE, sent).status_code == (302 if is_theirs else 403)
    assert Picture.objects.exists() == is_theirs
    assert publisher.post(RESTORE, sent).status_code == 302
    assert Picture.objects.exists()


def test_one_that_is_loaded_after_its_text_is_where_that_names_it(whole, tmp_path):
    document = make.document(code="cheese")
    words = "<p>See [[document:cheese]].</p>"
    article = make.article(body_en=text(whole, words=words))
    keys = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
    file = tmp_path / "rows.json"
    file.write_text(serialize("json", [article, whole], **keys))
    for row in (article, whole):
        row.delete()
        # No code is given twice.
        type(row).history.all().delete()
    counts = []
    for _again in range(2):
        call_command("loaddata", file, verbosity=0)
        [placed] = Placement.objects.all()
        assert (placed.owner.slug, placed.picture.code) == (article.slug, whole.code)
        # Its list has none.
        assert list(placed.owner.documents.all()) == [document]
        counts.append(placed.owner.history.count())
    # The second time it says nothing new.
    assert counts[0] == counts[1]


def test_an_article_that_is_imported_has_what_its_text_names(whole, tmp_path):
    document = make.document(code="cheese")
    body = text(whole, words="<p>See [[document:cheese]].</p>")
    said = {"headline_en": "A", "summary_en": "B", "body_en": body, "published_at": "2021-05-21"}
    file = tmp_path / "articles.jsonl"
    file.write_text(json.dumps({"key": "1"} | said))
    call_command("import_articles", file, apply=True)
    article = Article.objects.get()
    assert [each.owner for each in whole.placements.all()] == [article]
    assert list(article.documents.all()) == [document]
    assert [each.document for each in article.history.get().documents.all()] == [document]


def test_one_that_is_not_there_is_named_before_publication(publisher):
    article = make.article(status="draft", body_en="<p>A.</p><p>[[picture:none]]</p>")
    address = page(article, "change")
    form = filled(publisher.get(address))
    assert publisher.post(address, form | {"headline_en": "B"}).status_code == 302
    answer = publisher.post(address, filled(publisher.get(address), status="published"))
    assert "There is no picture none: readers see nothing in its place." in answer.content.decode()


def test_among_words_it_is_no_picture(publisher, whole):
    article = make.article(status="draft")
    address = page(article, "change")
    for name, words in (
        ("body_en", f"<p>Beside [[picture:{whole.code}]].</p>"),
        ("headline_en", f"[[picture:{whole.code}]]"),
    ):
        answer = publisher.post(address, filled(publisher.get(address), **{name: words}))
        assert "in a paragraph of its own" in errors(answer)[name][0]
    make.page("about")
    address = page(Page.objects.get(), "change")
    words = f"<ul><li>[[picture:{whole.code}]]</li></ul>"
    answer = publisher.post(address, filled(publisher.get(address), body_en=words))
    assert "in a paragraph of its own" in errors(answer)["body_en"][0]


def test_the_preview_shows_what_nothing_public_does(writer, client, whole):
    article = make.article(status="draft", body_en=text(whole))
    address = reverse("admin:news_article_preview_page", args=[article.pk])
    [figure] = figures(writer.get(address))
    [*_others, shown] = re.findall(r'src="(/media/.*?)"', figure)
    assert client.get(shown.partition("?")[0]).status_code == 404
    assert client.get(shown.replace("&amp;", "&")).status_code == 200


def test_search_and_excerpts_leave_it_out(client, whole):
    make.article(body_en=text(whole))
    page = make.page("about", body_en=text(whole))
    assert "[[" not in page.description
    assert whole.code not in client.get("/search/", {"q": "words"}).content.decode()
    assert not Article.objects.matching(whole.code).exists()
    assert not Page.objects.matching(whole.code).exists()
