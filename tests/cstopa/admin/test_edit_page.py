from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from delegations.models import Delegation
from tests import make
from tests.cstopa.admin.rows import page
from tests.news.desk import signed_in
from tests.reading import parsed

pytestmark = pytest.mark.django_db

EDIT = reverse("admin:edit-page")


def edit(client, path):
    return client.get(f"{EDIT}?{urlencode({'page': path})}")


def test_from_each_page_one_link_leads_to_the_form_of_its_row(client, admin_client):
    parliament = make.parliament("belarus")
    delegation = Delegation.objects.get(pk=parliament.pk)
    person, topic, source = make.person("ann-a"), make.topic("laws"), make.source()
    row, written = make.article("one"), make.page("about")
    for path, of in {
        "/delegations/belarus/": delegation,
        "/ru/delegations/belarus/?date=2024-03-01": delegation,
        "/parliaments/belarus/": parliament,
        "/people/ann-a/": person,
        source.get_absolute_url(): source,
        "/topics/laws/": topic,
        "/news/one/": row,
        "/ru/news/one/": row,
        "/about/": written,
    }.items():
        response = client.get(path)
        assert response.status_code in {200, 404}, path
        offered = [a.get("href") for a in parsed(response).find(".//footer").iter("a")]
        [address] = [each for each in offered if each.startswith(EDIT)]
        assert admin_client.get(address).url == page(of, "change"), path


def test_who_may_only_propose_is_led_to_a_draft():
    row = make.article("one")
    editor = signed_in("editor", "Editor")
    new = f"{reverse('admin:news_articledraft_add')}?live={row.pk}"
    assert edit(editor, "/news/one/").url == new
    draft = make.draft(row)
    assert edit(editor, "/news/one/").url == page(draft, "change")


@pytest.mark.parametrize(
    "path", ["/", "/news/", "/none/", "", "//", "/news/none/", "/ru/none/", "/\0/", "é" * 5000]
)
def test_where_there_is_no_one_row_the_first_page_says_so(admin_client, path):
    response = edit(admin_client, path)
    assert response.url == reverse("admin:index")
    assert "no one row" in admin_client.get(response.url).text


def test_who_may_not_see_a_row_at_the_desk_is_not_told_of_it():
    make.article("secret", status="draft")
    client = Client()
    assert edit(client, "/news/secret/").url.startswith(reverse("admin:login"))
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    assert edit(client, "/news/secret/").url == edit(client, "/news/none/").url


def above(client, path):
    """Return the words and the addresses that stand above a page for who has signed in."""
    response = client.get(path)
    found = parsed(response).find(".//nav[@class='staff']")
    return response, found is not None and [a.get("href") for a in found.iter("a")]


def test_who_has_signed_in_edits_from_above_each_page_and_nobody_else_gets_that_page(client):
    row = make.article("one")
    before = client.get("/news/one/")
    publisher, writer = signed_in("publisher", "Publisher"), signed_in("writer", "Writer")
    answer, addresses = above(publisher, "/news/one/")
    assert addresses == [page(row, "change"), reverse("admin:index")]
    assert "publisher" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert not answer.cookies
    assert above(publisher, "/news/")[1] == [reverse("admin:index")]
    assert above(publisher, "/ru/news/one/")[1][0] == page(row, "change")
    # She may read it at the desk, and no more.
    assert above(writer, "/news/one/")[1] == [reverse("admin:index")]
    assert above(publisher, "/nowhere/")[0].status_code == 404
    reader = signed_in("reader")
    User.objects.filter(username="reader").update(is_staff=False)
    for somebody in (client, reader):
        answer = somebody.get("/news/one/")
        assert (answer.content, answer.headers) == (before.content, before.headers)


def test_a_session_that_has_ended_shows_what_everybody_is_shown(client):
    row = make.article("one")
    before = client.get(row.get_absolute_url())
    publisher = signed_in("publisher", "Publisher")
    publisher.session.flush()
    for key in (publisher.cookies["sessionid"].value, "x", "é", "a" * 4000):
        client.cookies["sessionid"] = key
        answer = client.get(row.get_absolute_url())
        assert (answer.content, answer.headers) == (before.content, before.headers)
    # PostgreSQL takes it not for a text; the database is not asked.
    odd = Client(headers={"cookie": r'sessionid="aaaaaaaa\000"'})
    answer = odd.get(row.get_absolute_url())
    assert (answer.content, answer.headers) == (before.content, before.headers)
    with CaptureQueriesContext(connection) as asked:
        assert odd.get(reverse("admin:index")).status_code == 302
    assert not [each for each in asked if "django_session" in each["sql"]]


def test_what_is_made_for_one_is_kept_for_nobody(settings, client):
    settings.PAGE_MEMORY = 1024 * 1024
    client, publisher = Client(), signed_in("publisher", "Publisher")
    make.article("one")
    for _each in range(2):
        assert above(publisher, "/news/one/")[1]
        assert above(client, "/news/one/")[1] is False
