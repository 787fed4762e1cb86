"""The list of people, and one of them."""

import datetime as dt

import pytest
import time_machine

from tests import make
from tests.reading import links, main, parsed

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
DAY = dt.timedelta(days=1)


def test_people_are_sorted_as_the_reader_sees_them(client):
    make.person("a-zet", family_name_ru="Аист")
    make.person("b-abel", family_name_ru="Яковлев")
    assert list(links(client.get("/people/")).values()) == ["B Abel", "A Zet"]
    assert list(links(client.get("/ru/people/")).values()) == ["Аист", "Яковлев"]


def test_people_come_in_pages(client):
    for number in range(25):
        make.person(f"ann-p{number:02}")
    first = client.get("/people/")
    names = list(links(first).values())
    [more] = [address for address in links(first) if address.startswith("?page=")]
    assert len(names) == 21
    assert "Ann P20" in main(client.get(f"/people/{more}"))
    assert "This is the first page" in main(client.get("/people/?page=nonsense"))


def test_another_language_starts_its_own_alphabet(client):
    for number in range(25):
        make.person(f"ann-p{number:02}")
    [more] = [each for each in links(client.get("/people/?date=2024-03-01")) if "page=" in each]
    header = parsed(client.get(f"/people/{more}")).find(".//header")
    [other] = [a.get("href") for a in header.iter("a") if a.get("hreflang") == "ru"]
    assert other == "/ru/people/?date=2024-03-01"


def test_a_representative_leads_to_the_delegation(client, belarus):
    make.office(make.person("ann-a"), "representative", parliament=belarus)
    for address in ("/people/", "/people/ann-a/"):
        assert links(client.get(address))["/delegations/belarus/"] == "National Assembly"


@time_machine.travel(dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC))
def test_a_person_never_holds_what_has_ended(client, belarus):
    ann = make.person("ann-a")
    make.office(ann, "chairman", valid_from=MARCH - DAY, valid_to=MARCH)
    make.office(ann, "executive_secretary", valid_to=MARCH - DAY)
    make.office(ann)
    make.membership(ann, make.chamber(belarus), valid_from=MARCH + DAY)
    page = main(client.get("/people/ann-a/"))
    held, _, rest = page.partition("On record, undated")
    undated, _, rest = rest.partition("Earlier")
    ended, _, later = rest.partition("Later")
    assert "Chairman of the Assembly" in held.partition("On 1 March 2024")[2]
    assert "Deputy Executive Secretary" in undated
    assert "Executive Secretary until 29 February 2024, start not known" in ended
    assert "Member of the delegation: National Assembly, House since 2 March 2024" in later
    assert "Executive Secretary until" not in main(client.get("/people/"))


def test_a_renamed_person_is_found_again(client):
    person = make.person("ann-a")
    person.slug = "ann-b"
    person.save()
    assert client.get("/people/ann-a/")["Location"] == "/people/ann-b/"


def test_a_person_as_of_a_day(client, belarus):
    ann = make.person("ann-a", family_name_ru="Аннова")
    make.role(ann, "head", parliament=belarus, valid_from=MARCH, valid_to=MARCH + DAY)
    make.membership(ann, make.chamber(belarus), valid_to=MARCH)
    before, on, after = (
        main(client.get(f"/people/ann-a/?date={day}")).partition("Roles in a delegation")[2]
        for day in (MARCH - DAY, MARCH, MARCH + 2 * DAY)
    )
    head = "Head of the delegation, National Assembly 1 March 2024 to 2 March 2024"
    assert before.startswith(f" Later {head}")
    assert on.startswith(f" On 1 March 2024 {head}")
    assert after.startswith(f" Earlier {head}")
    assert "Seats in a delegation On 1 March 2024 Member of the delegation" in on
    assert "Seats in a delegation Earlier Member of the delegation" in after
    assert "Head of the delegation" in main(client.get("/people/?date=2024-03-01"))
    assert "Head of the delegation" not in main(client.get("/people/?date=2024-03-03"))
    assert "Аннова" in main(client.get("/ru/people/ann-a/?date=2024-03-01"))


def test_what_is_not_recorded_of_a_person_is_said_and_heads_nothing(client):
    ann = make.person("ann-a")
    page = client.get("/people/ann-a/")
    for what in ("Offices", "Roles in a delegation", "Seats in a delegation"):
        assert f"{what} not recorded" in main(page)
    assert parsed(page).find(".//main//h3") is None
    make.office(ann, "chairman")
    page = main(client.get("/people/ann-a/"))
    assert "Offices On record, undated Chairman of the Assembly" in page
    assert "Seats in a delegation not recorded" in page


def test_two_persons_of_one_name_stay_two(client, belarus):
    names = {"given_name_en": "Ann", "family_name_en": "Example"}
    one, two = make.person("ann-example", **names), make.person("ann-example-2", **names)
    make.membership(one, make.chamber(belarus))
    make.office(two, "chairman")
    listed = [address for address, said in links(client.get("/people/")).items() if "Ann" in said]
    assert listed == ["/people/ann-example/", "/people/ann-example-2/"]
    first, second = (main(client.get(address)) for address in listed)
    assert "Member of the delegation" in first
    assert "Chairman" not in first
    assert "Chairman" in second
    assert "Member of the delegation" not in second
