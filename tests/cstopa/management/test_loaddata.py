"""``loaddata`` loads files whole or not at all, and says at once what is wrong with them."""

import bz2
import datetime as dt
import gzip
import json
import threading
from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command, execute_from_command_line
from django.db import connection, transaction
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from cstopa.management.commands.loaddata import LOCK
from cstopa.pages.models import Page, Slug
from cstopa.search.models import Entry
from delegations.models import Chamber, Delegation, Parliament, SeatAllocation
from news.models import Article
from tests import make
from tests.records import (
    ARTICLE,
    HOUSE,
    SEATS,
    SOURCE,
    UTOPIA,
    as_json,
    changed,
    complaints,
    load,
    rows,
)

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


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_leave_one_whole_result(tmp_path):
    fixture, err = tmp_path / "fixture.json", StringIO()
    fixture.write_text(as_json(SOURCE, UTOPIA, HOUSE, SEATS))

    def second():
        try:
            call_command("loaddata", str(fixture), verbosity=0, stderr=err)
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        Parliament(**UTOPIA[1] | {"name_en": "Diet"}).save()
        thread.start()
        thread.join(1)
        assert thread.is_alive()
    thread.join()
    assert SeatAllocation.objects.get().chamber.parliament.name_en == "Diet of Utopia"
    assert Parliament.objects.get().history.count() == 2
    if connection.vendor == "postgresql":
        assert err.getvalue() == "Another load is under way: this one waits for it.\n"


def test_many_records_cost_few_queries_each():
    def cost(number):
        names = [f"{number}-{each}" for each in range(number)]
        chambers = [changed(HOUSE, code=name, name_en=name) for name in names]
        seats = [changed(SEATS, code=f"{name}-1", chamber=[name]) for name in names]
        with CaptureQueriesContext(connection) as captured:
            load(SOURCE, UTOPIA, *chambers, *seats)
        return len(captured)

    cost(1)
    # A chamber and its seats: rows, versions, entries of the log and of the search; and of each
    # entry of the log, which parliaments it is about, and on PostgreSQL its turn.
    assert (cost(22) - cost(2)) / 20 <= (33 if connection.vendor == "postgresql" else 31)


def test_the_problems_of_all_files_are_said_at_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "first.json").write_text(as_json(changed(UTOPIA, name_en=7, state_en=7)))
    (tmp_path / "second.json").write_text("{")
    (tmp_path / "third.json").write_text(
        as_json(SOURCE, changed(ARTICLE, colour="red", summary_en=1), HOUSE)
    )
    with pytest.raises(CommandError) as refusal:
        call_command("loaddata", "first", "second", "third")
    _, unreadable, *lines = str(refusal.value).split("\n")
    assert unreadable.startswith("second.json: cannot be read: Expecting property name")
    assert lines == [
        "first.json, record 1: state_en: 7 would become '7'.",
        "first.json, record 1: name_en: 7 would become '7'.",
        "third.json, record 2: summary_en: 1 would become '1'.",
        "third.json, record 2: colour: There is no such field.",
        "third.json, record 3: parliament: There is no parliament ['utopia'].",
    ]


# Each with how its line begins.
BROKEN = [
    (SEATS, {"chamber": ["nowhere"]}, "chamber: There is no chamber ['nowhere']."),
    (SEATS, {"chamber": 7}, "chamber: There is no chamber 7."),
    (SEATS, {"chamber": ["a", "b"]}, "chamber: There is no chamber ['a', 'b']."),
    (SEATS, {"chamber": ...}, "chamber: This field cannot be null."),
    (SEATS, {"chamber_id": 7}, "chamber_id: There is no such field."),
    (SEATS, {"seats": "seven"}, "seats: “seven” value must be an integer."),
    (SEATS, {"seats": 7.5}, "seats: 7.5 would become 7."),
    (SEATS, {"seats": 0}, "seats: An allocation has 1 to 999 seats."),
    (SEATS, {"seats": None}, "seats: This field cannot be null."),
    (SEATS, {"seats": ...}, "seats: This field cannot be null."),
    (SEATS, {"seats": 10**30}, "seats: "),
    (SEATS, {"colour": "red"}, "colour: There is no such field."),
    (SEATS, {"id": 7}, "id: There is no such field."),
    (SEATS, {"code": "x" * 130}, "code: Ensure this value has at most 120 characters"),
    (SEATS, {"code": ...}, "A delegations.seatallocation is known by its code alone, a text."),
    (SEATS, {"valid_from": "2021-02-30"}, "valid_from: There is no such day in the calendar."),
    (SEATS, {"valid_from": 2021}, "valid_from: fromisoformat: argument must be str"),
    (SEATS, {"valid_from": "2022-01-01", "valid_to": "2021-01-01"}, "valid_to: A period does not"),
    (HOUSE, {"name_en": ["House"]}, "name_en: ['House'] would become \"['House']\"."),
    (HOUSE, {"house": "middle"}, "house: Value 'middle' is not a valid choice."),
    (ARTICLE, {"published_at": "2021-05-21"}, "published_at: A moment has its time zone"),
    (ARTICLE, {"body_en": "<script>x()</script>"}, "status: To be published, an article needs"),
    (ARTICLE, {"people": None}, "people: 'NoneType' object is not iterable"),
    (ARTICLE, {"people": ["ann"]}, "people: There is no person 'ann'."),
    (UTOPIA, {"slug": ""}, "A delegations.parliament is known by its slug alone, a text."),
    (UTOPIA, {"name_en": "\ud800"}, "name_en: "),
    (SOURCE, {"code": "decision"}, "The row is stated already by standard input, record 1."),
    (("delegations.delegation", {}), {}, "A delegations.parliament is known by its slug alone"),
    (("delegations.senate", {}), {}, "Invalid model identifier: delegations.senate"),
    ("a text", {}, "A record is an object with “model” and “fields”."),
    ({"model": "news.topic"}, {}, "A record is an object with “model” and “fields”."),
    ({"fields": {}}, {}, "'model'"),
    ({"model": "news.topic", "pk": 7, "fields": {"slug": "t"}}, {}, "A news.topic is known by"),
    ({"model": "auth.user", "pk": "seven", "fields": {"username": "a"}}, {}, "['“seven” value"),
    ({"model": "auth.user", "pk": 7, "fields": {"username": None}}, {}, "Could not load auth.User"),
    (("auth.permission", {"content_type": ["no", "x"]}), {}, "ContentType matching query"),
]


def test_a_broken_record_is_refused_in_one_line():
    records = [
        changed(record, **{"slug" if record in (UTOPIA, ARTICLE) else "code": f"row-{n}"} | fields)
        if fields
        else record
        for n, (record, fields, _line) in enumerate(BROKEN)
    ]
    lines = complaints(SOURCE, UTOPIA, HOUSE, *records)
    assert len(lines) == len(BROKEN)
    for n, (line, broken) in enumerate(zip(lines, BROKEN, strict=True), start=4):
        assert line.startswith(f"standard input, record {n}: {broken[-1]}")


def test_the_row_in_the_way_is_named():
    """An editor has closed what the file still has as open: the file has to be mended first."""
    load(SOURCE, UTOPIA, HOUSE, SEATS)
    SeatAllocation.objects.update(valid_to=dt.date(2023, 12, 31))
    make.allocation(Chamber.objects.get(), 8, code="utopia-house-2", valid_from=dt.date(2024, 1, 1))
    assert complaints(SOURCE, changed(SEATS, valid_to=None)) == [
        "standard input, record 2: valid_from: "
        "A chamber has one allocation on any day, and this is in the way: "
        "House, Diet of Utopia: 8 deputies, since 1 January 2024."
    ]


def test_a_slug_that_another_had_is_refused(client):
    ann = make.person("ann")
    former = ann.get_absolute_url()
    ann.slug = "ann-example"
    ann.save()
    record = ("delegations.person", {"slug": "ann", "code": "ann-2", "family_name_en": "Other"})
    assert complaints(record) == [
        "standard input, record 1: slug: "
        "Another row had this slug, and its old address is still in use."
    ]
    assert client.get(former).url == ann.get_absolute_url()


def test_a_dump_of_rows_that_were_renamed_or_deleted_is_loaded_again(tmp_path):
    ann = make.person("ann")
    ann.slug = "ann-example"
    ann.save()
    page = Page.objects.create(slug=Slug.ABOUT, title_en="About", body_en="<p>About us.</p>")
    dump = tmp_path / "dump.json"
    call_command("dumpdata", natural_primary=True, natural_foreign=True, output=str(dump))
    page.delete()
    call_command("loaddata", str(dump), verbosity=0)
    assert Page.objects.get().title_en == "About"
    assert ann.history.count() == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("fixture.json", b"[{]"),
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
        line.startswith(("CommandError: Nothing was loaded.", "fixture.json, record "))
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
