import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from news.archive.models import Listing, Month
from news.models import Article
from tests import make

pytestmark = pytest.mark.django_db

FIELDS = {
    "status": "published",
    "published_at": "2021-05-21T10:00:00+03:00",
    "headline_en": "The session",
    "summary_en": "It met.",
    "body_en": "<p>A rare zephyrine</p><script>alert(1)</script>",
}


@pytest.fixture
def load(tmp_path, capsys):
    """Import lines, and return what the command says on standard output."""

    def load(*lines, apply=True):
        file = tmp_path / "articles.jsonl"
        texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
        file.write_text("\n".join(texts))
        call_command("import_articles", file, apply=apply)
        return capsys.readouterr().out.strip()

    return load


def line(slug="session", **fields):
    return {"slug": slug, **FIELDS, **fields}


def test_an_article_is_as_if_it_were_saved_at_the_desk(load, client):
    belarus, kogut = make.parliament("belarus"), make.person("viktor-kogut")
    topic, source = make.topic("laws"), make.source()
    about = {"delegations": ["belarus"], "people": ["viktor-kogut"], "topics": ["laws"]}
    said = load(line(**about, source=source.code), line("other", status="draft"))
    assert said == "2 articles imported; 0 were there, and stay as they are."
    article = Article.objects.get(slug="session")
    assert (article.code, article.source, article.body_en) == (
        "session",
        source,
        "<p>A rare zephyrine</p>",
    )
    assert [*article.topics.all(), *article.people.all()] == [topic, kogut]
    assert [row.pk for row in article.delegations.all()] == [belarus.pk]
    version = article.history.get()
    assert (version.history_type, version.history_change_reason) == ("+", "import_articles")
    assert [each.topic for each in version.topics.all()] == [topic]
    for address in ("/news/session/", "/news/2021/05/", "/topics/laws/", "/search/?q=zephyrine"):
        assert "The session" in client.get(address, follow=True).text, address
    assert client.get("/news/other/").status_code == 404


def test_what_is_derived_is_as_made_again(load):
    make.topic("laws")
    load(*(line(f"session-{number}", topics=["laws"]) for number in range(30)))
    derived = [*Month.objects.values_list()], sorted(Listing.objects.values_list("article_id"))
    call_command("rebuild_archive", verbosity=0)
    assert derived == (
        [*Month.objects.values_list()],
        sorted(Listing.objects.values_list("article_id")),
    )


def test_a_file_can_be_imported_again(load):
    load(line())
    Article.objects.filter(slug="session").update(headline_en="As an editor left it")
    said = load(line(), line("other"))
    assert said == "1 articles imported; 1 were there, and stay as they are."
    assert Article.objects.get(slug="session").headline_en == "As an editor left it"
    assert Article.history.filter(slug="other").count() == 1


def test_without_apply_nothing_is_saved(load):
    said = load(line(), apply=False)
    assert said.startswith("1 articles would be imported with --apply;")
    assert not Article.objects.exists()
    assert not Month.objects.exclude(articles=0).exists()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["{"], ["Line 1: Expecting property name"]),
        (["[]"], ["Line 1: A line is an object."]),
        ([line(title="x")], ["Line 1: title: There is no such field."]),
        ([line(id=7)], ["Line 1: id: There is no such field."]),
        ([line(topics=["none"])], ["Line 1: topics: There is no topic 'none'."]),
        ([line(topics="laws")], ["Line 1: topics: There is no topic 'l'."]),
        ([line(topics=None)], ["Line 1: topics: "]),
        ([line(topics=[[]])], ["Line 1: topics: "]),
        ([line(source="none")], ["Line 1: source: There is no source 'none'."]),
        ([line("")], ["Line 1: slug: This field cannot be blank."]),
        ([line("2021")], ["Line 1: slug: A name in addresses is more than a number."]),
        ([line("a b")], ["Line 1: slug: Enter a valid"]),
        ([line(), line()], ["Line 2: slug: Line 1 states it already."]),
        ([line(published_at="2021-05-21T10:00:00")], ["Line 1: published_at: A moment has its"]),
        ([line(published_at="x")], ["Line 1: published_at: "]),
        ([line(published_at=None)], ["Line 1: published_at: To be published"]),
        ([line(status="gone")], ["Line 1: status: Value 'gone' is not a valid choice."]),
        ([line(summary_en="")], ["Line 1: status: To be published, an article needs headline"]),
        ([line(headline_en=7)], ["Line 1: headline_en: 7 would become '7'."]),
        ([line(body_en="[[seats:none]]")], ["Line 1: body_en: "]),
        (
            [line("a", status="gone"), line("b"), line("c", title="x")],
            ["Line 1: status: ", "Line 3: title: "],
        ),
    ],
)
def test_a_mistake_is_named_with_its_line_and_nothing_is_imported(load, lines, words):
    make.topic("laws")
    with pytest.raises(CommandError) as refused:
        load(*lines, line("right"))
    first, *mistakes = str(refused.value).splitlines()
    assert first == "Nothing was imported."
    assert [each[: len(start)] for each, start in zip(mistakes, words, strict=True)] == words
    assert not Article.objects.exists()


def test_the_address_of_another_article_is_not_taken(load):
    old = make.article("session")
    old.slug = "the-session"
    old.save()
    with pytest.raises(CommandError, match="Line 1: slug: Another row had this slug"):
        load(line())


def test_a_code_that_is_used_is_not_used_again(load):
    make.article("the-session", code="session")
    load(line())
    assert Article.objects.get(slug="session").code == "session-2"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_articles", tmp_path / "none.jsonl")


def test_queries_do_not_grow_with_the_articles(load, django_assert_max_num_queries):
    make.topic("laws")
    load(line("first", topics=["laws"]))
    with django_assert_max_num_queries(40):
        load(*(line(f"session-{number}", topics=["laws"]) for number in range(40)))
