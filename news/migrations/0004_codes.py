from django.db import migrations
from django.db.models import F


def name_by_slugs(apps, schema_editor):
    """Give each row, and each version of it, the slug that it has now as its code for ever."""
    for name in ("Article", "Topic"):
        rows = apps.get_model("news", name).objects.using(schema_editor.connection.alias)
        versions = apps.get_model("news", f"Historical{name}").objects.using(rows.db)
        rows.update(code=F("slug"))
        codes = dict(rows.values_list("pk", "slug"))
        # A row that is gone has the last slug that it had.
        codes |= {
            key: slug
            for key, slug in versions.order_by("history_id").values_list("id", "slug")
            if key not in codes
        }
        for key, code in codes.items():
            versions.filter(id=key).update(code=code)


class Migration(migrations.Migration):
    dependencies = [("news", "0003_code_columns")]

    operations = [migrations.RunPython(name_by_slugs, migrations.RunPython.noop)]
