"""What the site said about a day, as it was recorded at the end of another."""

import datetime as dt

import pytest

from tests import make
from tests.delegations.test_changes.test_log import save
from tests.reading import links, main

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)


@pytest.mark.parametrize(
    ("date", "recorded", "told"),
    [
        ("2024-03-01", "2026-05-05", "7 deputies"),
        ("2024-03-01", "2026-05-06", "6 deputies"),
        ("2023-03-01", "2026-05-06", "not recorded"),
        ("", "", "8 deputies"),
        ("2024-03-01", "", "6 deputies"),
    ],
)
def test_what_the_site_said_then_about_a_day(client, clock, date, recorded, told):
    belarus = make.parliament("belarus", name_ru="Собрание")
    house = make.chamber(belarus, name_en="")
    allocation = make.allocation(house, 7, valid_from=dt.date(2024, 1, 1))
    # 23:59 in Moscow is of the same day there, and 0:01 of the next.
    clock.move_to("2026-05-05T20:59Z")
    make.membership(make.person("ann-a"), house)
    clock.move_to("2026-05-05T21:01Z")
    save(allocation, seats=6, valid_to=dt.date(2024, 12, 31))
    make.allocation(house, 8, valid_from=dt.date(2025, 1, 1))
    response = client.get(
        "/delegations/belarus/changes/on-record/", {"date": date, "recorded": recorded}
    )
    page = main(response)
    assert f"Seats {told}" in page
    assert "Ann A" in page
    assert "Moscow time" in page


def test_the_sentence_says_which_day_is_told_of_and_as_it_was_recorded_when(client):
    make.parliament("belarus")
    address = "/delegations/belarus/changes/on-record/"
    response = client.get(f"{address}?date=2024-03-01&recorded=2026-05-05")
    assert "recorded here by the end of 5 May 2026, Moscow time, about 1 March 2024" in main(
        response
    )
    assert "Nothing was on record of this parliament at that time." in main(response)
    assert "/delegations/belarus/?date=2024-03-01" in links(response)
    assert ", 1 March 2024 – CSTO PA</title>" in response.text


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("date=x", "Write "),
        ("recorded=x", "Write "),
        ("date=1024-01-01", "Ask for a day between 1900 and 2199."),
        ("recorded=2026-05-06", "This day has not come yet"),
    ],
)
def test_a_moment_that_is_misread_or_to_come_is_told_at_its_field(client, clock, question, message):
    make.parliament("belarus")
    response = client.get(f"/delegations/belarus/changes/on-record/?{question}")
    assert message in main(response)
    assert "was recorded here" not in main(response)
    data = client.get(f"/delegations/belarus/changes/on-record.json?{question}")
    assert data.status_code == 400
    assert message in data.text


def test_a_name_is_that_of_the_day_as_it_was_on_record(client, clock):
    belarus = make.parliament("belarus", name_en="Assembly")
    name = make.name(belarus, "Soviet", valid_to=MARCH)
    clock.shift(dt.timedelta(days=1))
    save(name, name_en="Supreme Soviet")
    address = "/delegations/belarus/changes/on-record/"
    for date, recorded, told in [
        ("2024-03-01", "2026-05-05", "Name: Soviet."),
        ("2024-03-01", "2026-05-06", "Name: Supreme Soviet."),
        ("2024-03-02", "2026-05-06", "Name: Assembly."),
    ]:
        assert told in main(client.get(address, {"date": date, "recorded": recorded}))


def test_a_day_that_lies_ahead_is_said_to_and_kept_by_the_links(client):
    make.chamber(make.parliament("utopia"))
    ahead = {"date": "2190-01-01"}
    page = client.get("/delegations/utopia/changes/on-record/", ahead)
    assert "This day lies ahead." in main(page)
    assert "/delegations/utopia/?date=2190-01-01" in links(page)
    assert "lies ahead" not in main(client.get("/delegations/utopia/changes/on-record/"))
