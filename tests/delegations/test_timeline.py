"""The days on which something changed, and the pages that draw and list them."""

import datetime as dt
import gzip

import pytest

from cstopa.models.partial_dates import PartialDate
from cstopa.models.periods import LATEST
from delegations.models import Delegation, SeatAllocation
from delegations.timeline import NEAREST, WIDTH, Timeline, days_of_change
from tests import make
from tests.reading import main, parsed, words

pytestmark = pytest.mark.django_db

MARCH = dt.date(2024, 3, 1)
DAY = dt.timedelta(days=1)


def day(number):
    return MARCH + number * DAY


def test_a_fact_changes_something_when_it_starts_and_the_day_after_its_end():
    make.participation(valid_from=MARCH, valid_to=day(9))
    make.office(function="chairman", valid_to=day(4))
    make.office()
    assert days_of_change() == [MARCH, day(5), day(10)]


def test_no_day_is_after_the_last_one():
    make.participation(valid_from=LATEST, valid_to=LATEST)
    assert days_of_change() == [LATEST]


def test_a_fact_of_a_chamber_counts_while_the_chamber_is_there():
    chamber = make.chamber(valid_from=day(10), valid_to=day(20))
    make.allocation(chamber, valid_from=day(5), valid_to=day(14))
    make.membership(chamber_=chamber, valid_from=day(17), valid_to=day(30))
    make.roster(chamber, valid_from=day(25))
    make.name(chamber, valid_from=day(19), valid_to=day(20))
    assert days_of_change() == [day(number) for number in (10, 15, 17, 19, 21)]


def test_every_kind_of_fact_counts_for_its_own_delegation():
    parliament, person = make.parliament(), make.person()
    chamber = make.chamber(parliament, valid_from=day(0))
    make.allocation(chamber, valid_from=day(1))
    make.roster(chamber, valid_from=day(2))
    make.membership(person, chamber, valid_from=day(3))
    make.name(chamber, valid_from=day(4))
    make.name(parliament, valid_from=day(5))
    make.participation(parliament, valid_from=day(6))
    make.role(person, parliament=parliament, valid_from=day(7))
    make.office(function="representative", parliament=parliament, valid_from=day(8))
    make.office(person, "chairman", valid_from=day(9))
    make.office(function="executive_secretary", valid_from=day(10))
    other = make.parliament()
    make.participation(other, valid_from=day(11))
    every = [day(number) for number in range(12)]
    assert days_of_change() == every
    assert days_of_change(Delegation.objects.get(pk=parliament.pk)) == every[:10]
    assert days_of_change(Delegation.objects.get(pk=other.pk)) == every[11:]


def test_the_drawing_goes_from_the_first_day_to_the_last_or_today():
    marks = Timeline([day(0), day(5)], day(5), day(10)).marks
    assert [(mark.x, mark.is_shown) for mark in marks] == [(0, False), (WIDTH // 2, True)]
    assert Timeline([day(0)], dt.date(1900, 1, 1), day(0)).shown.x == 0
    assert Timeline([day(0)], LATEST, day(9)).shown.x == WIDTH


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2024-03-01", "2024-03-20", []),
        ("2024-01-15", "2024-04-20", ["2024-02-01", "2024-03-01", "2024-04-01"]),
        ("2024-01-15", "2024-11-20", ["2024-04-01", "2024-07-01", "2024-10-01"]),
        ("2021-03-01", "2024-02-01", ["2022-01-01", "2023-01-01", "2024-01-01"]),
        ("1991-12-25", "2026-11-24", ["2000-01-01", "2010-01-01", "2020-01-01"]),
        ("1900-01-01", "2199-12-31", ["2000-01-01", "2100-01-01"]),
    ],
)
def test_the_drawing_is_labelled_within_a_year_and_over_centuries(first, last, said):
    first, last = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    timeline = Timeline([first], first, last)
    assert [tick.day.isoformat() for tick in timeline.ticks] == said
    assert all(0 < tick.x < WIDTH for tick in timeline.ticks)
    assert timeline.tick_format == ("Y" if (last - first).days > 731 or not said else "M Y")


def test_the_neighbours_of_a_day():
    timeline = Timeline([day(0), day(5), day(9)], day(5), day(10))
    assert (timeline.before.day, timeline.after.day) == (day(0), day(9))
    timeline = Timeline([day(0)], day(0), day(10))
    assert (timeline.before, timeline.after) == (None, None)


def steps(response):
    """Return what a page leads to: the drawing, and the list, as ``{address: words}`` each."""
    nav = parsed(response).find(".//nav[@class='timeline']")
    listed = {a.get("href"): words(a) for a in nav.find("details").iter("a")}
    svg = "{http://www.w3.org/2000/svg}"
    drawn = {a.get("href"): words(a.find(f"{svg}title")) for a in nav.iter(f"{svg}a")}
    marked = [a.get("href") for a in nav.iter() if a.get("aria-current") == "date"]
    return drawn, listed, marked


@pytest.mark.parametrize("address", ["/delegations/", "/delegations/belarus/"])
def test_a_page_draws_and_lists_the_same_days(client, address):
    parliament = make.parliament("belarus")
    make.participation(parliament, valid_from=MARCH, valid_to=dt.date(2025, 1, 9))
    drawn, listed, marked = steps(client.get(address))
    assert drawn == {"?date=2024-03-01": "1 March 2024", "?date=2025-01-10": "10 January 2025"}
    assert listed == {"?date=2025-01-10": "10 January", "?date=2024-03-01": "1 March"}
    assert marked == []
    for asked in drawn:
        _drawn, _listed, marked = steps(client.get(address + asked))
        assert marked == [asked, asked]


@pytest.mark.parametrize(
    ("language", "drawn", "listed", "steps_said"),
    [
        ("", ["2005", "March 2006"], ["2005", "March 2006", "1 April"], "Earlier: 2005"),
        ("/ru", ["2005", "март 2006"], ["2005", "март 2006", "1 апреля"], "Раньше: 2005 г."),
    ],
)
def test_a_month_or_a_year_is_no_day_and_one_date(client, language, drawn, listed, steps_said):
    """It leads to the day after it, when the change is certain."""
    house = make.chamber(make.parliament("belarus", name_ru="Собрание"))
    make.allocation(house, 5, valid_to="2005")
    make.allocation(house, 6, valid_from="2005", valid_to="2006-03")
    make.allocation(house, 7, valid_from="2006-03")
    make.participation(house.parliament, valid_from="2006-04-01")
    address = f"{language}/delegations/belarus/"
    response = client.get(address)
    nav = parsed(response).find(".//nav[@class='timeline']")
    assert [
        (a.get("href"), words(a))
        for year in nav.find("details").iter("ul")
        for a in year.iterfind("li/a")
    ] == [
        ("?date=2006-04-01", listed[1]),
        ("?date=2006-04-01", listed[2]),
        ("?date=2006-01-01", listed[0]),
    ]
    titles = [words(title) for title in nav.iter("{http://www.w3.org/2000/svg}title")]
    assert titles[:2] == drawn
    assert listed[0] in words(nav.find("p[@class='timeline__ends']"))
    page = client.get(f"{address}?date=2006-04-01")
    assert steps_said in words(parsed(page).find(".//p[@class='timeline__steps']"))
    for day, seats in (("2006-01-01", "6 seats"), ("2006-04-01", "7 seats")):
        assert seats in main(client.get(f"/delegations/belarus/?date={day}"))


def test_of_many_months_a_page_shows_the_nearest_and_one_of_each_year():
    months = [
        PartialDate(1990 + number // 12, number % 12 + 1, 1, "month") for number in range(300)
    ]
    timeline = Timeline(months, dt.date(2000, 7, 1), dt.date(2014, 12, 31))
    assert timeline.before.known == PartialDate(2000, 5, 1, "month")
    assert [mark.known for mark in timeline.marks if mark.is_shown] == [
        PartialDate(2000, 6, 1, "month")
    ]
    assert [year for year, _marks in timeline.years] == [*range(2014, 1989, -1)]


def test_a_day_of_the_list_keeps_what_narrows_it(client):
    make.participation(make.parliament("belarus"), valid_from=MARCH)
    address = "/delegations/?participation=member&chambers=&date=2024-05-01"
    drawn, listed, _marked = steps(client.get(address))
    assert list(drawn) == list(listed) == ["?participation=member&date=2024-03-01"]


def test_no_history_has_no_drawing(client):
    make.parliament("belarus")
    assert parsed(client.get("/delegations/belarus/")).find(".//nav[@class='timeline']") is None
    nav = parsed(client.get("/delegations/")).find(".//nav[@class='timeline']")
    assert "No fact on record has a first or a last day." in words(nav)
    assert nav.find(".//svg") is None


def test_of_many_days_a_page_shows_the_nearest_and_one_of_each_year():
    days = [MARCH + dt.timedelta(days=40 * number) for number in range(300)]
    for shown in (days[0], days[150], days[150] + DAY, days[-1]):
        timeline = Timeline(days, shown, days[-1])
        drawn = [mark.day for mark in timeline.marks]
        assert drawn == sorted(set(drawn))
        assert timeline.left_out == len(days) - len(drawn)
        assert {each.year for each in drawn} == {each.year for each in days}
        assert len(drawn) < NEAREST + 40
        place = sorted(days, key=lambda each: abs(each - shown))
        assert {*place[: NEAREST // 2]} <= {*drawn}
        beside = {timeline.before, timeline.after} - {None}
        assert {mark.day for mark in beside} <= {*drawn}
    assert len(Timeline(days[:NEAREST], days[0], days[-1]).marks) == NEAREST


def test_the_pages_of_a_long_history_stay_small(client):
    parliament = make.parliament("belarus")
    houses = [make.chamber(parliament, house=house) for house in ("lower", "upper")]
    source = make.source()
    rows = []
    for number in range(3000):
        period = {"valid_from": day(number), "valid_to": day(number)}
        rows += [
            SeatAllocation(
                code=f"a-{house.pk}-{number}", chamber=house, seats=7, source=source, **period
            )
            for house in houses
        ]
    SeatAllocation.objects.bulk_create(rows)
    for address in ("/delegations/", "/delegations/belarus/"):
        response = client.get(f"{address}?date=2026-05-21", headers={"accept-encoding": "gzip"})
        assert len(response.content) < 20_000, address
        assert "more, further from this day" in gzip.decompress(response.content).decode()
