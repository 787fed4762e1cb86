from django.contrib.auth.management import create_permissions
from django.db import migrations

FACTS = ("chamber", "membership", "office", "parliament", "participation", "person")
FACTS = [("delegations", model) for model in (*FACTS, "seatallocation", "source")]
TOPIC, ARTICLE = ("news", "topic"), ("news", "article")

# An editor deletes nothing but drafts, and the desk knows which articles are drafts.
EDITOR = [
    *(
        (app, f"{action}_{model}")
        for app, model in [*FACTS, TOPIC]
        for action in ("view", "add", "change")
    ),
    *(("news", f"{action}_article") for action in ("view", "add", "change", "delete")),
    # Derived from its parliament, so there is nothing to change.
    ("delegations", "view_delegation"),
]
PUBLISHER = [
    *EDITOR,
    *((app, f"delete_{model}") for app, model in [*FACTS, TOPIC]),
    ("news", "publish_article"),
]


def make_groups(apps, schema_editor):
    alias = schema_editor.connection.alias
    for label in ("delegations", "news"):
        # Django makes the permissions after the last migration, which is too late for this one.
        app = apps.get_app_config(label)
        app.models_module = True
        create_permissions(app, apps=apps, using=alias, verbosity=0)
        app.models_module = None
    Permission = apps.get_model("auth", "Permission").objects.using(alias)
    for name, granted in (("Editor", EDITOR), ("Publisher", PUBLISHER)):
        group, _made = apps.get_model("auth", "Group").objects.using(alias).get_or_create(name=name)
        group.permissions.add(
            *(
                Permission.get(content_type__app_label=app, codename=codename)
                for app, codename in granted
            )
        )


def remove_groups(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=["Editor", "Publisher"]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("delegations", "0001_initial"),
        ("news", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
