import datetime as dt

import pytest

from tests import make
from tests.reading import by_id, links, main, parsed

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
DAY = dt.timedelta(days=1)


def shown(client, query):
    response = client.get(f"/delegations/?{query}")
    assert response.status_code == 200
    rows = parsed(response).findall(".//tbody/tr/th/a")
    return [row.get("href").split("/")[2] for row in rows]


@pytest.fixture
def parliaments():
    one, two, none = (make.parliament(slug) for slug in ("b-one", "b-two", "b-none"))
    make.allocation(make.chamber(one), 7)
    for seats in (6, 5):
        make.allocation(make.chamber(two), seats)
    make.chamber(one, valid_to=MARCH)
    make.participation(one, "member", valid_from=MARCH)
    make.participation(two, "member", valid_to=MARCH)
    make.participation(two, "observer", valid_from=MARCH + DAY)
    return one, two, none


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["b-none", "b-one", "b-two"]),
        ("participation=member", ["b-one"]),
        ("participation=observer", ["b-two"]),
        ("participation=partner", []),
        ("participation=not-recorded", ["b-none"]),
        ("participation=member&date=2024-03-01", ["b-one", "b-two"]),
        ("participation=not-recorded&date=2024-02-29", ["b-none", "b-one"]),
        ("chambers=1", ["b-one"]),
        ("chambers=2", ["b-two"]),
        ("chambers=2&date=2024-03-01", ["b-one", "b-two"]),
        ("chambers=1&participation=observer", []),
        ("participation=&chambers=&date=", ["b-none", "b-one", "b-two"]),
    ],
)
def test_the_list_is_narrowed_as_of_the_day(client, parliaments, query, slugs):
    assert shown(client, query) == slugs


def test_a_narrowed_list_sums_what_it_shows(client, parliaments):
    page = main(client.get("/delegations/"))
    # The seats of the observer are not added to those of the member.
    assert "7 seats in the delegation of 1 member" in page
    assert "observer: 1 delegation, 11 seats" in page.lower()
    assert "18 seats" not in page
    page = main(client.get("/delegations/?chambers=2"))
    assert "11 seats in the 1 delegation shown" in page
    assert "1 delegation on record" not in page


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("participation", "partners"),
        ("participation", "%00"),
        ("chambers", "3"),
        ("chambers", "x" * 5000),
        ("date", "yesterday"),
    ],
)
def test_a_misread_question_comes_back_with_a_message(client, parliaments, name, value):
    response = client.get(f"/delegations/?{name}={value}")
    assert response.status_code == 200
    [field] = [each for each in parsed(response).iter() if each.get("name") == name]
    assert field.get("aria-invalid") == "true"
    assert by_id(response, field.get("aria-describedby").split()[-1])


def test_the_link_to_a_delegation_keeps_the_day(client, parliaments):
    response = client.get("/delegations/?date=2024-03-01")
    assert "/delegations/b-one/?date=2024-03-01" in links(response)
