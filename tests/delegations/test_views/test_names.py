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
    make.allocation(new, 9, valid_from=SEPTEMBER)
    make.name(parliament, "Kurultai of Kazakhstan", valid_from=SEPTEMBER)
    return old, new


def test_a_gap_is_not_recorded_and_never_zero(client):
    kazakhstan()
    for day in (JUNE + DAY, SEPTEMBER - DAY):
        page = main(client.get(f"/delegations/kazakhstan/?date={day}"))
        of_day = page[page.index("Seats") :].partition("On other days")[0]
        assert of_day.startswith("Seats: not recorded for this day")
        assert "Mazhilis" not in of_day
        assert "Kurultai" not in of_day
        for address in ("/", "/delegations/"):
            shown = main(client.get(f"{address}?date={day}"))
            assert "Parliament of Kazakhstan" in shown
            assert "Mazhilis" not in shown
            assert "not recorded" in shown
            assert "0 seats" not in shown
    assert "16 seats: Mazhilis 8, Senate 8" in main(
        client.get(f"/delegations/kazakhstan/?date={JUNE}")
    )
    after = main(client.get(f"/delegations/kazakhstan/?date={SEPTEMBER}"))
    assert "9 seats" in after.partition("On other days")[0]


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


@pytest.fixture
def ruritania():
    """A parliament and its chamber, renamed twice and replaced; who had a seat until the first time."""
    parliament = make.parliament("ruritania", name_en="Great Council")
    make.name(parliament, "Assembly", valid_to=dt.date(2010, 6, 30))
    diet = (dt.date(2010, 7, 1), dt.date(2017, 12, 31))
    make.name(parliament, "Diet", valid_from=diet[0], valid_to=diet[1])
    old = make.chamber(parliament, name_en="Moot", valid_to=dt.date(2017, 12, 31))
    make.name(old, "First Moot", valid_to=dt.date(2010, 6, 30))
    make.name(old, "Last Moot", valid_from=diet[0], valid_to=diet[1])
    new = make.chamber(parliament, name_en="Senate", valid_from=dt.date(2018, 1, 1))
    make.name(new, "New House", valid_from=dt.date(2018, 1, 1), valid_to=dt.date(2023, 12, 31))
    ann, ben = make.person("ann-a"), make.person("ben-b")
    first = make.membership(ann, old, valid_from=dt.date(2005, 1, 1), valid_to=dt.date(2009, 1, 1))
    # Nobody closed it: it ended with its chamber.
    last = make.membership(ben, old, valid_from=dt.date(2011, 1, 1))
    return parliament, old, new, first, last


def test_a_past_fact_stands_under_the_name_of_its_time(client, ruritania):
    _parliament, _old, _new, first, last = ruritania
    ann, ben = (
        "Member of the delegation: Assembly (now Great Council), First Moot (on 31 December 2017: Last Moot)",
        "Member of the delegation: Diet (now Great Council), Last Moot",
    )
    assert ann in by_id(client.get("/people/ann-a/"), first.code)
    assert ben in by_id(client.get("/people/ben-b/"), last.code)
    for address in ("/people/", "/search/?q=ann", "/search/?q=ben"):
        page = main(client.get(address))
        assert (ann in page) is (address != "/search/?q=ben"), address
        assert (ben in page) is (address != "/search/?q=ann"), address
    of_day = main(client.get("/people/ben-b/?date=2012-01-01"))
    assert "Member of the delegation: Diet, Last Moot 1 January 2011 to" in of_day
    # A day before it has begun: its first day.
    ahead = by_id(client.get("/people/ben-b/?date=2006-01-01"), last.code)
    assert "Diet (on 1 January 2006: Assembly), Last Moot (on" in ahead
    assert "Last Moot" in main(client.get("/search/?q=moot"))


def test_data_have_the_name_of_the_time(client, ruritania):
    parliament, old, _new, first, last = ruritania

    def names(address):
        found = client.get(address).json()
        return found["parliament"]["name"]["en"], found["chamber"]["name"]["en"]

    assert names(f"/api/memberships/{first.code}/") == ("Assembly", "First Moot")
    assert names(f"/api/memberships/{last.code}/") == ("Diet", "Last Moot")
    table = client.get("/api/memberships.csv").getvalue().decode()
    assert "Assembly" in table
    assert "Great Council" not in table
    assert client.get(f"/api/chambers/{old.code}/").json()["name"]["en"] == "Last Moot"
    popolo = client.get("/api/popolo.json").json()
    labels = {row["id"]: row["label"] for row in popolo["memberships"]}
    assert labels[f"membership/{first.code}"] == "Member of the delegation: Assembly, First Moot"
    assert labels[f"membership/{last.code}"] == "Member of the delegation: Diet, Last Moot"
    names = {row["id"]: row["name"] for row in popolo["organizations"]}
    assert names[f"chamber/{old.code}"] == "Last Moot"
    assert names[f"parliament/{parliament.code}"] == "Great Council"


def test_chambers_follow_one_another_under_the_names_of_that_day(client, ruritania):
    _parliament, old, new, *_memberships = ruritania
    response = client.get("/parliaments/ruritania/")
    assert "Followed on 1 January 2018 by: New House (now Senate)" in by_id(response, old.code)
    assert by_id(response, old.code).startswith("Last Moot")
    assert "It follows: Last Moot, until 31 December 2017" in by_id(response, new.code)


def test_an_article_and_the_log_have_the_names_of_their_days(client, ruritania):
    parliament, *_rest = ruritania
    day = dt.datetime(2008, 5, 1, 12, tzinfo=dt.UTC)
    make.article("one", delegations=[parliament.pk], published_at=day)
    aside = client.get("/news/one/").text
    assert "Assembly</a> (now Great Council)" in aside
    assert client.get("/api/articles/one/").json()["delegations"][0]["name"]["en"] == "Assembly"
    log = main(client.get("/delegations/ruritania/changes/"))
    assert "Ann A, First Moot" in log
    assert "Ben B, Moot" not in log
