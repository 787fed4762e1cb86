from django.db import migrations

NEW = {
    "publish_page": "Can change written pages and publish drafts of them",
    "review_page": "Can write drafts of written pages, approve and return them",
}


def let_go_on(apps, schema_editor):
    """Give the new rights to whoever could change a page: an Editor now by a draft, all others as before.

    In a new database they are made, and granted, after the migrations.
    """
    permissions = apps.get_model("auth", "Permission").objects
    of_page = permissions.filter(content_type__app_label="written", content_type__model="page")
    change = of_page.filter(codename="change_page").first()
    if change is None:
        return
    publish, review = (
        permissions.get_or_create(
            content_type_id=change.content_type_id, codename=codename, defaults={"name": name}
        )[0]
        for codename, name in NEW.items()
    )
    for group in change.group_set.all():
        group.permissions.add(*([review] if group.name == "Editor" else [publish, review]))
    for account in change.user_set.all():
        account.user_permissions.add(publish, review)
    for writers in apps.get_model("auth", "Group").objects.filter(name="Writer"):
        writers.permissions.add(*of_page.filter(codename="view_page"))


class Migration(migrations.Migration):
    dependencies = [
        # Its groups are given rights of written pages.
        ("news", "0009_leads_until"),
        ("written", "0004_drafts"),
    ]

    operations = [migrations.RunPython(let_go_on, migrations.RunPython.noop)]
