"""Before a row is renamed or withdrawn, the texts that link to it are named, and it is asked once."""

import datetime as dt

import pytest
from django.utils import timezone

from cstopa.admin.base import MOST_NAMED
from tests import make
from tests.cstopa.admin.rows import page
from tests.cstopa.publishing.test_undoing import undo
from tests.forms import filled, published
from tests.growth import CaptureQueriesContext, connection
from tests.reading import spaced, text

pytestmark = pytest.mark.django_db
LINK = '<p><a href="%s">there</a></p>'


def asked(client, row, **values):
    """Send another form of a row, and return what is asked, and the answer."""
    address = f"{page(row, 'change')}?live"
    answer = client.post(address, filled(client.get(address), **values))
    if answer.status_code == 302:
        return [], answer
    return [each.words for each in answer.context["adminform"].form.asked], answer


@pytest.mark.parametrize("make_row", [make.topic, make.person, make.parliament])
def test_who_renames_is_told_what_links_to_it(admin_client, client, make_row):
    row = make_row()
    old = row.get_absolute_url()
    linking = make.article(headline_en="Links to it", body_en=LINK % old)
    [said], answer = asked(admin_client, row, slug="renamed")
    assert "which leads on to the new one" in said
    assert page(linking, "change") in said
    assert "Save all the same" in text(answer)
    row.refresh_from_db()
    assert row.slug != "renamed"
    again = filled(answer)
    assert again["slug"] == "renamed"
    assert published(admin_client, page(row, "change"), again).status_code == 302
    row.refresh_from_db()
    assert client.get(old).headers["Location"] == row.get_absolute_url()


def test_of_what_nothing_links_to_nothing_is_asked(admin_client):
    row = make.topic()
    make.article(body_en=LINK % row.get_absolute_url().replace(row.slug, f"{row.slug}-2"))
    assert asked(admin_client, row, slug="renamed")[1].status_code == 302
    make.article(body_en=LINK % "/topics/renamed/")
    assert asked(admin_client, row, name_en="Named anew")[1].status_code == 302


def test_a_draft_that_is_renamed_leaves_links_that_lead_nowhere(admin_client):
    row = make.article("draft", status="draft")
    make.article(body_en=LINK % "/news/draft/")
    [said], _answer = asked(admin_client, row, slug="renamed")
    assert "which will lead nowhere" in said


def test_who_withdraws_is_told_what_links_to_it(admin_client):
    row = make.article("public")
    make.article(headline_en="Links to it", body_ru=LINK % "/ru/news/public/")
    [said], answer = asked(admin_client, row, status="draft", reason="A mistake")
    assert "Links to it" in said
    assert "A mistake" in text(answer)
    row.refresh_from_db()
    assert row.status == "published"
    assert published(admin_client, page(row, "change"), filled(answer)).status_code == 302
    row.refresh_from_db()
    assert row.status == "draft"
    # Both at once.
    row.status = "published"
    row.save()
    assert len(asked(admin_client, row, status="draft", slug="renamed")[0]) == 2


def test_who_moves_what_is_public_to_a_moment_ahead_is_asked(admin_client, client):
    row = make.article("public")
    before = row.published_at
    make.article(headline_en="Links to it", body_en=LINK % "/news/public/")
    [said], answer = asked(admin_client, row, published_at="2199-01-01 09:00")
    until = "Until 1 January 2199, 09:00 they would see it no more."
    assert f"Readers see it now. {until}" in spaced(said)
    assert "Links to it" in said
    assert "Save all the same" in text(answer)
    assert client.get("/news/public/").status_code == 200
    answer = published(admin_client, page(row, "change"), filled(answer), follow=True)
    assert client.get("/news/public/").status_code == 410
    undo(admin_client, answer)
    row.refresh_from_db()
    assert row.published_at == before
    # What waits already, or is public at another moment, is not asked about.
    assert asked(admin_client, row, published_at="2020-01-01 09:00")[1].status_code == 302
    row.published_at = timezone.now() + dt.timedelta(days=9)
    row.save()
    assert asked(admin_client, row, published_at="2199-01-01 09:00")[1].status_code == 302


@pytest.mark.parametrize("moment", ["", "2020-01-01 09:00"])
def test_who_takes_away_the_moment_of_what_waits_is_asked(admin_client, client, moment):
    ahead = dt.datetime(2199, 1, 1, 6, tzinfo=dt.UTC)
    row = make.article("waits", published_at=ahead, topics=[make.topic()])
    [said], answer = asked(admin_client, row, published_at=moment)
    until = "It waits until 1 January 2199, 09:00."
    assert spaced(said) == f"{until} Saved so, readers see it at once."
    assert "Publish all the same" in text(answer)
    row.refresh_from_db()
    assert row.published_at == ahead
    assert client.get("/news/waits/").status_code == 404
    assert filled(answer)["published_at"] == moment
    assert published(admin_client, page(row, "change"), filled(answer)).status_code == 302
    assert client.get("/news/waits/").status_code == 200


def test_what_waits_for_nothing_goes_public_unasked(admin_client):
    row = make.article("draft", status="draft", topics=[make.topic()])
    row.published_at = timezone.now() + dt.timedelta(days=9)
    row.save()
    said, _answer = asked(admin_client, row, status="published", published_at="")
    assert said == ["It is not whole in Russian: those readers are shown the other language."]


def test_nobody_learns_of_texts_that_they_may_not_see(sign_in):
    row = make.topic()
    make.article(headline_en="Not for you", body_en=LINK % row.get_absolute_url())
    client = sign_in(permissions=["change_topic", "view_topic"])
    assert asked(client, row, slug="renamed")[1].status_code == 302


def test_queries_do_not_grow_with_what_links(admin_client):
    row = make.topic("laws")

    def cost():
        data = filled(admin_client.get(page(row, "change")), slug="renamed")
        with CaptureQueriesContext(connection) as captured:
            answer = admin_client.post(page(row, "change"), data)
        assert answer.context["adminform"].form.asked
        return len(captured)

    make.article(body_en=LINK % "/topics/laws/")
    cost()
    before = cost()
    for _each in range(MOST_NAMED):
        make.article(body_en=LINK % "/topics/laws/")
    assert cost() <= before
    assert "and others" in asked(admin_client, row, slug="renamed")[0][0]
