"""Ways of taking part are groups of their own: members lead, and nothing adds groups together."""

import datetime as dt

import pytest

from delegations.composition import by_participation, compositions
from tests import make
from tests.cstopa.opendata.asking import ask
from tests.reading import main

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)


@pytest.fixture
def one_of_each():
    for number, status in enumerate(
        ("not_participating", "partner", "observer", "suspended", None, "member"), 1
    ):
        parliament = make.parliament(f"state-{number}")
        make.allocation(make.chamber(parliament), number)
        if status:
            make.participation(parliament, status, valid_from=MARCH)


def test_members_lead_and_others_stand_apart(client, one_of_each):
    groups = by_participation(compositions())
    assert [(group.status, group.seats) for group in groups] == [
        ("member", 6),
        (None, 5),
        ("suspended", 4),
        ("observer", 3),
        ("partner", 2),
        ("not_participating", 0),
    ]
    for address in ("/", "/delegations/"):
        page = main(client.get(address))
        assert "6 seats in the delegation of 1 member" in page
        assert "Participation not recorded: 1 delegation, 5 seats" in page
        assert "Suspended: 1 delegation, 4 seats" in page
        assert "Observer: 1 delegation, 3 seats" in page
        assert "Not participating: 1 delegation, no seats" in page
        for sum_of_groups in (10, 11, 15, 20, 21):
            assert f"{sum_of_groups} seats" not in page


def test_who_has_left_sends_no_seats_though_nobody_closed_its_rows(client, one_of_each):
    page = main(client.get("/delegations/state-1/"))
    assert "No seats: the parliament does not take part in the Assembly" in page
    assert "1 seat" not in page
    found = ask(client, "/api/delegations/state-1/")
    assert (found["seats"], found["chambers"]) == (0, [])
    before = ask(client, "/api/delegations/state-1/?date=2024-02-29")
    assert before["seats"] == 1
    assert "1 seat" in main(client.get("/delegations/state-1/?date=2024-02-29"))
