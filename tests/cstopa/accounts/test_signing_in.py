"""Who came in and who was refused, and who gave which right, stands in the log of the desk."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from cstopa.accounts.models import SignIn
from tests.cstopa.accounts.conftest import RIGHT
from tests.cstopa.admin.rows import page
from tests.forms import filled
from tests.growth import queries
from tests.news.desk import signed_in

pytestmark = pytest.mark.django_db

LOG = reverse("admin:log")
HERE = "198.51.100.7"


def said(client, **asked):
    entries = client.get(LOG, asked).context["entries"]
    return [(each.who, str(each.act), each.words) for each in entries]


def test_administrators_read_who_came_in_and_who_was_refused(anna, sign_in_from, sign_in):
    sign_in_from(HERE)
    sign_in_from(HERE, "typed a password here")
    sign_in_from(HERE, password=RIGHT)
    administrator = sign_in("Administrator")
    assert said(administrator, kind="accounts.signin") == [
        ("editor", "signed in", "from where is not known"),
        ("anna", "signed in", HERE),
        ("a name that is nobody’s", "sign-in refused", HERE),
        ("anna", "sign-in refused", HERE),
    ]
    assert said(administrator, act="refused", person=anna.pk) == [("anna", "sign-in refused", HERE)]
    assert len(said(administrator, act="signed-in")) == 2
    assert said(administrator, act="published") == []


def test_nobody_else_does(anna, sign_in_from):
    sign_in_from(HERE, password=RIGHT)
    publisher = signed_in("publisher", "Publisher")
    form = publisher.get(LOG).context["form"]
    assert "accounts.signin" not in dict(form.fields["kind"].choices)
    assert not {"signed-in", "refused"} & {*dict(form.fields["act"].choices)}
    assert publisher.get(LOG, {"kind": "accounts.signin"}).context["entries"] == []
    assert not [each for each in said(publisher) if "sign" in each[1]]


def test_a_refusal_while_one_waits_is_none(anna, sign_in_from):
    """It was not looked at, and whoever repeats it fills no table."""
    for _each in range(12):
        sign_in_from(HERE)
    assert SignIn.objects.count() == 5


def test_the_log_says_which_right_was_given_and_taken(admin_client, anna):
    anna.groups.add(Group.objects.get(name="Writer"))
    address = page(anna, "change")
    groups = Group.objects.filter(name__in=["Editor", "Publisher"]).values_list("pk", flat=True)
    sent = filled(
        admin_client.get(address),
        groups=list(groups),
        is_superuser="on",
        is_staff="on",
        first_name="A.",
    )
    sent.pop("is_active")
    assert admin_client.post(address, sent).status_code == 302
    (entry,) = admin_client.get(LOG, {"kind": "auth.user"}).context["entries"]
    assert (entry.who, str(entry.act), entry.words) == ("admin", "changed", "anna")
    assert sorted(entry.fields) == [
        *("+ Editor", "+ Publisher", "+ superuser status", "− Writer", "− active"),
    ]
    admin_client.cookies["django_language"] = "ru"
    (entry,) = admin_client.get(LOG, {"kind": "auth.user"}).context["entries"]
    assert {"+ Редактор", "− активный"} <= {*entry.fields}


def test_the_log_says_what_a_group_may_and_may_no_more(admin_client):
    group = Group.objects.get(name="Writer")
    address = page(group, "change")
    kept = list(group.permissions.values_list("pk", flat=True))[1:]
    gone = group.permissions.exclude(pk__in=kept).get()
    admin_client.post(address, filled(admin_client.get(address), permissions=kept))
    (entry,) = admin_client.get(LOG, {"kind": "auth.group"}).context["entries"]
    assert entry.fields == (f"− {gone.name}",)


def test_old_ones_go_and_those_of_a_deleted_account_name_nobody(
    anna, sign_in_from, clock, settings
):
    settings.SIGN_INS_KEPT = 30
    sign_in_from(HERE)
    clock.shift(20 * 24 * 3600)
    sign_in_from(HERE)
    clock.shift(20 * 24 * 3600)
    sign_in_from(HERE, password=RIGHT)
    assert SignIn.objects.count() == 2
    User.objects.get().delete()
    assert {each.account for each in SignIn.objects.all()} == {None}


def test_many_sign_ins_cost_no_more_queries(admin_client, anna, sign_in_from):
    sign_in_from(HERE)
    before = queries(admin_client, LOG)
    for number in range(4):
        sign_in_from(f"198.51.100.{number}", f"name-{number}")
    assert queries(admin_client, LOG) == before
