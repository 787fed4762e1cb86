from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("delegations", "0004_dated_names_roles_and_further_sources"),
        ("news", "0005_codes_are_unique"),
    ]

    # The groups are granted theirs by cstopa.admin.groups.
    operations = []
