"""The log of the desk says who did what and when, to who may see the row, at a cost that stays."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.db import connection
from django.urls import reverse

from cstopa.admin.desk_log import SIZE
from cstopa.publishing.models import PreviewLink, Review
from delegations.models import Delegation
from news.models import Article
from tests import make
from tests.cstopa.admin.rows import everything, page
from tests.cstopa.publishing.test_undoing import send, undo
from tests.forms import filled
from tests.growth import queries, work
from tests.news.desk import signed_in
from tests.reading import spaced

pytestmark = pytest.mark.django_db
LOG = reverse("admin:log")
NOW = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW) as clock:
        yield clock


def entries(client, **asked):
    response = client.get(LOG, asked)
    assert response.status_code == 200
    return response.context["entries"]


def acts(client, **asked):
    return [(each.who, str(each.act), each.words) for each in entries(client, **asked)]


def account(name):
    return User.objects.get(username=name).pk


def test_what_becomes_of_an_article_stands_in_its_words(publisher, client):
    article = make.article(status="draft", published_at=None, headline_en="A session")
    send(signed_in("writer", "Writer"), article, _review="submitted", review_comment="Ready?")
    send(signed_in("editor", "Editor"), article, _review="approved", headline_en="The session")
    done = send(publisher, article, status="published")
    undo(publisher, done)
    send(publisher, article, status="published")
    send(publisher, article, status="draft", reason="Too early")
    publisher.post(page(article, "delete"), {"post": "yes", "reason": "Never mind"})
    publisher.post(reverse("admin:restore"), {"row": f"news.article:{article.pk}"})
    found = entries(publisher, kind="news.article")
    assert [(each.who, str(each.act)) for each in found] == [
        ("publisher", "restored"),
        ("publisher", "deleted"),
        ("publisher", "withdrawn"),
        ("publisher", "made public"),
        ("publisher", "withdrawn"),
        ("publisher", "made public"),
        ("editor", "review: approved"),
        ("editor", "changed"),
        ("writer", "review: for review"),
        ("author not recorded", "added"),
    ]
    public = entries(publisher, kind="news.article", act="published")
    assert [str(each.act) for each in public] == ["made public", "made public"]
    assert [each.reason for each in found if each.reason] == ["Never mind", "Too early", "Ready?"]
    changed = found[7]
    assert changed.fields == ("Headline (in English)",)
    assert changed.words == "The session"
    assert publisher.get(changed.address).status_code == 200
    shown = spaced(publisher.get(LOG).content.decode())
    assert "(Headline (in English))" in shown


def test_a_link_that_is_made_or_revoked(publisher):
    article = make.article(status="draft", published_at=None, headline_en="A session")
    Review.objects.take(article, "submitted", User.objects.get(username="publisher"))
    links = page(article, "links", article.pk)
    publisher.post(links, filled(publisher.get(links)))
    link = PreviewLink.objects.get()
    other = signed_in("editor", "Editor")
    for _press in range(2):
        other.post(links, {"revoke": link.pk})
    link.delete()
    found = acts(publisher, kind="news.article", act="reviewed")
    assert found == [
        ("editor", "review: link revoked", "A session"),
        ("publisher", "review: link made", "A session"),
        ("publisher", "review: for review", "A session"),
    ]
    # Nothing follows from it.
    assert Review.objects.current_of(article).state == "submitted"
    assert Review.objects.last_of(article).state == "submitted"


def test_what_waits_is_scheduled_until_its_moment_is_taken_away(publisher):
    article = make.article(status="draft", published_at=None)
    send(publisher, article, status="published", published_at="2027-03-09 09:00")
    send(publisher, article, published_at="")
    send(publisher, article, headline_en="Mended")
    found = [str(each.act) for each in entries(publisher, kind="news.article")]
    assert found == ["changed", "made public", "scheduled", "added"]
    public = entries(publisher, kind="news.article", act="published")
    assert [str(each.act) for each in public] == ["made public", "scheduled"]


def test_drafts_over_what_is_public(publisher):
    draft = make.draft(headline_en="Anew")
    send(publisher, draft, goes_public_at="2027-03-09 09:00")
    undo(publisher, send(publisher, draft, _publish="1", goes_public_at=""))
    found = [str(each.act) for each in entries(publisher, kind="news.articledraft")]
    assert found == ["restored", "made public", "scheduled no more", "scheduled", "added"]
    public = entries(publisher, act="published", person=account("publisher"))
    assert [(each.kind, str(each.act)) for each in public] == [
        ("Draft of a public article", "made public")
    ]


def test_what_was_public_from_its_first_version_was_made_public_by_it(publisher):
    article = make.article(headline_en="At once")
    publisher.post(page(article, "delete"), {"post": "yes", "reason": "Never mind"})
    publisher.post(reverse("admin:restore"), {"row": f"news.article:{article.pk}"})
    send(publisher, Article.objects.get(), headline_en="Again")
    found = acts(publisher, kind="news.article", act="published")
    assert [(who, act) for who, act, _words in found] == [
        ("publisher", "restored"),
        ("author not recorded", "added and made public"),
    ]


def test_those_are_asked_about_who_did_something(publisher, admin_client):
    article = make.article(status="draft", published_at=None)
    Review.objects.comment(article, User.objects.create_user("editor"), "Well said.")
    User.objects.create_user("idle", is_staff=True)
    who = publisher.get(LOG).context["form"].fields["person"].queryset
    assert [each.username for each in who] == ["editor"]
    send(publisher, article, headline_en="Anew")
    assert [each.username for each in who.all()] == ["editor", "publisher"]
    assert entries(publisher, person=account("publisher"), act="published") == []


def test_it_is_filtered_by_person_kind_act_and_day(publisher, clock):
    article = make.article(headline_en="One")
    send(publisher, article, headline_en="Two")
    clock.move_to(NOW + dt.timedelta(days=1))
    send(signed_in("other", "Publisher"), article, headline_en="Three")
    person = make.person()
    person.delete()
    who = account("publisher")
    assert [each.words for each in entries(publisher, person=who)] == ["Two"]
    assert {each.kind for each in entries(publisher, kind="delegations.person")} == {"Person"}
    assert {str(each.act) for each in entries(publisher, act="deleted")} == {"deleted"}
    assert [each.words for each in entries(publisher, day="2027-03-01")] == ["Two", "One"]
    assert entries(publisher, day="2027-03-03") == []
    both = entries(publisher, person=who, day="2027-03-02")
    assert both == []


def test_a_day_is_that_of_the_assembly(publisher, clock):
    clock.move_to(NOW.replace(hour=22))
    make.article()
    assert entries(publisher, day="2027-03-01") == []
    assert len(entries(publisher, day="2027-03-02")) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"person": "x"},
        {"person": "9" * 40},
        {"kind": "auth.user"},
        {"act": "x"},
        {"day": "tomorrow"},
        {"day": "\x00"},
    ],
)
def test_what_is_misread_is_said_at_its_field(publisher, asked):
    make.article()
    response = publisher.get(LOG, asked)
    assert response.context["form"].errors.keys() == asked.keys()
    assert response.context["entries"] == []


@pytest.mark.parametrize(
    "before",
    [
        "x",
        "~~",
        "2027-03-01~version news.article~1",
        "2027-03-01T09:00:00+00:00~version news.article~x",
        "2027-03-01T09:00:00+00:00~version news.article~" + "9" * 30,
        "0001-01-01T00:00:00+14:00~version news.article~1",
        "9999-12-31T00:00:00-14:00~~1",
        "\x00",
    ],
)
def test_an_odd_place_in_the_list_is_its_beginning(publisher, before):
    make.article(headline_en="One")
    assert [each.words for each in entries(publisher, before=before)] == ["One"]


def test_page_by_page_each_entry_is_shown_once(publisher):
    # Many of one moment: the border of two pages is among them.
    with time_machine.travel(NOW, tick=False):
        for number in range(SIZE // 2 + 5):
            make.article(headline_en=f"A {number}")
            make.topic(name_en=f"T {number}")
    address, found = LOG, []
    while address:
        response = publisher.get(address)
        found += [each.words for each in response.context["entries"]]
        address = response.context["next_address"]
    assert len(found) == SIZE + 10
    assert {*found} == {f"{kind} {number}" for kind in "AT" for number in range(SIZE // 2 + 5)}
    [before] = parse_qs(urlsplit(publisher.get(LOG).context["next_address"]).query)["before"]
    assert len(entries(publisher, before=before, kind="news.topic")) in range(SIZE // 2 + 6)


def test_nobody_reads_of_what_he_may_not_see(sign_in):
    everything()
    Review.objects.take(Article.objects.first(), "submitted", None, "Between us")
    client = sign_in(permissions=["view_person"])
    assert {each.kind for each in entries(client)} == {"Person"}
    kinds = client.get(LOG).context["form"].fields["kind"].choices
    assert [key for key, _words in kinds] == ["", "delegations.person"]
    assert entries(client, kind="news.article") == []
    make.person("some-body").delete()
    assert {str(each.act) for each in entries(client)} == {"added", "deleted"}


def test_who_sees_nothing_is_refused(sign_in, client):
    assert client.get(LOG).status_code == 302
    assert sign_in().get(LOG).status_code == 403


def test_nothing_is_sent_to_it(publisher):
    assert publisher.post(LOG).status_code == 403
    assert LOG in publisher.get("/admin/").content.decode()


def test_what_is_done_with_accounts_is_for_who_may_see_them(admin_client, publisher):
    group = Group.objects.create(name="Interns")
    where = reverse("admin:auth_group_change", args=[group.pk])
    admin_client.post(where, {"name": "Trainees"})
    admin_client.post(reverse("admin:auth_group_delete", args=[group.pk]), {"post": "yes"})
    found = acts(admin_client, kind="auth.group")
    assert found == [("admin", "deleted", "Trainees"), ("admin", "changed", "Trainees")]
    assert "Trainees" not in publisher.get(LOG).content.decode()


def test_a_command_is_named(publisher):
    article = make.article()
    article._change_reason = "import_articles"
    article.save()
    assert acts(publisher)[0][0] == "import_articles"


def test_it_costs_the_same_however_many_versions_there_are(admin_client):
    rows = everything()
    for model in rows.keys() - {Delegation}:
        rows[model].save()
    Review.objects.take(rows[Article], "submitted", None)
    # The first request reads more, and the content types are kept.
    queries(admin_client, LOG)
    before = queries(admin_client, LOG)
    for row in Article.objects.all():
        for number in range(3):
            row.headline_en = f"Again {number}"
            row.save()
            Review.objects.take(row, "submitted", None)
    make.person()
    make.membership()
    # The sign-in is on the page no more.
    assert queries(admin_client, LOG) <= before


def older_versions(article, number):
    """Write versions, of as many rows, that are older than all others, as an archive of years has them."""
    model, newest = Article.history.model, article.history.first()
    values = {
        field.attname: getattr(newest, field.attname)
        for field in model._meta.concrete_fields
        if field.attname not in {"id", "history_id", "history_date"}
    }
    model.objects.bulk_create(
        model(**values, id=1_000 + each, history_date=NOW - dt.timedelta(days=1, seconds=each))
        for each in range(number)
    )


def test_a_page_is_read_by_the_index(admin_client):
    article = make.article()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # It reads a table of a few thousand rows whole, although the index is there.
            cursor.execute("SET LOCAL enable_seqscan TO off")
    older_versions(article, 2 * SIZE)
    before = work(admin_client, LOG)
    older_versions(article, 20 * SIZE)
    assert work(admin_client, LOG) < 1.5 * before
