"""Accounts and groups at the desk: an administrator who is no superuser raises nobody, herself included."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from cstopa.admin.groups import NAMES
from tests.cstopa.admin.rows import page
from tests.forms import filled
from tests.reading import text

pytestmark = pytest.mark.django_db

RIGHTS = {"is_superuser": "on", "user_permissions": "1"}


@pytest.fixture
def administrator(sign_in):
    return sign_in("Administrator")


@pytest.fixture
def purge():
    """A right that no group has."""
    return Permission.objects.get(codename="purge_article")


@pytest.fixture
def above(purge):
    """Accounts that may more: superusers, active or not, and who has one right more, by himself or by a group."""
    group = Group.objects.create(name="Above")
    group.permissions.add(purge)
    rows = {
        name: User.objects.create_user(name, password="before", is_staff=True)
        for name in ("superuser", "asleep", "by-himself", "by-group")
    }
    for name in ("superuser", "asleep"):
        rows[name].is_superuser = True
    rows["asleep"].is_active = False
    for row in rows.values():
        row.save()
    rows["by-himself"].user_permissions.add(purge)
    rows["by-group"].groups.add(group)
    return rows


def test_an_administrator_does_at_the_desk_what_a_superuser_does(administrator, rf, admin_user):
    request, whole = rf.get("/"), rf.get("/")
    request.user, whole.user = User.objects.get(username="editor"), admin_user
    for model, pages in admin.site._registry.items():
        for action in ("view", "add", "change", "delete"):
            may = getattr(pages, f"has_{action}_permission")
            assert may(request) == may(whole), (model, action)
        assert administrator.get(page(model, "changelist")).status_code == 200
    assert not request.user.is_superuser


def test_the_list_says_who_may_what_and_who_has_a_second_factor(administrator):
    row = User.objects.create_user("olga", first_name="Olga", last_name="Petrova")
    for name in ("Writer", "Keeper of facts"):
        row.groups.add(Group.objects.get(name=name))
    address = page(User, "changelist") + "?q=olga"
    shown = text(administrator.get(address))
    assert "Olga Petrova" in shown
    assert "Keeper of facts, Writer" in shown
    cell = re.compile(r'field-second_factor[^>]*>.*?alt="(\w+)"')
    assert cell.findall(shown) == ["No"]
    Authenticator.objects.create(user=row, type=Authenticator.Type.TOTP, data={})
    assert cell.findall(text(administrator.get(address))) == ["Yes"]


def test_it_makes_an_account_puts_it_into_a_group_and_changes_its_password(administrator):
    add = page(User, "add")
    typed = {"username": "new", "password1": "a-Long-0ne-here", "password2": "a-Long-0ne-here"}
    assert administrator.post(add, filled(administrator.get(add), **typed)).status_code == 302
    row, editors = User.objects.get(username="new"), Group.objects.get(name="Editor")
    shown = administrator.get(page(row, "change"))
    assert not {*RIGHTS} & {*shown.context["adminform"].form.fields}
    data = filled(shown, is_staff="on", groups=[editors.pk], email="new@example.org")
    assert administrator.post(page(row, "change"), data).status_code == 302
    row.refresh_from_db()
    assert (row.is_staff, row.email, [*row.groups.all()]) == (True, "new@example.org", [editors])
    password = reverse("admin:auth_user_password_change", args=[row.pk])
    typed = {"password1": "an-0ther-Long-one", "password2": "an-0ther-Long-one"}
    sent = filled(administrator.get(password), **typed) | {
        "set-password": "",
        "usable_password": "true",
    }
    assert administrator.post(password, sent).status_code == 302
    row.refresh_from_db()
    assert row.check_password("an-0ther-Long-one")


def test_an_account_is_erased_and_never_deleted(admin_client):
    """Who did what would go with it."""
    row = User.objects.create_user("new")
    shown = text(admin_client.get(page(row, "change")))
    assert f'href="{page(row, "delete")}"' not in shown
    assert f'href="{reverse("admin:erase", args=[row.pk])}"' in shown
    assert "delete_selected" not in text(admin_client.get(page(User, "changelist")))
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    assert admin_client.post(page(User, "changelist"), chosen).status_code == 403
    assert admin_client.post(page(row, "delete"), {"post": "yes"}).status_code == 403
    assert User.objects.filter(username="new").exists()


def test_groups_are_offered_in_the_order_of_the_guide(admin_client):
    own = Group.objects.create(name="Archive")
    for address in (reverse("admin:invite"), page(User.objects.get(), "change")):
        context = admin_client.get(address).context
        form = context["adminform"].form if "adminform" in context else context["form"]
        offered = [*form.fields["groups"].queryset]
        assert [each.name for each in offered] == [*NAMES, own.name]


def test_nobody_changes_her_own_password_without_the_old_one(administrator):
    own = User.objects.get(username="editor")
    password = reverse("admin:auth_user_password_change", args=[own.pk])
    typed = {"password1": "an-0ther-Long-one", "password2": "an-0ther-Long-one"}
    sent = typed | {"usable_password": "true", "set-password": ""}
    for address in (password, password.replace(f"/{own.pk}/", f"/0{own.pk}/")):
        for answer in (administrator.get(address), administrator.post(address, sent)):
            assert answer.headers["Location"] == reverse("admin:password_change")
    assert User.objects.get(pk=own.pk).password == own.password


def test_groups_have_names_in_the_language_of_the_desk(administrator):
    own = Group.objects.create(name="Interns")
    names = ["Автор", "Издатель", "Редактор", "Хранитель фактов", "Администратор", "Interns"]
    administrator.cookies["django_language"] = "ru"
    account = page(User.objects.get(username="editor"), "change")
    for address in (page(Group, "changelist"), account):
        shown = text(administrator.get(address))
        assert [each for each in names if each not in shown] == []
    assert "Writer" in Group.objects.values_list("name", flat=True)
    assert str(own) == "Interns"


@pytest.mark.parametrize("forged", [*RIGHTS])
@pytest.mark.parametrize("of", ["itself", "another", "a new one"])
def test_it_makes_nobody_a_superuser_and_gives_no_right_of_its_own(administrator, forged, of):
    row = User.objects.get(username="editor")
    if of == "another":
        row = User.objects.create_user("another", is_staff=True)
    address = page(User, "add") if of == "a new one" else page(row, "change")
    data = filled(administrator.get(address), username=row.username) | {forged: RIGHTS[forged]}
    assert administrator.post(address, data).status_code == 403
    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.objects.exclude(user_permissions=None).exists()


@pytest.mark.parametrize("who", ["superuser", "asleep", "by-himself", "by-group"])
def test_an_account_that_may_more_is_shown_and_not_changed(administrator, above, who):
    row = above[who]
    shown = administrator.get(page(row, "change"))
    assert shown.status_code == 200
    assert 'name="_save"' not in text(shown)
    sent = {"username": "taken", "is_active": "on", "groups": []}
    assert administrator.post(page(row, "change"), sent).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[row.pk])
    typed = {"password1": "x-Long-0ne-here", "password2": "x-Long-0ne-here", "set-password": ""}
    assert administrator.get(password).status_code == 403
    assert administrator.post(password, typed).status_code == 403
    assert administrator.post(page(row, "delete"), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    assert administrator.post(page(User, "changelist"), chosen).status_code == 403
    now = User.objects.get(pk=row.pk)
    assert (now.username, now.is_active) == (row.username, row.is_active)
    assert now.check_password("before")


def test_nobody_is_put_into_a_group_that_may_more(administrator, above):
    row, group = User.objects.get(username="editor"), Group.objects.get(name="Above")
    shown = administrator.get(page(row, "change"))
    offered = [*shown.context["adminform"].form.fields["groups"].queryset]
    assert group not in offered
    assert Group.objects.get(name="Administrator") in offered
    data = filled(shown) | {"groups": [group.pk]}
    assert administrator.post(page(row, "change"), data).status_code == 403
    assert group not in row.groups.all()


def test_a_group_is_given_what_the_administrator_may_and_nothing_else(administrator, purge):
    topic = Permission.objects.get(codename="change_topic")
    add = page(Group, "add")
    shown = administrator.get(add)
    assert purge not in shown.context["adminform"].form.fields["permissions"].queryset
    data = filled(shown, name="Topics")
    assert administrator.post(add, data | {"permissions": [topic.pk, purge.pk]}).status_code == 403
    assert not Group.objects.filter(name="Topics").exists()
    assert administrator.post(add, data | {"permissions": [topic.pk]}).status_code == 302
    row = Group.objects.get(name="Topics")
    form = page(row, "change")
    data = filled(administrator.get(form)) | {"permissions": [purge.pk]}
    assert administrator.post(form, data).status_code == 403
    assert [*row.permissions.all()] == [topic]


def test_the_log_says_what_a_new_group_may(admin_client):
    topics = Permission.objects.filter(codename__in=["change_topic", "delete_topic"])
    add = page(Group, "add")
    sent = filled(admin_client.get(add), name="Topics") | {
        "permissions": [*topics.values_list("pk", flat=True)]
    }
    assert admin_client.post(add, sent).status_code == 302
    [entry] = admin_client.get(reverse("admin:log"), {"kind": "auth.group"}).context["entries"]
    assert sorted(entry.fields) == ["+ Can change topic", "+ Can delete topic"]


def test_a_group_that_may_more_is_not_changed(administrator, above):
    row = Group.objects.get(name="Above")
    assert 'name="_save"' not in text(administrator.get(page(row, "change")))
    for name, sent in (
        ("change", {"name": "Taken", "permissions": []}),
        ("delete", {"post": "yes"}),
    ):
        assert administrator.post(page(row, name), sent).status_code == 403
    assert Group.objects.get(pk=row.pk).permissions.count() == 1


def test_who_may_less_than_an_administrator_changes_no_administrator(sign_in, django_user_model):
    chief = django_user_model.objects.create_user("chief", is_staff=True)
    chief.groups.set(Group.objects.filter(name="Administrator"))
    clerk = sign_in(permissions=["view_user", "change_user", "view_group", "change_group"])
    assert clerk.post(page(chief, "change"), {"username": "taken"}).status_code == 403
    shown = clerk.get(page(User.objects.get(username="editor"), "change"))
    assert not {*Group.objects.filter(name="Administrator")} & {
        *shown.context["adminform"].form.fields["groups"].queryset
    }
    assert not User.objects.filter(username="taken").exists()


def test_a_superuser_may_all_of_it_still(admin_client, purge):
    row = User.objects.create_user("new")
    data = filled(admin_client.get(page(row, "change")), is_superuser="on") | {
        "user_permissions": [purge.pk]
    }
    assert admin_client.post(page(row, "change"), data).status_code == 302
    row.refresh_from_db()
    assert (row.is_superuser, [*row.user_permissions.all()]) == (True, [purge])
