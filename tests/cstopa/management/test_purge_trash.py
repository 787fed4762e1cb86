import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from cstopa.models import trash
from delegations.models import SeatAllocation
from news.models import Article, ArticleDraft
from tests import make

pytestmark = pytest.mark.django_db


def let_be_old(model):
    moment = timezone.now() - dt.timedelta(days=trash.DAYS + 1)
    model.history.filter(history_type="-").update(history_date=moment)


@pytest.fixture
def old(client):
    """An article that was deleted with its draft, after another draft had gone public."""
    article = make.article("old", body_en="<p>Zyxwvut</p>")
    for words in ("<p>Zyxwvut 2</p>", "<p>Zyxwvut 3</p>"):
        draft = ArticleDraft.begun(article)
        draft.body_en = words
        draft.save()
        if words.endswith("2</p>"):
            article = draft.publish()
    article.delete()
    let_be_old(Article)
    let_be_old(ArticleDraft)
    make.article("new", body_en="<p>Zyxwvut</p>").delete()
    make.article("there", body_en="<p>Zyxwvut</p>")
    make.allocation().delete()
    let_be_old(SeatAllocation)


def said(*arguments, capsys):
    call_command("purge_trash", *arguments)
    return capsys.readouterr().out


def texts():
    return Article.history.exclude(body_en="").count(), ArticleDraft.history.exclude(
        body_en=""
    ).count()


def test_a_dry_run_says_what_and_empties_nothing(old, capsys):
    before = texts()
    lines = said("--dry-run", capsys=capsys)
    assert "news.Article old, deleted on " in lines
    assert "To be emptied: 1 rows." in lines
    assert texts() == before


def test_what_was_deleted_long_ago_has_no_text_any_more(client, old, capsys):
    versions = Article.history.count()
    assert "Emptied: 1 rows." in said(capsys=capsys)
    # Those of the two others.
    assert texts() == (3, 0)
    assert Article.history.count() == versions
    assert client.get("/news/old/").status_code == 410
    assert SeatAllocation.history.filter(history_type="-").get().seats
    assert "Emptied: 0 rows." in said(capsys=capsys)
