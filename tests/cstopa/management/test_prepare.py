import re
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from cstopa.pages.models import Page, Slug
from delegations.models import Parliament
from news.models import Article

pytestmark = pytest.mark.django_db


def prepare():
    out = StringIO()
    call_command("prepare", stdout=out)
    return out.getvalue()


def test_prepare_fills_an_empty_database_and_prints_a_password_that_opens_it(client):
    password = re.search(r"password: (\S+)", prepare())[1]
    assert Parliament.objects.count() == 5
    assert Article.objects.exists()
    assert Page.objects.published().count() == len(Slug)
    assert client.login(username="admin", password=password)
    assert get_user_model().objects.get().is_superuser


def test_prepare_again_changes_nothing():
    prepare()
    Parliament.objects.filter(slug="belarus").update(name_en="Corrected")
    Article.objects.all().delete()
    Page.objects.filter(slug="about").update(title_en="Changed")
    assert "password" not in prepare()
    assert Parliament.objects.get(slug="belarus").name_en == "Corrected"
    assert not Article.objects.exists()
    assert Page.objects.get(slug="about").title_en == "Changed"
    assert get_user_model().objects.count() == 1


def test_a_database_of_another_version_is_left_alone():
    MigrationRecorder(connection).record_applied("delegations", "0002_of_another_version")
    with pytest.raises(
        CommandError, match=r"delegations\.0002_of_another_version, which is not here"
    ):
        prepare()
    assert not Parliament.objects.exists()
