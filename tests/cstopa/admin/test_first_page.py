"""The first page of the desk: what one may begin, and what there is to do."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from news.models import Article, ArticleDraft
from tests import make
from tests.growth import queries
from tests.news.desk import LIST, address, signed_in
from tests.reading import spaced

pytestmark = pytest.mark.django_db

DESK = reverse("admin:index")
ALL = reverse("admin:all-records")


def tasks(client):
    return [str(task.words) for task in client.get(DESK).context["tasks"]]


def lines(client, title):
    """Return the lines of a section, by their words; None where there is no such section."""
    sections = {str(each.title): each.lines for each in client.get(DESK).context["sections"]}
    return (title in sections and [line.words for line in sections[title]]) or None


@pytest.fixture
def writer():
    return signed_in("writer", "Writer")


@pytest.mark.parametrize(
    ("group", "first", "last"),
    [
        ("Writer", "Write an article", "Add documents"),
        ("Editor", "Write an article", "Written pages"),
        ("Publisher", "Write an article", "Written pages"),
        ("Keeper of facts", "Correct or change a number", "Add documents"),
    ],
)
def test_everybody_may_begin_what_they_may_do(group, first, last):
    client = signed_in("someone", group)
    found = client.get(DESK).context["tasks"]
    assert [str(found[0].words), str(found[-1].words)] == [first, last]
    assert {client.get(task.address).status_code for task in found} == {200}


def test_who_may_do_nothing_is_offered_nothing():
    client = signed_in("nobody")
    make.article(status="draft")
    context = client.get(DESK).context
    assert (context["tasks"], context["sections"], context["waiting"]) == ([], [], [])


@pytest.mark.parametrize("groups", [(), ("Writer",), ("Keeper of facts",), ("Administrator",)])
def test_it_leads_to_no_page_that_one_may_not_see(groups):
    client = signed_in("someone", *groups)
    addresses = [address for _title, address in client.get(DESK).context["pages"]]
    assert reverse("admin:all-records") in addresses
    assert (reverse("admin:trash") in addresses) == bool(groups)
    assert {client.get(address).status_code for address in addresses} == {200}


def test_drafts_of_ones_own_stand_there_the_last_first(writer):
    words = {"status": "draft", "summary_en": "In short"}
    for name in ("one", "two"):
        writer.post(reverse("admin:news_article_add"), {"headline_en": name, **words})
    make.article("of-others", headline_en="Of others", status="draft")
    assert lines(writer, "Your drafts") == ["two", "one"]
    row = Article.objects.get(headline_en="one")
    response = writer.post(address(row), {"headline_en": "one anew", "slug": row.slug, **words})
    assert response.status_code == 302
    assert lines(writer, "Your drafts") == ["one anew", "two"]
    Article.objects.filter(headline_en="two").update(
        status="published", published_at=timezone.now(), body_en="<p>Now it is whole</p>"
    )
    assert lines(writer, "Your drafts") == ["one anew"]
    assert lines(signed_in("other", "Writer"), "Your drafts") is None


def test_a_draft_over_a_public_article_is_one_of_its_writers(writer):
    editor = signed_in("editor", "Editor")
    draft = ArticleDraft.begun(make.article(headline_en="Ice"))
    draft._history_user = User.objects.get(username="editor")
    draft.save()
    [line] = lines(editor, "Your drafts")
    assert "Ice" in line
    assert lines(writer, "Your drafts") is None


def test_what_goes_out_today_is_there_with_its_moment(writer, time_machine):
    time_machine.move_to(dt.datetime(2026, 5, 21, 9, tzinfo=dt.UTC), tick=False)
    now = timezone.now()
    for name, hours in (("later", 5), ("sooner", 2), ("next day", 30)):
        make.article(
            name.replace(" ", "-"), headline_en=name, published_at=now + dt.timedelta(hours=hours)
        )
    assert lines(writer, "Today") == ["sooner", "later"]
    assert "14:00, scheduled" in spaced(writer.get(DESK).text)


def test_what_readers_see_in_one_language_alone_is_there_for_who_may_write_it(writer):
    make.article("whole", headline_ru="Оба", summary_ru="Оба", body_ru="<p>Оба</p>")
    make.article("one", headline_en="English alone")
    make.article("draft", headline_en="No reader sees it", status="draft")
    editor = signed_in("editor", "Editor")
    assert lines(editor, "Not translated") == ["English alone"]
    assert "not in Russian" in editor.get(DESK).text
    assert lines(writer, "Not translated") is None


def test_facts_that_nobody_has_checked_are_there_for_their_keepers(writer):
    keeper = signed_in("keeper", "Keeper of facts")
    assert lines(keeper, "Facts to check") is None
    allocation = make.allocation(seats=6)
    make.allocation(seats=3, valid_from="2000", valid_to="2001")
    [line] = [each for each in lines(keeper, "Facts to check") if "Seat allocation" in each]
    assert str(allocation) in line
    assert lines(writer, "Facts to check") is None


def test_what_others_have_changed_is_there_as_far_as_one_may_see_it(writer):
    other = signed_in("other", "Writer")
    words = {"status": "draft", "summary_en": "In short"}
    for client, name in ((writer, "mine"), (other, "theirs")):
        client.post(reverse("admin:news_article_add"), {"headline_en": name, **words})
    assert lines(writer, "Changed by others") == ["Article: theirs"]
    assert lines(other, "Changed by others") == ["Article: mine"]
    assert "added (other)" in spaced(writer.get(DESK).text)
    assert lines(signed_in("nobody"), "Changed by others") is None


def test_all_records_are_one_link_away(writer):
    assert f'href="{ALL}"' in writer.get(DESK).text
    assert LIST in writer.get(ALL).text
    assert reverse("admin:auth_user_changelist") not in writer.get(ALL).text
    assert writer.post(ALL).status_code == 403


def test_it_costs_the_same_with_more_rows():
    client = signed_in("publisher")
    for name in ("Publisher", "Keeper of facts"):
        User.objects.get(username="publisher").groups.add(Group.objects.get(name=name))

    def more(name):
        make.article(name)
        article = make.article(f"{name}-draft", status="draft", published_at=None)
        article.history.update(history_user=User.objects.get(username="publisher"))
        make.article(f"{name}-soon", published_at=timezone.now() + dt.timedelta(seconds=60))
        make.allocation(seats=6)

    more("a")
    before = queries(client, DESK)
    for name in "bcdefg":
        more(name)
    assert queries(client, DESK) <= before
