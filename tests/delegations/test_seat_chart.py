"""The drawing of seats: where each lies, what it says of them, and that the table says the same."""

import datetime as dt
from dataclasses import replace
from itertools import combinations, pairwise
from math import hypot

import pytest

from delegations.composition import ChamberSeats
from delegations.models import Chamber, CompleteRoster, SeatAllocation
from delegations.seat_chart import SHAPES, SeatChart, SeatState
from tests import make
from tests.reading import main, parsed, spaced, words

# How far a seat of the largest shape goes from its middle, with its stroke.
REACH = 13
DELEGATIONS = [(1,), (2,), (3,), (1, 1), (1, 2), (7,), (7, 4), (10, 12), (5, 5, 5), (100, 100)]
DELEGATIONS += [(200,), (150, 20, 30), (1, 199)]


def part(seats, members=0, *, is_complete=False):
    return ChamberSeats(
        Chamber(),
        SeatAllocation(seats=seats) if seats else None,
        CompleteRoster() if is_complete else None,
        members,
    )


def places(chart):
    return [place for group in chart.groups for place in group.places]


@pytest.mark.parametrize("seats", DELEGATIONS)
def test_seats_stay_apart_and_inside_the_drawing(seats):
    chart = SeatChart([part(number) for number in seats])
    drawn = places(chart)
    assert len(drawn) == sum(seats)
    for (x, y), (other_x, other_y) in combinations(drawn, 2):
        assert hypot(x - other_x, y - other_y) > 2 * REACH
    left, top, width, height = chart.box
    for x, y in drawn:
        assert left <= x - REACH <= x + REACH <= left + width
        assert top <= y - REACH <= y + REACH <= top + height
    # The number stands in the middle, on the line of the lowest seats, and touches none of them.
    wide, high = chart.text_size * 0.65 * len(str(sum(seats))), chart.text_size
    clear = [(x, y) for x, y in drawn if abs(x) < wide / 2 + REACH / 2 and y > 12 - high * 0.8]
    assert clear == []


@pytest.mark.parametrize("seats", [each for each in DELEGATIONS if len(each) > 1])
def test_the_seats_of_a_chamber_lie_together(seats):
    chart = SeatChart([part(number) for number in seats])
    wedges = [[-x / hypot(x, y) for x, y in group.places] for group in chart.groups]
    assert [len(wedge) for wedge in wedges] == list(seats)
    # From left to right, with room between the last seat of one and the first of the next.
    for wedge, later in pairwise(wedges):
        assert min(wedge) > max(later)


@pytest.mark.parametrize(
    ("known", "states"),
    [
        (part(7, 0), {"unrecorded": 7}),
        (part(7, 6), {"filled": 6, "unrecorded": 1}),
        (part(7, 6, is_complete=True), {"filled": 6, "vacant": 1}),
        (part(7, 0, is_complete=True), {"vacant": 7}),
        (part(7, 7), {"filled": 7}),
        (part(7, 8), {"filled": 7}),
        (part(None, 2), {}),
    ],
)
def test_each_seat_is_filled_vacant_or_not_recorded(known, states):
    chart = SeatChart([known, part(4)])
    groups = [group for group in chart.groups if group.part is known]
    assert {group.state: len(group.places) for group in groups} == states


def test_each_state_of_each_shape_is_drawn_in_its_own_way():
    filled, vacant, unrecorded = (part(1, 1), part(1, 0, is_complete=True), part(1))
    possible = replace(part(1), possible_members=1)
    marks = {
        (group.shape, group.state): group.mark
        for chamber in (filled, vacant, unrecorded, possible)
        for group in SeatChart([chamber] * len(SHAPES)).groups
    }
    assert len(marks) == len(SHAPES) * len(SeatState)
    # Two states have one outline, large or small: what is within differs.
    assert len(set(marks.values())) == len(SHAPES) * 2


def test_wedges_are_numbered_where_shapes_repeat():
    assert SeatChart([part(7)] * 3).numbers == []
    for chambers in ([part(7)] * 4, [part(1)] * 30, [part(1), part(200), part(3), part(1)]):
        chart = SeatChart(chambers)
        assert [group.number for group in chart.groups] == list(range(1, len(chambers) + 1))
        left, top, width, height = chart.box
        size = chart.number_size
        for number, x, y in chart.numbers:
            assert left <= x - size <= x + size <= left + width
            assert top <= y - size / 2 <= y + size / 2 <= top + height
            apart = min(hypot(x - seat_x, y - seat_y) for seat_x, seat_y in places(chart))
            assert apart > REACH + size / 2, number
        for (_one, x, y), (_other, later_x, later_y) in pairwise(chart.numbers):
            assert hypot(x - later_x, y - later_y) > size * 0.9


def test_the_states_differ_without_any_stylesheet(client, houses):
    lower, upper = houses
    make.allocation(lower, 7)
    make.allocation(upper, 4)
    make.roster(lower)
    sit(lower, 6)
    figure, _table = chart_of(client.get("/delegations/belarus/"))
    paths = [each for each in figure.iter() if each.tag.endswith("path")]
    fills = [path.get("fill") for path in paths]
    # In the drawing, and once more in the legend.
    assert fills == ["currentColor", "none", "currentColor"] * 2
    assert {path.get("stroke") for path in paths} == {"currentColor"}


def chart_of(response):
    body = parsed(response)
    return body.find(".//figure[@class='seat-chart']"), body.find(
        ".//table[@class='seat-table__table']"
    )


def cells(table):
    return [[words(cell) for cell in row if cell.tag in {"th", "td"}] for row in table.iter("tr")]


def sit(chamber, number):
    for _ in range(number):
        make.membership(chamber_=chamber)


@pytest.fixture
def belarus(db):
    return make.parliament("belarus", name_en="National Assembly")


@pytest.fixture
def houses(belarus):
    return [
        make.chamber(belarus, name_en=house.title(), house=house) for house in ("lower", "upper")
    ]


def test_the_table_says_what_the_drawing_says(client, houses):
    lower, upper = houses
    make.allocation(lower, 7)
    make.allocation(upper, 4)
    make.roster(lower)
    sit(lower, 6)
    sit(upper, 1)
    figure, table = chart_of(client.get("/delegations/belarus/"))
    assert cells(table) == [
        ["Chamber", "Seats", "Filled", "Vacant", "Not recorded"],
        ["Lower", "7", "6", "1", "0"],
        ["Upper", "4", "1", "not recorded", "3"],
        ["Total", "11", "7", "at least 1", "3"],
    ]
    legend = [words(each) for each in figure.iter("li")]
    assert legend == [
        "Lower: filled",
        "Lower: vacant",
        "Upper: filled",
        "Upper: names not published here",
    ]
    [svg] = [each for each in figure.iter() if each.get("role") == "img"]
    said = "7 of 11 seats filled, at least 1 vacant, 3 not recorded"
    assert spaced(svg.get("aria-label")) == f"Drawing of 11 seats: {said}"


def test_what_is_not_recorded_is_no_number(client, houses):
    make.allocation(houses[0], 7)
    figure, table = chart_of(client.get("/delegations/belarus/"))
    # Without a member on record there is no column for them.
    assert cells(table) == [
        ["Chamber", "Seats"],
        ["Lower", "7"],
        ["Upper", "not recorded"],
        ["Total of what is recorded", "7"],
    ]
    assert "Not drawn: the seats of Upper, whose number is not recorded." in words(figure)


def test_members_above_the_seats_are_no_seats(client, belarus):
    house = make.chamber(belarus, name_en="")
    make.allocation(house, 7)
    sit(house, 8)
    figure, table = chart_of(client.get("/delegations/belarus/"))
    assert cells(table) == [
        ["Seats", "Filled", "Vacant", "Above the number of seats"],
        ["7", "7", "0", "1"],
    ]
    assert "Not drawn: 1 member on record for whom there is no seat." in words(figure)
    assert "hamber" not in words(figure)


def test_a_surplus_of_one_chamber_takes_no_seat_of_another(client, houses):
    for chamber, seats, members in zip(houses, (3, 4), (5, 2), strict=True):
        make.allocation(chamber, seats)
        make.roster(chamber)
        sit(chamber, members)
    figure, table = chart_of(client.get("/delegations/belarus/"))
    assert cells(table)[-1] == ["Total", "7", "5", "2", "2"]
    said = "5 of 7 seats filled, 2 vacant, 2 members without a seat"
    assert spaced(figure.find("*").get("aria-label")) == f"Drawing of 7 seats: {said}"


def test_chambers_without_names_are_told_apart_by_their_houses(client, belarus):
    for house in ("lower", "upper"):
        make.allocation(make.chamber(belarus, name_en="", house=house), 3)
    figure, table = chart_of(client.get("/delegations/belarus/"))
    assert [row[0] for row in cells(table)[1:3]] == [
        "National Assembly, lower house",
        "National Assembly, upper house",
    ]
    assert [words(each) for each in figure.iter("li")] == [
        "National Assembly, lower house: names not published here",
        "National Assembly, upper house: names not published here",
    ]
    # In the language of the name that is said, whatever the page speaks.
    page = client.get("/ru/delegations/belarus/")
    assert '<span lang="en">National Assembly, lower house</span>' in page.text
    listed = client.get("/parliaments/belarus/").text
    assert "<h3>National Assembly, lower house</h3>" in listed


def test_vacancies_that_cannot_be_told_are_not_none(client, houses):
    for chamber, seats, members in zip(houses, (7, 4), (7, 0), strict=True):
        make.allocation(chamber, seats)
        sit(chamber, members)
    make.roster(houses[0])
    _figure, table = chart_of(client.get("/delegations/belarus/"))
    assert cells(table)[-1] == ["Total", "11", "7", "not recorded", "4"]


def test_without_seats_on_record_nothing_is_drawn(client, belarus):
    sit(make.chamber(belarus), 2)
    response = client.get("/delegations/belarus/")
    assert chart_of(response) == (None, None)
    assert "2 members, number of seats not recorded" in main(response)


def test_the_drawing_is_of_the_day(client, houses):
    make.allocation(houses[0], 7, valid_to=dt.date(2024, 2, 29))
    make.allocation(houses[0], 8, valid_from=dt.date(2024, 3, 1))
    for day, seats in (("2024-02-29", "7"), ("2024-03-01", "8")):
        figure, table = chart_of(client.get(f"/delegations/belarus/?date={day}"))
        assert cells(table)[1][1] == seats
        assert f"Drawing of {seats} seats" in spaced(figure.find("*").get("aria-label"))


@pytest.mark.django_db
@pytest.mark.parametrize(("seats", "bytes_at_most"), [((10, 12), 10_000), ((100, 100), 30_000)])
def test_the_markup_is_small(client, seats, bytes_at_most):
    parliament = make.parliament("russia")
    for house, number in zip(("lower", "upper"), seats, strict=True):
        chamber = make.chamber(parliament, house=house, name_en="Совет Федерации")
        make.allocation(chamber, number)
        sit(chamber, number // 3)
    page = client.get("/ru/delegations/russia/").text
    _before, _figure, rest = page.partition("<figure")
    markup, end, _after = rest.partition("</table>")
    assert end
    assert len(markup.encode()) < bytes_at_most
    assert " style=" not in page


def rows_of(client, address):
    """Return the rows of the table beside the drawing of the whole Assembly, and its drawing."""
    figure = parsed(client.get(address)).find(".//figure[@class='assembly-chart']")
    if figure is None:
        return None, None
    table = [
        tuple(words(cell) for cell in row if cell.tag in {"th", "td"})
        for row in figure.find(".//table").iter("tr")
    ]
    [drawing] = [each for each in figure.iter() if each.get("role") == "img"]
    return table, drawing


@pytest.mark.django_db
def test_home_draws_all_seats_of_those_that_lead_by_state(client):
    for name, seats, status in (("aa", 7, "member"), ("bb", 12, "member"), ("cc", 5, "observer")):
        parliament = make.parliament(name)
        make.allocation(make.chamber(parliament), seats)
        make.participation(parliament, status)
    make.participation(make.parliament("dd"), "member")
    table, drawing = rows_of(client, "/")
    assert table == [
        ("Delegation", "Seats"),
        ("Aa", "7"),
        ("Bb", "12"),
        ("Dd", "not recorded"),
        ("Total", "19"),
    ]
    assert spaced(drawing.get("aria-label")).startswith("Drawing of 19 seats:")
    # A seat is drawn for each, and each wedge has a shape of its own.
    paths = [each for each in drawing.iter() if each.tag.endswith("path")]
    assert sum(each.get("d").count("M") for each in paths) == 19
    assert len({each.get("class") for each in paths}) == 2


@pytest.mark.django_db
def test_delegations_are_numbered_where_shapes_repeat(client):
    for number in range(1, 6):
        make.allocation(make.chamber(make.parliament(f"s{number}")), number)
    table, drawing = rows_of(client, "/")
    assert [row[0] for row in table[1:-1]] == [f"{n}. S{n}" for n in range(1, 6)]
    texts = [words(each) for each in drawing.iter() if each.tag.endswith("text")]
    assert texts == ["1", "2", "3", "4", "5", "15"]


@pytest.mark.django_db
def test_where_no_seats_are_recorded_nothing_is_drawn(client):
    make.parliament("aa")
    assert rows_of(client, "/") == (None, None)
    # What only may hold is no seat.
    undated = make.source(published_on=None)
    make.allocation(make.chamber(make.parliament("bb"), source=undated), 7, source=undated)
    assert rows_of(client, "/?date=1950-01-01") == (None, None)
    assert rows_of(client, "/")[0][-1] == ("Total", "7")
