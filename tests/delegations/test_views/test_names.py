"""Names are those of the day, and a gap between two chambers is a gap."""

import datetime as dt

import pytest

from tests import make
from tests.reading import by_id, main

pytestmark = pytest.mark.django_db

JUNE = dt.date(2026, 6, 30)
SEPTEMBER = dt.date(2026, 9, 1)
DAY = dt.timedelta(days=1)


def test_a_page_uses_the_names_of_its_day(client, belarus, houses):
    make.name(belarus, "Supreme Council", name_ru="Верховный Совет", valid_to=JUNE)
    make.name(houses[0], "First House", valid_to=JUNE)
    make.allocation(houses[0])
    make.office(make.person("ann-a"), "representative", parliament=belarus)
    for address in ("/", "/delegations/", "/delegations/belarus/", "/parliaments/", "/people/"):
        before = main(client.get(f"{address}?date=2026-06-30"))
        after = main(client.get(f"{address}?date=2026-07-01"))
        assert "Supreme Council" in before, address
        assert "National Assembly" not in before, address
        assert "National Assembly" in after, address
        assert "Supreme Council" not in after, address
        if address != "/people/":
            assert "First House" in before, address
            assert "First House" not in after, address
    assert "Верховный Совет" in main(client.get("/ru/delegations/belarus/?date=2026-06-30"))
    title = "<title>Delegation: Supreme Council"
    assert title in client.get("/delegations/belarus/?date=2026-06-30").text


def test_the_parliament_lists_its_names_and_those_of_its_chambers(client, belarus, houses):
    source = make.source(title_en="Constitution")
    name = make.name(belarus, "Supreme Council", valid_to=JUNE, source=source)
    of_house = make.name(houses[0], "First House", valid_from=JUNE)
    response = client.get("/parliaments/belarus/?date=2026-07-01")
    assert "Supreme Council until 30 June 2026, start not known" in by_id(response, name.code)
    assert "First House since 30 June 2026" in by_id(response, of_house.code)
    page = main(response)
    assert "National Assembly on the days for which no other name is recorded" in page
    assert "House on the days for which no other name is recorded" in page
    assert "Constitution." in page
    assert "Council on the days" not in page


def kazakhstan():
    """Two chambers end, and one with a name of its own follows after an interval."""
    parliament = make.parliament("kazakhstan", name_en="Parliament of Kazakhstan")
    old = [
        make.chamber(parliament, name_en=name, house=house, valid_to=JUNE)
        for name, house in (("Mazhilis", "lower"), ("Senate", "upper"))
    ]
    for chamber in old:
        make.allocation(chamber, 8)
    new = make.chamber(parliament, name_en="Kurultai", valid_from=SEPTEMBER)
    make.allocation(new, 9)
    make.name(parliament, "Kurultai of Kazakhstan", valid_from=SEPTEMBER)
    return old, new


def test_a_gap_is_not_recorded_and_never_zero(client):
    kazakhstan()
    for day in (JUNE + DAY, SEPTEMBER - DAY):
        page = main(client.get(f"/delegations/kazakhstan/?date={day}"))
        of_day = page[page.index("Seats") :].partition("On other days")[0]
        assert of_day.startswith("Seats not recorded names not published here")
        assert "Mazhilis" not in of_day
        assert "Kurultai" not in of_day
        for address in ("/", "/delegations/"):
            shown = main(client.get(f"{address}?date={day}"))
            assert "Parliament of Kazakhstan" in shown
            assert "Mazhilis" not in shown
            assert "not recorded" in shown
            assert "0 seats" not in shown
    assert "16 seats in all" in main(client.get(f"/delegations/kazakhstan/?date={JUNE}"))
    after = main(client.get(f"/delegations/kazakhstan/?date={SEPTEMBER}"))
    assert "9 deputies" in after.partition("On other days")[0]


def test_old_chambers_say_by_what_they_were_followed(client):
    old, new = kazakhstan()
    response = client.get(f"/parliaments/kazakhstan/?date={SEPTEMBER}")
    for chamber in old:
        said = by_id(response, chamber.code)
        assert "Followed on 1 September 2026 by: Kurultai; after an interval" in said
    of_new = by_id(response, new.code)
    for name in ("Mazhilis", "Senate"):
        assert f"It follows: {name}, until 30 June 2026, start not known; after an" in of_new
    link = f'<a href="/parliaments/kazakhstan/?date=2026-09-01#{new.code}">Kurultai</a>'
    assert link in response.text
