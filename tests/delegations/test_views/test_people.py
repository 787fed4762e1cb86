"""The list of people, and one of them."""

import datetime as dt

import pytest
import time_machine

from tests import make
from tests.reading import links, main

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
