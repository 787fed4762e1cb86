"""A page costs the same with a year of history and with thirty, with one member and with 120."""

import datetime as dt

import pytest
from simple_history.utils import bulk_create_with_history

from delegations.models import (
    Delegation,
    Membership,
    Office,
    ParliamentName,
    Participation,
    Person,
    Role,
    SeatAllocation,
)
from tests import make
from tests.growth import costs
from tests.public import addresses

pytestmark = pytest.mark.django_db

SINCE = dt.date(2024, 1, 1)
# More members than a page of any kind has.
PERIODS, MEMBERS, TERMS = 60, 120, 2
HALF_A_YEAR, DAY = dt.timedelta(days=182), dt.timedelta(days=1)


def earlier(number):
    """Yield that many periods of half a year, each before the last, the latest one before SINCE."""
    for age in range(number):
        end = SINCE - DAY - HALF_A_YEAR * age
        yield {"valid_from": end - HALF_A_YEAR + DAY, "valid_to": end}


def one_year():
    """Make a row of everything that the pages of a delegation show, in force since SINCE."""
    source = make.source(code="decision")
    since = {"valid_from": SINCE, "source": source}
    belarus = make.parliament("belarus")
    house = make.chamber(belarus, house="lower", source=source)
    make.chamber(belarus, house="upper", source=source)
    seats = make.allocation(house, 600, **since)
    make.further_source(allocation=seats, source=source)
    make.roster(house, **since)
    kogut = make.person("viktor-kogut")
    make.membership(kogut, house, **since)
    make.office(kogut, "representative", parliament=belarus, **since)
    make.office(kogut, "chairman", **since)
    make.role(kogut, parliament=belarus, **since)
    make.participation(belarus, **since)
    make.name(belarus, "Another name", **since)
    # So that on earlier days, too, there is one of each.
    before = {**next(earlier(1)), "source": source}
    make.allocation(house, 7, **before)
    make.roster(house, **before)
    make.membership(kogut, house, **before)
    make.office(kogut, "representative", parliament=belarus, **before)
    make.office(kogut, "chairman", **before)
    make.role(kogut, parliament=belarus, **before)
    make.participation(belarus, **before)
    make.name(belarus, "Former name", **before)
    make.article(
        "conference",
        delegations=[Delegation.objects.get(pk=belarus.pk)],
        people=[kogut],
        topics=[make.topic("laws")],
        published_at=dt.datetime(2021, 5, 21, tzinfo=dt.UTC),
    )
    return belarus, house, kogut, source


def thirty_years(belarus, house, kogut, source):
    """Add what was before, and 120 members of the delegation, each of two terms."""

    def add(model, **fields):
        rows = [
            model(code=f"earlier-{next(make.number)}", source=source, **fields, **period)
            for period in [*earlier(PERIODS)][1:]
        ]
        bulk_create_with_history(rows, model)

    add(SeatAllocation, chamber=house, seats=3)
    add(Office, person=kogut, function="chairman")
    add(Office, person=kogut, function="representative", parliament=belarus)
    add(Role, person=kogut, parliament=belarus, kind="head")
    add(Participation, parliament=belarus, status="observer")
    add(ParliamentName, parliament=belarus, name_en="Name of then")
    people = Person.objects.bulk_create(
        Person(
            slug=f"member-{number}",
            code=f"member-{number}",
            given_name_en="Member",
            family_name_en=f"Number{number}",
        )
        for number in range(MEMBERS)
    )
    memberships = [
        Membership(
            code=f"{person.code}-{number}", person=person, chamber=house, source=source, **period
        )
        for person in people
        for number, period in enumerate([{"valid_from": SINCE}, *earlier(TERMS - 1)])
    ]
    bulk_create_with_history(memberships, Membership)


def test_no_page_costs_more_with_thirty_years_and_120_members(client):
    belarus, *others = one_year()
    pages = sorted(
        address
        for name, some in addresses().items()
        for address in some
        # The first two lead elsewhere, as timegates do, and the last is asked about a page.
        if name not in {"set_language", "favicon", "delegations:oembed-json"}
        and not name.endswith("timegate")
    )
    pages.append("/oembed.json?url=http://testserver/delegations/belarus/")
    days = [f"/delegations/belarus/?date={day}" for day in (SINCE, SINCE - DAY)]
    days += [
        f"{address}?date={SINCE}"
        for address in (
            "/",
            "/delegations/",
            "/parliaments/",
            "/parliaments/belarus/",
            "/people/",
            "/people/viktor-kogut/",
        )
    ]
    few = costs(client, [*pages, *days])
    # A day in the past costs what today costs.
    for address in days:
        assert few[address] == few[address.partition("?")[0]], address

    thirty_years(belarus, *others)

    assert costs(client, [*pages, *days]) == few
