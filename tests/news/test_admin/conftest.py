import pytest
from django.contrib.auth.models import Group

from tests.forms import filled
from tests.news.desk import address


@pytest.fixture
def sign_in(client, django_user_model):
    """Sign in as a member of a group."""

    def sign_in(group):
        user = django_user_model.objects.create_user(group, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def editor(sign_in):
    return sign_in("Editor")


@pytest.fixture
def publisher(sign_in):
    return sign_in("Publisher")


@pytest.fixture
def publisher_form(admin_client):
    """What the form of one who may publish sends."""
    return lambda row, **values: filled(admin_client.get(address(row)), **values)
