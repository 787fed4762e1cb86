"""Where an article once was, and no page of ours is, readers are led to it."""

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.archive.models import OldAddress
from news.models import Article
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path, capsys):
    def load(*records, **options):
        file = tmp_path / "articles.jsonl"
        file.write_text("\n".join(map(json.dumps, records)))
        capsys.readouterr()
        call_command("import_articles", file, **{"apply": True, **options})
        return [words for words in capsys.readouterr().out.splitlines() if "clash" in words]

    return load


def record(key="1", *, languages=("en",), **fields):
    return {
        "key": key,
        "published_at": "2003-12-05",
        **{
            f"{name}_{language}": f"{name} {key}"
            for name in ("headline", "summary", "body")
            for language in languages
        },
        **fields,
    }


@pytest.mark.parametrize(
    ("old", "asked"),
    [
        ("/index.php?id=12", "/index.php?id=12"),
        ("https://www.old.example/index.php?id=12#top", "/index.php?id=12"),
        ("/a?x=1&y=2", "/a?y=2&x=1"),
        ("/a?x=", "/a?x="),
        ("/a.html", "/a.html?utm_source=mail"),
        ("/a/", "/a"),
        ("/a", "/a/"),
        ("/%D1%8F/1.html", "/я/1.html"),
        ("/я/1.html", "/%d1%8f/1.html"),
        ("/a%20b", "/a b"),
        ("/%FF", "/%ff"),
        ("/a?q=я", "/a?q=%D1%8F"),
        ("/a?q=%FF", "/a?q=%ff"),
        ("/news/of-before/", "/news/of-before/"),
        ("/ru/index.html", "/ru/index.html"),
        ("/data/1.json", "/data/1.json"),
    ],
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_an_old_address_leads_to_the_article(client, load, method, old, asked):
    load(record(old_address=old))
    response = getattr(client, method)(asked)
    if response.headers.get("Location") == "/a/":
        response = client.get("/a/")
    assert response.status_code == 301
    language = "/ru" if old.startswith("/ru/") else ""
    assert response.headers["Location"] == f"{language}/news/headline-1/"


@pytest.mark.parametrize("asked", ["/A", "/a?x=1", "/a\0", "/b", "/" + "a" * 1200, "/?a"])
def test_another_address_leads_nowhere(client, load, asked):
    load(record(old_address="/a"))
    assert client.get(asked).status_code in {404, 200}
    assert client.post("/a").status_code == 404


def test_each_language_has_its_old_address(client, load):
    load(
        record(
            languages=("en", "ru"), old_address_en="/1e", old_address_ru="/1r", old_address="/1"
        ),
        record("2", languages=("ru",), old_address="/2"),
    )
    assert {old: client.get(old).headers["Location"] for old in ("/1e", "/1r", "/1", "/2")} == {
        "/1e": "/news/headline-1/",
        "/1r": "/ru/news/headline-1/",
        "/1": "/news/headline-1/",
        "/2": "/ru/news/headline-2/",
    }


def test_it_leads_to_what_the_article_is_called_now(client, load):
    load(record(old_address="/a"))
    row = Article.objects.get()
    row.slug = "renamed"
    row.save()
    assert client.get("/a").headers["Location"] == "/news/renamed/"


def test_what_is_not_public_is_at_no_old_address_and_what_was_says_so(client, load):
    ahead = (timezone.now() + dt.timedelta(days=9)).isoformat()
    load(
        record(status="draft", old_address="/draft.html"),
        record("2", published_at=ahead, old_address="/ahead.html"),
        record("3", old_address="/withdrawn.html"),
        record("4", old_address="/deleted.html"),
    )
    Article.objects.get(code="archive-3").withdraw()
    Article.objects.get(code="archive-4").delete()
    assert [client.get(old).status_code for old in ("/draft.html", "/ahead.html")] == [404, 404]
    for old in ("/withdrawn.html", "/deleted.html"):
        response = client.get(old)
        assert response.status_code == 301
        assert client.get(response.headers["Location"]).status_code == 410
    Article.objects.filter(code="archive-1").update(status="published")
    assert client.get("/draft.html").status_code == 301


def test_a_clash_is_told_and_a_page_of_ours_stays(client, load):
    make.article("ours")
    make.parliament("belarus")
    records = (
        record(old_address="/same"),
        record("2", old_address="/same/"),
        record("3", old_address="/news/"),
        record("4", old_address="/?id=4"),
        record("5", old_address="/ru/news/ours/"),
        record("6", old_address="/delegations/belarus/"),
        record("7", old_address="/admin/1.html"),
        record("8", old_address="/static/1.html"),
        record("9", old_address="/news/headline-10/"),
        record("10", old_address="/news/headline-10/"),
        record("11", old_address="/news/headline-11/"),
    )
    expected = [
        "line 2: note: clash: /same is the old address of line 1.",
        "line 10: note: clash: /news/headline-10 is the old address of line 9.",
        "line 3: note: clash: /news is a page here.",
        "line 4: note: clash: /?id=4 is a page here.",
        "line 5: note: clash: /ru/news/ours is a page here, of ours.",
        "line 6: note: clash: /delegations/belarus is a page here.",
        "line 7: note: clash: /admin/1.html is a page here.",
        "line 8: note: clash: /static/1.html is a page here.",
        "line 9: note: clash: /news/headline-10 is a page here, of archive-10.",
    ]
    assert load(*records, apply=False) == load(*records) == expected
    assert [*OldAddress.objects.values_list("address", "code")] == [("/same", "archive-1")]
    assert client.get("/ru/news/ours/").status_code == 200
    assert load(record("12", old_address="/same")) == [
        "line 1: note: clash: /same leads to archive-1 already."
    ]


def test_one_question_is_asked_and_only_where_nothing_is_found(client, load):
    load(record(old_address="/a"))

    def questions(address):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return sum("archive_oldaddress" in each["sql"] for each in asked)

    assert [questions(each) for each in ("/nothing", "/a", "/news/", "/admin/")] == [1, 1, 0, 0]
