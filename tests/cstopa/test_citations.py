"""Whatever is quoted has one line for it: what, of which day, where, and when it was read."""

import datetime as dt

import pytest
import time_machine

from tests import make
from tests.reading import main, parsed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

HOST = "http://testserver"


@pytest.fixture
def today():
    with time_machine.travel(dt.datetime(2024, 3, 2, 12, tzinfo=dt.UTC)):
        yield


def lines(client, address):
    page = parsed(client.get(address))
    found = page.findall(".//p[@class='citation__line']")
    return ["".join(each.itertext()) for each in found]


def test_each_thing_is_quoted_by_an_address_of_its_own(client):
    make.imprint(name_en="Secretariat")
    source = make.source(code="decision", title_en="Decision")
    make.parliament("belarus")
    make.article("one", source=source)
    made = "In: CSTO PA [online]. Secretariat [viewed 2 March 2024]. Available from:"
    for address, start in (
        ("/news/one/", "Headline of one."),
        ("/sources/decision/", "Source: Decision."),
        ("/open-data/", "Open data."),
    ):
        assert f"{start} {made} {HOST}{address}" in lines(client, address)
    # No day is asked of the data, so that they are of any.
    table = next(each for each in lines(client, "/open-data/") if "memberships.csv" in each)
    assert table.endswith(f"{made} {HOST}/api/memberships.csv")
    dated = lines(client, "/open-data/?date=2020-01-01")
    assert any(
        ". As of 1 January 2020. In:" in each
        and each.endswith(f"{HOST}/api/memberships.csv?date=2020-01-01")
        for each in dated
    )


def test_an_entry_of_the_log_is_quoted_by_its_place(client):
    make.membership(make.person("ann-a"), make.chamber(make.parliament("belarus")))
    page = parsed(client.get("/changes/"))
    [link, *_others] = [a for a in page.iter("a") if "#membership-" in a.get("href", "")]
    address = link.get("href").removeprefix(HOST)
    quoted = next(each for each in lines(client, address) if "#membership-" in each)
    assert quoted.startswith("Membership: Ann A, House, Parliament of Belarus. In: CSTO PA")
    assert quoted.endswith(f"Available from: {HOST}{address}")
    anchor = address.partition("#")[2]
    assert parsed(client.get(address)).find(f".//*[@id='{anchor}']") is not None


@pytest.mark.parametrize("address", ["/parliaments/belarus/", "/people/ann-a/"])
def test_what_nothing_dates_is_possible_at_the_quoted_address_from_the_next_day_on(
    client, time_machine, address
):
    undated = make.source(published_on=None)
    house = make.chamber(make.parliament("belarus"), name_en="House", source=undated)
    member = make.membership(make.person("ann-a"), house, source=undated)
    later = "on a later day that address shows them as possible ones"
    explained = "nothing on record says that they apply to 2 March 2024"
    page = main(client.get(address))
    assert later in page
    assert "Possibly on" not in page
    [line] = lines(client, address)
    quoted = line.rpartition(HOST)[2]
    assert quoted == f"{address}?date=2024-03-02"
    assert ". As of 2 March 2024, dates not given. In:" in line
    # The same day, it is the same.
    assert "Dates not given" in main(client.get(quoted))
    time_machine.move_to("2024-03-09T12:00Z")
    page = main(client.get(quoted))
    assert "Possibly on 2 March 2024" in page
    assert explained in page
    assert later not in page
    # What a check dates is the same for ever.
    for row in (house, member):
        row.checked_on = dt.date(2024, 3, 1)
        row.save()
    page = main(client.get(quoted))
    assert "Dates not given" in page
    assert later not in main(client.get(address))


def test_the_line_of_a_page_in_russian_follows_its_standard(client):
    make.parliament("belarus", name_ru="Национальное собрание")
    house = make.chamber(make.parliament("russia", name_ru="Федеральное Собрание"))
    make.allocation(house, valid_from=dt.date(2020, 1, 1))
    [line] = lines(client, "/ru/delegations/russia/")
    assert line.startswith("Делегация: Федеральное Собрание : по состоянию на 02.03.2024")
    assert " // ПА ОДКБ : сайт. – URL: http://testserver/ru/" in line
    assert line.endswith(" (дата обращения: 02.03.2024). – Текст : электронный.")
