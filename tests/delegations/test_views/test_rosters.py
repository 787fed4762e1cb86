"""Seats and who holds them, and the roles that give no seat."""

import datetime as dt

import pytest

from tests import make
from tests.reading import by_id, main, parsed, words

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
DAY = dt.timedelta(days=1)


def sit(chamber, number, **fields):
    for _ in range(number):
        make.membership(chamber_=chamber, **fields)


@pytest.mark.parametrize(
    ("seats", "members", "is_complete", "said"),
    [
        (7, 0, False, "names not published here"),
        (7, 6, False, "6 of 7 seats filled, 1 not recorded"),
        (7, 6, True, "6 of 7 seats filled, 1 vacant"),
        (7, 7, False, "7 of 7 seats filled"),
        (7, 0, True, "0 of 7 seats filled, 7 vacant"),
        (7, 8, False, "8 members for 7 seats"),
        (None, 2, False, "2 members, number of seats not recorded"),
    ],
)
def test_seats_are_reconciled_with_members(client, belarus, seats, members, is_complete, said):
    house = make.chamber(belarus)
    if seats:
        make.allocation(house, seats)
    sit(house, members)
    if is_complete:
        make.roster(house)
    addresses = {"/delegations/belarus/", "/delegations/", "/", "/search/?q=belarus"}
    if not (members or is_complete):
        # Where names are recorded of none, a list says it once, and others nothing.
        addresses = {"/delegations/belarus/"}
        assert "Not recorded: participation in the Assembly; names of the members;" in main(
            client.get("/delegations/")
        )
    for address in addresses:
        assert said in main(client.get(address)).lower(), address


def test_the_chambers_are_reconciled_each_and_together(client, belarus, houses):
    house, council = houses
    make.allocation(house, 7)
    make.allocation(council, 4)
    make.roster(house)
    sit(house, 6)
    sit(council, 1)
    listed = main(client.get("/delegations/"))
    assert "6 of 7 seats filled, 1 vacant" in listed
    assert "1 of 4 seats filled, 3 not recorded" in listed
    page = main(client.get("/delegations/belarus/"))
    assert "7 of 11 seats filled, at least 1 vacant, 3 not recorded." in page
    sit(house, 2)
    page = main(client.get("/delegations/belarus/"))
    said = "8 of 11 seats filled, 3 not recorded, 1 member without a seat."
    assert said in page


def test_the_statement_that_a_roster_is_complete_has_its_source(client, belarus):
    house = make.chamber(belarus)
    make.allocation(house)
    roster = make.roster(
        house, valid_from=MARCH, source=make.source(title_en="List of the members")
    )
    response = client.get("/delegations/belarus/?date=2024-03-01")
    said = by_id(response, roster.code)
    assert said.startswith("the list of names is complete since 1 March 2024")
    assert "List of the members." in main(response)
    before = main(client.get("/delegations/belarus/?date=2024-02-29"))
    of_day, others = before.split("On other days")
    assert "is complete" not in of_day
    assert "The roster is complete: House since 1 March 2024" in others


def test_roles_stand_apart_from_seats(client, belarus):
    house = make.chamber(belarus)
    make.allocation(house)
    ann, bob, eve = (make.person(slug) for slug in ("ann-a", "bob-b", "eve-e"))
    make.role(eve, "alternate", parliament=belarus, valid_from=MARCH)
    make.role(bob, "deputy_head", parliament=belarus, valid_from=MARCH)
    make.role(ann, "head", parliament=belarus, valid_from=MARCH)
    page = main(client.get("/delegations/belarus/?date=2024-03-01"))
    answer, _heading, roles = page.partition("Deputy heads and alternates")
    assert "Head of the delegation Ann A" in answer
    assert "A role gives no seat." in roles
    assert "Ann A" not in roles
    assert roles.index("Bob B: Deputy head of the delegation") < roles.index(
        "Eve E: Alternate member of the delegation"
    )
    assert "names not published here" in page
    before = main(client.get("/delegations/belarus/?date=2024-02-29"))
    of_day, others = before.split("On other days")
    assert "; head, deputy heads and alternates; " in of_day.partition("Not recorded:")[2]
    assert "Ann A: Head of the delegation since 1 March 2024" in others


def test_members_are_listed_by_chamber_with_their_number(client, belarus, houses):
    house, council = houses
    sit(house, 3)
    make.membership(make.person("bob-b"), council, valid_to=MARCH)
    response = client.get("/delegations/belarus/?date=2024-02-29")
    titles = [words(each) for each in parsed(response).iter("h4")]
    assert titles == ["House", "Council"]
    page = main(response)
    assert "House 3 members on record" in page
    assert "Council 1 member on record Bob B until 1 March 2024, start not known" in page


def test_what_lies_far_from_the_day_is_left_out(client, belarus):
    house = make.chamber(belarus)
    for year in range(1990, 2020):
        of_year = {"valid_from": dt.date(year, 1, 1), "valid_to": dt.date(year, 12, 31)}
        make.allocation(house, 5, **of_year)
        make.name(house, f"House of {year}", **of_year)
        make.name(belarus, f"Parliament of {year}", **of_year)
        make.chamber(belarus, house="upper", name_en=f"Council of {year}", **of_year)
    page = main(client.get("/delegations/belarus/?date=1990-06-01"))
    others = page.partition("On other days")[2]
    assert "1 January 1991 to" in others
    assert "1 January 2019 to" not in others
    assert "9 more, further from this day" in others
    page = main(client.get("/parliaments/belarus/?date=1990-06-01"))
    assert "1 January 2019 to" not in page
    # The allocations and the names of the house, the chambers, and the names of the parliament.
    assert page.count(" more, further from this day") == 4
    for name in ("House", "Parliament", "Council"):
        assert f"{name} of 2000" in page
        assert f"{name} of 2019" not in page
