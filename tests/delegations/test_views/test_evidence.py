"""Every fact leads to all its documents, and says when it was corrected."""

import datetime as dt
import re

import pytest
import time_machine

from cstopa.models.history import because
from tests import make
from tests.reading import by_id, main, parsed

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)


def test_further_sources_say_the_same_or_differ_visibly(client, belarus):
    allocation = make.allocation(make.chamber(belarus))
    same = make.source(title_en="List of members")
    other = make.source(title_en="Another page")
    make.further_source(allocation=allocation, source=same, code="a", checked_on=MARCH)
    end = make.source(title_en="Decision on the end")
    make.further_source(allocation=allocation, source=end, code="c", says_en="the end")
    make.further_source(
        allocation=allocation,
        source=other,
        code="b",
        differs=True,
        says_en="6 deputies",
        why_en="it is the decision itself",
    )
    response = client.get("/delegations/belarus/")
    said = main(response)
    assert "further source 2 says the same (checked on 1 March 2024)" in said
    assert "further source 3 differs; it says: 6 deputies." in said
    assert "Source 1 is followed, because: it is the decision itself" in said
    assert "further source 4 says: the end (not checked yet)" in said
    assert by_id(response, "page:source-2").startswith("List of members.")
    assert by_id(response, "page:source-3").startswith("Another page.")
    assert "differs; it says: 6 deputies" in main(client.get("/parliaments/belarus/"))


def test_further_sources_stand_with_every_kind_of_fact(client, belarus):
    ann = make.person("ann-a")
    chamber = make.chamber(belarus)
    facts = {
        "chamber": (chamber, "/parliaments/belarus/"),
        "allocation": (make.allocation(chamber), "/delegations/belarus/"),
        "roster": (make.roster(chamber), "/delegations/belarus/"),
        "membership": (make.membership(ann, chamber), "/people/ann-a/"),
        "chamber_name": (make.name(chamber), "/parliaments/belarus/"),
        "parliament_name": (make.name(belarus), "/parliaments/belarus/"),
        "office": (make.office(ann), "/people/ann-a/"),
        "participation": (make.participation(belarus), "/delegations/belarus/"),
        "role": (make.role(ann, parliament=belarus), "/people/ann-a/"),
    }
    for name, (fact, _address) in facts.items():
        make.further_source(**{name: fact})
    for name, (fact, address) in facts.items():
        page = client.get(address)
        # Of an allocation the table has the number, and what follows it the rest.
        said = main(page) if name == "allocation" else by_id(page, fact.code)
        assert "says the same" in said, name


def test_a_corrected_fact_says_so_on_the_day_in_moscow(client, belarus):
    allocation = make.allocation(make.chamber(belarus), 6)
    assert "corrected on" not in main(client.get("/delegations/belarus/"))
    allocation.seats = 7
    with time_machine.travel(dt.datetime(2024, 2, 29, 22, tzinfo=dt.UTC)), because("misread"):
        allocation.save()
    assert "7 deputies corrected on 1 March 2024" in main(client.get("/delegations/belarus/"))
    allocation.valid_to = dt.date(2199, 1, 1)
    allocation.save()
    assert "corrected on 1 March 2024" in main(client.get("/parliaments/belarus/"))


def test_a_list_cites_its_sources_too(client, belarus, houses):
    source = make.source(title_en="Decision on the seats")
    make.allocation(houses[0], source=source)
    make.participation(belarus, source=source)
    ann = make.person("ann-a")
    make.office(ann, source=source)
    for address in ("/", "/delegations/", "/people/", "/delegations/belarus/", "/people/ann-a/"):
        response = client.get(address)
        cited = {
            a.get("href")
            for a in parsed(response).iter("a")
            if (a.get("href") or "").startswith("#page:source-")
        }
        assert cited, address
        for each in cited:
            assert by_id(response, each.removeprefix("#")), address
        assert "Decision on the seats." in main(response), address


def test_a_page_says_its_newest_evidence_and_never_a_day_of_reading_or_recording(client, belarus):
    addresses = ["/delegations/belarus/", "/parliaments/belarus/", "/people/ann-a/"]

    def evidence(address):
        return re.search(
            "Newest evidence: (not dated|[0-9]+ [A-Z][a-z]+ [0-9]+)", main(client.get(address))
        )[1]

    source = make.source(read_on=dt.date(2026, 5, 1), published_on=None)
    house = make.chamber(belarus, source=source)
    member = make.membership(make.person("ann-a"), house, source=source)
    assert [*map(evidence, addresses)] == ["not dated"] * 3
    source.published_on = MARCH
    source.save()
    allocation = make.allocation(house, source=source, checked_on=dt.date(2024, 4, 2))
    assert [*map(evidence, addresses)] == ["2 April 2024", "2 April 2024", "1 March 2024"]
    allocation.delete()
    member.checked_on = dt.date(2024, 5, 3)
    member.save()
    assert [*map(evidence, addresses)] == ["3 May 2024", "1 March 2024", "3 May 2024"]
    # What is over, and still shown, is known by a document too.
    over = {"valid_to": dt.date(2000, 1, 1), "checked_on": dt.date(2024, 6, 4)}
    make.allocation(house, source=source, **over)
    ended = make.membership(make.person("bob-b"), house, source=source, **over)
    expected = ["4 June 2024", "4 June 2024", "3 May 2024"]
    assert [*map(evidence, addresses)] == expected
    assert evidence(ended.person.get_absolute_url()) == "4 June 2024"
    # Whichever day is asked: a document is not of the day of which it tells.
    assert [evidence(f"{each}?date=1999-01-01") for each in addresses] == expected
    assert "Newest evidence" not in main(client.get(make.parliament().get_absolute_url()))
