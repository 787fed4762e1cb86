"""The lists: as of a day, page by page, and what changed since a moment."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cstopa.opendata import views
from cstopa.opendata.resources import RESOURCES
from delegations.models import Chamber, Membership, Parliament, Person, SeatAllocation, Source
from tests import make
from tests.cstopa.opendata import world
from tests.cstopa.opendata.asking import STORED, ask, codes, items
from tests.growth import costs

pytestmark = pytest.mark.django_db

MOMENT = dt.datetime(2026, 8, 1, 9, tzinfo=dt.UTC)
# Far from every version that a test writes: what has changed since then changed in the test.
LATER = "2026-08-01T12:00:00Z"


@pytest.fixture
def rows():
    with time_machine.travel(MOMENT, tick=False):
        world.fill()


@pytest.fixture
def short_pages(monkeypatch):
    monkeypatch.setattr(views, "SIZE", 2)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("memberships/", ["ann-seat", "sen-0-seat", "sen-1-seat"]),
        ("memberships/?date=2023-12-31", ["sen-0-seat", "sen-1-seat"]),
        ("memberships/?date=2026-06-30", ["ann-seat", "sen-0-seat", "sen-1-seat"]),
        # They end with their chambers, though nobody closed them.
        ("memberships/?date=2026-07-01", []),
        ("allocations/?date=2026-07-01", []),
        ("chambers/?date=2026-07-01", []),
        ("chambers/?date=2026-10-01", ["only"]),
        ("rosters/?date=2023-12-31", []),
        ("parliament-names/?date=2026-09-30", []),
        ("parliament-names/?date=2026-10-01", ["state-name"]),
        ("offices/?date=1950-01-01", ["bob-deputy", "bob-represents"]),
        ("delegations/?date=1950-01-01", ["state"]),
        ("people/?date=1950-01-01", ["ann", "bob", "sen-0", "sen-1"]),
    ],
)
def test_a_list_as_of_a_day_has_what_was_in_force(client, question, found):
    assert codes(client, f"/api/{question}") == found


@pytest.mark.usefixtures("rows")
@time_machine.travel(MOMENT, tick=False)
def test_names_are_those_of_the_day(client):
    def name(resource, code, question=""):
        return ask(client, f"/api/{resource}/{code}/{question}")["name"]

    first, second = {"en": "Parliament", "ru": "Парламент"}, {"en": "Council", "ru": "Совет"}
    for resource in ("parliaments", "delegations"):
        assert name(resource, "state") == first
        assert name(resource, "state", "?date=2026-09-30") == first
        assert name(resource, "state", "?date=2026-10-01") == second
    assert name("chambers", "lower") == {"en": "Mazhilis", "ru": None}
    assert name("chambers", "lower", "?date=2019-12-31") == {"en": "House", "ru": None}
    assert name("chambers", "only", "?date=2026-10-01") == second
    member = ask(client, "/api/memberships/sen-0-seat/?date=2019-01-01")
    assert member["parliament"] == {"code": "state", "name": first}
    assert member["page"]["ru"].endswith("/ru/people/sen-0/?date=2019-01-01#sen-0-seat")


@pytest.mark.usefixtures("rows")
def test_a_fact_says_all_that_is_known_of_it(client):
    found = ask(client, "/api/memberships/ann-seat/")
    assert found.pop("changed_at") == "2026-08-01T12:00:00+03:00"
    assert found == {
        "code": "ann-seat",
        "person": {"code": "ann", "name": {"en": "Ann Ann", "ru": "Анна Б. Пример"}},
        "chamber": {"code": "lower", "name": {"en": "Mazhilis", "ru": None}},
        # As it was called on the last day of the seat.
        "parliament": {"code": "state", "name": {"en": "Parliament", "ru": "Парламент"}},
        "holds": None,
        "valid_from": "2024-01-01",
        "valid_from_edtf": "2024-01-01",
        "valid_to": None,
        "valid_to_edtf": None,
        "valid_to_is_latest": False,
        "last_day": "2026-06-30",
        "last_day_is_latest": False,
        "source": {
            "code": "decision",
            "title": {"en": Source.objects.get(code="decision").title_en, "ru": "Решение"},
            "url": "https://example.org/",
        },
        "further_sources": [
            {
                "code": "other-source",
                "source": {
                    "code": "other",
                    "title": {"en": Source.objects.get(code="other").title_en, "ru": None},
                    "url": None,
                },
                "differs": True,
                "says": {"en": "bob", "ru": None},
                "why": {"en": "it is older", "ru": None},
                "checked_on": None,
            }
        ],
        "checked_on": "2026-01-15",
        "corrected_at": None,
        "page": {
            "en": "http://testserver/people/ann/#ann-seat",
            "ru": "http://testserver/ru/people/ann/#ann-seat",
        },
    }
    corrected = ask(client, "/api/allocations/lower-seats/")
    assert corrected["corrected_at"] == "2026-08-01T12:00:00+03:00"
    assert corrected["seats"] == 2
    further = ask(client, "/api/further-sources/other-source/")
    assert (further["resource"], further["fact"]) == ("memberships", "ann-seat")


def test_an_end_known_as_the_latest_is_told(client):
    chamber = make.chamber(code="c", valid_to=world.END, valid_to_is_latest=True)
    make.membership(chamber_=chamber, code="m", valid_to=world.END + dt.timedelta(days=9))
    found = ask(client, "/api/memberships/m/")
    assert found["valid_to"] == "2026-07-09"
    assert not found["valid_to_is_latest"]
    assert found["last_day"] == "2026-06-30"
    assert found["last_day_is_latest"]


@pytest.mark.usefixtures("rows")
def test_a_code_outlives_the_slug(client):
    parliament = Parliament.objects.get()
    parliament.slug = "renamed"
    parliament.save()
    found = ask(client, "/api/parliaments/state/")
    assert found["slug"] == "renamed"
    assert found["page"]["en"] == "http://testserver/parliaments/renamed/"
    assert ask(client, "/api/delegations/state/")["slug"] == "renamed"
    ask(client, "/api/parliaments/renamed/", 404)


@pytest.mark.usefixtures("rows")
def test_one_that_is_not_there_is_gone_or_never_was(client):
    ask(client, "/api/memberships/ann-seat/?date=2023-12-31", 404)
    Membership.objects.get(code="sen-0-seat").delete()
    ask(client, "/api/memberships/sen-0-seat/", 410)
    ask(client, "/api/memberships/sen-0-seat/?date=2025-01-01", 410)
    ask(client, "/api/memberships/sen-9-seat/", 404)
    make.parliament("gone").delete()
    ask(client, "/api/parliaments/gone/", 410)
    ask(client, "/api/delegations/gone/", 410)


@pytest.mark.usefixtures("short_pages")
def test_pages_have_each_row_once_while_rows_come_and_go(client):
    chamber = make.chamber()
    for each in "bdfhj":
        make.membership(chamber_=chamber, code=each)
    first = ask(client, "/api/memberships/?date=2025-01-01")
    assert [each["code"] for each in first["items"]] == ["b", "d"]
    assert first["next"].startswith("http://testserver/api/memberships/?date=2025-01-01&page=")
    # One before where the reader stands, one after, and the border itself goes.
    make.membership(chamber_=chamber, code="a")
    make.membership(chamber_=chamber, code="e")
    Membership.objects.get(code="d").delete()
    assert codes(client, first["next"]) == ["e", "f", "h", "j"]


@pytest.mark.usefixtures("short_pages")
def test_pages_end_where_the_last_rows_have_gone(client):
    for each in "abc":
        make.person(f"p-{each}")
    following = ask(client, "/api/people/")["next"]
    Person.objects.get(slug="p-c").delete()
    assert ask(client, following) == {"items": [], "next": None}


def test_a_page_in_the_middle_costs_what_the_first_costs(client, monkeypatch):
    monkeypatch.setattr(views, "SIZE", 3)
    chamber = make.chamber()
    for _ in range(9):
        make.membership(chamber_=chamber)
    position = ask(client, "/api/memberships/")["next"].removeprefix("http://testserver")
    captured = {}
    for address in ("/api/memberships/", position):
        with CaptureQueriesContext(connection) as captured[address]:
            client.get(address)
    assert len({len(each) for each in captured.values()}) == 1
    for query in (query["sql"] for each in captured.values() for query in each):
        assert "OFFSET" not in query
        assert "COUNT(" not in query


# A day with a row of every kind.
@time_machine.travel("2026-01-01", tick=False)
def test_more_rows_cost_no_more_queries(client):
    world.fill()
    addresses = [
        f"/api/{name}{end}"
        for name, resource in RESOURCES.items()
        for end in ("/", ".csv", *(["/?changed_since=2020-01-01"] if name in STORED else []))
    ]
    addresses += ["/api/popolo.json", "/api/delegations/?date=2025-01-01"]
    before = costs(client, addresses)
    for number in range(4):
        parliament = make.parliament(f"more-{number}")
        source = make.source()
        make.name(parliament, source=source)
        chamber = make.chamber(parliament)
        make.name(chamber)
        make.roster(chamber)
        make.further_source(allocation=make.allocation(chamber))
        person = make.person(f"more-{number}")
        make.further_source(membership=make.membership(person, chamber))
        make.further_source(office=make.office(person))
        make.office(person, "representative", parliament=parliament)
        make.further_source(role=make.role(person, parliament=parliament))
        make.participation(parliament)
        make.article(
            delegations=[world.Delegation.objects.get(pk=parliament.pk)],
            people=[person],
            topics=[make.topic()],
            source=source,
        )
    after = costs(client, addresses)
    assert {key: (before[key], after[key]) for key in after if after[key] > before[key]} == {}


@pytest.mark.usefixtures("rows")
def test_what_changed_comes_in_the_order_of_the_changes(client, short_pages):
    since = f"/api/allocations/?changed_since={LATER}"
    assert items(client, since) == []
    with time_machine.travel("2026-08-02T10:00:00Z", tick=False):
        SeatAllocation.objects.get(code="upper-seats").save()
    with time_machine.travel("2026-08-03T10:00:00Z", tick=False):
        SeatAllocation.objects.get(code="lower-seats").delete()
    with time_machine.travel("2026-08-04T10:00:00Z", tick=False):
        make.allocation(Chamber.objects.get(code="only"), code="only-seats")
    gone = {"code": "lower-seats", "deleted": True, "deleted_at": "2026-08-03T13:00:00+03:00"}
    found = items(client, since)
    assert found[1] == gone
    assert [each["code"] for each in found] == ["upper-seats", "lower-seats", "only-seats"]
    assert found[0] == ask(client, "/api/allocations/upper-seats/")
    # At the very moment counts, and a day is its start in Moscow.
    assert codes(client, "/api/allocations/?changed_since=2026-08-04T10:00:00Z") == ["only-seats"]
    assert codes(client, "/api/allocations/?changed_since=2026-08-04") == ["only-seats"]
    assert codes(client, "/api/allocations/?changed_since=2026-08-05") == []


@pytest.mark.usefixtures("rows")
def test_the_desk_is_nowhere(client):
    for name in RESOURCES:
        for address in (f"/api/{name}/", f"/api/{name}.csv", f"/api/{name}/{world.CODES[name]}/"):
            text = client.get(address).text
            assert not [word for word in world.SECRET if word in text], address
        if name in STORED:
            text = client.get(f"/api/{name}/?changed_since=2020-01-01").text
            assert not [word for word in world.SECRET if word in text], name
    assert not [word for word in world.SECRET if word in client.get("/api/popolo.json").text]
