from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("delegations", "0001_initial"),
        ("news", "0001_initial"),
    ]

    # The groups are granted theirs by cstopa.admin.groups.
    operations = []
