"""A plain save of what is written at the desk is undone from its message, and so is an addition."""

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html

from cstopa.library.documents.models import Document
from cstopa.library.models import Picture
from cstopa.models.trash import deletions, restore
from cstopa.publishing.models import Review
from cstopa.publishing.models.versions import value
from delegations.models import Person
from news.models import Article, ArticleDraft
from tests import make
from tests.cstopa.admin.importing import address
from tests.cstopa.admin.importing import table as table_of
from tests.cstopa.admin.rows import page
from tests.cstopa.library.documents.documentfile import pdf
from tests.cstopa.library.test_admin import ADD, OTHER, add, sent
from tests.cstopa.publishing.test_undoing import UNDO, anew, button, fill, undo
from tests.forms import filled
from tests.news.desk import WORDS, signed_in
from tests.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def kept(row):
    """Return all that a row says."""
    row = anew(row)
    fields = (*row._meta.concrete_fields, *row._meta.many_to_many)
    return {each.name: value(row, each) for each in fields if each.name != "desk_changed_at"}


def about(_client):
    return make.page(), {"title_en": "Another title"}


def about_draft(_client):
    return make.page_draft(make.page()), {"title_en": "Another title"}


def an_article(_client):
    topics = [make.topic("laws")]
    article = make.article(status="draft", topics=topics, lead_picture=make.picture())
    return article, {
        "headline_en": "Another",
        "topics": [make.topic("peace").pk],
        "lead_picture": "",
    }


def a_draft(_client):
    return make.draft(make.article()), {"headline_en": "Another"}


def an_imprint(_client):
    return make.imprint(), {"email": "other@example.org"}


def a_document(_client):
    return make.document(), {"title_en": "Another title"}


def a_replaced_picture(client):
    add(client)
    [row] = Picture.objects.all()
    return row, {"uploaded_file": sent(), **OTHER, "focal_x": "10"}


@pytest.mark.parametrize(
    "written",
    [about, about_draft, an_article, a_draft, an_imprint, a_document, a_replaced_picture],
)
def test_what_was_saved_is_as_it_was(publisher, written):
    row, values = written(publisher)
    before = kept(row)
    where = page(row, "change")
    answer = fill(publisher, f"{where}?live", **values, _continue="1")
    changed = kept(row)
    assert changed != before
    again = undo(publisher, answer)
    assert kept(row) == before
    assert "Undone:" in text(again)
    assert again.redirect_chain[0] == (where, 302)
    # What was written is among the versions.
    reasons = row.history.values_list("history_change_reason", flat=True)
    assert [*reasons][:2] == ["undo", None]
    twice = publisher.post(UNDO, button(answer), follow=True)
    assert "it is undone already" in text(twice)
    assert kept(row) == before


@pytest.mark.parametrize("written", [an_article, a_document, a_replaced_picture])
def test_a_version_that_was_brought_back_goes_again(publisher, written):
    row, values = written(publisher)
    first = row.history.first()
    fill(publisher, f"{page(row, 'change')}?live", **values)
    after = kept(row)
    answer = publisher.post(page(row, "bring_back", row.pk, first.pk), follow=True)
    assert kept(row) != after
    undo(publisher, answer)
    assert kept(row) == after


def test_a_version_that_became_a_draft_is_in_the_trash(publisher):
    article = make.article()
    first = article.history.first()
    fill(publisher, f"{page(article, 'change')}?live", headline_en="Another")
    answer = publisher.post(page(article, "bring_back", article.pk, first.pk), follow=True)
    assert ArticleDraft.objects.exists()
    undo(publisher, answer)
    assert not ArticleDraft.objects.exists()
    assert anew(article).headline_en == "Another"


def test_a_step_of_the_review_is_no_part_of_it(writer):
    row = make.article(status="draft")
    answer = fill(writer, page(row, "change"), headline_en="Another", _review="submitted")
    [form] = html.document_fromstring(answer.content).findall(".//form[@class='undo']")
    assert "was changed successfully" in form.getparent().text_content()
    undo(writer, answer)
    assert anew(row).headline_en == row.headline_en
    assert [each.state for each in Review.objects.of(row)] == ["submitted"]


def test_only_what_was_saved_is_taken_back(writer):
    row = make.article(status="draft")
    answer = fill(writer, page(row, "change"), headline_en="Another")
    fill(writer, page(row, "change"), summary_en="Written since")
    after = kept(row)
    assert "was written since: nothing of it was undone" in text(undo(writer, answer))
    assert kept(row) == after


def test_a_save_without_a_change_or_a_version_before_offers_none(writer):
    row = make.article(status="draft")
    answer = fill(writer, page(row, "change"))
    assert 'class="undo"' not in answer.text
    # As a row that came with fixtures.
    row.history.all().delete()
    answer = fill(writer, page(row, "change"), headline_en="Another")
    assert "was changed successfully" in text(answer)
    assert 'class="undo"' not in answer.text


def test_an_article_that_was_added_goes_to_the_trash(writer):
    answer = fill(writer, reverse("admin:news_article_add"), **WORDS)
    again = undo(writer, answer)
    assert "What was new is in the trash." in text(again)
    assert again.redirect_chain[0][0] == page(Article, "changelist")
    assert not Article.objects.exists()
    [deleted] = deletions(Article)
    assert deleted.history_user.username == User.objects.get().username
    assert "it is undone already" in text(undo(writer, answer))
    restore(deleted, None)
    assert Article.objects.get().headline_en == WORDS["headline_en"]


def test_a_draft_that_was_begun_is_gone_and_readers_read_on(editor, client):
    article = make.article()
    where = f"{page(ArticleDraft, 'add')}?live={article.pk}"
    answer = fill(editor, where, headline_en="Another")
    assert ArticleDraft.objects.exists()
    undo(editor, answer)
    assert not ArticleDraft.objects.exists()
    assert article.headline_en in text(client.get(article.get_absolute_url()))


def test_a_picture_that_was_added_goes_unless_it_is_shown(writer):
    answer = writer.post(ADD, filled(writer.get(ADD), uploaded_file=sent(), **OTHER), follow=True)
    [row] = Picture.objects.all()
    article = make.article(status="draft", lead_picture=row)
    assert "Others name it by now." in text(undo(writer, answer))
    article.lead_picture = None
    article.save()
    undo(writer, answer)
    assert not Picture.objects.exists()
    [deleted] = deletions(Picture)
    restore(deleted, None)
    assert Picture.objects.get().alternative_en == OTHER["alternative_en"]


def test_an_article_that_was_added_stays_where_a_text_links_to_it(writer):
    answer = fill(writer, page(Article, "add"), slug="told", **WORDS)
    make.article(status="draft", body_en='<p><a href="/news/told/">That</a></p>')
    assert "Others name it by now." in text(undo(writer, answer))
    assert Article.objects.filter(slug="told").exists()


def test_a_document_that_was_added_stays_where_a_text_has_it(writer):
    values = {"title_en": "On cheese", "language": "en"}
    file = SimpleUploadedFile("a.pdf", pdf())
    answer = fill(writer, page(Document, "add"), uploaded_file=file, **values)
    [row] = Document.objects.all()
    article = make.article(status="draft")
    article.documents.add(row)
    assert "Others name it by now." in text(undo(writer, answer))
    article.documents.clear()
    undo(writer, answer)
    assert not Document.objects.exists()


def test_of_what_is_public_by_now_nobody_who_may_not_publish_takes_anything_back(writer):
    row = make.picture()
    answer = fill(writer, page(row, "change"), **OTHER)
    make.article(lead_picture=row)
    assert writer.post(UNDO, button(answer)).status_code == 403
    assert Picture.objects.get().alternative_en == OTHER["alternative_en"]


# Imports


def imported(client, model, table):
    form = client.get(address(model))
    preview = client.post(address(model), filled(form, file=table_of(table), _preview="1"))
    return client.post(address(model), filled(preview, _confirm="1"), follow=True)


def test_what_was_imported_of_articles_is_undone(editor):
    make.topic("laws")
    row = make.article(status="draft", slug="one", topics=[make.topic("peace")])
    before = kept(row)
    table = (
        "slug,headline_en,summary_en,topics\none,Another,In short,laws\ntwo,Second,In short,laws"
    )
    answer = imported(editor, Article, table)
    assert kept(row) != before
    again = undo(editor, answer)
    assert "Undone. Rows: 2." in text(again)
    assert "What was new is in the trash." in text(again)
    assert kept(row) == before
    assert [*Article.objects.all()] == [row]


def test_of_what_was_imported_another_stays_as_it_was_written_since(editor):
    rows = [make.article(status="draft", slug=slug) for slug in ("one", "two")]
    before = kept(rows[0])
    # The moment of a draft is for whoever writes it.
    table = (
        "slug,headline_en,published_at\none,Another,2021-05-21 10:30\ntwo,Second,2021-05-21 10:30"
    )
    answer = imported(editor, Article, table)
    fill(editor, page(rows[1], "change"), summary_en="Written since")
    after = kept(rows[1])
    assert "was written since: nothing of it was undone" in text(undo(editor, answer))
    assert [kept(row) for row in rows] == [before, after]


def test_what_was_imported_of_the_record_is_undone():
    keeper = signed_in("keeper", "Keeper of facts")
    row = make.person("ann")
    before = kept(row)
    answer = imported(keeper, Person, "slug,family_name_en\nann,Other\nbob,Novel")
    assert Person.objects.count() == 2
    sent_again = button(answer)
    keeper.post(reverse("admin:take-back"), sent_again)
    assert kept(row) == before
    assert [*Person.objects.all()] == [row]
    assert "What was new is in the trash." in text(keeper.get(page(Person, "changelist")))


@pytest.mark.parametrize(("number", "is_offered"), [(100, True), (101, False)])
def test_what_was_imported_by_hundreds_offers_no_button(editor, number, is_offered):
    rows = "".join(f"\nnews-{each},Told,In short" for each in range(number))
    answer = imported(editor, Article, f"slug,headline_en,summary_en{rows}")
    assert Article.objects.count() == number
    assert ('class="undo"' in answer.text) is is_offered
    if is_offered:
        undo(editor, answer)
        assert not Article.objects.exists()
