"""What an account or a group may do is chosen in words, by the kind of rows."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from tests.forms import filled
from tests.reading import parsed, text

pytestmark = pytest.mark.django_db


def permission(codename):
    return Permission.objects.get(codename=codename)


def kinds(page):
    """Return ``{kind: words of its boxes}`` of a form."""
    return {
        each.findtext("legend"): [
            " ".join(label.itertext()).strip() for label in each.iter("label")
        ]
        for each in parsed(page).iter("fieldset")
        if "permissions__kind" in each.get("class", "")
    }


def test_they_are_boxes_under_the_name_of_their_kind(admin_client):
    page = admin_client.get(reverse("admin:auth_group_add"))
    found = kinds(page)
    assert found["Seat allocations"] == ["look", "add", "change", "delete"]
    assert "Can approve articles and return them" in found["Articles"]
    # The desk asks for none of versions.
    assert not [kind for kind in found if "historical" in kind.lower()]
    russian = kinds(
        admin_client.get(reverse("admin:auth_group_add"), headers={"accept-language": "ru"})
    )
    assert russian["Темы"] == ["смотреть", "добавлять", "изменять", "удалять"]


def test_what_is_chosen_is_given_and_what_was_given_otherwise_stays(admin_client):
    group = Group.objects.create(name="Readers")
    other = permission("view_logentry")
    group.permissions.add(other)
    address = reverse("admin:auth_group_change", args=[group.pk])
    chosen = [permission("view_article").pk, other.pk]
    page = admin_client.get(address)
    assert filled(page)["permissions"] == str(other.pk)
    assert admin_client.post(address, filled(page, permissions=chosen)).status_code == 302
    assert {each.pk for each in group.permissions.all()} == set(chosen)
    answer = admin_client.post(address, filled(page, permissions=["x"]))
    assert "not a valid value" in text(answer)
