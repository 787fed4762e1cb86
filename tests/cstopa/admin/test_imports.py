"""Import of a table at the desk: previewed cell by cell, then saved whole or not at all."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from delegations.models import Membership, Person, Role
from news.models import Article
from tests import make
from tests.cstopa.admin.importing import address, errors, groups, table
from tests.forms import filled
from tests.reading import parsed, words

pytestmark = pytest.mark.django_db


def test_what_changed_since_the_preview_is_previewed_again(preview, confirm):
    row = make.person("ann")
    page = preview(Person, "slug,family_name_en\nann,Example")
    row.family_name_en = "Other"
    row.save()
    again = confirm(page)
    assert "The records have changed since" in again.content.decode()
    row.refresh_from_db()
    assert row.family_name_en == "Other"
    assert confirm(again).status_code == 302
    row.refresh_from_db()
    assert row.family_name_en == "Example"


def test_what_was_not_previewed_is_not_done(preview, confirm):
    page = preview(Person, "slug,family_name_en\nann,Example")
    for forged in ({"table": "slug,family_name_en\nann,King"}, {"digest": ""}, {"table": "x"}):
        assert confirm(page, **forged).status_code == 200
    assert not Person.objects.exists()


def test_all_or_nothing_where_the_database_refuses(preview, confirm, monkeypatch):
    page = preview(Person, "slug,family_name_en\nann,Example\nbob,Novel")
    save = Person.save

    def failing(self, *args, **kwargs):
        save(self, *args, **kwargs)
        if self.slug == "bob":
            raise ArithmeticError("refused")

    monkeypatch.setattr(Person, "save", failing)
    again = confirm(page)
    assert errors(again) == ["Row 3: refused"]
    assert not Person.objects.exists()
    assert not Person.history.exists()


# Articles


def test_of_an_article_all_but_its_body_and_status_is_imported_in_one_version(preview, confirm):
    make.parliament("utopia")
    make.person("ann")
    for slug in ("peace", "law"):
        make.topic(slug)
    page = preview(
        Article,
        "slug;headline_en;summary_en;published_at;delegations;people;topics\n"
        "news-1;A headline;Two\nlines;2021-05-21 10:30;utopia;ann;law peace\n".replace(
            "Two\nlines", '"Two\nlines"'
        ),
    )
    assert groups(page)["New"][0][4:] == ["2021-05-21 10:30:00", "utopia", "ann", "law peace"]
    assert confirm(page).status_code == 302
    row = Article.objects.get()
    assert (row.status, row.summary_en) == ("draft", "Two\nlines")
    assert row.published_at == dt.datetime(2021, 5, 21, 7, 30, tzinfo=dt.UTC)
    assert {topic.slug for topic in row.topics.all()} == {"law", "peace"}
    assert row.history.count() == 1
    page = preview(Article, "slug;topics\nnews-1;peace")
    assert groups(page)["Changed"] == [["2", "news-1", "law peace peace"]]
    confirm(page)
    assert [row.history.count(), row.history.first().topics.count()] == [2, 1]


def test_an_editor_changes_no_public_article(preview):
    make.article("news-1")
    page = preview(Article, "slug,headline_en\nnews-1,Another")
    assert errors(page) == ["Row 2: You may not change this row."]


@pytest.mark.parametrize(
    ("moment", "words"),
    [("2021-05-21 10:30", "This moment is past"), ("2199-12-31 10:00", "before 31 December 2199")],
)
def test_an_article_expires_at_a_moment_that_lies_ahead(preview, user, moment, words):
    user.groups.add(Group.objects.get(name="Publisher"))
    make.article("news-1")
    [error] = errors(preview(Article, f"slug;expires_at\nnews-1;{moment}"))
    assert words in error


def test_what_readers_will_see_or_lose_is_said_in_the_preview(preview, confirm, user):
    user.groups.add(Group.objects.get(name="Publisher"))
    make.article("public")
    make.article("waits", published_at=timezone.now() + dt.timedelta(days=2))
    make.article("ends")
    make.article("stays")
    make.article("draft", status="draft")
    link = '<p><a href="/news/{}/">that</a></p>'
    make.article("linking", body_en=link.format("public") + link.format("ends"))
    page = preview(
        Article,
        "slug,published_at,expires_at\npublic,2199-05-05 10:00,\nwaits,2021-05-05 10:00,\n"
        "ends,2021-05-05 10:00,2199-05-05 10:00\nstays,2021-05-05 10:00,\ndraft,2021-05-05 10:00,\n",
    )
    assert errors(page) == []
    said = dict(page.context["plan"].for_readers)
    assert [*said] == ["2", "3", "4"]
    assert "10:00 they would see it no more." in said["2"]
    assert "Saved so, readers see it at once." in said["3"]
    for number in ("2", "4"):
        assert "These link to it" in said[number]
        assert "Headline of linking</a>" in said[number]
    assert "Row 3: It waits until" in words(parsed(page))
    assert confirm(page).status_code == 302
    assert not Article.objects.get(slug="public").is_public


# Who may, and what the page is


@pytest.mark.parametrize("granted", [(), ("view_person", "add_person"), ("change_person",)])
def test_only_who_may_add_and_change_imports(sign_in, granted):
    client = sign_in(permissions=granted)
    for name in ("import", "sample"):
        assert client.get(address(Person, name)).status_code == 403
    assert client.post(address(Person), {"_confirm": "1"}).status_code == 403
    if granted:
        page = client.get(address(Person, "changelist")).content.decode()
        assert address(Person) not in page


@pytest.mark.parametrize("model", [Person, Membership, Role, Article])
def test_the_list_leads_to_it_and_it_to_a_sample_that_is_on_record(client, preview, model):
    make.membership(make.person("ann"))
    make.role()
    make.article(status="draft", topics=[make.topic()])
    assert address(model) in client.get(address(model, "changelist")).content.decode()
    form = client.get(address(model)).content.decode()
    assert address(model, "sample") in form
    sample = client.get(address(model, "sample")).content
    page = preview(model, sample.decode("utf-8-sig"))
    assert errors(page) == []
    assert {*groups(page)} == {"Stays as it is"}


def test_no_style_and_no_script_stands_in_the_page(preview, user, client):
    make.person("ann")
    page = preview(Person, "slug,family_name_en\nann,<script>Example</script>\nbob,Novel")
    assert "unsafe" not in page["Content-Security-Policy"]
    tree = parsed(page)
    assert not [each for each in tree.iter("script") if not each.get("src")]
    assert not list(tree.iter("style"))
    assert not [each for each in tree.iter() if "style" in each.attrib]
    assert "&lt;script&gt;" in page.content.decode()


def test_rows_cost_the_same_however_many_there_are(preview, client, user):
    costs = []
    # What is kept for a version of the site is read with the first.
    for number in (1, 5, 10, 20):
        rows = "\n".join(f"p-{n},Family" for n in range(number))
        form = filled(client.get(address(Person)), _preview="1")
        file = table(f"slug,family_name_en\n{rows}")
        with CaptureQueriesContext(connection) as queries:
            client.post(address(Person), form | {"file": file})
        costs.append(len(queries))
    assert costs[3] - costs[2] == 2 * (costs[2] - costs[1])
