"""The log as JSON, CSV and Atom: whole, and enough to replay it from."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
import time_machine
from django.utils.dateparse import parse_datetime

from cstopa.models.periods import today
from delegations.changes.models import LogEntry
from tests import make
from tests.delegations.test_changes.test_log import save
from tests.reading import spaced, table

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
LOGS = ["/changes/", "/delegations/belarus/changes/"]
FEEDS = [f"{prefix}{log}feed.atom" for log in LOGS for prefix in ("", "/ru")]
MARCH = dt.date(2024, 3, 1)


def published(client, address="/changes/changes.json", **question):
    """Return every entry that the data publishes, page after page."""
    found = client.get(address, question).json()
    entries = found["entries"]
    while found["next"]:
        found = client.get(found["next"].removeprefix("http://testserver")).json()
        entries += found["entries"]
    return entries


def rows(client, address):
    found = table(client.get(address))
    return [{name: spaced(value) for name, value in row.items()} for row in found]


def test_an_entry_has_old_and_new_values_by_codes_that_stay(client):
    belarus = make.parliament("belarus", name_ru="Собрание")
    source = make.source(title_en="Decision", url="https://example.org/")
    row = make.allocation(make.chamber(belarus), source=source, code="seats")
    save(row, seats=6)
    save(belarus, slug="new")
    [detail, entry, *_others] = published(client)
    assert (detail["change"], detail["values"]["slug"]) == ("detail", "new")
    assert entry.pop("version") == LogEntry.objects.latest("pk").pk - 1
    assert entry.pop("number") == int(entry.pop("id").removeprefix("allocation-"))
    assert parse_datetime(entry.pop("recorded_at")) == row.history.first().history_date
    assert entry.pop("before") == entry["values"] | {"seats": 7}
    assert entry == {
        "kind": "allocation",
        "code": "seats",
        "change": "corrected",
        "delegation": "belarus",
        "in_words": {
            "en": "6\N{NO-BREAK SPACE}deputies, House, Parliament of Belarus",
            "ru": "6\N{NO-BREAK SPACE}депутатов, House, Собрание",
        },
        "values": {
            "chamber": row.chamber.code,
            "seats": 6,
            "valid_from": None,
            "valid_from_edtf": None,
            "valid_to": None,
            "valid_to_edtf": None,
            "valid_to_is_latest": False,
            "source": source.code,
            "checked_on": None,
        },
        "reason": "It was misread.",
        "source": {
            "code": source.code,
            "title": {"en": "Decision", "ru": None},
            "url": "https://example.org/",
        },
        "ended_by": [],
    }
    days = ["valid_from", "valid_from_edtf", "valid_to", "valid_to_edtf"]
    period = [*days, "valid_to_is_latest"]
    for values in (entry["values"], published(client)[1]["before"]):
        assert [*values] == ["chamber", "seats", *period, "source", "checked_on"]


def test_a_replaced_source_and_a_check_are_in_the_data(client):
    row = make.allocation()
    save(row, source=make.source())
    save(row, checked_on=MARCH)
    for changes in (
        [entry["change"] for entry in published(client)],
        [row["change"] for row in rows(client, "/changes/changes.csv")],
    ):
        assert [change.lower() for change in changes] in (
            ["evidence", "evidence", *["recorded"] * 3],
            ["source or check", "source or check", *["recorded"] * 3],
        )


def test_data_is_the_same_at_either_address_and_readable_from_anywhere(client):
    make.parliament("belarus")
    for address in [f"{log}{form}" for log in LOGS for form in ("changes.json", "changes.csv")]:
        response = client.get(address)
        assert response["Access-Control-Allow-Origin"] == "*"
        again = client.get(address, headers={"if-none-match": response["ETag"]})
        assert again.status_code == 304
    for address in ("changes.json", "on-record.json"):
        start = "/delegations/belarus/changes/"
        assert client.get(start + address).content == client.get(f"/ru{start}{address}").content


@pytest.mark.parametrize("form", ["changes.json", "changes.csv"])
def test_data_is_narrowed_as_the_page_is(client, form):
    row = make.allocation(make.chamber(make.parliament("belarus")))
    save(row, seats=6)
    for log in LOGS:
        text = client.get(f"{log}{form}?kind=allocation&change=corrected").text
        assert "misread" in text
        assert text.count(row.code) == 1
        assert client.get(f"{log}{form}?to=2001-01-01").text.count(row.code) == 0


@pytest.mark.parametrize("form", ["changes.json", "changes.csv", "on-record.json"])
@pytest.mark.parametrize("question", ["from=x", "kind=x", "since=2024-01-01", "date=x"])
def test_data_refuses_a_question_that_it_does_not_understand(client, form, question):
    make.parliament("belarus")
    response = client.get(f"/delegations/belarus/changes/{form}?{question}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    [error] = response.json()["errors"]
    assert error["parameter"] == question.partition("=")[0]


@pytest.mark.parametrize(
    ("form", "name", "values"),
    [
        ("changes.json", "kind", ["allocation", "chamber"]),
        ("changes.json", "page", ["x", "x"]),
        ("changes.csv", "kind", ["allocation", "chamber"]),
        ("on-record.json", "date", ["2024-03-01", "2024-03-01"]),
        ("on-record.json", "recorded", ["2024-03-01", "2024-03-02"]),
    ],
)
def test_data_refuses_a_question_that_is_asked_twice(client, form, name, values):
    make.parliament("belarus")
    response = client.get(f"/delegations/belarus/changes/{form}", {name: values})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    [error] = response.json()["errors"]
    assert error == {"parameter": name, "detail": "It is given more than once."}


def test_data_refuses_a_position_that_it_did_not_give(client):
    response = client.get("/changes/changes.json?page=x")
    assert response.status_code == 404
    assert response.json()["errors"][0]["parameter"] == "page"


def test_what_was_on_record_is_data_too(client):
    with time_machine.travel("2026-05-05T09:00Z") as clock:
        belarus = make.parliament("belarus")
        house = make.chamber(belarus, code="house")
        allocation = make.allocation(house, 7, code="seats")
        make.membership(make.person("ann-a"), house, code="seat-of-ann")
        clock.shift(dt.timedelta(days=1))
        save(allocation, seats=6)
    address = "/delegations/belarus/changes/on-record.json"
    found = client.get(f"{address}?date=2024-03-01&recorded=2026-05-05", follow=True).json()
    assert found["date"] == "2024-03-01"
    assert found["recorded_up_to"] == "2026-05-05"
    assert (found["seats"], found["members"], found["unrecorded"]) == (7, 1, 6)
    assert found["facts"]["allocation"]["seats"]["seats"] == 7
    assert found["facts"]["membership"]["seat-of-ann"]["person"] == "ann-a"
    assert client.get(f"{address}?recorded=2026-05-06", follow=True).json()["seats"] == 6
    before = client.get(f"{address}?recorded=2026-05-04", follow=True).json()
    assert before["is_on_record"] is False
    assert before["seats"] is before["members"] is None
    assert not any(before["facts"].values())


def test_what_nobody_closed_has_the_last_day_of_its_chamber(client):
    house = make.chamber(make.parliament("belarus"), valid_to=dt.date(2024, 5, 31))
    make.membership(make.person("ann-a"), house, code="seat-of-ann")
    address = "/delegations/belarus/changes/on-record"
    found = client.get(f"{address}.json?date=2024-03-01").json()
    seat = found["facts"]["membership"]["seat-of-ann"]
    assert (seat["valid_to"], seat["last_day"]) == (None, "2024-05-31")
    assert seat["last_day_is_latest"] is False
    [row] = table(client.get(f"{address}-people.csv?date=2024-03-01"))
    assert (row["valid_to"], row["last_day"]) == ("", "2024-05-31")


def test_a_table_has_plain_names_in_every_language(client):
    with time_machine.travel("2026-11-05T21:30:00Z", tick=False) as clock:
        source = make.source(title_en="Decision", url="https://example.org/")
        house = make.chamber(make.parliament("belarus"))
        row = make.allocation(house, valid_from=MARCH, source=source)
        clock.shift(10)
        save(row, seats=6, valid_to=dt.date(2024, 5, 9))
    [first, *others] = rows(client, "/changes/changes.csv")
    assert len(others) == 3
    assert first == {
        "recorded_at": "2026-11-06 00:30:10",
        "change": "Corrected",
        "kind": "Seat allocation",
        "about": "6 deputies, House, Parliament of Belarus",
        "code": row.code,
        "delegation": "belarus",
        "valid_from": "2024-03-01",
        "valid_from_edtf": "2024-03-01",
        "valid_to": "2024-05-09",
        "valid_to_edtf": "2024-05-09",
        "valid_to_is_latest": "false",
        "before": "Seats: 7; Period: since 1 March 2024",
        "after": "Seats: 6; Period: 1 March 2024 to 9 May 2024",
        "reason": "It was misread.",
        "source_code": source.code,
        "source_title": "Decision",
        "source_url": "https://example.org/",
        "further_sources": "",
    }
    assert rows(client, "/ru/changes/changes.csv")[0].keys() == first.keys()


def test_a_spreadsheet_reads_a_table_in_utf_8_and_runs_nothing_of_it(client):
    make.parliament("belarus", name_en="=SUM(A1)", name_ru="Собрание")
    response = client.get("/ru/delegations/belarus/changes/changes.csv")
    assert response.content.startswith("\ufeff".encode())
    assert response["Content-Type"].startswith("text/csv; charset=utf-8")
    assert f'filename="changes-belarus-{today()}.csv"' in response["Content-Disposition"]
    assert "Собрание" in response.content.decode()
    assert rows(client, "/changes/changes.csv")[0]["about"].startswith("'=SUM(A1)")


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_what_the_page_has(client, address):
    belarus = make.parliament("belarus", name_en="A & B\x0b", name_ru="Собрание")
    row = make.allocation(make.chamber(belarus))
    save(row, seats=6)
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(response.content)
    entry, *others = feed.findall("a:entry", ATOM)
    assert len(others) == 3
    moment = row.history.first().history_date
    for each in (feed, entry):
        assert parse_datetime(each.findtext("a:updated", namespaces=ATOM)) == moment
    assert "7 → " in entry.findtext("a:summary", namespaces=ATOM)
    assert "It was misread." in entry.findtext("a:summary", namespaces=ATOM)
    prefix = "/ru" if address.startswith("/ru") else ""
    number, first = row.history.first().history_id, LogEntry.objects.order_by("pk").first()
    assert entry.find("a:link", ATOM).get("href") == (
        f"http://testserver{prefix}/delegations/belarus/changes/"
        f"?decision={first.pk}#allocation-{number}"
    )
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == f"http://testserver{address}"


def test_an_id_outlives_the_slug_and_the_words(client):
    belarus = make.parliament("belarus", name_ru="Собрание")
    make.allocation(make.chamber(belarus))

    def ids():
        feed = ET.fromstring(client.get("/changes/feed.atom").content)
        return [each.text for each in feed.iter(f"{{{ATOM['a']}}}id")]

    before = ids()
    assert len(set(before)) == len(before) == 4
    save(belarus, slug="new")
    assert ids() == before
    russian = ET.fromstring(client.get("/ru/changes/feed.atom").content)
    assert not {each.text for each in russian.iter(f"{{{ATOM['a']}}}id")} & {*before}


def test_an_empty_feed_is_the_same_at_every_request(client):
    with time_machine.travel("2027-01-01T00:00Z"):
        before = client.get("/changes/feed.atom")
    with time_machine.travel("2027-02-01T00:00Z"):
        after = client.get("/changes/feed.atom")
    assert ET.fromstring(before.content).findall("a:entry", ATOM) == []
    assert after.content == before.content


def test_a_feed_that_did_not_change_is_not_sent_again(client):
    make.parliament("belarus")
    for address in FEEDS:
        first = client.get(address)
        assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    make.participation()
    assert client.get(FEEDS[0], headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_delegation_that_never_was_has_no_log(client):
    for form in ("", "feed.atom", "changes.csv", "changes.json", "on-record/", "on-record.json"):
        assert client.get(f"/delegations/never/changes/{form}").status_code == 404
