"""What was chosen before a migration of the accounts is there after it."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(*target):
    """Bring the database to some migrations, and return the models as they are then."""
    executor = MigrationExecutor(connection)
    target = target or executor.loader.graph.leaf_nodes()
    executor.migrate(target)
    return executor.loader.project_state(target).apps


@pytest.mark.django_db(transaction=True)
def test_a_zone_that_was_chosen_stays():
    anna = User.objects.create_user("anna")
    try:
        before = migrate(("accounts", "0005_own_zones"))
        before.get_model("accounts", "OwnZone").objects.create(
            account_id=anna.pk, name="Asia/Yerevan"
        )
        after = migrate(("accounts", "0006_preferences"))
        kept = after.get_model("accounts", "Preferences").objects.get()
    finally:
        migrate()
    assert (kept.account_id, kept.zone, kept.language) == (anna.pk, "Asia/Yerevan", "")
