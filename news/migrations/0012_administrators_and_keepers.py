from django.db import migrations
from django.db.models import Q

OF_DESK = Q(content_type__app_label__in=("delegations", "news", "written")) & ~Q(
    codename__contains="historical"
)
OF_ACCOUNTS = Q(content_type__app_label="auth", content_type__model__in=("user", "group"))


def make_administrators(apps, schema_editor):
    """Make the group of who may everything at the desk, but delete for good: that is given one by one."""
    permissions = apps.get_model("auth", "Permission").objects
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name="Administrator")
    group.permissions.add(
        *permissions.filter(OF_DESK | OF_ACCOUNTS).exclude(codename__startswith="purge_")
    )


def map_to_keepers(apps, schema_editor):
    """Let facts be the keepers' alone, and make a keeper of each editor and publisher: nobody may less or more.

    A group that lacks a right of keepers was made so by hand: it stays as it is, and so do its people.
    """
    groups = apps.get_model("auth", "Group").objects
    keepers = groups.filter(name="Keeper of facts").first()
    if keepers is None:
        return
    kept = set(keepers.permissions.values_list("pk", flat=True))
    for group in groups.filter(name__in=("Editor", "Publisher")):
        if kept - set(group.permissions.values_list("pk", flat=True)):
            continue
        keepers.user_set.add(*group.user_set.all())
        group.permissions.remove(*keepers.permissions.exclude(codename__startswith="view_"))


class Migration(migrations.Migration):
    dependencies = [("news", "0011_what_is_to_be_translated")]

    operations = [
        migrations.RunPython(make_administrators, migrations.RunPython.noop),
        migrations.RunPython(map_to_keepers, migrations.RunPython.noop),
    ]
