"""Two days compared: what is recorded otherwise of the one than of the other."""

import datetime as dt

import pytest
import time_machine

from tests import make
from tests.growth import costs
from tests.reading import by_id, links, main, parsed, words

pytestmark = pytest.mark.django_db

FIRST, LAST = dt.date(2020, 1, 1), dt.date(2024, 1, 1)
TURN = dt.date(2022, 3, 1)
DAY = dt.timedelta(days=1)
# What was so before the turn, and what is so since.
THEN = {"valid_from": dt.date(2010, 1, 1), "valid_to": TURN - DAY}
SINCE = {"valid_from": TURN}
ADDRESS = f"/compare/?from={FIRST}&to={LAST}"
NOTHING = "Nothing that is recorded differs for certain."


def compared(client, more=""):
    """Return the words of what differs for certain, and of what may."""
    tree = parsed(client.get(ADDRESS + more))
    found = {
        each.get("aria-labelledby"): words(each) for each in tree.find(".//main").iter("section")
    }
    return found.get("page:differing", ""), found.get("page:possible", "")


def test_seats_members_roles_offices_participation_and_names_are_compared(client, belarus, houses):
    ann, bob = make.person("ann-a"), make.person("bob-b")
    house = houses[0]
    make.allocation(house, 6, **THEN)
    make.allocation(house, 7, **SINCE)
    make.membership(ann, house, **THEN)
    make.membership(bob, house, **SINCE)
    make.role(ann, "head", parliament=belarus, **THEN)
    make.office(bob, "representative", parliament=belarus, **SINCE)
    make.office(ann, "chairman", **THEN)
    make.participation(belarus, "observer", **THEN)
    make.participation(belarus, "member", **SINCE)
    make.name(belarus, "Old Assembly", **THEN)
    text, _possible = compared(client)
    gone, come = f"no more on {LAST:%-d %B %Y}", f"not yet on {FIRST:%-d %B %Y}"
    for said in (
        f"House, 6 deputies [1] {gone}",
        f"House, 7 deputies [2] {come}",
        "Ann A, House",
        "Bob B, House",
        "Ann A, Head of the delegation",
        "Bob B, Plenipotentiary representative",
        "The Assembly Offices Ann A, Chairman of the Assembly",
        "observer",
        "member",
        "Old Assembly",
    ):
        assert said in text, said
    assert text.count(gone) == 6
    assert text.count(come) == 4


def test_every_kind_of_fact_is_compared(client, belarus, houses):
    about = {"parliament": belarus, "chamber": houses[0], "name_en": "Name"}
    about["function"] = "representative"
    made = list(make.facts_of_further_kinds(**about, **THEN))
    found = {each.rpartition("#")[2] for each in links(client.get(ADDRESS))}
    assert {each.code for each in made} <= found


def test_what_went_on_under_another_row_does_not_differ(client, houses):
    ann = make.person()
    make.membership(ann, houses[0], **THEN)
    make.membership(ann, houses[0], **SINCE)
    text, _possible = compared(client)
    assert NOTHING in text
    assert "That does not say that nothing changed" in text


def test_what_only_may_hold_is_told_apart(client, belarus, houses):
    # No source says since when: on the first day it only may have been so.
    undated = make.source(published_on=None)
    make.allocation(houses[0], 6, valid_to=TURN, source=undated)
    # On both days it only may be so, which is no difference.
    make.allocation(houses[1], 4, source=undated)
    text, possible = compared(client)
    assert NOTHING in text
    assert "House, 6 deputies" in possible
    assert "4 members" not in text + possible
    with time_machine.travel(dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC)):
        # What nothing dates holds today.
        text, possible = compared(client)
    assert NOTHING in text
    assert "Council, 4 members" in possible


def test_a_delegation_is_compared_alone(client, belarus):
    make.participation(belarus, **SINCE)
    other = make.parliament("other")
    make.role(make.person("carl-c"), parliament=other, **THEN)
    make.office(make.person("dan-d"), "chairman", **THEN)
    text, _possible = compared(client, "&delegation=belarus")
    assert "Participations member" in text
    assert "Carl" not in text
    assert "Dan" not in text
    text, _possible = compared(client, "&delegation=other")
    assert "Carl C, Head of the delegation" in text


def test_a_fact_leads_to_a_page_of_the_day_on_which_it_held(client, houses):
    made = make.allocation(houses[0], 6, **THEN)
    [address] = [each for each in links(client.get(ADDRESS)) if each.endswith(f"#{made.code}")]
    assert address == f"/delegations/belarus/?date={FIRST}#{made.code}"
    assert by_id(client.get(address), made.code)


def test_a_day_that_is_misread_is_told_at_its_field(client, belarus):
    for question, said in (
        ("from=x&to=2024-01-01", "Write a day"),
        ("from=2024-01-02&to=2024-01-01", "This day is before the first one."),
        ("to=2024-01-01", "Write the day with which the other is compared."),
        ("from=2024-01-01&delegation=x", "Choose one of the list."),
    ):
        response = client.get(f"/compare/?{question}")
        assert said in main(response), question
        assert "noindex" in response.text
    assert "Ask for two days" in main(client.get("/compare/"))


@time_machine.travel(dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC))
def test_without_the_later_day_it_is_today(client, belarus):
    make.participation(belarus, **SINCE)
    assert "between 1 January 2020 and 1 May 2024" in main(client.get("/compare/?from=2020-01-01"))


def test_a_timeline_leads_to_what_differs_since_the_day_of_change_before(client, belarus, houses):
    make.allocation(houses[0], 6, **THEN)
    make.allocation(houses[0], 7, **SINCE)
    query = "from=2010-01-01&to=2022-03-01"
    page = links(client.get("/delegations/belarus/?date=2022-03-01"))
    assert f"/compare/?{query}&delegation=belarus" in page
    assert f"/compare/?{query}" in links(client.get("/delegations/?date=2022-03-01"))
    [other] = [each for each in page if each.startswith("/compare/")]
    assert "House, 7 deputies" in main(client.get(other))


def test_many_are_counted_and_cost_no_more(client, belarus, houses):
    def fill(number):
        for _ in range(number):
            parliament = make.parliament()
            house = make.chamber(parliament, **THEN)
            make.allocation(house, **THEN)
            make.membership(chamber_=houses[0], **THEN)
            make.role(parliament=parliament, **SINCE)
            make.office(**SINCE)
            make.name(parliament, **SINCE)

    addresses = [ADDRESS, f"{ADDRESS}&delegation=belarus"]
    fill(2)
    few = costs(client, addresses)
    fill(8)
    assert costs(client, addresses) == few
    for _ in range(45):
        make.membership(chamber_=houses[0], **SINCE)
    assert "5 more of this kind." in main(client.get(addresses[1]))


def sums(client, more=""):
    """Return ``{(way of taking part, what is counted): cells}`` of the totals."""
    return {
        (words(table.find("caption")), words(row.find("th"))): [
            words(cell) for cell in row.iter("td")
        ]
        for table in parsed(client.get(ADDRESS + more)).find(".//main").iter("table")
        for row in table.find("tbody")
    }


def test_totals_of_both_days_lead_with_their_difference(client, belarus, houses):
    for row in (belarus, make.parliament("other")):
        make.participation(row, "member", **THEN | {"valid_to": None})
    make.allocation(houses[0], 6, **THEN)
    make.allocation(houses[0], 7, **SINCE)
    make.allocation(houses[1], 4, **THEN | {"valid_to": None})
    make.allocation(make.chamber(make.parliament("third")), 9, **SINCE)
    make.membership(chamber_=houses[0], **SINCE)
    found = sums(client, "&delegation=belarus")
    assert found == {
        ("Participation: member", "Delegations"): ["1", "1", "0"],
        ("Participation: member", "Seats"): ["10", "11", "+1"],
        ("Participation: member", "Members on record"): [
            "not recorded",
            "1, not in full",
            "not known",
        ],
    }
    found = sums(client)
    assert found["Participation: member", "Delegations"] == [
        "2, not in full",
        "2, not in full",
        "not known",
    ]
    # Of the other one no seats are recorded.
    assert found["Participation: member", "Seats"] == [
        "10, not in full",
        "11, not in full",
        "not known",
    ]
    unrecorded = "Participation not recorded"
    assert (unrecorded, "Delegations") not in found
    assert found[unrecorded, "Seats"] == ["not recorded", "9", "not known"]


def test_what_is_only_possible_is_in_no_total_and_no_difference(client, belarus, houses):
    house, council = houses
    undated = make.source(published_on=None)
    make.participation(belarus, "member", source=undated)
    make.allocation(house, 6, **THEN | {"valid_to": None})
    make.allocation(council, 3, **THEN)
    make.allocation(
        council, 4, valid_from=TURN, valid_to=LAST + DAY, source=undated, valid_to_is_latest=True
    )
    found = sums(client)
    unrecorded = "Participation not recorded"
    assert found[unrecorded, "Seats"] == ["9", "6, 4 more possibly", "not known"]
    assert (unrecorded, "Delegations") not in found
    assert found["Participation: member", "Delegations"] == ["not recorded, possibly 1"] * 2 + [
        "not known"
    ]
    assert ("Participation: member", "Seats") not in found


def test_a_way_in_which_nobody_takes_part_is_counted_where_every_one_is_on_record(client, belarus):
    make.participation(belarus, "observer", **THEN)
    make.participation(belarus, "member", **SINCE)
    make.allocation(make.chamber(belarus), 6, **THEN | {"valid_to": None})
    found = sums(client)
    assert found["Participation: observer", "Delegations"] == ["1", "0", "−1"]
    assert found["Participation: observer", "Seats"] == ["6", "0", "−6"]
    assert found["Participation: member", "Seats"] == ["0", "6", "+6"]
    make.parliament("other")
    found = sums(client)
    assert found["Participation: observer", "Delegations"] == [
        "1, not in full",
        "not recorded",
        "not known",
    ]
    assert found["Participation: observer", "Seats"] == ["6", "not recorded", "not known"]


def test_a_name_of_a_chamber_stands_once(client, houses):
    make.name(houses[0], "Old House", **THEN)
    page = main(client.get(ADDRESS))
    assert "Old House" in page
    assert "Old House, Old House" not in page
