"""A correction and a change are two things."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from delegations.models import Membership, Office, SeatAllocation
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import corrected, errors, filled
from tests.reading import spaced

pytestmark = pytest.mark.django_db

SINCE = {"valid_from": dt.date(2020, 1, 1)}
JULY = {"what_happened": "change", "first_day": "2026-07-01"}


def within(prefix, values):
    return {f"{prefix}{name}": value for name, value in values.items()}


def save(client, row, **values):
    address = page(row, "change")
    return client.post(address, filled(client.get(address), **values))


def periods(rows):
    return [(each.seats, each.valid_from, each.valid_to) for each in rows.order_by("valid_from")]


def told(client, response):
    shown = client.get(response.headers["Location"])
    return spaced(" ".join(str(message) for message in shown.context["messages"]))


@pytest.mark.parametrize(
    "values",
    [
        {"seats": 8},
        {"valid_from": "2020-02-01"},
        {"valid_from": ""},
        {"valid_to": ""},
        {"valid_to": "2026-01-01"},
        {"chamber": None},
    ],
)
def test_whoever_overwrites_is_asked_what_happened(admin_client, values):
    row = make.allocation(seats=7, valid_to=dt.date(2025, 12, 31), **SINCE)
    if "chamber" in values:
        values = {"chamber": make.chamber(row.chamber.parliament).pk}
    assert list(errors(save(admin_client, row, **values))) == ["what_happened"]
    assert row.history.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"valid_from": "2020-02-01"},
        {"valid_to": "2026-01-01"},
        {"valid_to": "2026-01-01", "valid_to_is_latest": "on"},
        {"checked_on": "2026-01-01"},
        {"source": "another"},
    ],
)
def test_what_was_not_known_is_filled_in_without_a_question(admin_client, values):
    row = make.allocation(seats=7)
    if "source" in values:
        values = {"source": make.source().pk}
    assert save(admin_client, row, **values).status_code == 302
    assert not row.history.first().is_correction


def test_a_correction_is_written_over_the_row_and_kept_with_its_reason(admin_client, admin_user):
    row = make.allocation(seats=7)
    values = {"what_happened": "correction", "seats": 8}
    assert list(errors(save(admin_client, row, **values))) == ["reason"]
    saved = save(admin_client, row, reason=" Misread\nin the list.\0 ", **values)
    assert "Misread in the list." in told(admin_client, saved)
    version = row.history.first()
    assert (version.seats, version.is_correction) == (8, True)
    assert version.reason == "Misread in the list."
    assert version.history_user == admin_user
    assert SeatAllocation.objects.count() == 1
    for name, keys in (("history", ()), ("simple_history", (row.pk, version.pk))):
        shown = spaced(admin_client.get(page(row, name, *keys)).text)
        assert "Correction: Misread in the list." in shown


def test_a_change_ends_the_row_and_starts_another(admin_client, admin_user):
    row = make.allocation(seats=7, checked_on=dt.date(2021, 1, 1), **SINCE)
    decision = make.source()
    saved = save(admin_client, row, seats=8, source=decision.pk, checked_on="2026-07-02", **JULY)
    assert saved.status_code == 302
    assert "7 deputies" in (words := told(admin_client, saved))
    assert "8 deputies" in words
    assert "1 July 2026" in words
    first, second = SeatAllocation.objects.order_by("valid_from")
    assert (first.pk, first.seats, first.valid_to) == (row.pk, 7, dt.date(2026, 6, 30))
    assert (first.source, first.checked_on) == (row.source, row.checked_on)
    assert (second.seats, second.valid_from, second.valid_to) == (8, dt.date(2026, 7, 1), None)
    assert (second.source, second.checked_on) == (decision, dt.date(2026, 7, 2))
    assert second.code != first.code
    assert [version.history_type for version in second.history.all()] == ["+"]
    assert [version.is_correction for version in first.history.all()] == [False, False]
    assert {each.history_user for each in (second.history.get(), first.history.first())} == {
        admin_user
    }


def test_a_change_goes_on_in_the_form_of_the_row_that_follows(admin_client):
    row = make.allocation(seats=7, **SINCE)
    saved = save(admin_client, row, seats=8, _continue="1", **JULY)
    following = SeatAllocation.objects.get(seats=8)
    assert saved.headers["Location"] == page(following, "change")


def test_a_change_keeps_the_end_that_the_form_states(admin_client):
    row = make.allocation(seats=7, valid_to=dt.date(2026, 12, 31), **SINCE)
    assert save(admin_client, row, seats=8, **JULY).status_code == 302
    assert periods(SeatAllocation.objects) == [
        (7, dt.date(2020, 1, 1), dt.date(2026, 6, 30)),
        (8, dt.date(2026, 7, 1), dt.date(2026, 12, 31)),
    ]
    # The end comes sooner than was decided, which nobody had said wrongly.
    assert not row.history.first().is_correction


NO_CHANGES = [
    ({"seats": 8, "first_day": ""}, "first_day"),
    ({"seats": 8, "first_day": "x"}, "first_day"),
    ({"seats": 8, "first_day": "2019-12-31"}, "first_day"),
    ({"seats": 8, "first_day": "2020-01-01"}, "first_day"),
    ({"seats": 8, "first_day": "2027-01-01"}, "first_day"),
    ({"seats": 8, "first_day": "1900-01-01"}, "first_day"),
    ({"seats": 8, "first_day": "1899-12-31"}, "first_day"),
    ({"seats": 8, "first_day": "9999-12-31"}, "first_day"),
    ({"seats": 8, "first_day": "\0"}, "first_day"),
    ({"seats": 8, "valid_from": "2020-05-01"}, "valid_from"),
    ({"seats": 8, "valid_to": "2026-06-01"}, "valid_to"),
    ({"seats": 0}, "seats"),
    ({"seats": "x"}, "seats"),
    ({"valid_to": "2026-12-30"}, "what_happened"),
    ({}, "what_happened"),
    ({"seats": 8, "what_happened": "x"}, "what_happened"),
    # A reason that would be lost.
    ({"seats": 8, "reason": "A new decision"}, "reason"),
    ({"seats": 8, "what_happened": ""}, "what_happened"),
    ({"seats": 8, "what_happened": "correction", "reason": "Why"}, "first_day"),
    (
        {"seats": 8, "what_happened": "correction", "first_day": "", "reason": "x" * 501},
        "reason",
    ),
]


def test_a_change_that_is_none_gets_an_error_at_its_field(admin_client):
    row = make.allocation(seats=7, valid_to=dt.date(2026, 12, 31), **SINCE)
    sent = filled(admin_client.get(page(row, "change")), **JULY)
    for values, place in NO_CHANGES:
        answer = admin_client.post(page(row, "change"), sent | values)
        assert list(errors(answer)) == [place], values
        assert (SeatAllocation.objects.count(), row.history.count()) == (1, 1), values


def test_the_first_day_that_can_be_is_no_change(admin_client):
    row = make.allocation(seats=7)
    answer = {"what_happened": "change", "first_day": "1900-01-01"}
    assert list(errors(save(admin_client, row, seats=8, **answer))) == ["first_day"]


def test_a_row_that_starts_in_the_future_does_not_change_before(admin_client):
    row = make.allocation(seats=7, valid_from=dt.date(2090, 1, 1))
    assert list(errors(save(admin_client, row, seats=8, **JULY))) == ["first_day"]


def test_a_new_value_does_not_share_days_with_a_third_row(admin_client):
    row = make.allocation(seats=7, valid_to=dt.date(2026, 12, 31), **SINCE)
    third = make.allocation(row.chamber, seats=9, valid_from=dt.date(2027, 1, 1))
    shown = save(admin_client, row, seats=8, valid_to="", **JULY)
    assert list(errors(shown)) == ["first_day"]
    assert str(third) in errors(shown)["first_day"][0]
    assert SeatAllocation.objects.count() == 2


def test_a_representative_is_followed_by_another_person(admin_client):
    row = make.office(function="representative", parliament=make.parliament(), **SINCE)
    person = make.person()
    assert save(admin_client, row, person=person.pk, **JULY).status_code == 302
    assert Office.objects.as_of(dt.date(2026, 6, 30)).get() == row
    assert Office.objects.as_of(dt.date(2026, 7, 1)).get().person == person


def test_sent_twice_a_change_is_made_once(admin_client):
    row = make.allocation(seats=7, **SINCE)
    data = filled(admin_client.get(page(row, "change")), seats=8, **JULY)
    assert admin_client.post(page(row, "change"), data).status_code == 302
    assert "first_day" in errors(admin_client.post(page(row, "change"), data))
    assert SeatAllocation.objects.count() == 2


def test_a_script_that_is_not_asked_corrects(admin_client):
    row = make.allocation(seats=7)
    silent = dict.fromkeys(("what_happened", "first_day", "reason"))
    assert save(admin_client, row, seats=8, **silent).status_code == 302
    version = row.history.first()
    assert (version.is_correction, version.reason) == (True, "")


def test_an_answer_without_anything_overwritten_writes_nothing(admin_client):
    row = make.allocation(seats=7)
    assert save(admin_client, row, **corrected()).status_code == 302
    assert row.history.count() == 1


def test_a_chamber_does_not_change_into_another(admin_client):
    chamber = make.chamber(name_en="House", **SINCE)
    shown = save(admin_client, chamber, name_en="Senate", **JULY)
    assert "Replace chambers" in errors(shown)["what_happened"][0]
    prefix = "chambers-0-"
    values = within(prefix, {"name_en": "Senate", **JULY})
    shown = save(admin_client, chamber.parliament, **values)
    assert list(errors(shown)) == [f"{prefix}what_happened"]
    assert save(admin_client, chamber, name_en="Senate", **corrected()).status_code == 302


def test_a_row_inside_a_form_is_corrected(admin_client):
    row = make.allocation(seats=7)
    prefix = "allocations-0-"
    shown = save(admin_client, row.chamber, **{f"{prefix}seats": 8})
    assert list(errors(shown)) == [f"{prefix}what_happened"]
    saved = save(admin_client, row.chamber, **{f"{prefix}seats": 8}, **corrected(prefix))
    assert "A slip of the hand." in told(admin_client, saved)
    assert row.history.first().reason == "A slip of the hand."


def test_rows_inside_a_form_change_together(admin_client):
    """The second takes the day on which the first's new value ends; both are all or nothing."""
    chamber = make.chamber()
    first = make.allocation(chamber, seats=7, valid_to=dt.date(2025, 12, 31), **SINCE)
    second = make.allocation(chamber, seats=9, valid_from=dt.date(2026, 1, 1))
    rows = list(chamber.allocations.all())
    changes = {}
    for row, day in ((first, "2023-01-01"), (second, "2026-07-01")):
        prefix = f"allocations-{rows.index(row)}-"
        changes |= within(
            prefix, {"seats": row.seats + 1, "what_happened": "change", "first_day": day}
        )
    last = f"allocations-{rows.index(second)}-first_day"
    shown = save(admin_client, chamber, **changes | {last: "2024-01-01"})
    assert list(errors(shown)) == [last]
    assert SeatAllocation.objects.count() == 2
    assert save(admin_client, chamber, **changes).status_code == 302
    assert periods(chamber.allocations) == [
        (7, dt.date(2020, 1, 1), dt.date(2022, 12, 31)),
        (8, dt.date(2023, 1, 1), dt.date(2025, 12, 31)),
        (9, dt.date(2026, 1, 1), dt.date(2026, 6, 30)),
        (10, dt.date(2026, 7, 1), None),
    ]
    assert [row.history.count() for row in chamber.allocations.order_by("valid_from")] == [
        *(2, 1, 2, 1)
    ]


def test_a_new_value_inside_a_form_does_not_share_days_with_another_row_of_it(admin_client):
    chamber = make.chamber()
    row = make.allocation(chamber, seats=7, valid_to=dt.date(2026, 12, 31), **SINCE)
    make.allocation(chamber, seats=9, valid_from=dt.date(2027, 1, 1))
    prefix = f"allocations-{list(chamber.allocations.all()).index(row)}-"
    values = within(prefix, {"seats": 8, "valid_to": "", **JULY})
    places = list(errors(save(admin_client, chamber, **values)))
    assert len(places) == 1
    assert places[0].endswith(("first_day", "valid_from"))
    assert SeatAllocation.objects.count() == 2


def test_a_change_and_a_new_row_beside_it_are_compared(admin_client):
    row = make.allocation(seats=7, **SINCE)
    values = within("allocations-0-", {"seats": 8, **JULY})
    new = within(
        "allocations-1-", {"seats": 9, "valid_from": "2027-01-01", "source": row.source_id}
    )
    shown = save(admin_client, row.chamber, **values, **new, **{"allocations-TOTAL_FORMS": 2})
    assert list(errors(shown)) == ["allocations-1-valid_from"]
    end = {"allocations-0-valid_to": "2026-12-31", "allocations-TOTAL_FORMS": 2}
    assert save(admin_client, row.chamber, **values, **new, **end).status_code == 302
    assert [seats for seats, _start, _end in periods(SeatAllocation.objects)] == [7, 8, 9]


def test_a_seat_of_a_person_changes_its_chamber(admin_client):
    row = make.membership(**SINCE)
    other = make.chamber()
    values = within("memberships-0-", {"chamber": other.pk, **JULY})
    assert save(admin_client, row.person, **values).status_code == 302
    assert Membership.objects.as_of(dt.date(2026, 7, 1)).get().chamber == other
    assert Membership.objects.count() == 2


def test_a_row_that_is_to_be_deleted_is_not_asked_about(admin_client):
    row = make.allocation(seats=7)
    values = {"allocations-0-seats": 8, "allocations-0-DELETE": "on"}
    assert save(admin_client, row.chamber, **values).status_code == 302
    assert not SeatAllocation.objects.exists()


def test_what_is_added_with_a_change_is_about_the_new_value(admin_client):
    row = make.allocation(seats=7, **SINCE)
    kept = make.further_source(allocation=row)
    added = make.source()
    values = {"further_sources-TOTAL_FORMS": 2, "further_sources-1-source": added.pk}
    assert save(admin_client, row, seats=8, **JULY, **values).status_code == 302
    first, second = SeatAllocation.objects.order_by("valid_from")
    assert first.further_sources.get() == kept
    assert second.further_sources.get().source == added


def test_an_error_beside_it_leaves_everything_as_it_was(admin_client):
    row = make.allocation(seats=7, **SINCE)
    values = {"further_sources-TOTAL_FORMS": 1, "further_sources-0-differs": "on"}
    shown = save(admin_client, row, seats=8, **JULY, **values)
    assert set(errors(shown)) == {
        *("further_sources-0-source", "further_sources-0-says_en", "further_sources-0-why_en")
    }
    assert row.code in shown.content.decode()
    assert SeatAllocation.objects.count() == 1


def test_a_link_chooses_the_change_beforehand(admin_client):
    row = make.allocation()
    address = page(row, "change")
    assert filled(admin_client.get(address))["what_happened"] == ""
    for word, chosen in (("change", "change"), ("correction", "correction"), ("<x>", "")):
        shown = admin_client.get(address, {"what_happened": word})
        assert filled(shown)["what_happened"] == chosen


def test_nothing_is_asked_where_nothing_is_saved_yet(admin_client):
    shown = admin_client.get(page(SeatAllocation, "add")).content.decode()
    assert "what_happened" not in shown


def test_only_who_may_add_a_row_may_change_one(sign_in):
    client = sign_in(permissions=["view_seatallocation", "change_seatallocation"])
    row = make.allocation(seats=7, **SINCE)
    assert list(errors(save(client, row, seats=8, **JULY))) == ["what_happened"]
    assert save(client, row, seats=8, **corrected()).status_code == 302


def test_a_correction_costs_few_queries_however_many_rows_there_are(sign_in):
    """Who asks and what they may do (4), one transaction (2); the row, its further sources, and what
    it names, once for the form and once for the model (6); the row once more, locked, its last
    version, and that which was opened (3); all checks (3) and the overlaps (1); the row and its version (2); the log, its turn,
    its decision, what it replaces and its parliament (8); its words and the seats that are compared,
    under the names of their time (11), the entry of the desk (1), what was kept of the form (1), and whether anything was due (1).
    """
    client = sign_in("Keeper of facts")
    row = make.allocation(seats=7, valid_from=dt.date(2022, 1, 1))
    costs = []
    for more in range(2):
        for number in range(3 * more):
            start = {"valid_from": dt.date(2016 + number, 1, 1)}
            end = {"valid_to": dt.date(2016 + number, 12, 31)}
            make.allocation(row.chamber, **start, **end)
            make.membership(None, row.chamber)
        address = page(row, "change")
        data = filled(client.get(address), seats=8 + more, **corrected())
        with CaptureQueriesContext(connection) as captured:
            assert client.post(address, data).status_code == 302
        costs.append(len(captured))
    assert costs[0] <= 43
    assert costs[1] == costs[0]


@pytest.mark.parametrize("group", ["Keeper of facts", "Administrator"])
def test_keepers_and_administrators_correct_and_change(sign_in, group):
    client = sign_in(group)
    row = make.allocation(seats=7, **SINCE)
    assert save(client, row, seats=6, **corrected()).status_code == 302
    assert save(client, row, seats=8, **JULY).status_code == 302
    assert SeatAllocation.objects.count() == 2


def test_who_deletes_may_say_why(admin_client):
    row = make.allocation()
    address = page(row, "delete")
    shown = admin_client.get(address)
    assert 'name="reason"' in shown.content.decode()
    data = {"post": "yes", "reason": "It was entered\0\ntwice."}
    assert admin_client.post(address, data).status_code == 302
    version = SeatAllocation.history.first()
    assert (version.history_type, version.reason) == ("-", "It was entered twice.")
    assert "entered twice." in admin_client.get(page(row, "history")).content.decode()
