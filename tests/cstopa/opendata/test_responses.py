"""What machines may ask, and how they are told that they may not."""

import pytest

from tests.cstopa.opendata import world
from tests.cstopa.opendata.asking import ask

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/api/",
    "/api/openapi.json",
    "/api/popolo.json",
    "/api/memberships/",
    "/api/memberships/ann-seat/",
    "/api/memberships.csv",
    "/api/datapackage.json",
]


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    world.fill()


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_answer_has_a_mark_that_tells_whether_it_changed(client, address):
    first = client.get(address)
    etag = first.headers["ETag"]
    assert etag.startswith('"')
    again = client.get(address, headers={"if-none-match": etag})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == etag
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_the_mark_changes_with_a_row(client):
    etag = client.get("/api/memberships/").headers["ETag"]
    row = world.Delegation.objects.get().chambers.get(code="lower").memberships.get()
    row.valid_to = world.END
    row.save()
    response = client.get("/api/memberships/", headers={"if-none-match": etag})
    assert response.status_code == 200
    assert response.headers["ETag"] != etag


@pytest.mark.parametrize("address", [*ADDRESSES, "/api/atlantis/", "/api/people/?date=x"])
def test_pages_of_other_sites_may_read(client, address):
    response = client.get(address, headers={"origin": "https://elsewhere.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    asked = client.options(address)
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]
    assert client.head(address).status_code == response.status_code
    assert client.head(address).content == b""


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_can_be_written(client, address, method):
    client.handler.enforce_csrf_checks = True
    response = getattr(client, method)(address)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 405


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("people/?date=2024-02-30", {"date"}),
        ("people/?date=1700-01-01", {"date"}),
        ("people/?changed_since=2024-02-30", {"changed_since"}),
        ("people/?changed_since=2024-01-01T25:00:00Z", {"changed_since"}),
        ("people/?changed_since=0001-01-01T00:00:00Z", {"changed_since"}),
        ("people/?changed_since=2024-01-01T00:00:00+03:00", {"changed_since"}),
        ("people/?page=", {"page"}),
        ("people/?chagned_since=2024-01-01", {"chagned_since"}),
        ("people/?date=2024-01-01&date=2025-01-01", {"date"}),
        ("people/?x=1&date=y", {"x", "date"}),
        ("sources/?date=2024-01-01", {"date"}),
        ("delegations/?changed_since=2024-01-01", {"changed_since"}),
        ("popolo.json?page=1", {"page"}),
        ("?date=2024-01-01", {"date"}),
    ],
)
def test_a_misread_question_is_told_at_its_parameter(client, question, wrong):
    found = ask(client, f"/api/{question}", 400)
    assert found["status"] == 400
    assert {each["parameter"] for each in found["errors"]} == wrong
    assert all(each["detail"] for each in found["errors"])


def test_a_position_that_no_list_gave_is_not_found(client):
    for address in ("/api/people/?page=garbage", "/api/people/?page=x&changed_since=2024-01-01"):
        found = ask(client, address, 404)
        assert [each["parameter"] for each in found["errors"]] == ["page"]


@pytest.mark.parametrize(
    "value",
    ["2024-3-1", "20240301", "2024-W09-5", "24-03-01", "2024-03-01T", "٢٠٢٤-٠٣-٠١", "2024-03-0１"],
)
def test_a_day_is_written_in_one_way(client, value):
    assert ask(client, f"/api/people/?date={value}", 400)["errors"][0]["parameter"] == "date"
    log = client.get(f"/changes/changes.json?from={value}")
    assert log.json()["errors"][0]["parameter"] == "from"
    found = ask(client, f"/api/people/?changed_since={value}", 400)
    assert found["errors"][0]["parameter"] == "changed_since"


@pytest.mark.parametrize(
    "value",
    [
        *("20240301T120000", "2024-W09-5T12:00", "2024-03-01T1200", "2024-03-01T12", "2024-060"),
        *("2024-03-01_12:00", "2024-03-01T1:00", "2024-03-01T12:00:00z", "2024-03-01T12:00:00%2B3"),
        *(
            "2024-03-01T12:00:00%2B0300",
            "٢٠٢٤-٠٣-٠١T12:00",
            "2024-03-01T12:00:0١",
            "2024-03-01T99:00",
        ),
    ],
)
def test_a_moment_is_written_in_one_way(client, value):
    found = ask(client, f"/api/people/?changed_since={value}", 400)
    assert found["errors"][0]["parameter"] == "changed_since"


@pytest.mark.parametrize(
    "value",
    [
        *("2024-03-01", "%202024-03-01%20", "2024-03-01T12:00", "2024-03-01%2012:00:00"),
        *("2024-03-01T12:00:00.5Z", "2024-03-01T12:00:00%2B03:00"),
    ],
)
def test_a_moment_that_is_well_written_is_understood(client, value):
    assert ask(client, f"/api/people/?changed_since={value}")["items"]
    if "12:" not in value:
        assert client.get(f"/api/people/?date={value}").status_code == 200


def test_letters_are_letters(client):
    response = client.get("/api/people/ann/")
    assert response.headers["Content-Type"] == "application/json"
    assert "Анна Б. Пример" in response.content.decode()


def test_the_language_of_the_reader_changes_nothing(client):
    assert client.get("/ru/api/").status_code == 404
    english = client.get("/api/delegations/").content
    russian = client.get("/api/delegations/", headers={"accept-language": "ru"}).content
    assert english == russian


def test_addresses_come_from_the_settings(client, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://assembly.example", ["*"]
    found = client.get("/api/people/ann/", headers={"host": "evil.example"})
    assert found.json()["page"] == {
        "en": "https://assembly.example/people/ann/",
        "ru": "https://assembly.example/ru/people/ann/",
    }
    assert "evil" not in client.get("/api/", headers={"host": "evil.example"}).text
