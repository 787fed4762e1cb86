"""Rows of a new composition that seat nobody: left out, or of an alternate."""

import pytest

from delegations.models import CompleteRoster
from tests import make
from tests.delegations.test_admin.conftest import groups, table
from tests.delegations.test_admin.test_new_composition import DAY, FIRST, START
from tests.reading import spaced

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixtures")]


@pytest.mark.parametrize("written", ["Ann Example,,", "Example Ann,,"])
def test_a_row_left_out_spares_whom_it_resembles(desk, delegation, written):
    chamber = delegation.chambers.get()
    sits = make.membership(make.person("ann-example"), chamber)
    ends = make.membership(make.person("bob-former"), chamber)
    action = desk("new_composition", delegation)
    preview = action.preview(file=table("Carl Novel,,", written), **START)
    action.decide(preview, **{"row-3": "skip"})
    for row in (sits, ends):
        row.refresh_from_db()
    assert (sits.valid_to, ends.valid_to) == (None, FIRST - DAY)


def test_a_row_left_out_makes_the_roster_of_its_chamber_incomplete(desk, belarus):
    seats = f"seats-{belarus.chambers.get(house='lower').pk}"
    lines = table(
        "Ann Example,belarus-house,", "Bob Novel,belarus-house,", "Carl Other,belarus-council,"
    )
    action = desk("new_composition", belarus)
    preview = action.preview(file=lines, is_complete="on", **START, **{seats: 1})
    assert "the table has 2 names" in spaced(preview.content.decode())
    assert "no complete roster" in dict(preview.context["plan"].questions["row-2"].choices)["skip"]
    done = action.decide(preview, **{"row-3": "skip"})
    assert CompleteRoster.objects.get().chamber.house == "upper"
    told = action.client.get(done.url).content.decode()
    assert "a row is left out, so no complete roster is stated" in told
    assert "the table has" not in told


def test_an_alternate_gives_up_the_seat_of_the_chamber_that_is_named(desk, belarus):
    lower, upper = (belarus.chambers.get(house=house) for house in ("lower", "upper"))
    ends = make.membership(make.person("ann-example"), lower)
    roster = make.roster(lower)
    others = [
        make.membership(make.person("bob-other"), lower),
        make.membership(make.person("carl-upper"), upper),
        make.membership(make.person("dan-spare"), lower),
    ]
    action = desk("new_composition", belarus)
    lines = table(
        "Ann Example,belarus-house,alternate",
        "Carl Upper,belarus-house,alternate",
        "Dan Spare,,alternate",
    )
    preview = action.preview(file=lines, is_complete="on", **START)
    ended = [row for row in groups(preview)["Ends"] if row.startswith("Membership")]
    assert [row.partition(": ")[2].partition(":")[0] for row in ended] == ["Ann Example"]
    assert "No row gives a seat, so no complete roster is stated." in preview.content.decode()
    questions = preview.context["plan"].questions
    first, second = questions["row-2"], questions["row-3"]
    assert "the seat ends" in first.choices[0][1]
    assert "the seat ends" not in second.choices[0][1]
    assert action.confirm(preview).status_code == 302
    for row in (ends, roster, *others):
        row.refresh_from_db()
    assert (ends.valid_to, roster.valid_to) == (FIRST - DAY, FIRST - DAY)
    assert {row.valid_to for row in others} == {None}
    assert CompleteRoster.objects.get() == roster
    assert ends.person.roles.get().kind == "alternate"
