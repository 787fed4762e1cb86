from django.db import migrations

from cstopa.accounts.encryption import encrypt_anew


def encrypted(apps, schema_editor):
    rows = apps.get_model("mfa", "Authenticator")._base_manager
    encrypt_anew(rows.using(schema_editor.connection.alias))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_second_factor_refused"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    # What is encrypted is read by this version alone.
    operations = [migrations.RunPython(encrypted, elidable=True)]
