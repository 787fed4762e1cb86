from django.contrib.auth.management import create_permissions
from django.db import migrations

FACTS = ("chambername", "completeroster", "furthersource", "parliamentname", "role")


def grant(apps, schema_editor):
    alias = schema_editor.connection.alias
    # Django makes the permissions after the last migration, which is too late for this one.
    app = apps.get_app_config("delegations")
    app.models_module = True
    create_permissions(app, apps=apps, using=alias, verbosity=0)
    app.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    groups = apps.get_model("auth", "Group").objects.using(alias)
    for name, actions in (
        ("Editor", ("view", "add", "change")),
        ("Publisher", ("view", "add", "change", "delete")),
    ):
        codenames = [f"{action}_{model}" for action in actions for model in FACTS]
        group, _made = groups.get_or_create(name=name)
        group.permissions.add(
            *permissions.filter(content_type__app_label="delegations", codename__in=codenames)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("delegations", "0004_dated_names_roles_and_further_sources"),
        ("news", "0005_codes_are_unique"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
