"""The tables: the rows of the JSON, under plain names."""

import csv
import io
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstopa.opendata import tables
from cstopa.opendata.resources import RESOURCES, TABLES
from tests import make
from tests.cstopa.opendata import world
from tests.cstopa.opendata.asking import items
from tests.reading import table

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    world.fill()


MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?\+03:00")


def flat(value, name=""):
    """Yield what the cells of a table hold of a JSON value, by the start of the column's name."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from flat(each, f"{name}_{key}" if name else key)
    elif isinstance(value, list):
        yield name, " ".join(each["code"] for each in value)
    elif isinstance(value, bool):
        yield name, "true" if value else "false"
    else:
        text = "" if value is None else str(value)
        # A moment without its fraction and its offset, which spreadsheets do not read.
        yield name, MOMENT.sub(r"\1 \2", text)


@pytest.mark.parametrize("question", ["", "?date=2025-01-01"])
@pytest.mark.parametrize("name", RESOURCES)
def test_a_table_says_what_the_json_says(client, name, question):
    if question and "date" not in RESOURCES[name].parameters:
        return
    lines = table(client.get(f"/api/{name}.csv{question}"))
    rows = items(client, f"/api/{name}/{question}")
    assert len(lines) == len(rows)
    assert rows or question
    for cells, row in zip(lines, rows, strict=True):
        expected = dict(flat(row))
        known = {key: cell for key, cell in cells.items() if key in expected}
        assert known == {key: expected[key] for key in known}
        # A record that is not there has empty cells.
        assert not any(cell for key, cell in cells.items() if key not in expected)
        left_out = {key.partition("_")[0] for key in expected.keys() - cells.keys()}
        assert left_out <= {"page", "body", "participation", "possible", "parliament"}


@time_machine.travel("2026-11-26T10:00Z", tick=False)
def test_the_first_line_has_plain_names(client):
    response = client.get("/api/allocations.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert (
        response.headers["Content-Disposition"]
        == 'attachment; filename="allocations-2026-11-26.csv"'
    )
    asked = client.get("/api/allocations.csv?date=2021-05-21").headers["Content-Disposition"]
    assert asked == 'attachment; filename="allocations-as-of-2021-05-21.csv"'
    # Without the mark Excel garbles Cyrillic letters.
    assert response.content.startswith(b"\xef\xbb\xbfcode,")
    [row] = [
        row for row in table(client.get("/api/allocations.csv")) if row["code"] == "lower-seats"
    ]
    assert row["seats"] == "2"
    assert row["valid_from"] == "2020-01-01"
    assert row["last_day"] == "2026-06-30"
    assert row["source_code"] == "decision"
    assert row["source_title_ru"] == "Решение"
    assert row["source_url"] == "https://example.org/"


# Of the Data Package standard, version 2: the types of a field, with the constraints of each, and
# the properties that a resource and a field may not lack.
TYPES = {
    "string": {"required", "unique", "pattern", "enum", "minLength", "maxLength"},
    "integer": {"required", "unique", "pattern", "enum", "minimum", "maximum"},
    "boolean": {"required", "enum"},
    "date": {"required", "unique", "pattern", "enum", "minimum", "maximum"},
    "datetime": {"required", "unique", "pattern", "enum", "minimum", "maximum"},
}
# How a cell of each type is written.
WRITTEN = {
    "string": r".+",
    "integer": r"-?\d+",
    "boolean": r"true|false",
    "date": r"\d{4}-\d\d-\d\d",
    "datetime": r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d",
}


def package(client):
    return client.get("/api/datapackage.json").json()


def test_the_tables_are_a_data_package(client):
    found = package(client)
    assert found["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"[a-z0-9._/-]+", found["name"])
    assert [each["name"] for each in found["resources"]] == [*TABLES]
    for each in found["resources"]:
        assert re.fullmatch(r"[a-z0-9._/-]+", each["name"])
        # A path is relative to the descriptor, and leads nowhere above it.
        assert re.fullmatch(r"[^/.][^/]*", each["path"])
        assert each["encoding"] == "utf-8"
        assert (
            client.get(f"/api/{each['path']}").headers["Content-Type"].startswith(each["mediatype"])
        )
        schema = each["schema"]
        names = [field["name"] for field in schema["fields"]]
        assert len(names) == len(set(names))
        assert {*schema.get("primaryKey", ())} <= {*names}
        for field in schema["fields"]:
            assert {*field.get("constraints", ())} <= TYPES[field["type"]]
            formats = {"string": {None, "uri"}, "datetime": {"%Y-%m-%d %H:%M:%S"}}
            assert field.get("format") in formats.get(field["type"], {None})
            assert field["description"].endswith(".")
            assert re.fullmatch(r"[a-z0-9_]+", field["name"])


@pytest.mark.parametrize("name", RESOURCES)
def test_a_table_is_described_column_by_column(client, name):
    [about] = [each for each in package(client)["resources"] if each["name"] == name]
    schema = about["schema"]
    text = client.get(f"/api/{name}.csv").content.decode("utf-8-sig")
    header, *cells = csv.reader(io.StringIO(text, newline=""))
    assert [field["name"] for field in schema["fields"]] == header
    key = header.index(schema["primaryKey"][0])
    assert len({row[key] for row in cells}) == len(cells)
    for row in cells:
        for cell, field in zip(row, schema["fields"], strict=True):
            limits = field.get("constraints", {})
            if cell:
                assert re.fullmatch(WRITTEN[field["type"]], cell, re.DOTALL)
                assert cell in limits.get("enum", [cell])
                assert "minimum" not in limits or int(cell) >= limits["minimum"]
            if cell and field.get("format") == "uri":
                assert cell.startswith("https://")


@pytest.mark.parametrize("start", ["=1+1", "+7", "-1", "@a", "'=1", "''@a"])
def test_no_spreadsheet_runs_what_a_cell_says(client, start):
    make.source(code="evil", title_en=start, publisher_en="a = b")
    [row] = [row for row in table(client.get("/api/sources.csv")) if row["code"] == "evil"]
    # One apostrophe, which is taken away again where the description says so.
    assert row["title_en"] == f"'{start}"
    assert row["publisher_en"] == "a = b"
    assert "take one apostrophe away" in package(client)["description"]
    [kept] = [row for row in items(client, "/api/sources/") if row["code"] == "evil"]
    assert kept["title"]["en"] == start


def test_a_number_below_zero_and_a_text_that_is_none_of_it_stay():
    assert tables.lines([[-7, "'a", "a=b", None, True]]) == "-7,'a,a=b,,true\r\n"
    assert tables.lines([["\ta"], ["\ra"]]) == "'\ta\r\n\"'\ra\"\r\n"


@pytest.mark.parametrize("name", ["chambers", "delegations"])
def test_an_only_chamber_has_the_name_of_its_parliament(client, name):
    day = "?date=2026-10-01"
    for row in items(client, f"/api/{name}/{day}"):
        [chamber] = row.get("chambers", [row])
        assert chamber.get("chamber", chamber)["name"] == {"en": "Council", "ru": "Совет"}
    if name == "chambers":
        [row] = [
            row for row in table(client.get(f"/api/chambers.csv{day}")) if row["code"] == "only"
        ]
        assert (row["name_en"], row["name_ru"]) == ("Council", "Совет")


@pytest.mark.parametrize("name", RESOURCES)
def test_the_former_descriptions_are_gone(client, name):
    response = client.get(f"/api/{name}.csv-metadata.json")
    assert response.status_code == 410
    assert response.headers["Content-Type"] == "application/problem+json"
    assert "http://testserver/api/datapackage.json" in response.json()["detail"]
    assert "Link" not in client.get(f"/api/{name}.csv").headers
    for never in ("atlantis.csv-metadata", name, ".csv-metadata"):
        assert client.get(f"/api/{never}.json").status_code == 404


@pytest.fixture
def short_parts(monkeypatch):
    """As a table of 20,000 rows: read in many parts, and too long to be held."""
    monkeypatch.setattr("cstopa.opendata.resources.PART", 1)
    monkeypatch.setattr("cstopa.opendata.responses.WHOLE", 100)


@pytest.mark.parametrize("name", ["articles", "people", "delegations"])
def test_a_long_table_is_sent_as_it_is_read_and_says_the_same(client, name, request):
    whole = client.get(f"/api/{name}.csv")
    request.getfixturevalue("short_parts")
    long = client.get(f"/api/{name}.csv")
    assert long.streaming
    parts = list(long.streaming_content)
    # The header, and more than one part of the rows.
    assert len(parts) > 1
    assert b"".join(parts) == whole.content
    # Its mark would be known with its last row.
    kept = {name for name in whole.headers if name not in {"ETag", "Content-Length"}}
    assert kept <= set(long.headers)
    assert all(long.headers[name] == whole.headers[name] for name in kept)
    assert "ETag" not in long.headers


@pytest.mark.usefixtures("short_parts")
def test_who_asks_for_the_headers_of_a_long_table_has_nothing_read(client):
    response = client.head("/api/articles.csv")
    assert response.status_code == 200
    assert not b"".join(response.streaming_content)


@pytest.mark.usefixtures("short_parts")
def test_a_long_table_holds_one_part_of_the_rows(client):
    with CaptureQueriesContext(connection) as captured:
        list(client.get("/api/people.csv").streaming_content)
    selects = [query["sql"] for query in captured if 'FROM "delegations_person"' in query["sql"]]
    assert len(selects) > 1
    assert all("LIMIT 1" in select for select in selects)
