"""A page that was asked as of a day says so, and leads to pages of that day alone."""

import datetime as dt
import re

import pytest
import time_machine

from delegations.models import Delegation
from tests import make
from tests.reading import links, main, parsed, words

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
DAY = dt.timedelta(days=1)
PAGES = [
    *("/", "/delegations/", "/delegations/belarus/", "/parliaments/", "/parliaments/belarus/"),
    *("/people/", "/people/ann-a/"),
]
OF_A_DAY = re.compile(r"(/ru)?/((delegations|parliaments|people)/([\w-]+/)?)?")


@pytest.fixture
def facts(belarus, houses):
    ann = make.person("ann-a")
    for house in houses:
        make.allocation(house, valid_from=MARCH)
    make.membership(ann, houses[0], valid_from=MARCH)
    make.office(ann, "chairman", valid_from=MARCH)
    make.office(ann, "representative", parliament=belarus, valid_from=MARCH)
    make.role(ann, "head", parliament=belarus, valid_from=MARCH)
    make.article("news", delegations=[Delegation.objects.get()], people=[ann])


def addresses(response):
    """Return the addresses of all the links of a page, drawn ones too, but that back to today."""
    body = parsed(response).find("body")
    back = {a for notice in body.findall(".//p[@class='notice']") for a in notice.iter("a")}
    return [
        each.get("href")
        for each in body.iter()
        if each.tag.rpartition("}")[2] == "a" and each not in back
    ]


@pytest.mark.parametrize("language", ["", "/ru"])
@pytest.mark.parametrize("address", PAGES)
def test_every_link_to_a_page_of_facts_keeps_the_day(client, facts, address, language):
    found = addresses(client.get(f"{language}{address}?date=2024-03-02"))
    of_a_day = [each for each in found if OF_A_DAY.fullmatch(re.split(r"[?#]", each)[0])]
    assert {re.split(r"[?#]", each)[0] for each in of_a_day} >= {
        f"{language}{each}" for each in ("/", "/delegations/", "/people/")
    }
    assert not [each for each in of_a_day if "?date=2024-03-02" not in each]
    assert not [each for each in found if "/news/" in each and "date=" in each]
    # Without a day no link has one, but those to the days of change, and that to the record.
    found = [each.partition("date=") for each in addresses(client.get(f"{language}{address}"))]
    assert not [
        path for path, date, _day in found if date and not path.endswith(("on-record/?", "?"))
    ]


@pytest.mark.parametrize("address", PAGES)
def test_the_page_says_its_day_and_leads_back_to_today(client, facts, address):
    response = client.get(f"{address}?date=2024-03-02")
    [notice] = parsed(response).findall(".//p[@class='notice']")
    assert "as of 2 March 2024" in words(notice)
    assert [a.get("href") for a in notice.iter("a")] == [address]
    assert '<meta name="robots" content="noindex">' in response.text
    assert (
        f'<link rel="canonical" href="http://testserver{address}?date=2024-03-02">' in response.text
    )
    today = client.get(address)
    assert "noindex" not in today.text
    assert parsed(today).findall(".//p[@class='notice']") == []


def test_the_way_back_keeps_what_narrows_the_list(client, facts):
    response = client.get("/delegations/?date=2024-03-02&chambers=2")
    assert "/delegations/?chambers=2" in links(response)


@pytest.mark.parametrize("address", PAGES)
def test_a_form_asks_for_a_day(client, facts, address):
    for misread in ("x", "2024-02-31", "1899-12-31", "2200-01-01", "%00"):
        response = client.get(f"{address}?date={misread}")
        assert response.status_code == 200
        [field] = [each for each in parsed(response).iter("input") if each.get("name") == "date"]
        assert field.get("aria-invalid") == "true"
    fields = [each.get("name") for each in parsed(client.get(address)).iter("input")]
    assert ("date" in fields) == (address != "/")


@time_machine.travel(dt.datetime(2024, 2, 20, 12, tzinfo=dt.UTC))
@pytest.mark.parametrize("address", PAGES)
def test_a_day_ahead_shows_what_is_decided_and_says_so(client, facts, address):
    said = "This day lies ahead: it is what is already decided as of today, 20 February 2024."
    assert said in main(client.get(f"{address}?date=2024-03-02"))
    for day in ("2024-02-20", "2024-02-19"):
        assert "lies ahead" not in main(client.get(f"{address}?date={day}"))
    assert "14 seats: House 7, Council 7" in main(client.get("/?date=2024-03-02"))
    assert "House 7" not in main(client.get("/"))


def test_only_what_was_so_on_the_day_is_shown(client, facts):
    on, before = (
        words(parsed(client.get(f"/?date={day}")).find("body")) for day in (MARCH, MARCH - DAY)
    )
    assert "Chairman of the Assembly" in on
    assert "Chairman of the Assembly" not in before
    on, before = (main(client.get(f"/people/?date={day}")) for day in (MARCH, MARCH - DAY))
    assert "none; later: Chairman of the Assembly" not in on
    assert "none; later: Chairman of the Assembly" in before


def test_pages_of_people_keep_the_day(client):
    for number in range(25):
        make.person(f"ann-p{number:02}")
    first = client.get("/people/?date=2024-03-02")
    [more] = [address for address in links(first) if "page=" in address]
    assert "date=2024-03-02" in more
    response = client.get(f"/people/{more}")
    assert "as of 2 March 2024" in main(response)
    [back] = [address for address, said in links(response).items() if "today" in said]
    assert "page=" in back
    assert "date=" not in back


def test_a_renamed_delegation_keeps_the_day(client, belarus):
    belarus.slug = "belarus-2"
    belarus.save()
    response = client.get("/delegations/belarus/?date=2024-03-02")
    assert response["Location"] == "/delegations/belarus-2/?date=2024-03-02"


@pytest.mark.parametrize("address", PAGES)
def test_what_has_no_start_is_not_said_to_be_of_the_day(client, belarus, houses, address):
    ann = make.person("ann-a")
    for house in houses:
        make.allocation(house)
    make.office(ann, "chairman")
    make.office(ann, "representative", parliament=belarus)
    said = "since when, or until when, these facts hold, so nothing on record says that they apply to 1 May 1950"
    assert main(client.get(f"{address}?date=1950-05-01")).count(said) == 1
    assert "since when" not in main(client.get(address))
    # As of today, whoever asks.
    with time_machine.travel(dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)):
        assert "since when" not in main(client.get(f"{address}?date=2024-03-01"))


def test_what_was_found_true_or_starts_is_of_the_day(client, belarus, houses):
    make.allocation(houses[0], checked_on=MARCH, source=make.source(published_on=None))
    make.allocation(houses[1], valid_from=MARCH)
    for address in ("/", "/delegations/", "/delegations/belarus/"):
        assert "since when" not in main(client.get(f"{address}?date=2024-03-02"))
        assert "these facts hold, so nothing on record says" in main(
            client.get(f"{address}?date=2024-02-29")
        )
    make.participation(belarus, source=make.source(published_on=None))
    assert "since when, or until when, some of these" in main(
        client.get("/delegations/?date=2024-03-02")
    )


@pytest.mark.parametrize("address", PAGES)
def test_the_day_is_in_the_title(client, facts, address):
    title = parsed(client.get(f"{address}?date=2024-03-02")).find(".//title")
    assert ", 2 March 2024 – CSTO PA" in words(title)
    assert "2024" not in words(parsed(client.get(address)).find(".//title"))
