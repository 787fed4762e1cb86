from django.contrib.auth.management import create_permissions
from django.db import migrations


def grant(apps, schema_editor):
    alias = schema_editor.connection.alias
    # Django makes the permissions after the last migration, which is too late for this one.
    app = apps.get_app_config("written")
    app.models_module = True
    create_permissions(app, apps=apps, using=alias, verbosity=0)
    app.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    groups = apps.get_model("auth", "Group").objects.using(alias)
    # Which pages there are is not theirs to say, so they add and delete none.
    granted = permissions.filter(
        content_type__app_label="written", codename__in=["view_page", "change_page"]
    )
    for name in ("Editor", "Publisher"):
        group, _made = groups.get_or_create(name=name)
        group.permissions.add(*granted)


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0002_groups"),
        ("written", "0001_initial"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
