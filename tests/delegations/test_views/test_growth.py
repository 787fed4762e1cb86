"""A page of any day costs as many queries as today's, whatever the length of its history."""

import datetime as dt

import pytest

from delegations.models import Delegation
from tests import make
from tests.cstopa.admin.rows import page
from tests.growth import costs

pytestmark = pytest.mark.django_db

PAGES = [
    *("/", "/delegations/", "/delegations/belarus/", "/parliaments/", "/parliaments/belarus/"),
    *("/people/", "/people/ann-a/"),
]
ASKED = "2001-07-01"


def a_year(year, parliament, house, person):
    """Every kind of fact of one year, corrected once, and a chamber that lasts no longer."""
    of_year = {"valid_from": dt.date(year, 1, 1), "valid_to": dt.date(year, 12, 31)}
    short = make.chamber(parliament, house="upper", **of_year)
    allocation = make.allocation(house, **of_year)
    make.further_source(allocation=allocation)
    allocation.seats = 8
    allocation.save()
    make.allocation(short, **of_year)
    make.roster(house, **of_year)
    make.name(house, f"House of {year}", **of_year)
    make.name(parliament, f"Parliament of {year}", **of_year)
    make.membership(person, house, **of_year)
    make.role(person, "head", parliament=parliament, **of_year)
    make.role(make.person(), "alternate", parliament=parliament, **of_year)
    make.office(person, "representative", parliament=parliament, **of_year)
    make.office(person, "chairman", **of_year)
    make.participation(parliament, **of_year)


def test_a_day_of_long_ago_costs_what_today_does(client, belarus):
    house, person = make.chamber(belarus, house="lower"), make.person("ann-a")
    today = dt.date.today().year
    for year in (2001, today):
        a_year(year, belarus, house, person)
    asked = [f"{address}?date={ASKED}" for address in PAGES]
    now, then = costs(client, PAGES), costs(client, asked)
    assert list(now.values()) == list(then.values())
    size = {address: len(client.get(address).content) for address in asked}
    for year in range(2002, 2012):
        a_year(year, belarus, house, person)
    assert costs(client, PAGES) == now
    assert costs(client, asked) == then
    # Six times the history, each year with a chamber and sources of its own.
    for address in asked:
        assert len(client.get(address).content) < 4 * size[address], address


def test_members_of_a_chamber_whose_end_is_not_known_to_the_day_cost_no_query_each(
    client, sign_in, belarus
):
    house = make.chamber(
        belarus, valid_from="2001-01-01", valid_to="2199-12-31", valid_to_is_latest=True
    )
    make.allocation(house, valid_from="2001-01-01")
    make.membership(make.person("ann-a"), house, valid_from="2001-01-01")
    data = [f"/api/{each}?date={ASKED}" for each in ("memberships/", "popolo.json")]
    pages = [*PAGES, "/search/?q=house", *data]
    desk = page(Delegation.objects.get(), "change")
    keeper = sign_in("Keeper of facts")
    # What a session costs once.
    keeper.get(desk)
    before = costs(client, pages), costs(keeper, [desk])
    for _each in range(2):
        make.membership(make.person(), house, valid_from="2001-01-01")
    assert (costs(client, pages), costs(keeper, [desk])) == before
