"""Delegations in the data: the numbers of the page, on every day."""

import datetime as dt

import pytest
import time_machine

from delegations.models import Chamber
from tests import make
from tests.cstopa.opendata import world
from tests.cstopa.opendata.asking import ask
from tests.reading import main

pytestmark = pytest.mark.django_db

DAYS = ["2019-12-31", "2020-01-01", "2024-01-01", "2026-06-30", "2026-07-01", "2026-10-01"]


@pytest.fixture(scope="module", autouse=True)
def rows(module_db):
    world.fill()


def of_day(client, day):
    return ask(client, f"/api/delegations/state/?date={day}")


@pytest.mark.parametrize("day", DAYS)
def test_the_data_says_what_the_page_says(client, day):
    found = of_day(client, day)
    response = client.get(f"/delegations/state/?date={day}")
    shown = response.context["composition"]
    assert found["day"] == day
    assert found["seats"] == shown.seats
    assert found["vacant"] == shown.vacant
    assert found["seats_complete"] == found["is_complete"] == shown.is_complete
    assert found["members_complete"] == shown.members_complete
    assert [each["code"] for each in found["chambers"]] == [
        part.chamber.code for part in shown.chambers
    ]
    for each, part in zip(found["chambers"], shown.chambers, strict=True):
        assert each["seats"] == part.seats
        assert each["vacant"] == part.vacant
        assert len(each["memberships"]) == part.members
    assert found["representative"]["person"]["name"]["en"] in main(response)
    assert found["name"]["en"] in main(response)


def test_seats_agree_with_who_holds_them(client):
    found = of_day(client, "2024-01-01")
    lower, upper = found["chambers"]
    # The roster is complete: a seat without a member is vacant.
    assert (
        lower
        | {
            "seats": 2,
            "members": 1,
            "vacant": 1,
            "unrecorded": 0,
            "surplus": 0,
            "allocation": "lower-seats",
            "roster": "lower-roster",
        }
        == lower
    )
    # Two for one seat, and nobody said that these are all.
    assert upper | {"seats": 1, "members": 2, "surplus": 1, "roster": None} == upper
    assert [each["code"] for each in upper["memberships"]] == ["sen-0-seat", "sen-1-seat"]
    assert found["seats"] == 3
    assert found["members"] == 3
    assert [(each["kind"], each["person"]["code"]) for each in found["roles"]] == [("head", "ann")]
    assert found["participation"] == {"code": "state-takes-part", "status": "member"}


def test_what_is_not_recorded_is_never_zero(client):
    before = of_day(client, "2019-12-31")["chambers"][0]
    assert [before[name] for name in ("seats", "members", "vacant", "unrecorded", "surplus")] == (
        [None] * 5
    )
    gap = of_day(client, "2026-07-01")
    assert gap["chambers"] == []
    assert [gap[name] for name in ("seats", "members", "vacant", "unrecorded")] == [None] * 4
    one = of_day(client, "2026-10-01")
    assert one["seats"] is one["chambers"][0]["allocation"] is None
    make.allocation(Chamber.objects.get(code="only"), 5, valid_from=dt.date(2026, 10, 1))
    one = of_day(client, "2026-10-01")
    assert (one["seats"], one["members"], one["unrecorded"]) == (5, None, 5)
    assert (one["seats_complete"], one["members_complete"]) == (True, False)
    make.roster(Chamber.objects.get(code="only"), valid_from=dt.date(2026, 10, 1))
    one = of_day(client, "2026-10-01")
    assert (one["seats"], one["members"], one["vacant"]) == (5, 0, 5)
    assert one["members_complete"] is True


# Moscow has the next day already.
@time_machine.travel("2026-09-30T22:00:00Z", tick=False)
def test_a_list_speaks_of_today_where_no_day_is_asked_for(client):
    [found] = ask(client, "/api/delegations/")["items"]
    assert found["day"] == "2026-10-01"
    assert found["name"]["en"] == "Council"
