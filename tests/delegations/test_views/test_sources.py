"""Each document that facts follow has a page: what it is, and which facts follow it."""

import datetime as dt

import pytest
from django.utils import translation

from delegations.models import Office, Source
from delegations.models.facts import fact_models
from tests import make
from tests.growth import costs
from tests.reading import by_id, links, main

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def decision():
    return make.source(code="decision", title_en="Decision", title_ru="Решение", published_on=MARCH)


def test_what_is_not_known_of_a_document_is_said_once(client, decision):
    text = main(client.get("/sources/decision/"))
    assert "Dated 1 March 2024." in text
    assert text.count("Not known:") == 1
    assert "Not known: publisher, address, day on which it was read." in text
    assert "No fact on record follows this document." in text


@pytest.mark.parametrize("language", ["", "/ru"])
def test_facts_of_every_kind_lead_to_their_anchors(client, belarus, houses, decision, language):
    about = {"parliament": belarus, "chamber": houses[0], "source": decision, "name_en": "Name"}
    office = make.office(function="representative", parliament=belarus, source=decision)
    facts = [office, *make.facts_of_further_kinds(Office, **about)]
    other = make.membership()
    found = links(client.get(f"{language}/sources/decision/"))
    for fact in facts:
        with translation.override("ru" if language else "en"):
            address = fact.get_absolute_url()
        assert address.partition("#")[2] == fact.code
        assert address in found, fact
        assert by_id(client.get(address), fact.code), fact
    assert {fact.fact_kind for fact in facts} == {*fact_models()}
    assert other.get_absolute_url() not in found


def test_a_fact_of_the_past_leads_to_a_page_that_shows_it(client, belarus, houses, decision):
    made = [
        make.allocation(
            houses[0],
            number,
            valid_from=MARCH + 2 * number * DAY,
            valid_to=MARCH + (2 * number + 1) * DAY,
            source=decision,
        )
        for number in range(1, 30)
    ]
    [address] = [
        address
        for address in links(client.get("/sources/decision/"))
        if address.endswith(f"#{made[0].code}")
    ]
    assert address == f"/delegations/belarus/?date=2024-03-04#{made[0].code}"
    assert by_id(client.get(address), made[0].code)


def test_a_past_fact_stands_under_the_name_of_its_time(client, belarus, houses, decision):
    make.name(houses[0], "Old House", valid_to=MARCH)
    make.allocation(houses[0], 6, valid_to=MARCH - DAY, source=decision)
    make.allocation(houses[0], 7, valid_from=MARCH + DAY, source=decision)
    text = main(client.get("/sources/decision/"))
    assert "Old House, 6 deputies" in text
    assert "House, 7 deputies" in text
    assert "Old House, 7" not in text


def test_it_says_what_a_further_source_says_instead(client, belarus, houses, decision):
    allocation = make.allocation(houses[0], 7)
    further = {"source": decision, "differs": True, "says_en": "6 deputies", "why_en": "older"}
    make.further_source(allocation=allocation, **further)
    response = client.get("/sources/decision/")
    assert by_id(response, "page:further-source")
    text = main(response)
    assert "House, 7 deputies" in text
    assert "This document says instead: 6 deputies." in text
    assert "It is not followed, because: older" in text


def test_many_facts_come_page_by_page(client, belarus, houses, decision):
    facts = {make.membership(chamber_=houses[0], source=decision).code for _ in range(130)}
    make.participation(belarus, source=decision)
    first = client.get("/sources/decision/")
    assert links(first)["?kind=membership"] == "All 130 of this kind"
    address, found = "/sources/decision/?kind=membership", set()
    while address:
        answered = links(client.get(address))
        found |= {each.partition("#")[2] for each in answered if "#" in each}
        address = next(
            (f"/sources/decision/{a}" for a in answered if answered[a] == "After these"), ""
        )
    assert found == facts


def test_a_question_that_is_none_is_told_at_its_field(client, belarus, decision):
    make.participation(belarus, source=decision)
    assert "Choose one of the list." in main(client.get("/sources/decision/?kind=x"))
    misread = main(client.get("/sources/decision/?kind=participation&page=x"))
    assert "The position in this address cannot be read." in misread


def test_a_deleted_document_is_gone_and_one_that_never_was_is_not_found(client, decision):
    decision.delete()
    assert client.get("/sources/decision/").status_code == 410
    assert client.get("/ru/sources/decision/").status_code == 410
    assert client.get("/sources/other/").status_code == 404
    assert client.get("/sources/decision").status_code == 301


def test_the_list_has_the_newest_first_and_those_without_a_date_last(client, decision):
    for number in range(60):
        make.source(published_on=MARCH - number * DAY if number % 2 else None)
    first = client.get("/sources/")
    assert next(iter(links(first))) == "/sources/decision/"
    found, address = [], "/sources/"
    while address:
        answered = links(client.get(address))
        found += [a for a in answered if a.startswith("/sources/")]
        address = next((f"/sources/{a}" for a in answered if answered[a] == "Older"), "")
    assert len(set(found)) == len(found) == 61
    dates = dict(Source.objects.values_list("code", "published_on"))
    days = [dates[each.split("/")[2]] for each in found]
    dated = [day for day in days if day]
    assert dated == sorted(dated, reverse=True)
    assert days == [*dated, *[None] * 30]


def test_pages_that_cite_it_and_the_search_lead_to_it(client, belarus, houses, decision):
    make.allocation(houses[0], source=decision)
    for address in ("/delegations/belarus/", "/delegations/", "/search/?q=decision"):
        assert "/sources/decision/" in links(client.get(address)), address
    page = client.get("/api/sources/decision/").json()["page"]
    assert page["ru"] == "http://testserver/ru/sources/decision/"


def test_it_costs_no_more_with_more_facts(client, belarus, houses, decision):
    def fill(number):
        for _ in range(number):
            parliament = make.parliament()
            house = make.chamber(parliament, source=decision)
            make.allocation(house, source=decision)
            make.name(house, source=decision)
            make.membership(chamber_=house, source=decision)
            make.role(parliament=parliament, source=decision)
            make.office(source=decision)
            make.participation(parliament, source=decision)
            make.further_source(
                allocation=make.allocation(make.chamber(parliament)), source=decision
            )

    addresses = ["/sources/", "/sources/decision/", "/sources/decision/?kind=membership"]
    fill(2)
    few = costs(client, addresses)
    fill(25)
    assert costs(client, addresses) == few
