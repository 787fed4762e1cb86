"""What the role of a site may do with its database: all that the site does, and nothing to a version."""

from contextlib import contextmanager

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from news.models import Topic
from tests import make
from tests.cstopa.admin.rows import page
from tests.forms import filled

pytestmark = pytest.mark.django_db


@contextmanager
def as_role(role):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield
        cursor.execute("RESET ROLE")


def refused(statement):
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
    ):
        connection.cursor().execute(statement)


def test_the_site_writes_no_version_anew(admin_client, admin_user):
    if connection.vendor == "sqlite":
        with pytest.raises(CommandError, match="SQLite knows no roles"):
            call_command("grant", "site")
        return
    connection.cursor().execute("CREATE ROLE site_of_a_test")
    for _each in range(2):
        call_command("grant", "site_of_a_test")
    row = make.topic(name_en="Before")
    with as_role("site_of_a_test"):
        for table in ("news_historicaltopic", "delegations_historicalperson"):
            refused(f"UPDATE {table} SET history_type = '-'")
            refused(f"DELETE FROM {table}")
            refused(f"TRUNCATE {table}")
        refused("TRUNCATE news_topic CASCADE")
        refused("DROP TABLE news_topic")
        refused("DELETE FROM django_migrations")
        # What an editor does, and what an administrator does to an account.
        data = filled(admin_client.get(page(row, "change")), name_en="After")
        assert admin_client.post(page(row, "change"), data).status_code == 302
        article = make.article(topics=[row])
        article.topics.set([])
        article.delete()
        assert admin_client.get("/news/").status_code == 200
        admin_client.logout()
        get_user_model().objects.get(pk=admin_user.pk).delete()
    assert Topic.objects.get().name_en == "After"
    assert [each.history_user for each in row.history.all()] == [None, None]
