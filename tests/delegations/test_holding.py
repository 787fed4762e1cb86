"""What holds on a day and what only may: told apart on pages and in every form of the data."""

import pytest
from django.core.management import call_command

from tests.cstopa.opendata.asking import ask
from tests.reading import main, parsed, table, words

pytestmark = pytest.mark.django_db

LONG_AGO = "?date=1900-01-01"
OF_1955 = "?date=1955-01-01"


@pytest.fixture(scope="module", autouse=True)
def fixtures(module_db):
    call_command("loaddata", "delegations", "news", verbosity=0)


def test_today_the_undated_seats_are_counted_and_said_to_be_undated(client):
    page = main(client.get("/delegations/"))
    assert "68 seats in the 5 delegations on record" in page
    assert "dates not given" in page
    assert "possibly" not in page.casefold()


@pytest.mark.parametrize("address", ["/", "/delegations/", "/delegations/belarus/"])
def test_on_a_day_that_no_source_speaks_of_nothing_is_counted(client, address):
    page = main(client.get(address + LONG_AGO))
    assert "not recorded for this day" in page
    assert "possibly" in page.casefold()
    assert "7 deputies: House of Representatives" in page
    for total in ("68", "11 seats", "7 seats"):
        assert total not in page


def to_machines(client, address):
    scripts = parsed(client.get(address)).iter("script")
    [script] = [each for each in scripts if each.get("type") == "application/ld+json"]
    return script.text


def test_an_undated_person_is_no_certain_one_to_a_machine(client):
    today, then = (ask(client, f"/api/delegations/belarus/{day}") for day in ("", OF_1955))
    assert today["representative"]["person"]["code"] == "viktor-kogut"
    assert (today["seats"], today["possible_representatives"]) == (11, [])
    assert (then["seats"], then["representative"]) == (None, None)
    [representative] = then["possible_representatives"]
    assert representative["person"]["code"] == "viktor-kogut"
    possible = [part["possible_allocations"] for part in then["possible_chambers"]]
    assert [[row["seats"] for row in rows] for rows in possible] == [[7], [4]]

    [of_today] = [
        row for row in table(client.get("/api/delegations.csv")) if row["slug"] == "belarus"
    ]
    [of_then] = [
        row
        for row in table(client.get(f"/api/delegations.csv{OF_1955}"))
        if row["slug"] == "belarus"
    ]
    assert of_today["seats"] == "11"
    assert of_then["seats"] == of_then["representative_person_code"] == ""

    for address in ("/delegations/belarus/", "/people/viktor-kogut/"):
        assert "epresentative" in to_machines(client, address), address
        assert "epresentative" not in to_machines(client, address + OF_1955), address
    assert "House of Representatives" in to_machines(client, "/parliaments/belarus/")
    assert "House of Rep" not in to_machines(client, f"/parliaments/belarus/{OF_1955}")
    held, then_held = (
        {row["person_id"] for row in ask(client, f"/api/popolo.json{day}")["memberships"]}
        for day in ("", OF_1955)
    )
    assert "viktor-kogut" in "".join(held)
    assert not then_held


def test_the_shipped_page_says_once_what_is_not_recorded_and_what_is_shared(client):
    response = client.get("/delegations/belarus/")
    page = main(response)
    assert "All of this: dates not given; not checked yet; source 1." in page
    assert page.casefold().count("not recorded") <= 4
    tree = parsed(response).find(".//main")
    stops = [each for each in tree.iter() if each.tag in {"button", "input", "select", "summary"}]
    stops += [a for a in tree.iter("a") if a.get("href")]
    notes = [a for a in tree.iter("a") if (a.get("href") or "").startswith("#page:source-")]
    assert notes
    assert len(notes) * 5 <= len(stops)


def test_officers_stand_before_the_delegations_on_home(client):
    [*headings] = (words(each) for each in parsed(client.get("/")).find(".//main").iter("h2"))
    assert headings.index("Officers of the Assembly") == 1
    assert headings.index("Delegations and their seats") == 2
