"""Pages as of a day: which facts count, and what a misread day does."""

import datetime as dt

import pytest
import time_machine

from tests import make
from tests.reading import by_id, main, parsed, words

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
    assert "Observer. Since 1 March 2024" in after
    assert "Observer" not in before.partition("On other days")[0]


def test_a_page_is_asked_as_of_a_day(client, belarus):
    house = make.chamber(belarus)
    make.allocation(house, 6, valid_to=MARCH)
    make.allocation(house, 7, valid_from=MARCH + DAY)
    for date, seats in ("2024-03-01", "6 seats"), ("2024-03-02", "7 seats"):
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
    assert "7 seats" in main(today).partition("On other days")[0]


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
    assert "6 seats" in page.partition("On other days")[0]


def test_an_unknown_start_and_an_undated_fact_are_said(client, belarus, houses):
    house, council = houses
    make.allocation(house, 7)
    page = main(client.get("/delegations/belarus/"))
    assert (
        "7 seats on record: House 7, Council not recorded Where nothing else is said: dates not given;"
        in page
    )
    make.allocation(council, 4, valid_to=MARCH)
    page = main(client.get("/delegations/belarus/?date=2024-02-29"))
    assert "dates not given" in page
    assert "Council: 4 members until 1 March 2024, start not known" in page
    assert "dates in part not given. In:" in page
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
        page = client.get(f"/delegations/belarus/?date={day}")
        rows = parsed(page).findall(".//table[@class='seat-table__table']/tbody/tr")
        [*cells] = (cell for row in rows for cell in row if cell.get("data-label") == "Seats")
        assert {int(words(cell)) for cell in cells} == seats, day
        others = main(page).partition("On other days")[2]
        for number in (5, 6, 7):
            assert (f"{number} deputies" in others) == (number not in seats), day
