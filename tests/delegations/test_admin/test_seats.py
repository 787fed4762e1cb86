"""More members than seats: a warning, and no error."""

import datetime as dt

import pytest
from django.urls import reverse

from delegations.models import Delegation, Membership
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import corrected, filled
from tests.growth import costs
from tests.reading import spaced

pytestmark = pytest.mark.django_db


@pytest.fixture
def full():
    """A chamber all of whose seats are held."""
    chamber = make.chamber(name_en="House")
    make.allocation(chamber, seats=2)
    for _each in range(2):
        make.membership(chamber_=chamber)
    return chamber


def warnings(client, response):
    assert response.status_code == 302
    shown = client.get(response.headers["Location"])
    return [spaced(each) for each in shown.context["messages"] if each.level_tag == "warning"]


def save(client, row, **values):
    address = page(row, "change")
    return client.post(address, filled(client.get(address), **values))


def overview(client, chamber):
    return client.get(page(Delegation.objects.get(), "change")).content.decode()


def add(client, chamber, **values):
    address = page(Membership, "add")
    data = filled(client.get(address), person=make.person().pk, chamber=chamber.pk)
    return client.post(address, data | {"source": make.source().pk} | values)


def test_a_member_too_many_is_warned_of(admin_client, full):
    (warning,) = warnings(admin_client, add(admin_client, full))
    assert "3 members for 2 seats" in spaced(warning)
    assert Membership.objects.count() == 3
    changelist = admin_client.get(page(Delegation, "changelist")).content.decode()
    for shown in (changelist, overview(admin_client, full)):
        assert "3 members for 2 seats" in spaced(shown)
        assert "More members than seats." in shown


def test_a_member_too_many_on_another_day_is_warned_of(admin_client, full):
    answer = add(admin_client, full, valid_from="2090-01-01")
    (warning,) = warnings(admin_client, answer)
    assert "1 January 2090" in warning
    assert "More members than seats." not in overview(admin_client, full)


def test_an_allocation_too_small_is_warned_of(admin_client, full):
    allocation = full.allocations.get()
    (warning,) = warnings(admin_client, save(admin_client, allocation, seats=1, **corrected()))
    assert "2 members for 1 seat" in warning
    values = {"allocations-0-checked_on": "2026-01-01"}
    assert warnings(admin_client, save(admin_client, full, **values))


def test_a_seat_in_the_form_of_a_person_is_compared(admin_client, full):
    values = {
        "memberships-TOTAL_FORMS": 1,
        "memberships-0-chamber": full.pk,
        "memberships-0-source": full.source_id,
    }
    assert warnings(admin_client, save(admin_client, make.person(), **values))


def test_as_many_members_as_seats_are_none_too_many(admin_client, full):
    (first, _second) = full.memberships.all()
    values = {"checked_on": "2026-01-01"}
    assert not warnings(admin_client, save(admin_client, first, **values))
    changelist = admin_client.get(page(Delegation, "changelist")).content.decode()
    for shown in (changelist, overview(admin_client, full)):
        assert "2 of 2 seats filled" in spaced(shown)
        assert "More members than seats." not in shown


def test_the_overview_links_to_each_part(admin_client, full):
    person = make.person()
    roster = make.roster(full)
    role = make.role(person, parliament=full.parliament)
    ended = make.role(
        person, "alternate", parliament=make.parliament(), valid_to=dt.date(2020, 1, 1)
    )
    shown = admin_client.get(
        page(Delegation.objects.get(pk=full.parliament_id), "change")
    ).content.decode()
    for row in (full, full.allocations.get(), roster, role):
        assert f'href="{page(row, "change")}"' in shown
    memberships = f"{page(Membership, 'changelist')}?chamber__id__exact={full.pk}"
    assert f'href="{memberships}"' in shown
    assert "Head of the delegation" in shown
    assert page(ended, "change") not in shown
    assert admin_client.get(memberships).context["cl"].result_count == 2
    assert memberships in admin_client.get(page(full, "change")).content.decode()


def test_the_overview_costs_the_same_with_more_members(admin_client, full):
    make.role(parliament=full.parliament)
    pages = [
        *(page(Delegation.objects.get(), "change"), page(Delegation, "changelist")),
        page(full, "change"),
    ]
    costs(admin_client, pages)
    before = costs(admin_client, pages)
    for _each in range(5):
        make.membership(chamber_=full)
        make.role(kind="alternate", parliament=full.parliament)
    assert costs(admin_client, pages) == before


def test_all_records_lead_to_every_kind(admin_client):
    shown = admin_client.get(reverse("admin:all-records")).content.decode()
    for model in ("role", "completeroster", "parliamentname", "chambername", "furthersource"):
        assert reverse(f"admin:delegations_{model}_changelist") in shown
