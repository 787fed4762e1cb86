from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0002_groups"),
        ("written", "0001_initial"),
    ]

    # The groups are granted theirs by cstopa.admin.groups.
    operations = []
