"""What was chosen before a migration of the accounts is there after it."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def migrate(name):
    """Bring the accounts to a migration, and return the models as they were."""
    target = [("accounts", name)]
    MigrationExecutor(connection).migrate(target)
    return MigrationExecutor(connection).loader.project_state(target).apps


@pytest.mark.django_db(transaction=True)
def test_a_zone_that_was_chosen_stays():
    anna = User.objects.create_user("anna")
    try:
        zones = migrate("0005_own_zones").get_model("accounts", "OwnZone").objects
        zones.create(account_id=anna.pk, name="Asia/Yerevan")
    finally:
        after = migrate("0006_preferences")
    kept = after.get_model("accounts", "Preferences").objects.get()
    assert (kept.account_id, kept.zone, kept.language) == (anna.pk, "Asia/Yerevan", "")
