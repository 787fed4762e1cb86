from django.db import migrations
from django.db.models import Q

OF_FACTS = Q(content_type__app_label="delegations") & ~Q(codename__contains="historical")
OF_DELEGATION = Q(content_type__model="delegation")
VIEW = Q(codename__startswith="view_")
GRANTED = {
    "Writer": (OF_FACTS & VIEW)
    | Q(content_type__app_label="news", codename="view_topic")
    | Q(
        content_type__app_label="news",
        content_type__model="article",
        codename__in=("view_article", "add_article", "change_article", "delete_article"),
    ),
    "Keeper of facts": OF_FACTS
    & (VIEW | (Q(codename__regex="^(add|change)_") & ~OF_DELEGATION)),
}


def make(apps, schema_editor):
    """Make the new groups, with the permissions that are there already; what is new is granted after it."""
    groups = apps.get_model("auth", "Group").objects
    permissions = apps.get_model("auth", "Permission").objects
    for name, granted in GRANTED.items():
        group, _made = groups.get_or_create(name=name)
        group.permissions.add(*permissions.filter(granted))


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("news", "0007_permission_to_purge"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
