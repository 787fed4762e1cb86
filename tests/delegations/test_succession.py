"""Chambers give way to others, in each number."""

import datetime as dt

import pytest

from delegations.composition import compositions
from delegations.models import Chamber, ChamberName, Delegation, ParliamentName
from delegations.replace_chambers import ChamberReplacement
from tests import make

pytestmark = pytest.mark.django_db

END = dt.date(2026, 6, 30)
DAY = dt.timedelta(days=1)


@pytest.fixture
def parliament():
    return make.parliament("invented")


def replace(parliament, ending, new=(), first_day=END + DAY, **options):
    """Make the plan; each new chamber is its name and its seats."""
    source = options.pop("source", None) or make.source()
    rows = [
        (Chamber(parliament=parliament, name_en=name, valid_from=first_day, source=source), seats)
        for name, seats in new
    ]
    plan = ChamberReplacement(
        source, parliament=parliament, ending=list(ending), last_day=END, new=rows, **options
    )
    plan.decide({})
    return plan


def seats(parliament, day):
    [found] = compositions(Delegation.objects.filter(pk=parliament.pk), day)
    return {str(part.chamber.title_on(day)): part.seats for part in found.chambers}


@pytest.mark.parametrize("interval", [0, 62])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"Lower": 8, "Upper": 8}, [("Great", 12)]),
        ({"Great": 12}, [("Lower", 6), ("Upper", None)]),
        ({"Great": 12}, [("Small", 5)]),
        ({"Lower": 8, "Upper": 8}, []),
    ],
)
def test_chambers_follow_one_another(parliament, old, new, interval):
    for name, number in old.items():
        make.allocation(make.chamber(parliament, name_en=name), number)
    first_day = END + DAY + interval * DAY
    plan = replace(parliament, parliament.chambers.all(), new, first_day)
    assert plan.obstacles == []
    plan.apply()
    assert seats(parliament, END) == old
    assert seats(parliament, first_day) == dict(new)
    if interval:
        assert seats(parliament, END + DAY) == {}
        assert seats(parliament, first_day - DAY) == {}
    assert {row.history.count() for row in parliament.chambers.filter(valid_to=None)} <= {1}


def test_one_of_two_gives_way(parliament):
    lower, upper = (make.chamber(parliament, name_en=name) for name in ("Lower", "Upper"))
    replace(parliament, [upper], [("Council", 4)]).apply()
    assert seats(parliament, END + DAY) == {"Lower": None, "Council": 4}
    lower.refresh_from_db()
    assert lower.history.count() == 1


def test_three_chambers_are_too_many_and_one_of_two_has_a_name(parliament):
    lower, upper = (make.chamber(parliament, name_en=name) for name in ("Lower", "Upper"))
    plan = replace(parliament, [upper], [("One", None), ("Two", None)])
    assert [obstacle.row for obstacle in plan.obstacles] == [lower]
    plan = replace(parliament, [upper], [("", None)])
    assert [obstacle.row for obstacle in plan.obstacles] == [lower]


def test_an_end_known_as_the_latest_possible_one_is_made_exact(parliament):
    chamber = make.chamber(parliament, valid_to=END + DAY, valid_to_is_latest=True)
    plan = replace(parliament, [chamber])
    plan.apply()
    chamber.refresh_from_db()
    assert (chamber.valid_to, chamber.valid_to_is_latest) == (END, False)
    assert not chamber.history.first().is_correction


@pytest.mark.parametrize(
    "period",
    [
        {"valid_from": END + DAY},
        {"valid_to": END - DAY},
        {"valid_to": END + DAY},
        {"valid_to": END - DAY, "valid_to_is_latest": True},
    ],
)
def test_what_is_on_record_is_not_contradicted(parliament, period):
    chamber = make.chamber(parliament, **period)
    assert [each.row for each in replace(parliament, [chamber]).obstacles] == [chamber]


def test_a_name_of_the_parliament_ends_where_the_new_one_starts(parliament):
    old = make.name(parliament, "Old", valid_from=END - DAY)
    source = make.source()
    new = ParliamentName(
        parliament=parliament, name_en="New", valid_from=END + 9 * DAY, source=source
    )
    plan = replace(parliament, [make.chamber(parliament)], name=new, source=source)
    plan.apply()
    old.refresh_from_db()
    assert old.valid_to == END + 8 * DAY
    for day, name in ((END, "Old"), (END + 8 * DAY, "Old"), (END + 9 * DAY, "New")):
        assert str(parliament.name_on(day)) == name


def test_a_later_name_is_in_the_way(parliament):
    later = make.name(parliament, valid_from=END + 20 * DAY)
    new = ParliamentName(parliament=parliament, name_en="New", valid_from=END + DAY)
    plan = replace(parliament, [], name=new)
    assert [each.row for each in plan.obstacles] == [later]


def test_a_chamber_keeps_its_last_name(parliament):
    chamber = make.chamber(parliament)
    make.name(chamber, "Last name", valid_from=END - DAY)
    replace(parliament, [chamber]).apply()
    assert ChamberName.objects.get().valid_to is None
    assert str(chamber.name_on(END + 99 * DAY)) == "Last name"


def test_what_ends_is_shown_with_the_decision_once(parliament):
    chamber = make.chamber(parliament)
    decision = make.source()
    for _each in range(2):
        make.further_source(chamber=chamber, source=decision)
    replace(parliament, [chamber], source=decision).apply()
    assert chamber.further_sources.count() == 2
