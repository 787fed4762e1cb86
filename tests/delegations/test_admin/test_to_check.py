import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.urls import reverse

from delegations.models import Membership, SeatAllocation
from tests import make
from tests.cstopa.admin.rows import everything, page
from tests.cstopa.publishing.test_undoing import button as undo_button
from tests.growth import queries
from tests.reading import spaced

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:to-check")
TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(dt.datetime(2026, 11, 24, 9, tzinfo=dt.UTC), tick=False):
        yield


def listed(client, **asked):
    """Return ``{delegation: rows}`` of the page."""
    groups = client.get(PAGE, asked).context["delegations"]
    return {str(name): [item["row"] for item in items] for name, items in groups}


def rows(client, **asked):
    groups = client.get(PAGE, asked).context["delegations"]
    return [item["row"] for _name, items in groups for item in items]


def button(client, row, **asked):
    """Return what the button beside a row sends."""
    for _name, items in client.get(PAGE, asked).context["delegations"]:
        for item in items:
            if item["row"] == row:
                following = f" {item['next']}" if item["next"] else ""
                value = f"{item['anchor']}-{row.history.first().pk}{following}"
                assert f'value="{value}"' in client.get(PAGE, asked).content.decode()
                return {"fact": value}
    raise LookupError(row)


def told(client, response):
    return [str(each) for each in client.get(response.headers["Location"]).context["messages"]]


@pytest.fixture(params=["Keeper of facts", "Administrator"])
def someone(sign_in, request):
    return sign_in(request.param)


def test_the_index_of_the_desk_leads_there(someone):
    assert f'href="{PAGE}"' in someone.get(reverse("admin:index")).content.decode()
    assert someone.get(PAGE).status_code == 200


def test_a_fact_of_each_kind_is_listed(admin_client):
    kinds = {model for model, row in everything().items() if hasattr(row, "checked_on")}
    found = {type(row) for row in rows(admin_client)}
    assert {model.__name__ for model in kinds - found} == {"FurtherSource"}


@pytest.mark.parametrize(
    ("months", "expected"),
    [("3", 4), ("6", 3), ("12", 2), ("24", 1), ("0", 1), ("x", 2), ("7", 2), (None, 2)],
)
def test_it_asks_for_months(admin_client, months, expected):
    chamber = make.chamber(checked_on=TODAY)
    person = make.person()
    for checked_on, year in (
        *((None, 2000), (dt.date(2025, 11, 24), 2001), (dt.date(2026, 5, 24), 2002)),
        *((dt.date(2026, 8, 24), 2003), (dt.date(2026, 8, 25), 2004)),
    ):
        day = dt.date(year, 1, 1)
        make.membership(person, chamber, checked_on=checked_on, valid_from=day, valid_to=day)
    assert len(rows(admin_client, **({"months": months} if months else {}))) == expected


def test_the_month_before_has_its_own_last_day(admin_client, admin_user):
    with time_machine.travel(dt.datetime(2027, 5, 31, 9, tzinfo=dt.UTC), tick=False):
        admin_client.force_login(admin_user)
        make.office(checked_on=dt.date(2027, 2, 28))
        make.office(checked_on=dt.date(2027, 3, 1))
        assert len(rows(admin_client, months="3")) == 1


def test_it_groups_by_delegation_and_puts_what_is_in_force_first(admin_client):
    first = make.parliament("belarus", name_en="Belarusian parliament")
    second = make.parliament("russia", name_en="Russian parliament")
    ended = make.participation(first, valid_to=dt.date(2020, 1, 1))
    holds = make.participation(first, "observer", valid_from=dt.date(2020, 1, 2))
    undated = make.participation(second)
    office = make.office()
    assert listed(admin_client) == {
        "Offices of the Assembly": [office],
        "Belarusian parliament": [holds, ended],
        "Russian parliament": [undated],
    }
    assert rows(admin_client, delegation="russia") == [undated]
    assert rows(admin_client, delegation="assembly") == [office]
    assert len(rows(admin_client, delegation="atlantis")) == 4


def test_what_ended_with_its_chamber_is_not_in_force(admin_client):
    chamber = make.chamber(valid_to=dt.date(2020, 1, 1), checked_on=TODAY)
    make.allocation(chamber)
    assert "Not in force today." in admin_client.get(PAGE).content.decode()


def test_a_press_of_the_button_changes_the_day_alone_and_goes_on(someone):
    parliament = make.parliament()
    some = [
        make.participation(parliament, valid_from=day, valid_to=day)
        for day in (dt.date(2020, 1, number) for number in (1, 2, 3))
    ]
    row, following = rows(someone)[:2]
    sent = button(someone, row, months="0")
    answer = someone.post(f"{PAGE}?months=0", sent)
    assert answer.headers["Location"] == f"{PAGE}?months=0#participation-{following.pk}"
    assert str(row) in told(someone, answer)[0]
    before = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    row.refresh_from_db()
    after = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    assert after == before | {"checked_on": TODAY}
    assert row.history.count() == 2
    assert not row.history.first().is_correction
    assert rows(someone, months="0") == [each for each in some if each != row]


def test_a_press_on_the_wrong_one_is_undone(admin_client):
    row = make.office()
    answer = admin_client.post(
        f"{PAGE}?months=0", button(admin_client, row, months="0"), follow=True
    )
    sent = undo_button(answer)
    undone = admin_client.post(reverse("admin:take-back"), sent, follow=True)
    assert undone.redirect_chain == [(f"{PAGE}?months=0", 302)]
    row.refresh_from_db()
    assert row.checked_on is None


def test_pressed_twice_it_is_checked_once(admin_client):
    row = make.office()
    sent = button(admin_client, row)
    for _time in range(2):
        answer = admin_client.post(PAGE, sent)
        assert answer.status_code == 302
    assert "already" in told(admin_client, answer)[-1]
    assert row.history.count() == 2


def test_what_somebody_saved_meanwhile_is_not_called_checked(admin_client):
    row = make.allocation(seats=7)
    sent = button(admin_client, row)
    row.seats = 8
    row.save()
    answer = admin_client.post(PAGE, sent)
    assert answer.headers["Location"].endswith(f"#seatallocation-{row.pk}")
    assert "8 deputies" in spaced(told(admin_client, answer)[0])
    assert SeatAllocation.objects.get().checked_on is None


def test_what_somebody_deleted_meanwhile_is_told(admin_client):
    row = make.office()
    sent = button(admin_client, row)
    row.delete()
    assert "deleted" in told(admin_client, admin_client.post(PAGE, sent))[0]


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "x",
        "\0",
        "office",
        "office-1",
        "office-0-0",
        "office-1-1 javascript:x",
        f"office-{'9' * 40}-1",
        f"office-1-{'9' * 40}",
        "user-1-1",
        "furthersource-1-1",
        "office-١-1",
    ],
)
def test_a_forged_button_is_told(admin_client, sent):
    row = make.office()
    answer = admin_client.post(PAGE, {"fact": sent})
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{PAGE}#")
    assert told(admin_client, answer)
    assert row.history.count() == 1


@pytest.mark.parametrize(
    "asked", [{"page": "x"}, {"page": "99"}, {"page": "-1"}, {"months": "\0"}, {"delegation": "\0"}]
)
def test_a_forged_question_gets_an_answer(admin_client, asked):
    row = make.office()
    assert rows(admin_client, **asked) == [row]


def test_the_link_to_the_form_has_the_change_chosen(admin_client):
    row = make.office()
    assert f'href="{page(row, "change")}?what_happened=change"' in (
        admin_client.get(PAGE).content.decode()
    )


def test_each_sees_and_checks_what_they_may(client, django_user_model):
    user = django_user_model.objects.create_user("reader", is_staff=True)
    client.force_login(user)
    assert client.get(PAGE).status_code == 403
    user.user_permissions.set(Permission.objects.filter(codename="view_office"))
    make.allocation()
    office = make.office()
    assert rows(client) == [office]
    assert 'name="fact"' not in client.get(PAGE).content.decode()
    sent = {"fact": f"office-{office.pk}-{office.history.get().pk}"}
    assert client.post(PAGE, sent).status_code == 403
    assert office.history.count() == 1


def test_a_visitor_is_asked_to_sign_in(client):
    assert reverse("admin:login") in client.get(PAGE).headers["Location"]


def test_a_long_list_has_pages_and_costs_the_same(admin_client):
    everything()
    # What is asked for once stays.
    queries(admin_client, PAGE)
    before = queries(admin_client, PAGE)
    for _each in range(8):
        everything()
    assert queries(admin_client, PAGE) == before
    first, second = rows(admin_client), rows(admin_client, page="2")
    assert len(first) == 50
    assert second
    assert not {*first} & {*second}
    assert Membership.objects.count() == 9


@pytest.mark.parametrize("language", ["en", "ru"])
def test_it_speaks_both_languages(admin_client, language):
    admin_client.cookies["django_language"] = language
    make.parliament("belarus", name_ru="Национальное собрание")
    make.office()
    assert admin_client.get(PAGE).status_code == 200
