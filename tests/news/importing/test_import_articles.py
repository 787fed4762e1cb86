import csv
import datetime as dt
import json

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from cstopa.models.history import writing_as
from news.archive.models import Listing, Month, OldAddress
from news.models import Article, Topic
from tests import make

pytestmark = pytest.mark.django_db

FIELDS = {
    "published_at": "2021-05-21T10:00:00+03:00",
    "headline_en": "The session",
    "summary_en": "It met.",
    "body_en": "<p>A rare zephyrine</p><script>alert(1)</script>",
}
IN_RUSSIAN = {
    "published_at": "2003-12-05",
    "headline_ru": "Первое заседание",
    "body_ru": "<p>Заседание прошло.</p>",
}


def line(key="1", **fields):
    return {"key": key, **FIELDS, **fields}


def in_russian(key="1", **fields):
    return {"key": key, **IN_RUSSIAN, **fields}


def article(key="1"):
    return Article.objects.get(code=f"archive-{key}")


def test_an_article_is_as_if_it_were_saved_at_the_desk(load, client):
    belarus, kogut = make.parliament("belarus"), make.person("viktor-kogut")
    topic, source = make.topic("laws"), make.source()
    about = {"delegations": ["belarus"], "people": ["viktor-kogut"], "topics": ["laws"]}
    said = load(line(**about, source=source.code), line("2", slug="other", status="draft"))
    assert said == [
        "line 1: new: /news/the-session/",
        "line 2: new: /news/other/",
        "Imported: 2 new, 0 changed, 0 skipped, 0 wrong; 0 notes.",
    ]
    row = article()
    assert (row.source, row.body_en) == (source, "<p>A rare zephyrine</p>")
    assert row.published_at == dt.datetime(2021, 5, 21, 7, tzinfo=dt.UTC)
    assert [*row.topics.all(), *row.people.all()] == [topic, kogut]
    assert [each.pk for each in row.delegations.all()] == [belarus.pk]
    version = row.history.get()
    assert (version.history_type, version.history_change_reason) == ("+", "import_articles")
    assert [each.topic for each in version.topics.all()] == [topic]
    for address in (
        "/news/the-session/",
        "/news/2021/05/",
        "/topics/laws/",
        "/search/?q=zephyrine",
    ):
        assert "The session" in client.get(address, follow=True).text, address
    assert client.get("/news/other/").status_code == 404


def test_what_is_derived_is_as_made_again(load):
    make.topic("laws")
    load(*(line(str(number), topics=["laws"]) for number in range(30)))
    derived = [*Month.objects.values_list()], sorted(Listing.objects.values_list("article_id"))
    call_command("rebuild_archive", verbosity=0)
    assert derived == (
        [*Month.objects.values_list()],
        sorted(Listing.objects.values_list("article_id")),
    )


def test_without_apply_nothing_is_saved(load):
    said = load(line(old_address="/old", topics=["New"]), apply=False, create_topics=True)
    assert said[0] == "line 1: new: /news/the-session/"
    assert said[-1].startswith("Nothing is imported without --apply: 1 new,")
    assert not Article.objects.exists()
    assert not Topic.objects.exists()
    assert not OldAddress.objects.exists()
    assert not Month.objects.exclude(articles=0).exists()


def test_a_file_is_imported_again_without_doubles(load):
    make.topic("laws")
    lines = line(topics=["laws"], old_address="/a"), in_russian("2")
    load(*lines)
    said = load(*lines, line("3"))
    assert [words for words in said if "note" not in words.partition(";")[0]] == [
        "line 1: skipped: it is as it was",
        "line 2: skipped: it is as it was",
        "line 3: new: /news/the-session-3/",
        "Imported: 1 new, 0 changed, 2 skipped, 0 wrong; 1 notes.",
    ]
    assert Article.objects.count() == 3
    assert article().history.count() == 1


def test_what_has_changed_in_the_file_is_a_version(load, client):
    make.topic("laws"), make.topic("visits")
    load(line(topics=["laws"]))
    make.draft(article(), headline_en="In work")
    said = load(line(headline_en="The first session", topics=["visits"]))
    assert said[0] == "line 1: changed: headline_en, topics"
    row = article()
    assert row.slug == "the-session"
    newest = row.history.first()
    assert (newest.history_type, newest.history_change_reason) == ("~", "import_articles")
    assert [each.topic.slug for each in newest.topics.all()] == ["visits"]
    assert "The first session" in client.get("/topics/visits/").text
    assert row.draft.headline_en == "In work"
    # And it may change again.
    assert load(line(headline_en="The session", topics=["visits"]))[0].endswith(": headline_en")


def changed_by_a_save():
    row = article()
    row.headline_en = "As an editor left it"
    row.save()


def changed_without_a_version():
    Article.objects.update(headline_en="As an editor left it")


def changed_by_its_topics():
    article().topics.add(make.topic())


@pytest.mark.parametrize(
    "change", [changed_by_a_save, changed_without_a_version, changed_by_its_topics]
)
def test_what_an_editor_wrote_is_left(load, change):
    load(line())
    change()
    before = Article.objects.values().get()
    said = load(line(body_en="<p>Another</p>"))
    assert said[0] == "line 1: skipped: changed at the desk: left as it is"
    assert Article.objects.values().get() == before


def test_what_was_deleted_here_does_not_come_back(load):
    load(line())
    article().delete()
    assert load(line())[0] == "line 1: skipped: it was deleted here"
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["{"], ["line 1: wrong: This is no JSON: Expecting property name"]),
        (["[" * 100_000], ["line 1: wrong: This is no JSON: "]),
        (["[]"], ["line 1: wrong: A line is an object."]),
        (['{"key": "1", "key": "2"}'], ["line 1: wrong: A field is stated twice."]),
        ([line(title="x")], ["line 1: wrong: title: There is no such field."]),
        ([line(id=7)], ["line 1: wrong: id: There is no such field."]),
        ([line("")], ["line 1: wrong: key: A key has letters"]),
        ([line("a b")], ["line 1: wrong: key: A key has letters"]),
        ([line("a\0")], ["line 1: wrong: key: A key has letters"]),
        ([line(), line()], ["line 1: new:", "line 2: wrong: key: Line 1 states it already."]),
        ([line(topics=["none"])], ["line 1: wrong: topics: There is no topic 'none';"]),
        ([line(topics="laws")], ["line 1: wrong: topics: This is a list."]),
        ([line(topics=[[]])], ["line 1: wrong: topics: This is a text."]),
        ([line(people=["none"])], ["line 1: wrong: people: There is no person 'none'."]),
        ([line(delegations=["x"])], ["line 1: wrong: delegations: There is no delegation 'x'."]),
        ([line(source="none")], ["line 1: wrong: source: There is no source 'none'."]),
        ([line(slug="2021")], ["line 1: wrong: slug: A name in addresses is more than a number."]),
        ([line(slug="a b")], ["line 1: wrong: slug: Enter a valid"]),
        (
            [line(slug="a"), line("2", slug="a")],
            ["line 1: new: /news/a/", "line 2: wrong: slug: Another row had this slug"],
        ),
        ([line(published_at="x")], ["line 1: wrong: published_at: Write 2003-12-05"]),
        ([line(published_at=2003)], ["line 1: wrong: published_at: This is a text."]),
        ([line(published_at="2003-02-30")], ["line 1: wrong: published_at: Write 2003-12-05"]),
        ([line(published_at="1066-10-14")], ["line 1: wrong: published_at: The moment lies"]),
        ([line(published_at=None)], ["line 1: wrong: published_at: To be published"]),
        ([line(status="gone")], ["line 1: wrong: status: Value 'gone' is not a valid choice."]),
        ([line(body_en="")], ["line 1: wrong: status: To be published, an article needs"]),
        ([line(headline_en="")], ["line 1: wrong: "]),
        ([line(headline_en="x" * 201)], ["line 1: wrong: headline_en: "]),
        ([line(headline_en=7)], ["line 1: wrong: headline_en: This is a text."]),
        ([line(body_en="[[seats:none]]")], ["line 1: wrong: body_en: "]),
        ([line(body_en="word " * 400_000)], ["line 1: wrong: body_en: "]),
        ([line(old_address="https://[a")], ["line 1: wrong: old_address: This is no address"]),
        ([line(old_address="a.html")], ["line 1: wrong: old_address: An address is a path"]),
        ([line(old_address="/" + "a" * 1001)], ["line 1: wrong: old_address: An address has"]),
        (
            [line("a", status="gone"), line("b"), line("c", title="x")],
            ["line 1: wrong: status: ", "line 2: new: ", "line 3: wrong: title: "],
        ),
    ],
)
@pytest.mark.parametrize("apply", [True, False])
def test_a_mistake_is_named_with_its_line_and_nothing_is_imported(refused, apply, lines, words):
    make.topic("laws")
    said = refused(*lines, line("right", slug="right"), apply=apply)
    *mistakes, right = said
    assert [each[: len(start)] for each, start in zip(mistakes, words, strict=True)] == words
    assert right.endswith("new: /news/right/")
    assert not Article.objects.exists()


def test_the_others_are_imported_where_wrong_lines_are_left_out(load):
    said = load(line(), "{", line("3", title="x"), skip_wrong=True)
    assert said[-1].startswith("Imported: 1 new, 0 changed, 0 skipped, 2 wrong;")
    assert Article.objects.get().code == "archive-1"


def test_a_failure_in_the_middle_leaves_nothing(load, monkeypatch):
    from news.importing import saving

    monkeypatch.setattr("news.management.commands.import_articles.BATCH", 2)
    # Only the database knows: the second batch states a slug that another saves meanwhile.
    asked = saving.Saver._taken
    lines = [line(str(number), slug=f"s-{number}", old_address=f"/{number}") for number in range(6)]

    def taken(saver, some):
        found = asked(saver, some)
        if some[0].key == "2":
            with writing_as("somebody"):
                make.article("s-3")
        return found

    monkeypatch.setattr(saving.Saver, "_taken", taken)
    with pytest.raises(CommandError, match="database refuses some of lines 3 to 4"):
        load(*lines)
    assert not Article.objects.exists()
    assert not Article.history.exists()
    assert not OldAddress.objects.exists()


def test_a_slug_comes_from_the_headline_and_is_nobody_elses(load):
    old = make.article("session")
    old.slug = "the-session"
    old.save()
    said = load(
        line(headline_en="Session"),
        line("2", headline_en="2021"),
        in_russian("3"),
        in_russian("4"),
    )
    assert [words.split(": new: ")[1] for words in said if ": new: " in words] == [
        "/news/session-1/",
        "/news/archive-2/",
        "/news/pervoe-zasedanie/",
        "/news/pervoe-zasedanie-4/",
    ]


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2003-12-05", dt.datetime(2003, 12, 4, 21, tzinfo=dt.UTC)),
        ("2003-12-05 14:30", dt.datetime(2003, 12, 5, 11, 30, tzinfo=dt.UTC)),
        # Moscow's summer of that year.
        ("2003-07-05T14:30", dt.datetime(2003, 7, 5, 10, 30, tzinfo=dt.UTC)),
        ("2003-12-05T14:30:00+06:00", dt.datetime(2003, 12, 5, 8, 30, tzinfo=dt.UTC)),
    ],
)
def test_a_moment_is_one_of_moscow_unless_it_says_more(load, value, moment):
    load(line(published_at=value))
    assert article().published_at == moment


def test_what_lies_ahead_is_told_and_not_public_yet(load, client):
    ahead = (timezone.now() + dt.timedelta(days=9)).isoformat()
    said = load(line(published_at=ahead))
    assert said[1] == "line 1: note: published_at: it lies ahead, and readers see it from then."
    assert client.get("/news/the-session/").status_code == 404


def test_topics_are_made_where_that_is_asked_for(load, refused):
    make.topic("laws", name_en="Laws")
    lines = line(topics=["laws", "Безопасность"]), line("2", topics=["Безопасность", "Border"])
    assert (
        "topics: There is no topic 'Безопасность'; --create-topics makes it." in refused(*lines)[0]
    )
    wrong = line("3", topics=["Of a wrong line"], status="gone")
    said = load(*lines, wrong, create_topics=True, skip_wrong=True)
    assert [words for words in said if words.startswith("topic")] == [
        "topic: new: bezopasnost: Безопасность",
        "topic: new: border: Border",
    ]
    made = Topic.objects.get(slug="bezopasnost")
    assert (made.name_ru, made.name_en) == ("Безопасность", "")
    assert {*article().topics.all()} == {made, Topic.objects.get(slug="laws")}
    assert Topic.objects.get(slug="border").name_en == "Border"
    assert made.history.get().history_change_reason == "import_articles"
    assert not Topic.objects.filter(slug="of-a-wrong-line").exists()
    # Now they are there.
    assert load(*lines)[0] == "line 1: skipped: it is as it was"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_articles", tmp_path / "none.jsonl")


def test_a_line_without_an_end_is_not_read(refused, monkeypatch):
    monkeypatch.setattr("news.importing.reading.LONGEST", 1000)
    assert refused(line(body_en="word " * 1000), line("2"))[0] == (
        "line 1: wrong: A line has at most 1000 characters."
    )


@pytest.mark.parametrize("name", ["articles.jsonl", "articles.csv"])
def test_the_samples_are_what_the_documentation_says(name, client):
    make.parliament("belarus")
    file = settings.BASE_DIR / "docs" / "samples" / name
    call_command("import_articles", file, apply=True, create_topics=True)
    assert Article.objects.published().count() == Article.objects.count() == 2
    for address in ("/index.php?id=1", "/novosti/2003/2.html"):
        assert client.get(address, follow=True).status_code == 200


def test_both_samples_say_the_same():
    folder = settings.BASE_DIR / "docs" / "samples"
    records = map(json.loads, (folder / "articles.jsonl").read_text().splitlines())
    with (folder / "articles.csv").open(newline="") as text:
        rows = [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(text)]
    assert rows == [
        {
            name: "|".join(value) if isinstance(value, list) else value
            for name, value in each.items()
        }
        for each in records
    ]


def test_queries_do_not_grow_with_what_is_there_already(load, django_assert_max_num_queries):
    make.topic("laws")
    lines = [line(str(number), topics=["laws"], old_address=f"/{number}") for number in range(40)]
    load(*lines)
    with django_assert_max_num_queries(15):
        load(*lines)
