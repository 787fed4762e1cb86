"""The same in the form of Popolo: every id leads to a row that is there."""

import re

import pytest
import time_machine

from tests import make
from tests.cstopa.opendata import world
from tests.cstopa.opendata.asking import ask

pytestmark = pytest.mark.django_db

PAST, GAP, AFTER = "?date=2025-01-01", "?date=2026-07-01", "?date=2026-10-01"


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    with time_machine.travel("2026-01-01", tick=False):
        world.fill()
        yield


def by_id(rows):
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows)
    return found


# Of the published schemas, https://www.popoloproject.com/schemas/: what a class must have, and what
# it may. An id is asked for beside them, since the rows lead to each other by it.
DATED = {"start_date", "end_date", "sources", "links"}
CLASSES = {
    "persons": (
        {"id", "name"},
        {"other_names", "given_name", "patronymic_name", "family_name", "links"},
    ),
    "organizations": (
        {"id", "name", "classification"},
        {"other_names", "parent_id", "founding_date", "dissolution_date", "links", "sources"},
    ),
    "posts": ({"id", "label", "organization_id"}, {"role", *DATED}),
    "memberships": (
        {"id", "person_id", "organization_id"},
        {"label", "post_id", "role", "on_behalf_of_id", *DATED},
    ),
}


@pytest.mark.parametrize("question", ["", PAST, GAP, AFTER])
def test_each_row_has_what_its_class_has(client, question):
    found = ask(client, f"/api/popolo.json{question}")
    assert found.keys() == CLASSES.keys()
    for name, (required, optional) in CLASSES.items():
        for row in found[name]:
            assert required <= row.keys() <= required | optional
            assert all(row[each] for each in required)
            for each in row.get("other_names", ()):
                assert {"name", "lang", "note"} <= each.keys()
                assert each.keys() <= {"name", "lang", "note", "start_date", "end_date"}
            for each in (*row.get("links", ()), *row.get("sources", ())):
                assert each.keys() == {"url", "note"}
                assert each["url"].startswith("http")
            for each in ("start_date", "end_date", "founding_date", "dissolution_date"):
                assert re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", row.get(each) or "2000")


@pytest.mark.parametrize("question", ["", PAST, GAP, AFTER])
def test_every_id_leads_to_a_row(client, question):
    found = {name: by_id(rows) for name, rows in ask(client, f"/api/popolo.json{question}").items()}
    for each in found["memberships"].values():
        assert each["person_id"] in found["persons"]
        assert each["organization_id"] in found["organizations"]
        assert each["post_id"] is None or each["post_id"] in found["posts"]
        assert each.get("on_behalf_of_id") in {None, *found["organizations"]}
    for each in found["organizations"].values():
        assert each.get("parent_id") in {None, *found["organizations"]}
    for each in found["posts"].values():
        assert each["organization_id"] in found["organizations"]


def test_who_holds_what(client):
    found = {name: by_id(rows) for name, rows in ask(client, "/api/popolo.json").items()}
    assert found["persons"]["ann"]["other_names"] == [
        {"name": "Анна Б. Пример", "lang": "ru", "note": "multilingual"}
    ]
    held = found["memberships"]
    assert held["membership/ann-seat"] == {
        "id": "membership/ann-seat",
        "person_id": "ann",
        "organization_id": "delegation/state",
        "on_behalf_of_id": "chamber/lower",
        "post_id": None,
        "role": "deputy",
        "label": "Member of the delegation: Parliament, Mazhilis",
        "start_date": "2024-01-01",
        # It ends with the chamber.
        "end_date": "2026-06-30",
        "sources": held["membership/ann-seat"]["sources"],
    }
    assert held["office/bob-deputy"]["organization_id"] == "assembly"
    assert held["office/bob-represents"]["post_id"] == "parliament/state/representative"
    assert held["role/ann-heads"]["post_id"] == "delegation/state/head"
    assert found["posts"]["delegation/state/head"]["label"] == "Head of the delegation"
    chamber = found["organizations"]["chamber/lower"]
    assert chamber["parent_id"] == "parliament/state"
    assert chamber["dissolution_date"] == "2026-06-30"
    # The only chamber has no name of its own, and that of its parliament on the day on which it starts.
    assert found["organizations"]["chamber/only"]["name"] == "Council"


def test_a_source_without_an_address_is_found_in_the_data(client):
    make.office(code="more", source=make.source(code="paper"))
    held = by_id(ask(client, "/api/popolo.json")["memberships"])
    assert held["office/bob-deputy"]["sources"][0]["url"] == "https://example.org/"
    address = held["office/more"]["sources"][0]["url"]
    assert ask(client, address)["code"] == "paper"


def test_as_of_a_day_there_is_what_was_in_force(client):
    past, gap, after = (
        ask(client, f"/api/popolo.json{question}") for question in (PAST, GAP, AFTER)
    )
    assert by_id(past["organizations"]).keys() >= {"chamber/lower", "chamber/upper"}
    assert {*by_id(past["persons"])} == {"ann", "bob", "sen-0", "sen-1"}
    assert {*by_id(gap["organizations"])} == {"assembly", "parliament/state", "delegation/state"}
    assert {*by_id(gap["persons"])} == {"ann", "bob"}
    assert by_id(after["organizations"])["parliament/state"]["name"] == "Council"
    assert by_id(past["organizations"])["delegation/state"]["name"] == "Parliament"
