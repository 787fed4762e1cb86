"""The tables: the rows of the JSON, under a header that says units."""

import csv
import io

import pytest

from cstopa.opendata.catalogue import RESOURCES
from tests.opendata import world
from tests.opendata.asking import items

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    world.fill()


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


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
        yield name, "" if value is None else str(value)


@pytest.mark.parametrize("question", ["", "?date=2025-01-01"])
@pytest.mark.parametrize("name", RESOURCES)
def test_a_table_says_what_the_json_says(client, name, question):
    if question and "date" not in RESOURCES[name].parameters:
        return
    table = read(client, f"/api/{name}.csv{question}")
    rows = items(client, f"/api/{name}/{question}")
    assert len(table) == len(rows)
    assert rows or question
    for cells, row in zip(table, rows, strict=True):
        expected = dict(flat(row))
        found = {header.partition(" [")[0]: cell for header, cell in cells.items()}
        known = {key: cell for key, cell in found.items() if key in expected}
        assert known == {key: expected[key] for key in known}
        # A record that is not there has empty cells.
        assert not any(cell for key, cell in found.items() if key not in expected)
        left_out = {key.partition("_")[0] for key in expected.keys() - found.keys()}
        assert left_out <= {"page", "body", "participation", "parliament"}


def test_the_header_says_units_and_sources(client):
    response = client.get("/api/allocations.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response.headers["Content-Disposition"] == 'attachment; filename="allocations.csv"'
    # Without the mark Excel garbles Cyrillic letters.
    assert response.content.startswith(b"\xef\xbb\xbfcode,")
    [row] = [row for row in read(client, "/api/allocations.csv") if row["code"] == "lower-seats"]
    assert row["seats [seats]"] == "2"
    assert row["valid_from [YYYY-MM-DD]"] == "2020-01-01"
    assert row["last_day [YYYY-MM-DD]"] == "2026-06-30"
    assert row["source_code"] == "decision"
    assert row["source_title_ru"] == "Решение"
    assert row["source_url"] == "https://example.org/"


@pytest.mark.parametrize("name", RESOURCES)
def test_a_table_is_described_column_by_column(client, name):
    response = client.get(f"/api/{name}.csv")
    link, _, kind = response.headers["Link"].partition(">")
    assert 'rel="describedby"' in kind
    about = client.get(link.removeprefix("<http://testserver")).json()
    assert about["url"] == f"http://testserver/api/{name}.csv"
    columns = about["tableSchema"]["columns"]
    header = next(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [each["titles"] for each in columns] == header
    assert len({each["name"] for each in columns}) == len(columns)
    assert all(each["dc:description"].endswith(".") for each in columns)
    assert about["tableSchema"]["primaryKey"] in {each["name"] for each in columns}
