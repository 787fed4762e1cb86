"""Days as people type them: what is read, what is refused, and where the answer stands."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from cstopa.models.days import read_day
from tests import make
from tests.reading import by_id, links, main, parsed, spaced, words

LAST = dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    "typed",
    [
        *("2025-12-31", "2025.12.31", "31.12.2025", "31. 12. 2025", "31/12/2025", "12/31/2025"),
        *("31-12-2025", " 31\N{NO-BREAK SPACE}декабря  2025 ", "31 декабря 2025 г.", "31 12 2025"),
        *("31 ДЕКАБРЯ 2025 года", "31-го декабря 2025", "31 дек. 2025", "31.12.2025г."),
        *("31 December 2025", "31st december, 2025", "December 31, 2025", "Dec. 31 2025"),
    ],
)
def test_a_day_is_read_as_people_type_it(typed):
    assert read_day(typed) == LAST


def test_each_month_is_known_by_its_names():
    english = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    russian = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
    for names in english, russian:
        found = [read_day(f"3 {name} 2024").month for name in names.split()]
        assert found == [*range(1, 13)]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        *((each, "Write a day") for each in ("x", "0", "\0", "2025", "31.12.25", "1.2.3.2025")),
        *((each, "Write a day") for each in ("31 Brumaire 2025", "9" * 5000, "31 декабря")),
        *((each, "no such day") for each in ("2025-02-29", "31/02/2025", "0.1.2025", "2025-13-01")),
        ("03/04/2025", "3 April 2025 or 4 March 2025"),
        ("03-04-2025", "3 April 2025 or 4 March 2025"),
    ],
)
def test_what_is_no_day_or_may_be_two_is_refused_with_the_reason(typed, why):
    with pytest.raises(ValidationError) as refused:
        read_day(typed)
    assert why in spaced(refused.value.messages[0])
    assert read_day("03.04.2025") == dt.date(2025, 4, 3)
    assert read_day("04/04/2025") == dt.date(2025, 4, 4)


PAGES = [
    *("/", "/delegations/", "/delegations/belarus/", "/parliaments/", "/parliaments/belarus/"),
    *(
        "/people/",
        "/people/viktor-kogut/",
        "/open-data/",
        "/delegations/belarus/changes/on-record/",
    ),
]


@pytest.fixture
def rows(db):
    make.chamber(make.parliament("belarus"))
    make.person("viktor-kogut")
    make.article("one", published_at=dt.datetime(2025, 12, 31, 12, tzinfo=dt.UTC))


@pytest.mark.parametrize("prefix", ["", "/ru"])
def test_a_day_leads_to_the_one_address_of_its_answer(client, rows, prefix):
    for page in PAGES:
        response = client.get(f"{prefix}{page}", {"date": "31 декабря 2025"})
        assert (response.status_code, response.url) == (302, f"{prefix}{page}?date=2025-12-31")
        # In the reader's words, which are read as well; at home the form comes with a mistake.
        fields = dates(client.get(response.url))
        assert fields or page == "/"
        for field in fields:
            assert read_day(field.get("value")) == LAST
    for page in (f"{prefix}/news/", f"{prefix}/changes/"):
        asked = {"from": "31/12/2025", "to": "December 31, 2025", "page": ""}
        response = client.get(page, asked)
        assert response.url == f"{page}?from=2025-12-31&to=2025-12-31&page="
        assert client.get(response.url).status_code == 200


def dates(response):
    names = {"date", "from", "to", "recorded"}
    fields = parsed(response).iter("input")
    return [each for each in fields if each.get("name") in names and each.get("value")]


@pytest.mark.parametrize("page", [*PAGES, "/ru/delegations/belarus/"])
def test_what_was_typed_stays_and_is_explained_above_todays_facts(client, rows, page):
    response = client.get(page, {"date": "03/04\N{NO-BREAK SPACE}/2025\0"})
    assert response.status_code == 200
    [field] = dates(response)
    assert field.get("value") == "03/04 /2025"
    assert field.get("aria-invalid") == "true"
    described = field.get("aria-describedby").split()
    assert all(by_id(response, each) for each in described)
    tree = parsed(response)
    title = words(tree.find(".//title"))
    assert title.startswith("Ошибка: " if page.startswith("/ru/") else "Error: ")
    [summary] = [each for each in tree.iter() if each.get("role") == "alert"]
    assert summary.find(".//a").get("href") == f"#{field.get('id')}"
    assert f"{by_id(response, described[-1])}" in words(summary)
    assert tree.find(".//meta[@name='robots']").get("content") == "noindex"


def test_a_page_without_a_mistake_says_nothing_of_one(client, rows):
    response = client.get("/delegations/?date=2025-12-31")
    assert "Error" not in words(parsed(response).find(".//title"))
    assert "There is a problem" not in main(response)


@pytest.mark.parametrize("blank", ["", "+", "%0A", "%1E", "%C2%A0"])
def test_what_is_blank_is_no_day(client, rows, blank):
    for page in PAGES:
        response = client.get(f"{page}?date={blank}", follow=True)
        assert response.status_code == 200
        assert 'role="alert"' not in response.text


def test_a_list_narrowed_wrongly_is_not_narrowed(client, rows):
    response = client.get("/delegations/?participation=x&date=y")
    assert "As of today" in main(response)
    assert "/delegations/belarus/" in links(response)


@pytest.mark.parametrize(
    "address",
    [
        *("/api/allocations/?date=", "/api/allocations.csv?date=", "/changes/changes.json?from="),
        *("/delegations/belarus/changes/on-record.json?date=",),
    ],
)
def test_data_takes_days_of_one_form(client, rows, address):
    response = client.get(f"{address}31.12.2025")
    assert response.status_code == 400
    assert "Write the day as year-month-day" in response.text
    assert client.get(f"{address}2025-12-31").status_code == 200
