"""The command that imports a table."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from delegations.models import Membership, Person
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(tmp_path, capsys):
    def run(model, text, *options):
        file = tmp_path / "table.csv"
        file.write_text(text, encoding="utf-8")
        call_command("import_rows", model, str(file), *options)
        return capsys.readouterr().out.splitlines()

    return run


PEOPLE = "slug,given_name_en,family_name_en\nann,Ann,Example\nbob,Bob,Novel\ncarl,,Other"


def test_people_are_imported_in_the_name_of_the_command(run):
    bob = make.person("bob", given_name_en="Bob", family_name_en="Other")
    make.person("carl", given_name_en="", family_name_en="Other")
    said = [
        "Row 2: new: slug 'ann', given_name_en 'Ann', family_name_en 'Example'",
        "Row 3: changed: family_name_en 'Other' → 'Novel'",
    ]
    totals = "Imported: 1 new, 1 changed, 1 as they were."
    assert run("delegations.person", PEOPLE, "--dry-run") == [
        *said,
        f"Nothing was saved. {totals}",
    ]
    assert (Person.objects.count(), bob.history.count()) == (2, 1)
    assert run("delegations.person", PEOPLE) == [*said, totals]
    ann = Person.objects.get(slug="ann")
    assert [row.history.first().history_change_reason for row in (ann, bob)] == ["import_rows"] * 2
    assert run("delegations.person", PEOPLE) == ["Imported: 0 new, 0 changed, 3 as they were."]


def test_what_readers_will_lose_is_said(run):
    make.article("ends")
    make.article("linking", headline_en="A & B", body_en='<p><a href="/news/ends/">that</a></p>')
    table = "slug,expires_at\nends,2199-05-05 10:00"
    for options in (["--dry-run"], []):
        _changed, readers, _totals = run("news.article", table, *options)
        assert readers.startswith("Row 2: for readers: These link to it")
        # As it reads without its markup.
        assert "A & B" in readers


def test_what_is_overwritten_is_a_correction_or_a_change(run):
    row = make.membership(make.person("ann"), valid_from=dt.date(2026, 1, 1))
    for slug in ("bob", "carl"):
        make.person(slug)
    with pytest.raises(CommandError, match=r"overwrite what was on record: 2\. Say --correction"):
        run("delegations.membership", f"code,person\n{row.code},bob")
    run("delegations.membership", f"code,person\n{row.code},bob", "--correction", "A slip")
    version = row.history.first()
    assert (version.is_correction, version.reason) == (True, "A slip")
    run("delegations.membership", f"code,person\n{row.code},carl", "--change", "2026-03-01")
    assert list(Membership.objects.order_by("pk").values_list("person__slug", "valid_to")) == [
        ("bob", dt.date(2026, 2, 28)),
        ("carl", None),
    ]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (("--correction", ""), "--correction: Write what was wrong"),
        (("--correction", " \t"), "--correction: Write what was wrong"),
        (("--correction", "x" * 501), "--correction: Ensure this value has at most 500 characters"),
        (("--change", "1800-01-01"), "--change: "),
    ],
)
def test_an_answer_is_what_the_form_of_the_desk_takes(run, answer, words):
    row = make.membership(make.person("ann"), valid_from=dt.date(2026, 1, 1))
    make.person("bob")
    with pytest.raises(CommandError, match=f"^Nothing was imported.\n{words}"):
        run("delegations.membership", f"code,person\n{row.code},bob", *answer)
    assert row.history.count() == 1


def test_a_reason_is_tidied(run):
    row = make.membership(make.person("ann"), valid_from=dt.date(2026, 1, 1))
    make.person("bob")
    run("delegations.membership", f"code,person\n{row.code},bob", "--correction", " A\nslip ")
    assert row.history.first().reason == "A slip"


@pytest.mark.parametrize(
    ("model", "text", "words"),
    [
        ("delegations.person", "name\nAnn", "The column “slug” is missing"),
        (
            "delegations.person",
            "slug,family_name_en\nann,A\nbob,",
            "Row 3, family_name_en: A person",
        ),
        ("delegations.membership", "person\nann", "Row 2, person: There is no person “ann”"),
        ("delegations.parliament", "slug\nutopia", "invalid choice"),
        ("delegations.chamber", "code\nhouse", "invalid choice"),
    ],
)
def test_all_or_nothing(run, model, text, words):
    with pytest.raises(CommandError, match=words):
        run(model, text)
    assert not Person.objects.exists()


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_rows", "delegations.person", str(tmp_path / "none.csv"))
