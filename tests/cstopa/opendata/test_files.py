"""The tables as workbooks, and all of them in one archive."""

import csv
import datetime as dt
import io
import json
import zipfile

import openpyxl
import pytest
import time_machine

from cstopa.opendata.resources import DOCUMENTS, TABLES
from delegations.models import (
    Chamber,
    FurtherSource,
    Membership,
    Parliament,
    Participation,
)
from news.models import Article, Topic
from tests import make
from tests.cstopa.opendata import world
from tests.cstopa.opendata.asking import ask, check
from tests.reading import main, parsed, spaced

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    world.fill()


def workbook(client, address):
    response = client.get(address)
    check(address, response)
    content = b"".join(response)
    return openpyxl.load_workbook(io.BytesIO(content))


def read(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def as_text(cell):
    """Return what a cell of a workbook is in CSV."""
    value = cell.value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}" if "h" in cell.number_format else f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        *((name, "") for name in TABLES),
        *((name, "?date=2025-01-01") for name, table in TABLES.items() if table.is_as_of_day),
    ],
)
def test_a_workbook_has_the_rows_of_the_table(client, name, question):
    book = workbook(client, f"/api/{name}.xlsx{question}")
    lines = [[as_text(cell) for cell in row] for row in book[name].iter_rows()]
    assert lines == read(client.get(f"/api/{name}.csv{question}").text)
    [fields] = [
        each["schema"]["fields"]
        for each in ask(client, "/api/datapackage.json")["resources"]
        if each["name"] == name
    ]
    described = {row[0]: row[1:] for row in book["about"].values}
    assert [described[each["name"]] for each in fields] == [
        (each["description"], each.get("unit")) for each in fields
    ]


def test_a_table_says_of_whom_it_has_no_rows_wherever_it_is_offered(client):
    make.parliament("gap", state_en="Nowhere")
    Membership.objects.all().delete()
    first, lower = dt.date(2024, 3, 1), Chamber.objects.get(code="lower")
    member = make.membership(None, lower, valid_from=first)
    before = first - dt.timedelta(days=1)
    lead = "Member of the delegation: not recorded of"

    def on_record(question=""):
        [words] = [
            row[1]
            for row in workbook(client, f"/api/memberships.xlsx{question}")["about"].values
            if row[0] == "not on record" and row[1].startswith(lead)
        ]
        assert spaced(words) in main(client.get(f"/open-data/{question}"))
        return spaced(words)

    assert on_record() == f"{lead} 1 delegation: Nowhere."
    # Of that day, and not of any.
    assert on_record(f"?date={before}").startswith(f"{lead} 2 delegations: Nowhere, ")
    member.delete()
    words = on_record()
    assert words.startswith(f"{lead} 2 delegations: ")
    described = {
        each["name"]: each["description"]
        for each in ask(client, "/api/datapackage.json")["resources"]
    }
    assert words in spaced(described["memberships"])
    assert lead not in described["people"]
    # A table that lacks nothing says nothing.
    make.membership(None, make.chamber(Parliament.objects.get(slug="gap")))
    make.membership(None, lower)
    assert lead not in main(client.get("/open-data/"))


def test_a_table_without_rows_says_so_wherever_it_is_offered(client):
    words = "No row is on record."
    for model in (Article, Topic, FurtherSource):
        model.objects.all().delete()
    # Of the day alone: a parliament that takes no part has no chambers.
    Participation.objects.update(status="not_participating")
    of_every_day = {"articles", "topics", "further-sources"}
    for question, expected in (
        ("", of_every_day),
        ("?date=2025-01-01", of_every_day | {"composition", "parliament-names"}),
    ):
        archive = io.BytesIO(client.get(f"/api/everything.zip{question}").content)
        with zipfile.ZipFile(archive) as file:
            described = json.loads(file.read("datapackage.json"))["resources"]
            empty = {
                each["name"]
                for each in described
                if len(read(file.read(each["path"]).decode())) == 1
            }
        assert empty == expected
        assert empty == {each["name"] for each in described if words in each["description"]}
        page = parsed(client.get(f"/open-data/{question}"))
        items = ["".join(each.itertext()) for each in page.findall(".//li[@class='facts__item']")]
        told = {
            name for name in TABLES for each in items if words in each and f" {name}.csv" in each
        }
        assert told == empty
        for name, of_rows in TABLES.items():
            asked = question if of_rows.is_as_of_day else ""
            notes = workbook(client, f"/api/{name}.xlsx{asked}")["about"].values
            assert (("not on record", words) in [row[:2] for row in notes]) == (name in empty)


def test_a_workbook_has_days_and_numbers_and_no_formula(client):
    make.source(code="evil", title_en="=1+1", published_on=dt.date(2021, 5, 21))
    book = workbook(client, "/api/sources.xlsx")
    header, *lines = book["sources"].iter_rows()
    names = [cell.value for cell in header]
    [row] = [dict(zip(names, line, strict=True)) for line in lines if line[0].value == "evil"]
    assert (row["title_en"].value, row["title_en"].data_type) == ("=1+1", "s")
    assert row["published_on"].is_date
    book = workbook(client, "/api/allocations.xlsx")
    names, *lines = book["allocations"].values
    numbers = {line[0]: dict(zip(names, line, strict=True))["seats"] for line in lines}
    assert numbers["lower-seats"] == 2


def test_a_table_that_is_too_long_for_a_workbook_says_where_it_is(client, monkeypatch):
    monkeypatch.setattr("cstopa.opendata.workbooks.MOST_ROWS", 2)
    found = ask(client, "/api/people.xlsx", 400)
    assert "http://testserver/api/people.csv" in found["detail"]
    assert client.get("/api/topics.xlsx").status_code == 200


@time_machine.travel("2026-11-26T10:00Z", tick=False)
def test_the_name_of_a_file_has_its_day(client):
    for name, end in (("people.xlsx", "people{}.xlsx"), ("everything.zip", "open-data{}.zip")):
        for question, day in (("", "-2026-11-26"), ("?date=2021-05-21", "-as-of-2021-05-21")):
            headers = client.get(f"/api/{name}{question}").headers
            assert headers["Content-Disposition"] == f'attachment; filename="{end.format(day)}"'


@pytest.mark.parametrize("question", ["", "?date=2025-01-01"])
def test_one_archive_has_everything(client, question):
    response = client.get(f"/api/everything.zip{question}")
    check("/api/everything.zip", response)
    with zipfile.ZipFile(io.BytesIO(response.content)) as file:
        assert file.testzip() is None
        assert {*file.namelist()} == {
            *(f"{name}.csv" for name in TABLES),
            *(f"{name}.json" for name in DOCUMENTS),
            *("datapackage.json", "changes.csv"),
        }
        for name, table in TABLES.items():
            asked = question if table.is_as_of_day else ""
            assert file.read(f"{name}.csv") == client.get(f"/api/{name}.csv{asked}").content
        assert file.read("changes.csv") == client.get("/changes/changes.csv").content
        package = json.loads(file.read("datapackage.json"))
        if not question:
            assert package == ask(client, "/api/datapackage.json")
        assert {each["path"] for each in package["resources"]} <= {*file.namelist()}
        assert json.loads(file.read("popolo.json")) == ask(client, f"/api/popolo.json{question}")
    # The same again, as long as nothing changes.
    assert client.get(f"/api/everything.zip{question}").headers["ETag"] == response.headers["ETag"]


def test_a_long_archive_is_sent_as_it_is_read(client, monkeypatch):
    whole = client.get("/api/everything.zip").content
    monkeypatch.setattr("cstopa.opendata.responses.WHOLE", 100)
    response = client.get("/api/everything.zip")
    assert response.streaming
    parts = list(response.streaming_content)
    assert len(parts) > len(TABLES)
    assert b"".join(parts) == whole


@pytest.mark.parametrize("address", ["/api/people.xlsx", "/api/everything.zip"])
def test_a_question_that_is_not_understood_is_refused(client, address):
    assert ask(client, f"{address}?date=x", 400)["errors"][0]["parameter"] == "date"
    assert ask(client, f"{address}?page=1", 400)["errors"][0]["parameter"] == "page"
    assert client.get("/api/atlantis.xlsx").status_code == 404
