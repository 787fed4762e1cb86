"""What the pages of delegations, parliaments and people have in common."""

import datetime as dt

import pytest
from django.core.validators import slug_re

from delegations.models import Delegation
from tests import make
from tests.growth import costs
from tests.reading import by_id, main, parsed, without_language, words

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
DAY = dt.timedelta(days=1)


def test_one_corrected_row_corrects_every_page(client, belarus):
    allocation = make.allocation(make.chamber(belarus), 7)
    allocation.seats = 8
    allocation.save()
    for address in ("/delegations/belarus/", "/delegations/", "/", "/search/?q=belarus"):
        page = main(client.get(address))
        assert "8 seats" in page or "8 deputies" in page, address
        assert "7 seats" not in page, address
        assert "7 deputies" not in page, address
    assert "8 seats in the 1 delegation on record" in main(client.get("/delegations/"))
    assert "8" in by_id(client.get("/ru/delegations/belarus/"), allocation.code)


def test_every_fact_is_found_where_its_address_leads(client, belarus):
    house = make.chamber(belarus)
    ended = {"valid_from": MARCH, "valid_to": MARCH + DAY}
    facts = [
        house,
        make.chamber(belarus, **ended),
        make.allocation(house),
        make.allocation(make.chamber(belarus), **ended),
        make.office(function="representative", parliament=belarus),
        make.office(**ended),
        make.membership(chamber_=house),
        make.membership(chamber_=house, **ended),
    ]
    for fact in facts:
        address, _, anchor = fact.get_absolute_url().partition("#")
        assert anchor == fact.code
        assert by_id(client.get(address), anchor), fact


def ids(response):
    return [each.get("id") for each in parsed(response).iter() if each.get("id")]


def test_no_code_can_be_an_id_of_the_page_itself(client, belarus):
    ann, house = make.person("ann-a"), make.chamber(belarus)
    facts = [
        *(
            house,
            make.allocation(house, valid_from=MARCH),
            make.allocation(house, valid_to=MARCH - DAY),
        ),
        *(make.office(ann), make.office(ann, "representative", parliament=belarus)),
        *(make.membership(ann, house), make.participation(belarus)),
    ]
    codes = {fact.code for fact in facts}
    for address in ("/delegations/belarus/?date=x", "/parliaments/belarus/", "/people/ann-a/"):
        own = set(ids(client.get(address))) - codes
        assert "page:content" in own
        assert not [each for each in own if slug_re.fullmatch(each)]


def test_facts_of_two_kinds_that_share_a_code_share_no_id(client, belarus):
    ann, house = make.person("ann-a"), make.chamber(belarus)
    make.allocation(house, code="one")
    make.participation(belarus, code="one")
    make.office(ann, code="one")
    make.membership(ann, house, code="one")
    for address in ("/delegations/belarus/", "/people/ann-a/"):
        assert ids(client.get(address)).count("one") == 1


def test_drafts_are_at_none_of_these_pages(client, belarus):
    ann = make.person("ann-a")
    concerned = {"delegations": [Delegation.objects.get()], "people": [ann]}
    addresses = ("/", "/delegations/belarus/", "/people/ann-a/", "/search/?q=headline")
    make.article("public", **concerned)
    make.article("secret", status="draft", **concerned)
    ahead = dt.datetime.now(dt.UTC) + DAY
    make.article("scheduled", published_at=ahead, **concerned)
    for address in addresses:
        response = client.get(address)
        assert "Headline of public" in words(parsed(response).find("body"))
        assert "secret" not in response.text
        assert "scheduled" not in response.text


def test_english_words_are_marked_on_a_russian_page(client, belarus, houses):
    house, _council = houses
    source = make.source(title_en="Decision", publisher_en="Printers")
    ann = make.person("ann-a")
    make.allocation(house, source=source)
    make.membership(ann, house)
    make.office(ann, "representative", parliament=belarus)
    make.office(make.person("bob-b"), "chairman")
    make.article("news", delegations=[Delegation.objects.get()], people=[ann])
    written = (
        *("National Assembly", "Belarus", "House", "Council", "Decision", "Printers"),
        *("Ann A", "Bob B", "Headline of news"),
    )
    addresses = ("", "delegations/", "delegations/belarus/", "parliaments/", "people/ann-a/")
    addresses += ("parliaments/belarus/", "people/", "search/?q=ann", "search/?q=house")
    for address in addresses:
        body = parsed(client.get(f"/ru/{address}")).find("body")
        unmarked = " ".join(without_language(body, "en"))
        assert any(name in words(body) for name in written), address
        assert not [name for name in written if name in unmarked], address


def fill(parliament, number):
    delegation = Delegation.objects.get(pk=parliament.pk)
    ended = {"valid_to": MARCH}
    for _ in range(number):
        house = make.chamber(parliament, **ended)
        make.allocation(house, **ended)
        person = make.person()
        make.membership(person, house)
        make.office(person)
        make.article(delegations=[delegation], people=[person])
        other = make.parliament()
        for _chamber in range(2):
            make.allocation(make.chamber(other))
        make.office(person, "representative", parliament=other)
        make.participation(other)


def test_no_page_costs_more_queries_with_more_rows(client, belarus):
    make.allocation(make.chamber(belarus))
    ann = make.person("ann-example")
    make.office(ann, "chairman")
    make.office(ann, "representative", parliament=belarus)
    make.participation(belarus)
    fill(belarus, 1)
    addresses = [
        *("/", "/delegations/", "/delegations/?chambers=2&participation=member"),
        *("/delegations/belarus/", "/delegations/belarus/?date=2024-01-01"),
        *("/parliaments/", "/parliaments/belarus/", "/people/", "/people/ann-example/"),
        *("/search/?q=parliament", "/search/?q=house", "/search/?q=example", "/search/?q=h"),
    ]
    few = costs(client, addresses)
    fill(belarus, 4)
    assert costs(client, addresses) == few
