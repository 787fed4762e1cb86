import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone, translation

from delegations.models import Delegation
from news.models import Article
from tests import make
from tests.forms import errors, filled, published
from tests.news.desk import ADD, LIST, MOMENT, WORDS, address, public_rows
from tests.reading import spaced

pytestmark = pytest.mark.django_db

MOSCOW = ZoneInfo("Europe/Moscow")


def test_a_publisher_makes_public_changes_and_deletes(publisher):
    data = filled(publisher.get(ADD), **WORDS, **MOMENT, status="published")
    assert published(publisher, ADD, data).status_code == 302
    row = Article.objects.published().get()
    page = publisher.get(address(row))
    assert publisher.post(address(row), filled(page, headline_en="New")).status_code == 302
    row.refresh_from_db()
    assert row.headline_en == "New"
    page = publisher.get(address(row))
    assert publisher.post(address(row), filled(page, status="draft")).status_code == 302
    assert publisher.post(address(row, "delete"), {"post": "yes"}).status_code == 302
    assert not Article.objects.exists()


LACKING = [
    ({"summary_en": ""}, "summary_en"),
    ({"body_en": "<script>alert(1)</script>"}, "body_en"),
    ({"body_en": "<p> &nbsp; </p>"}, "body_en"),
    ({"published_at": "10:00"}, "published_at"),
    ({"published_at": "0001-01-01 10:00"}, "published_at"),
    ({"published_at": "9999-12-31 10:00"}, "published_at"),
    ({"published_at": "2026-05-21 25:00"}, "published_at"),
    ({"status": "bogus"}, "status"),
    ({"slug": "a b"}, "slug"),
]


def test_what_lacks_something_to_be_public_gets_an_error_at_the_field(publisher):
    data = filled(publisher.get(ADD), **WORDS, **MOMENT, status="published")
    for left_out, field in LACKING:
        assert list(errors(publisher.post(ADD, data | left_out))) == [field], left_out
    assert not Article.objects.exists()


def test_to_publish_without_a_moment_is_to_publish_now(publisher):
    row = make.article(status="draft", published_at=None)
    data = filled(publisher.get(address(row)), published_at="")
    # The form shows minutes, and the next save is no change of it.
    before = timezone.now().replace(second=0, microsecond=0)
    assert publisher.post(address(row), data).status_code == 302
    row.refresh_from_db()
    assert row.published_at is None
    answer = published(publisher, address(row), data | {"status": "published"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert before <= row.published_at <= timezone.now()
    assert row.published_at.second == row.published_at.microsecond == 0
    assert publisher.get(row.get_absolute_url()).status_code == 200


def test_a_publisher_chooses_what_leads_the_home_page(publisher):
    first = make.article("first", headline_en="First")
    make.article("second", headline_en="Second", published_at=timezone.now())
    data = filled(publisher.get(address(first)))
    for wrong in ("tomorrow", "2027-01-32 10:00", "9999-12-31 10:00"):
        response = publisher.post(address(first), data | {"leads_until": wrong})
        assert list(errors(response)) == ["leads_until"]
    response = publisher.post(
        address(first), data | {"leads_until": "2199-01-01 10:00"}, follow=True
    )
    assert "It leads the home page until 1 January 2199, 10:00." in spaced(response.text)
    page = spaced(Client().get("/").text)
    assert page.index("First") < page.index("Second")


@pytest.mark.parametrize(
    ("status", "words"),
    [("draft", "Only what is public expires"), ("published", "This moment is past")],
)
def test_what_expires_is_public_until_a_moment_that_lies_ahead(publisher, status, words):
    data = filled(publisher.get(ADD), **WORDS, **MOMENT, status=status)
    answer = published(publisher, ADD, data | {"expires_at": "2026-05-22 10:00"})
    assert words in errors(answer)["expires_at"][0]
    assert not Article.objects.exists()


def test_one_language_is_enough_to_publish(publisher):
    words = {name.replace("_en", "_ru"): value for name, value in WORDS.items()}
    data = filled(publisher.get(ADD), **words, **MOMENT, status="published")
    assert published(publisher, ADD, data).status_code == 302
    assert Article.objects.published().get().complete_languages == ["ru"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("One.\n\nTwo,\nthree.", "<p>One.</p>\n\n<p>Two,<br>three.</p>"),
        ("5 < 6 & 7", "<p>5 &lt; 6 &amp; 7</p>"),
        ("Ask <press@a.example>, if a<b.", "<p>Ask &lt;press@a.example&gt;, if a&lt;b.</p>"),
        ("<p>Ask <press@a.example>, if a<b.", "<p>Ask &lt;press@a.example&gt;, if a&lt;b.</p>"),
        (
            "One.\n\nTwo with <strong>bold</strong>,\n<a href='/news/'>three</a>.",
            '<p>One.</p>\n\n<p>Two with <strong>bold</strong>,<br><a href="/news/">three</a>.</p>',
        ),
        ("<div>One & two.</div>\n\n<div>Three.</div>", "<p>One &amp; two.</p>\n\n<p>Three.</p>"),
        ("<p>One.</p>\n\nTwo.", "<p>One.</p>\n\nTwo."),
        ("<ul><li>One.</li></ul>", "<ul><li>One.</li></ul>"),
        ('<p onclick="x()" class=MsoNormal>One.</p>', "<p>One.</p>"),
        (
            "<H1>One</H1><p><b>two</b> <I>three</I></p>",
            "<h2>One</h2><p><strong>two</strong> <em>three</em></p>",
        ),
        ("<p>One<div>two</div></p>", "<p>One\n\ntwo\n\n</p>"),
    ],
)
def test_a_body_without_blocks_becomes_paragraphs(editor, written, kept):
    data = filled(editor.get(ADD), headline_en="Told", body_en=written)
    assert editor.post(ADD, data).status_code == 302
    row = Article.objects.get()
    assert row.body_en.replace("\r", "") == kept
    # What is opened and saved again stays as it is.
    assert editor.post(address(row), filled(editor.get(address(row)))).status_code == 302
    row.refresh_from_db()
    assert row.body_en.replace("\r", "") == kept


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ('<p>Seats</p><table><tr><td colspan="0">7</td></tr></table>', ['<td colspan="0">']),
        ('<p>One <img src="/x.png" alt="two"></p>', ["<img>"]),
        ("<p>One <del>two</del> <u>three</u></p>", ["<del>", "<u>"]),
        ("<p>One.<script>two()</script></p>", ["<script>two()</script>"]),
        ("<p>One <!-- two --> three</p>", ["<!-- two -->"]),
        ('<figure data-picture="a"></figure><p>One</p>', ['<figure data-picture="a">']),
        ('<p><a href="javascript:x()">One</a></p>', ['<a href="javascript:x()">']),
        ("<p>One <span lang=zz>two</span></p>", ["<span lang=zz>"]),
        ("<iframe src=x></iframe><p>" + "x" * 5_000, ["<iframe>"]),
    ],
)
def test_what_a_body_cannot_have_is_named_and_stays_in_the_form(editor, written, named):
    row = make.article(status="draft", body_en="<p>Before.</p>")
    data = filled(editor.get(address(row)), body_en=written)
    response = editor.post(address(row), data)
    form = response.context["adminform"].form
    assert form.errors == {
        "body_en": [
            f"A text cannot have {', '.join(named)}. Write it without: nothing is saved yet."
        ]
    }
    assert form["body_en"].value() == written
    row.refresh_from_db()
    assert row.body_en == "<p>Before.</p>"


def test_the_public_page_is_offered_only_where_there_is_one(publisher):
    public, ahead = public_rows()
    draft = make.article(status="draft")
    offered = publisher.get(address(public)).context
    assert offered["absolute_url"] == public.get_absolute_url()
    for row in (ahead, draft):
        assert not publisher.get(address(row)).context["has_absolute_url"]
    # A form with an error holds a moment that the article does not have.
    data = filled(publisher.get(address(draft)), status="published", published_at="x")
    assert not publisher.post(address(draft), data).context["has_absolute_url"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_public_page_of_one_language_is_offered_in_it(publisher, language):
    publisher.cookies["django_language"] = language
    words = {name.replace("_en", "_ru"): value for name, value in WORDS.items()}
    nothing = dict.fromkeys(WORDS, "")
    pages = {
        make.article("both", **words): language,
        make.article("english"): "en",
        make.article("russian", **nothing | words): "ru",
    }
    for row, its_language in pages.items():
        with translation.override(its_language):
            expected = row.get_absolute_url()
        assert publisher.get(address(row)).context["absolute_url"] == expected


def test_the_list_tells_what_is_public_from_what_will_be(publisher):
    make.article("now")
    make.article("ahead", published_at=dt.datetime(2099, 12, 25, 10, tzinfo=MOSCOW))
    make.article("draft", status="draft")
    shown = publisher.get(LIST).content.decode()
    column = map(spaced, re.findall('class="field-publication[^"]*">([^<]*)<', shown))
    assert sorted(column) == ["draft", "from 25 December 2099, 10:00", "public"]
    chosen = publisher.get(LIST, {"status__exact": "draft"}).context["cl"].result_list
    assert [row.slug for row in chosen] == ["draft"]


def listed(client, **asked):
    """Return the slugs that a list shows, in order."""
    return [row.slug for row in client.get(LIST, asked).context["cl"].result_list]


def test_a_search_takes_the_newest_and_any_draft(admin_client, monkeypatch):
    monkeypatch.setattr("news.admin.articles.MOST", 1)
    topic = make.topic()
    for year, slug in enumerate(("oldest", "older", "newer"), 2020):
        moment = timezone.make_aware(dt.datetime(year, 5, 21))
        make.article(slug, headline_en="A vote on ice", published_at=moment, topics=[topic])
    make.article("draft", headline_en="", headline_ru="Лёд", status="draft")
    assert listed(admin_client, q="ice") == ["newer", "older"]
    assert listed(admin_client, q="ice -vote") == []
    assert listed(admin_client, q="лед") == ["draft"]
    assert listed(admin_client, q="old") == ["older", "oldest"]
    # Where something else is asked too, none of those that are found is left out.
    assert listed(admin_client, q="ice", topic=topic.pk) == ["newer", "older", "oldest"]
    assert listed(admin_client, q="ice", **{"in": "2020"}) == ["oldest"]


def test_the_filters_of_the_list(admin_client):
    [topic, other] = make.topic("laws"), make.topic("visits")
    delegation = Delegation.objects.get(pk=make.parliament("belarus").pk)
    about = {"topics": [topic, other], "delegations": [delegation]}
    for month in 4, 5:
        moment = timezone.make_aware(dt.datetime(2021, month, 1))
        make.article(f"month-{month}", published_at=moment, **about)
    make.article("draft", status="draft", published_at=None, topics=[other])
    assert {*listed(admin_client, topic=other.pk)} == {"draft", "month-5", "month-4"}
    assert listed(admin_client, topic=topic.pk, delegation=delegation.pk) == ["month-5", "month-4"]
    assert listed(admin_client, **{"in": "2021"}) == ["month-5", "month-4"]
    assert listed(admin_client, **{"in": "2021-04"}) == ["month-4"]
    shown = admin_client.get(LIST, {"in": "2021"}).text
    assert "April 2021" in shown
    assert len(listed(admin_client, **{"in": "nonsense"})) == 3


def test_the_reason_of_a_withdrawal_is_in_the_history_and_on_no_public_page(publisher):
    row = make.article("told")
    data = filled(publisher.get(address(row)), status="draft", reason="The speaker asked us to")
    assert publisher.post(address(row), data).status_code == 302
    assert row.history.first().reason == "The speaker asked us to"
    assert "The speaker asked us to" in publisher.get(address(row, "history")).text
    gone = Client().get("/news/told/")
    assert gone.status_code == 410
    assert "speaker" not in gone.text
    data = filled(publisher.get(address(row)), headline_en="Mended", reason="No reason")
    publisher.post(address(row), data)
    assert row.history.first().reason == ""
