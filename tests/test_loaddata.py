"""``loaddata`` loads files whole or not at all, and says at once what is wrong with them."""

import bz2
import datetime as dt
import gzip
import json

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command, execute_from_command_line
from django.test import TestCase

from cstopa.search.models import Entry
from delegations.models import Chamber, Delegation, Parliament, SeatAllocation
from news.models import Article
from tests.records import ARTICLE, HOUSE, SEATS, SOURCE, UTOPIA, as_json, changed, load, rows

pytestmark = pytest.mark.django_db


def test_a_second_load_changes_nothing():
    records = [SOURCE, UTOPIA, HOUSE, SEATS, changed(ARTICLE, delegations=[["utopia"]])]
    assert load(*records) == "Installed 5 object(s) from 1 fixture(s)\n"
    before = rows()
    assert load(*records) == "Installed 5 object(s) from 1 fixture(s)\n"
    assert rows() == before


def test_a_row_that_an_editor_has_dated_is_no_second_row():
    load(SOURCE, UTOPIA, HOUSE, SEATS)
    SeatAllocation.objects.update(valid_from=dt.date(2020, 1, 1), checked_on=dt.date(2024, 1, 1))
    load(SOURCE, UTOPIA, HOUSE, changed(SEATS, valid_from="2021-01-01"))
    seats = SeatAllocation.objects.get()
    assert seats.valid_from == dt.date(2021, 1, 1)
    assert seats.checked_on == dt.date(2024, 1, 1)


def test_a_change_is_one_version_by_the_command():
    load(SOURCE, UTOPIA, ARTICLE)
    load(changed(ARTICLE, headline_en="Long session", delegations=[["utopia"]]))
    load(changed(ARTICLE, headline_en="Long session", delegations=[]))
    article = Article.objects.get()
    versions = article.history.order_by("history_id")
    assert [
        (each.history_type, each.history_change_reason, each.headline_en, each.delegations.count())
        for each in versions
    ] == [
        ("+", "loaddata", "Session", 0),
        ("~", "loaddata", "Long session", 1),
        ("~", "loaddata", "Long session", 0),
    ]


def test_a_record_may_stand_before_the_one_that_it_needs():
    load(changed(ARTICLE, delegations=[["utopia"]]), SEATS, HOUSE, UTOPIA, SOURCE)
    assert SeatAllocation.objects.get().chamber.parliament == Parliament.objects.get()
    assert Article.objects.get().delegations.get() == Delegation.objects.get()


@pytest.mark.parametrize("order", [1, -1])
def test_one_period_may_end_where_another_begins(order):
    load(SOURCE, UTOPIA, HOUSE, SEATS)
    ended = changed(SEATS, valid_to="2023-12-31")
    begun = changed(SEATS, code="utopia-house-2", seats=8, valid_from="2024-01-01")
    load(*[ended, begun][::order])
    assert SeatAllocation.objects.as_of(dt.date(2024, 1, 1)).get().seats == 8


def test_a_script_is_removed_and_is_no_change():
    record = changed(ARTICLE, body_en="<p>A session.</p><script>alert(1)</script>")
    load(record)
    load(record)
    article = Article.objects.get()
    assert article.body_en == "<p>A session.</p>"
    assert article.history.count() == 1


def test_what_is_loaded_is_found():
    load(UTOPIA)
    load(changed(UTOPIA, name_en="Senate of Utopia"))
    assert Parliament.objects.matching("senate").exists()
    assert not Parliament.objects.matching("diet").exists()
    assert Entry.objects.count() == 1


def test_several_files_are_loaded_together(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "second.json").write_text(as_json(UTOPIA))
    (tmp_path / "first.json").write_text(as_json(SOURCE, HOUSE))
    call_command("loaddata", "first", "second", "first", verbosity=0)
    assert Chamber.objects.get().parliament.slug == "utopia"


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("fixture.json.gz", gzip.compress),
        ("fixture.json.bz2", bz2.compress),
        ("fixture.jsonl", lambda content: b"\n".join(map(as_line, json.loads(content)))),
    ],
)
def test_other_forms_of_json_are_read(tmp_path, name, write):
    (tmp_path / name).write_bytes(write(as_json(SOURCE, UTOPIA).encode()))
    call_command("loaddata", str(tmp_path / name), verbosity=0)
    assert Parliament.objects.get().history.count() == 1


def as_line(record):
    return json.dumps(record).encode()


def test_what_does_not_exist_is_ignored_on_demand():
    load(changed(UTOPIA, anthem="Hail"), ("delegations.anthem", {}), ignore=True)
    assert Parliament.objects.get().slug == "utopia"


def test_what_is_excluded_is_neither_loaded_nor_judged():
    said = load(UTOPIA, ("news.article", {}), ("news.topic", {}), exclude=["news"])
    assert said == "Installed 1 object(s) (of 3) from 1 fixture(s)\n"


def test_rows_without_a_natural_key_of_ours_are_loaded_as_django_does():
    load(
        ("auth.group", {"name": "Reader"}),
        {"model": "auth.user", "pk": 77, "fields": {"username": "ann", "groups": [["Reader"]]}},
        UTOPIA,
    )
    assert User.objects.get(pk=77).groups.get() == Group.objects.get(name="Reader")
    assert Parliament.objects.exists()


class FixturesOfTests(TestCase):
    fixtures = ("delegations",)

    def test_a_test_case_has_its_fixtures(self):
        assert Parliament.objects.count() == 5


def test_the_problems_of_all_files_are_said_at_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "first.json").write_text(as_json(changed(UTOPIA, name_en=7)))
    (tmp_path / "second.json").write_text("{")
    (tmp_path / "third.json").write_text(
        as_json(changed(ARTICLE, colour="red", summary_en=1), SEATS)
    )
    with pytest.raises(CommandError) as refusal:
        call_command("loaddata", "first", "second", "third")
    _, unreadable, *lines = str(refusal.value).split("\n")
    assert unreadable.startswith("second.json: cannot be read: Expecting property name")
    assert lines == [
        "first.json, record 1, delegations.parliament utopia: name_en: It is a text, not 7.",
        "third.json, record 1, news.article session: summary_en: It is a text, not 1.",
        "third.json, record 1, news.article session: colour: There is no such field.",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("fixture.json", b"[{]"),
        ("fixture.json", b'{"model": "delegations.parliament"}'),
        ("fixture.json", b"\xff\xfe"),
        ("fixture.json", b"[" * 100_000),
        ("fixture.json", b"1" * 10_000),
        ("fixture.json.gz", b"no gzip"),
        ("fixture.json.xz", b"no xz"),
        ("fixture.json.zip", b"no zip"),
        ("fixture.jsonl", b"{}\n{"),
        ("fixture.xml", b"<django-objects"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, monkeypatch, name, content):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(
        CommandError, match=rf"^Nothing was loaded\.\n{name}: cannot be read: [^\n]+$"
    ):
        call_command("loaddata", name)


def test_rows_of_ours_are_not_loaded_from_xml(tmp_path):
    Parliament(**UTOPIA[1]).save()
    call_command("dumpdata", "delegations", format="xml", output=str(tmp_path / "fixture.xml"))
    with pytest.raises(CommandError, match=r"delegations\.parliament is loaded from JSON alone"):
        call_command("loaddata", str(tmp_path / "fixture.xml"))


def test_a_file_that_is_missing_is_named():
    with pytest.raises(CommandError, match="No fixture named 'nothing' found"):
        call_command("loaddata", "nothing")


def test_a_refusal_goes_to_stderr_without_a_traceback(tmp_path, monkeypatch, capsys):
    # The command closes the connections when it ends, and with them the transaction of this test.
    monkeypatch.setattr("django.core.management.base.connections.close_all", lambda: None)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixture.json").write_text(
        as_json(changed(UTOPIA, name_en="x\n" * 9000, slug="\n"), SEATS)
    )
    with pytest.raises(SystemExit) as end:
        execute_from_command_line(["manage.py", "loaddata", "fixture"])
    said = capsys.readouterr()
    assert end.value.code == 1
    assert said.out == ""
    assert said.err.count("\n") == len(said.err.splitlines())
    assert all(
        line.startswith(("CommandError: Nothing", "fixture.json, record "))
        for line in said.err.splitlines()
    )


def test_a_reference_by_primary_key_to_nothing_is_refused():
    entry = {"user": 9999, "action_flag": 1, "object_repr": "x", "content_type": None}
    entry["action_time"] = "2021-05-21T00:00:00+03:00"
    with pytest.raises(
        CommandError, match=r"^Nothing was loaded\. Problem installing fixtures:.+$"
    ):
        load(UTOPIA, {"model": "admin.logentry", "pk": 1, "fields": entry})
    assert not Parliament.objects.exists()
