"""The description of the data: it is one itself, and every answer is as it says."""

import re
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from cstopa.opendata.resources import RESOURCES
from tests.cstopa.opendata import world
from tests.cstopa.opendata.asking import DATED, STORED, ask, check, document, resolved

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    world.fill()


def pointed(value):
    """Yield every reference inside a part of the document."""
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        value = [*value.values()]
    if isinstance(value, list):
        for each in value:
            yield from pointed(each)


def test_it_is_an_openapi_document(client):
    response = client.get("/api/openapi.json")
    assert response.headers["Content-Type"] == "application/vnd.oai.openapi+json"
    found = response.json()
    assert found == document()
    assert found["openapi"].startswith("3.1.")
    assert found["servers"] == [{"url": "http://testserver/api"}]
    assert {*found["info"]} >= {"title", "version"}
    for pointer in pointed(found):
        part = found
        for name in pointer.removeprefix("#/").split("/"):
            part = part[name]
    names = [methods["get"]["operationId"] for methods in found["paths"].values()]
    assert len(names) == len(set(names))
    for path, methods in found["paths"].items():
        in_path = [each for each in methods["get"]["parameters"] if each.get("in") == "path"]
        assert [each["name"] for each in in_path] == re.findall(r"{(\w+)}", path)
        assert all(each["required"] for each in in_path)
        for answer in methods["get"]["responses"].values():
            assert resolved(answer)["description"]
    for schema in found["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)


def test_every_member_is_described():
    for resource in RESOURCES.values():
        for name, member in resource.schema.model_json_schema()["properties"].items():
            assert member["description"].endswith("."), f"{resource}: {name}"


@pytest.mark.parametrize(
    ("name", "value", "is_taken"),
    [
        *(("date", day, True) for day in ("1900-01-01", "2000-02-29", "2104-02-29", "2199-12-31")),
        *(("date", day, False) for day in ("1899-12-31", "2200-01-01", "2100-02-29", "", " ")),
        *(("date", day, False) for day in ("2026-04-31", "2026-13-01", "2026-1-1", "31.12.2025")),
        ("changed_since", "1900-01-01T00:00:00Z", True),
        ("changed_since", "2199-12-31T23:59:59.5%2B03:00", True),
        ("changed_since", "2199-12-31T23:59", True),
        *(("changed_since", moment, False) for moment in ("", "2200-01-01T00:00Z", "2026-02-30")),
        *(
            ("changed_since", f"2026-01-01T{time}", False)
            for time in ("24:00", "23:59:60Z", "1:00")
        ),
    ],
)
def test_the_limits_of_a_parameter_are_those_that_the_document_says(client, name, value, is_taken):
    [said] = [
        each
        for each in document()["paths"]["/people/"]["get"]["parameters"]
        if each["name"] == name
    ]
    assert Draft202012Validator(said["schema"]).is_valid(unquote(value)) == is_taken
    ask(client, f"/api/people/?{name}={value}", 200 if is_taken else 400)


def test_a_former_name_is_served_and_said_to_be_former(client):
    members = document()["components"]["schemas"]["DelegationOfDay"]["properties"]
    [name] = [name for name, member in members.items() if member.get("deprecated")]
    assert name == "is_complete"
    assert name in ask(client, "/api/delegations/state/")


@pytest.mark.parametrize("name", RESOURCES)
def test_every_answer_is_as_described(client, name):
    assert world.CODES.keys() == RESOURCES.keys()
    code = world.CODES[name]
    page = ask(client, f"/api/{name}/")
    single = ask(client, f"/api/{name}/{code}/")
    assert single in page["items"]
    check(f"/api/{name}.csv", client.get(f"/api/{name}.csv"))
    ask(client, f"/api/{name}/no-such-code/", 404)
    ask(client, f"/api/{name}/?page=x", 404)
    ask(client, f"/api/{name}/?page=", 400)
    ask(client, f"/api/{name}/?unknown=1", 400)
    ask(client, f"/api/{name}/{code}/?page=x", 400)
    if "date" in RESOURCES[name].parameters:
        for day in ("2025-01-01", "2150-01-01"):
            ask(client, f"/api/{name}/?date={day}")
            check(f"/api/{name}.csv", client.get(f"/api/{name}.csv?date={day}"))
        ask(client, f"/api/{name}/?date=x", 400)
    if name in STORED:
        assert single in ask(client, f"/api/{name}/?changed_since=2020-01-01")["items"]
        ask(client, f"/api/{name}/?changed_since=x", 400)
    if name in DATED:
        ask(client, f"/api/{name}/?changed_since=2020-01-01&date=2025-01-01", 409)


def test_the_other_answers_are_as_described(client):
    listed = ask(client, "/api/")
    assert [each["name"] for each in listed["resources"]] == [*RESOURCES]
    for each in listed["resources"]:
        assert {*each["parameters"]} == RESOURCES[each["name"]].parameters
        for link in ("items", "table"):
            address = each[link].removeprefix("http://testserver")
            assert client.get(address).status_code == 200
    for name in ("openapi", "datapackage", "dcat", "popolo", "changes"):
        assert client.get(listed[name].removeprefix("http://testserver")).status_code == 200
    ask(client, "/api/datapackage.json")
    for day in ("", "?date=2025-01-01"):
        ask(client, f"/api/popolo.json{day}")
    ask(client, "/api/popolo.json?date=x", 400)


@pytest.mark.parametrize("start", ["/changes/", "/delegations/state/changes/"])
def test_the_log_is_as_described(client, start):
    found = ask(client, f"{start}changes.json")
    assert {each["kind"] for each in found["entries"]} > {"parliament", "membership", "role"}
    check(f"{start}changes.csv", client.get(f"{start}changes.csv"))
    described = {
        each["name"]: each["schema"]["enum"]
        for each in document()["paths"]["/changes/changes.json"]["get"]["parameters"]
        if "enum" in each.get("schema", {})
    }
    assert {*described} == {"kind", "change"}
    for name, values in described.items():
        for value in values:
            for each in ask(client, f"{start}changes.json?{name}={value}")["entries"]:
                assert each[name] == value
    ask(client, f"{start}changes.json?from=2020-01-01&to=2150-01-01")
    ask(client, f"{start}changes.json?from=x", 400)
    ask(client, f"{start}changes.json?page=x", 404)
    ask(client, f"{start}changes.json?from=2020-01-02&to=2020-01-01", 409)


def test_what_was_on_record_is_as_described(client):
    address = "/delegations/state/changes/on-record.json"
    for question in ("", "?date=2025-01-01", "?version=0"):
        found = ask(client, address + question)
        assert found["is_on_record"] is ("version" not in question)
    assert client.get(f"{address}?recorded=2020-01-01").status_code == 302
    operation = document()["paths"]["/delegations/{slug}/changes/on-record.json"]["get"]
    assert "302" in operation["responses"]
    ask(client, "/delegations/state/changes/on-record.json?date=x", 400)
    for form in ("changes.json", "on-record.json"):
        ask(client, f"/delegations/never/changes/{form}", 404)


def test_an_address_beside_the_pages_names_its_server():
    for path, methods in document()["paths"].items():
        if "changes" in path:
            assert methods["servers"] == [{"url": "http://testserver"}]


def test_an_answer_that_is_not_as_described_would_be_found(client):
    found = ask(client, "/api/memberships/ann-seat/")
    schema = RESOURCES["memberships"].schema.model_json_schema()
    for wrong in ({"valid_from": 2024}, {"more": 1}, {"person": None}, {"source": {}}):
        assert not Draft202012Validator(schema).is_valid(found | wrong)
    assert not Draft202012Validator(schema).is_valid({})
