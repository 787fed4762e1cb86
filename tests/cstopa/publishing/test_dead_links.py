"""What was alive when it was written is looked at again: what readers see, and what waits for its moment."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make

pytestmark = pytest.mark.django_db
LINK = '<p><a href="%s">the report</a></p>'


def said(capsys):
    with pytest.raises(CommandError, match="links inside the site: ") as stopped:
        call_command("check_links")
    return str(stopped.value), capsys.readouterr().out.splitlines()


def test_links_inside_the_site_are_looked_at(capsys):
    ahead = timezone.now() + dt.timedelta(days=3)
    make.article("there")
    gone = make.article("gone")
    dead = LINK % "/news/gone/"
    public = make.article(body_en=dead + LINK % "/news/there/")
    waits = make.article(body_en=LINK % "/ru/news/nothing/", published_at=ahead)
    page = make.page(body_en=dead)
    draft = make.draft(public, body_en=dead)
    draft.goes_public_at = ahead
    draft.save()
    draft.schedule(ahead, None)
    # Nobody has asked for what is written since, or has no moment.
    draft.body_en = LINK % "/news/nowhere/"
    draft.save()
    make.article(status="draft", body_en=dead)
    make.draft(make.article(), body_en=dead)
    gone.withdraw()
    end, lines = said(capsys)
    assert end == "Dead: 0 of 0 addresses, and links inside the site: 4."
    withdrawn = "The link /news/gone/ leads to a page that was withdrawn."
    assert {*lines} == {
        f"news.Article {public.pk}, body_en: {withdrawn}",
        f"news.Article {waits.pk}, body_en: The link /ru/news/nothing/ leads to no page of this site.",
        f"news.ArticleDraft {draft.pk}, body_en: {withdrawn}",
        f"written.Page {page.pk}, body_en: {withdrawn}",
    }


def test_what_leads_somewhere_is_not_named(capsys):
    make.article("there")
    make.article(body_en=LINK % "/news/there/")
    call_command("check_links")
    assert capsys.readouterr().out == "Alive: all 0 addresses.\n"


def test_where_many_lead_is_looked_at_once():
    def cost():
        with CaptureQueriesContext(connection) as captured:
            call_command("check_links", stdout=StringIO())
        return len(captured)

    make.article("there")
    make.article(body_en=LINK % "/news/there/")
    before = cost()
    for _number in range(5):
        make.article(body_en=LINK % "/news/there/")
    assert cost() == before
