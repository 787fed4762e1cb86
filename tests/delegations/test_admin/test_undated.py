"""What nothing dates, and its end: whether it is so until then is asked, or readers do not know of today."""

import datetime as dt

import pytest

from delegations.models import SeatAllocation
from tests import make
from tests.delegations.test_admin.conftest import readings

pytestmark = pytest.mark.django_db

DECISION = {"source_title_en": "Invented decision"}
TODAY = dt.date(2026, 6, 1)


@pytest.fixture(autouse=True)
def today(clock):
    clock.move_to("2026-06-01T09:00Z")


@pytest.fixture
def undated(utopia):
    """Seats of which nothing says when they were."""
    SeatAllocation.objects.update(valid_from=None)
    return SeatAllocation.objects.get()


def test_what_nothing_dates_goes_on_until_another_follows(desk, editor, undated):
    step = desk("follow", undated)
    later = {"seats": 3, "valid_from": "2026-12-01", **DECISION}
    doubtful = step.preview(**later, is_so="")
    assert readings(doubtful, TODAY)["Seats in the delegation"] == ("2", "not recorded")
    preview = step.preview(**later)
    assert readings(preview, TODAY) == {}
    first = dt.date(2026, 12, 1)
    assert readings(preview, first)["Seats in the delegation"] == ("not recorded", "3")
    step.confirm(preview)
    before, _after = SeatAllocation.objects.order_by("pk")
    assert (before.valid_to, before.checked_on) == (dt.date(2026, 11, 30), TODAY)


def test_what_ends_with_it_goes_on_until_then_too(desk, chamber, utopia):
    member = make.membership(chamber_=chamber, valid_from="2020-01-01")
    source = make.source(published_on=None)
    role = make.role(member.person, parliament=utopia, source=source)
    step = desk("end", member)
    key = f"role-{role.pk}"
    over = step.preview(valid_to="2026-05-31", **DECISION)
    assert "checked" not in dict(over.context["plan"].questions[key].choices)
    preview = step.preview(valid_to="2026-12-31", **DECISION)
    doubtful = step.confirm(preview, **{f"decide-{key}": "end"})
    assert readings(doubtful, TODAY)["Head of the delegation"][1] == "not recorded"
    step.decide(preview, **{key: "checked"})
    role.refresh_from_db()
    assert (role.valid_to, role.checked_on) == (dt.date(2026, 12, 31), TODAY)


def test_what_ended_before_today_is_not_said_to_be_so(desk, editor, undated):
    step = desk("end", undated)
    step.confirm(step.preview(valid_to="2026-03-31", **DECISION))
    assert SeatAllocation.objects.get().checked_on is None


def test_of_what_has_a_start_nobody_asks_whether_it_is_so(desk, editor, utopia):
    assert "is_so" not in desk("end", SeatAllocation.objects.get()).form.context["form"].fields
