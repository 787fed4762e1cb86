"""How far each language of an article is: in the list, in the form, and to narrow the list."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from tests import make
from tests.growth import queries
from tests.news.desk import LIST, address
from tests.reading import parsed, text, words

pytestmark = pytest.mark.django_db
RUSSIAN = {f"{name}_ru": "Слова" for name in ("headline", "summary", "body")}


def states(client):
    """Return what the list says of the languages of its one row."""
    [cell] = parsed(client.get(LIST)).findall(".//td[@class='field-languages']")
    return [words(each) for each in cell.findall("span")]


def said(client, row):
    """Return what the form says of them."""
    page = text(client.get(address(row), {"live": ""}))
    panel = page.partition("Languages</h2>")[2].partition("</fieldset>")[0]
    return [each.partition("</p>")[0] for each in panel.split("<p>")[1:]]


def change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def test_what_is_missing_begun_ready_and_public(admin_client):
    row = make.article(status="draft")
    assert states(admin_client) == ["EN ready", "RU missing"]
    change(row, summary_ru="Слова")
    assert states(admin_client) == ["EN ready", "RU draft"]
    assert said(admin_client, row) == ["English: ready", "Russian: draft"]
    change(row, **RUSSIAN)
    change(row, status="published", published_at=timezone.now() + dt.timedelta(days=1))
    assert states(admin_client)[0] == "EN ready"
    change(row, published_at=timezone.now())
    assert said(admin_client, row)[1] == "Russian: public"


def test_which_was_changed_after_the_other_was_written(admin_client):
    row = make.article(**RUSSIAN)
    assert states(admin_client) == ["EN public", "RU public"]
    change(row, summary_en="Changed")
    assert states(admin_client) == ["EN public", "RU older"]
    change(row, slug="another")
    assert said(admin_client, row) == [
        "English: public",
        "Russian: older: the text in English changed after it was written",
    ]
    # The translation follows.
    change(row, body_ru="<p>Изменено</p>")
    assert states(admin_client) == ["EN public", "RU public"]
    change(row, body_ru="<p>Опять изменено</p>")
    assert states(admin_client) == ["EN older", "RU public"]
    # Both in one save.
    change(row, headline_en="Both", headline_ru="Оба")
    assert states(admin_client) == ["EN public", "RU public"]
    # What is not whole is not older.
    change(row, headline_en="Once more", summary_ru="")
    assert states(admin_client) == ["EN public", "RU draft"]


def test_what_a_draft_leaves_alone_is_as_old_as_its_article(admin_client):
    article = make.article(**RUSSIAN)
    draft = make.draft(article)
    page = reverse("admin:news_articledraft_change", args=[draft.pk])

    def of_draft():
        panel = text(admin_client.get(page)).partition("Languages</h2>")[2]
        return ["older" in each.partition("</p>")[0] for each in panel.split("<p>")[1:3]]

    assert of_draft() == [False, False]
    change(draft, summary_en="Changed")
    assert of_draft() == [False, True]
    change(draft, summary_ru="Изменено")
    assert of_draft() == [False, False]
    draft.delete()
    change(article, summary_en="Mended")
    draft = make.draft(article)
    page = reverse("admin:news_articledraft_change", args=[draft.pk])
    assert of_draft() == [False, True]


def test_in_russian(admin_client):
    row = make.article(**RUSSIAN)
    change(row, summary_en="Changed")
    admin_client.cookies["django_language"] = "ru"
    assert states(admin_client) == ["EN опубликован", "RU устарел"]


def test_who_only_reads_is_told_too(sign_in):
    row = make.article()
    client = sign_in(permissions=["view_article"])
    assert "Russian: missing" in text(client.get(address(row)))


def test_queries_do_not_grow_with_rows_or_versions(admin_client):
    def add(number):
        for _each in range(number):
            row = make.article(**RUSSIAN)
            for changed in range(number):
                change(row, summary_en=f"Changed {changed}")

    add(1)
    row = Article.objects.get()
    before = queries(admin_client, LIST), queries(admin_client, f"{address(row)}?live")
    add(5)
    assert (queries(admin_client, LIST), queries(admin_client, f"{address(row)}?live")) == before


def test_the_list_is_narrowed_to_what_is_to_be_translated(admin_client):
    english, both, half = make.article(), make.article(**RUSSIAN), make.article(summary_ru="Слова")
    behind = make.article(**RUSSIAN)
    change(behind, summary_en="Changed")

    def found(value):
        return {*admin_client.get(LIST, {"language": value}).context["cl"].result_list}

    assert found("no-ru") == {english, half}
    assert found("no-en") == set()
    assert found("older-ru") == {behind}
    assert found("older-en") == set()
    assert found("odd") == {english, both, half, behind}
    change(behind, summary_ru="")
    assert found("older-ru") == set()
