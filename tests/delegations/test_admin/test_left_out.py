"""Lines of a new composition that seat nobody: left out, or of an alternate."""

import pytest

from delegations.models import CompleteRoster
from tests import make
from tests.delegations.test_admin.test_new_composition import DAY, FIRST, START

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("written", ["Ann Example", "Example Ann"])
def test_a_line_left_out_spares_whom_it_resembles(desk, delegation, written):
    chamber = delegation.chambers.get()
    sits = make.membership(make.person("ann-example"), chamber)
    ends = make.membership(make.person("bob-former"), chamber)
    action = desk("new_composition", delegation)
    preview = action.preview(list=f"Carl Novel\n{written}", **START)
    action.confirm(preview, **{"decide-line-2": "skip"})
    for row in (sits, ends):
        row.refresh_from_db()
    assert (sits.valid_to, ends.valid_to) == (None, FIRST - DAY)


def test_a_line_left_out_makes_the_roster_of_its_chamber_incomplete(desk, belarus):
    seats = f"seats-{belarus.chambers.get(house='lower').pk}"
    lines = "Ann Example;lower\nBob Novel;lower\nCarl Other;upper"
    action = desk("new_composition", belarus)
    preview = action.preview(list=lines, is_complete="on", **START, **{seats: 1})
    assert "the list has 2 names" in preview.content.decode()
    assert "no complete roster" in dict(preview.context["plan"].questions[0].choices)["skip"]
    done = action.confirm(preview, **{"decide-line-2": "skip"})
    assert CompleteRoster.objects.get().chamber.house == "upper"
    told = action.client.get(done.url).content.decode()
    assert "a line is left out, so no complete roster is stated" in told
    assert "the list has" not in told
