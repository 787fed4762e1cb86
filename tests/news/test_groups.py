"""The groups, and what they may do at the desk."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.core.management.sql import emit_post_migrate_signal

from cstopa.publishing.models import Draft
from delegations.models import Delegation, FurtherSource, SeatAllocation
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import corrected, filled

pytestmark = pytest.mark.django_db

MAPPING = import_module("news.migrations.0012_administrators_and_keepers")

KEEPER = "Keeper of facts"
# What keepers may do with the apps that came after facts were theirs.
LATER = {"documents", "library"}

# Versions are nobody's to edit, a delegation is derived from its parliament, and a draft is begun from
# its article.
EDITED = [
    model
    for app in ("delegations", "news")
    for model in apps.get_app_config(app).get_models()
    if not model.__name__.startswith("Historical")
    and not model._meta.proxy
    and not issubclass(model, Draft)
]


@pytest.fixture(params=["Editor", "Publisher"])
def group(request):
    return request.param


@pytest.fixture
def member(sign_in, group):
    """One of a group who keeps facts as well, as all did who were in it before that was a role of its own."""
    return sign_in(group, KEEPER)


def test_each_reads_everything_and_writes_what_is_its_own(group):
    for name in (group, KEEPER):
        granted = Group.objects.get(name=name).permissions
        for model in EDITED:
            is_fact = model._meta.app_label == "delegations"
            of_model = granted.filter(content_type__app_label=model._meta.app_label)
            for action in ("view", "add", "change"):
                codename = f"{action}_{model._meta.model_name}"
                is_own = is_fact == (name == KEEPER) or (action == "view" and is_fact)
                assert of_model.filter(codename=codename).exists() == is_own, (name, codename)


def test_who_keeps_no_facts_sees_them_and_writes_none(sign_in, group):
    client = sign_in(group)
    rows = [make.allocation(seats=7), make.person(), make.parliament(), make.source()]
    for row in rows:
        form = page(row, "change")
        assert 'name="_save"' not in client.get(form).text
        assert client.post(form, {"seats": 9, "slug": "forged"}).status_code == 403
        assert client.post(page(row, "add"), {"seats": 9}).status_code == 403
        assert client.get(page(row, "add")).status_code == 403
    assert SeatAllocation.objects.get().seats == 7


def test_both_groups_see_and_write_everything_of_the_assembly(member):
    for model in EDITED:
        assert member.get(page(model, "changelist")).status_code == 200, model
        # A further source is added in the form of its fact.
        if model is not FurtherSource:
            assert member.get(page(model, "add")).status_code == 200, model
    assert member.get(page(Delegation, "changelist")).status_code == 200


def test_both_groups_correct_a_fact(member):
    row = make.allocation(seats=7)
    address = page(row, "change")
    data = filled(member.get(address), seats=8, **corrected())
    assert member.post(address, data).status_code == 302
    row.refresh_from_db()
    assert row.seats == 8


def test_neither_group_reaches_users_and_groups(member, admin_user):
    for row in (admin_user, Group.objects.first()):
        for address in (
            page(type(row), "changelist"),
            page(type(row), "add"),
            page(row, "change"),
            page(row, "delete"),
        ):
            assert member.get(address).status_code == 403
            assert member.post(address, {"username": "x", "post": "yes"}).status_code == 403
    assert type(admin_user).objects.filter(pk=admin_user.pk, username="admin").exists()


def delete(client, row):
    return client.post(page(row, "delete"), {"post": "yes"})


def delete_selected(client, row):
    action = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    return client.post(page(type(row), "changelist"), action)


@pytest.mark.parametrize("way", [delete, delete_selected])
def test_a_publisher_deletes_facts_and_an_editor_does_not(member, group, way):
    for row in (make.allocation(), make.topic()):
        assert way(member, row).status_code == (302 if group == "Publisher" else 403)
        assert type(row).objects.exists() == (group == "Editor")


def test_a_publisher_deletes_a_row_of_a_form_and_an_editor_does_not(member, group):
    row = make.allocation()
    address = page(row.chamber, "change")
    member.post(address, filled(member.get(address)) | {"allocations-0-DELETE": "on"})
    assert SeatAllocation.objects.exists() == (group == "Editor")


def test_only_a_publisher_may_publish(group):
    permissions = Group.objects.get(name=group).permissions
    assert permissions.filter(codename="publish_article").exists() == (group == "Publisher")


def test_a_permission_is_granted_when_it_is_made_and_what_was_taken_away_stays_away(group):
    granted = Group.objects.get(name=group).permissions
    granted.remove(Permission.objects.get(codename="change_topic"))
    Permission.objects.filter(codename__in=["add_topic", "delete_topic"]).delete()
    emit_post_migrate_signal(0, interactive=False, db="default")
    codenames = {each.codename for each in granted.filter(content_type__model="topic")}
    deletes = {"delete_topic"} if group == "Publisher" else set()
    assert codenames == {"view_topic", "add_topic"} | deletes


def test_a_writer_writes_drafts_and_neither_facts_nor_what_is_public(sign_in):
    writer = sign_in("Writer")
    draft, public = make.article(status="draft"), make.article()
    over = make.draft(public)
    for row, status in ((draft, 200), (public, 200), (over, 200), (make.allocation(), 200)):
        assert writer.get(page(row, "change")).status_code == status, row
    form = page(draft, "change")
    data = filled(writer.get(form), headline_en="Mine", _review="submitted")
    assert writer.post(form, data).status_code == 302
    draft.refresh_from_db()
    assert draft.headline_en == "Mine"
    for row in (public, over, make.allocation(), make.topic(), make.person()):
        for name in ("change", "delete"):
            forged = {"post": "yes", "headline_en": "Forged", "seats": 9, "_publish": ""}
            assert writer.post(page(row, name), forged).status_code == 403, (row, name)
        assert delete_selected(writer, row).status_code in {302, 403}
        assert type(row).objects.filter(pk=row.pk).exists()
    for forged in ({"status": "published"}, {"_review": "approved"}):
        assert writer.post(form, data | forged).status_code == 403
    assert writer.get(page(type(over), "add"), {"live": make.article().pk}).status_code == 403
    for model in EDITED:
        is_written = model._meta.model_name == "article"
        assert writer.get(page(model, "add")).status_code == (200 if is_written else 403), model
    public.refresh_from_db()
    assert public.headline_en != "Forged"


def test_a_keeper_of_facts_writes_facts_and_no_article(sign_in):
    keeper = sign_in(KEEPER)
    row = make.allocation(seats=7)
    form = page(row, "change")
    assert keeper.post(form, filled(keeper.get(form), seats=8, **corrected())).status_code == 302
    assert delete(keeper, row).status_code == 403
    for other in (make.article(status="draft"), make.article(), make.draft(), make.topic()):
        for name in ("change", "delete", "history"):
            assert keeper.get(page(other, name)).status_code == 403, (other, name)
            assert keeper.post(page(other, name), {"post": "yes"}).status_code == 403
        assert keeper.get(page(other, "changelist")).status_code == 403


def test_who_is_there_already_gets_the_new_groups_with_their_rights():
    names = ("Writer", KEEPER, "Administrator")
    # Of a model that came later each is granted when its permissions are made.
    later = {"library", "documents"}

    def known():
        return {name: {each for each in rights(name) if each[0] not in later} for name in names}

    before = known()
    Group.objects.filter(name__in=names).delete()
    import_module("news.migrations.0008_roles").make(apps, None)
    import_module("news.migrations.0010_rights_of_pages").let_go_on(apps, None)
    MAPPING.make_administrators(apps, None)
    assert known() == before


def as_before():
    """Let an editor and a publisher be as they were before facts were the keepers', and return them."""
    # What came later is granted after all migrations.
    keepers = Group.objects.get(name=KEEPER)
    keepers.permissions.remove(*keepers.permissions.filter(content_type__app_label__in=LATER))
    written = Permission.objects.filter(group__name=KEEPER)
    people = {}
    for name in ("Editor", "Publisher"):
        group = Group.objects.get(name=name)
        group.permissions.add(*written)
        people[name] = User.objects.create_user(name, is_staff=True)
        people[name].groups.add(group)
    return people


def may(account):
    return User.objects.get(pk=account.pk).get_all_permissions()


def test_editors_and_publishers_become_keepers_and_nobody_may_less_or_more():
    new = {name: rights(name) for name in ("Editor", "Publisher", KEEPER)}
    new[KEEPER] = {each for each in new[KEEPER] if each[0] not in LATER}
    people = as_before()
    before = {name: may(each) for name, each in people.items()}
    MAPPING.map_to_keepers(apps, None)
    assert {name: may(each) for name, each in people.items()} == before
    assert {name: rights(name) for name in new} == new
    for name, each in people.items():
        assert {group.name for group in each.groups.all()} == {name, KEEPER}


def test_a_group_from_which_a_right_was_taken_by_hand_is_left_alone_and_so_are_its_people():
    people = as_before()
    editors = Group.objects.get(name="Editor")
    editors.permissions.remove(Permission.objects.get(codename="change_person"))
    before = rights("Editor"), may(people["Editor"])
    MAPPING.map_to_keepers(apps, None)
    assert (rights("Editor"), may(people["Editor"])) == before
    assert people["Editor"].groups.count() == 1
    assert people["Publisher"].groups.count() == 2


def test_a_right_that_keepers_were_given_by_hand_reaches_nobody_else():
    people = as_before()
    keepers = Group.objects.get(name=KEEPER)
    keepers.permissions.add(Permission.objects.get(codename="delete_person"))
    before = {name: may(each) for name, each in people.items()}
    MAPPING.map_to_keepers(apps, None)
    assert {name: may(each) for name, each in people.items()} == before


def rights(name):
    permissions = Permission.objects.filter(group__name=name)
    return {(each.content_type.app_label, each.codename) for each in permissions}
