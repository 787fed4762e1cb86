"""The list of parliaments, and one of them."""

import datetime as dt

import pytest

from tests import make
from tests.reading import links, main, parsed, words

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("address", ["/delegations/belarus/", "/parliaments/belarus/"])
def test_a_parliament_of_one_chamber_never_says_chamber(client, belarus, address):
    assert "hamber" not in main(client.get(address))
    make.allocation(make.chamber(belarus, name_en="", website="https://house.example/"))
    assert "hamber" not in main(client.get(address))
    make.chamber(belarus, house="upper")
    assert "hamber" in main(client.get(address))


def test_parliaments_are_listed_with_their_chambers_of_today(client, belarus, houses):
    make.chamber(belarus, name_en="Old House", valid_to=MARCH)
    assert "has 2 chambers." in main(client.get("/parliaments/belarus/"))
    make.chamber(make.parliament("kyrgyzstan", name_en="Council"), name_en="Single House")
    page = main(client.get("/parliaments/"))
    assert "National Assembly Belarus House [1] Council [2]" in page
    assert "Old House" not in page
    assert "Single House" not in page


def test_a_chamber_that_only_may_have_been_there_is_marked_in_the_list(client, belarus, houses):
    # Of the one it is known since when; the document of both is of 1990.
    start = dt.date(1980, 1, 1)
    type(houses[0]).objects.filter(pk=houses[0].pk).update(valid_from=start)
    assert "possibly" not in main(client.get("/parliaments/"))
    on_day = main(client.get("/parliaments/", {"date": start}))
    assert "possibly Council" in on_day
    assert "possibly House" not in on_day


def test_a_parliament_shows_its_chambers_through_time(client, belarus):
    old = make.chamber(belarus, name_en="Old", valid_to=MARCH, valid_to_is_latest=True)
    new = make.chamber(belarus, name_en="New", valid_from=MARCH + DAY)
    make.allocation(old, 6, valid_to=MARCH)
    make.allocation(new, 7, valid_from=MARCH + DAY)
    page = main(client.get("/parliaments/belarus/?date=2024-03-02"))
    assert page.index("On 2 March 2024") < page.index("New") < page.index("7 deputies")
    assert page.index("7 deputies") < page.index("Earlier")
    assert "It follows: Old, until no later than 1 March 2024" in page
    assert "Old" in page.partition("Earlier")[2]
    assert "until no later than 1 March 2024, start not known" in page


def test_a_chamber_without_a_name_is_headed_as_its_parliament_of_the_time(client, belarus):
    make.name(belarus, "Supreme Council", valid_to=MARCH)
    make.chamber(belarus, name_en="", valid_to=MARCH)
    make.chamber(belarus, name_en="", valid_from=MARCH + DAY)
    for day in (MARCH, MARCH + DAY):
        page = parsed(client.get(f"/parliaments/belarus/?date={day}"))
        headings = {words(each) for each in page.iter("h3")}
        assert headings >= {"Supreme Council", "National Assembly"}


@pytest.mark.parametrize("name", ["delegations", "parliaments"])
def test_a_renamed_parliament_is_found_again(client, belarus, name):
    belarus.slug = "belarus-2"
    belarus.save()
    response = client.get(f"/{name}/belarus/")
    assert (response.status_code, response["Location"]) == (301, f"/{name}/belarus-2/")
    belarus.delete()
    assert client.get(f"/{name}/belarus-2/").status_code == 410
    assert client.get(f"/{name}/atlantis/").status_code == 404


def test_a_parliament_is_the_second_level_of_its_delegation(client, belarus):
    [trail] = parsed(client.get("/parliaments/belarus/?date=2024-03-01")).findall(
        ".//nav[@class='breadcrumbs']"
    )
    assert [
        (words(item), [a.get("href") for a in item.iter("a")]) for item in trail.iter("li")
    ] == [
        ("Home", ["/?date=2024-03-01"]),
        ("Delegations", ["/delegations/?date=2024-03-01"]),
        ("National Assembly", ["/delegations/belarus/?date=2024-03-01"]),
        ("About the parliament", []),
    ]
    assert "/parliaments/belarus/" in links(client.get("/delegations/belarus/"))
    assert "/parliaments/" in links(client.get("/delegations/"))


def test_evidence_and_what_is_not_recorded_are_said_once(client, belarus):
    source = make.source(published_on=None)
    houses = [
        make.chamber(belarus, name_en=name, house=house, source=source)
        for name, house in (("House", "lower"), ("Council", "upper"))
    ]
    for house in houses:
        make.allocation(house, source=source)
    response = client.get("/parliaments/belarus/")
    page = main(response)
    assert "All of this: dates not given; not checked yet; source 1." in page
    assert page.count("not checked yet") == 1
    assert "Not recorded: websites." in page
    assert page.count("ot recorded") == 1
    listed = main(client.get("/parliaments/"))
    assert "All of this: dates not given; not checked yet; source 1." in listed
    # What differs is said at its place.
    type(houses[0]).objects.filter(pk=houses[0].pk).update(website="https://example.org/")
    make.allocation(make.chamber(belarus, name_en="Third", source=source), 5)
    response = client.get("/parliaments/belarus/")
    assert "Not recorded: websites (Third, Council)." in main(response)
