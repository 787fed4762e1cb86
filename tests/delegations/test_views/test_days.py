"""Pages as of a day: which facts count, and what a misread day does."""

import datetime as dt

import pytest
import time_machine

from tests import make
from tests.reading import by_id, main, parsed

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
DAY = dt.timedelta(days=1)


def test_participation_and_members_of_the_day(client, belarus):
    house = make.chamber(belarus)
    make.participation(belarus, "observer", valid_from=MARCH)
    make.membership(make.person("ann-a"), house, valid_to=MARCH)
    make.membership(make.person("bob-b"), house, valid_from=MARCH + DAY)
    before = main(client.get("/delegations/belarus/?date=2024-02-29"))
    after = main(client.get("/delegations/belarus/?date=2024-03-02"))
    assert "Ann A" in before
    assert "Bob B" not in before
    assert "Ann A" not in after
    assert "Bob B" in after
    assert "Observer since 1 March 2024" in after
    assert "Observer since" not in before.partition("On other days")[0]


def test_a_page_is_asked_as_of_a_day(client, belarus):
    house = make.chamber(belarus)
    make.allocation(house, 6, valid_to=MARCH)
    make.allocation(house, 7, valid_from=MARCH + DAY)
    for date, seats in ("2024-03-01", "6 deputies"), ("2024-03-02", "7 deputies"):
        for address in ("/delegations/belarus/", "/delegations/"):
            response = client.get(f"{address}?date={date}")
            assert f"as of {date[-1]} March 2024" in main(response)
            assert seats in main(response).partition("On other days")[0]
            assert '<meta name="robots" content="noindex">' in response.text
            assert (
                f'<link rel="canonical" href="http://testserver{address}?date={date}">'
                in response.text
            )
    today = client.get("/delegations/belarus/")
    assert "noindex" not in today.text
    assert "7 deputies" in main(today).partition("On other days")[0]


@pytest.mark.parametrize(
    "date", ["x", "2024-13-01", "01/03/2024", "1492-01-01", "9999-12-31", "%00", "0"]
)
@pytest.mark.parametrize(
    "address", ["/delegations/belarus/", "/parliaments/belarus/", "/delegations/"]
)
def test_a_misread_day_is_told_at_its_field(client, belarus, address, date):
    response = client.get(f"{address}?date={date}")
    assert response.status_code == 200
    [field] = [each for each in parsed(response).iter("input") if each.get("name") == "date"]
    assert field.get("aria-invalid") == "true"
    assert by_id(response, field.get("aria-describedby").split()[-1])
    assert "noindex" in response.text


@time_machine.travel(dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC))
def test_a_misread_day_shows_todays_facts(client, belarus):
    house = make.chamber(belarus)
    make.allocation(house, 6, valid_to=MARCH)
    make.allocation(house, 7, valid_from=MARCH + DAY)
    page = main(client.get("/delegations/belarus/?date=2024-02-31"))
    assert "As of today, 1 March 2024." in page
    assert "6 deputies" in page.partition("On other days")[0]


def test_an_unknown_start_is_marked_and_an_undated_fact_headed_so(client, belarus, houses):
    house, council = houses
    make.allocation(house, 7)
    page = main(client.get("/delegations/belarus/"))
    assert "Composition: dates not given" in page
    make.allocation(council, 4, valid_to=MARCH)
    page = main(client.get("/delegations/belarus/?date=2024-02-29"))
    assert "Composition: on record, in part undated" in page
    assert "until 1 March 2024, start not known" in page
    for address in ("/", "/delegations/", "/delegations/belarus/", "/parliaments/belarus/"):
        assert "current" not in main(client.get(address)).lower()


@pytest.mark.parametrize("houses", [["lower"], ["lower", "upper"]])
def test_nothing_in_force_stands_among_other_days(client, belarus, houses):
    for house in houses:
        chamber = make.chamber(belarus, house=house)
        make.allocation(chamber, 6, valid_to=MARCH)
        make.allocation(chamber, 7, valid_from=MARCH + DAY)
    # An allocation has no other end than its chamber's.
    make.allocation(make.chamber(belarus, valid_to=MARCH - DAY), 5)
    counted = {MARCH - DAY: {5, 6}, MARCH: {6}, MARCH + DAY: {7}}
    for day, seats in counted.items():
        page = main(client.get(f"/delegations/belarus/?date={day}"))
        of_day, others = page.split("On other days")
        for number in (5, 6, 7):
            assert (f"{number} deputies" in of_day) == (number in seats), day
            assert (f"{number} deputies" in others) == (number not in seats), day
