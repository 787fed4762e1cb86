from collections import Counter

from django.db import migrations
from django.utils import timezone


def count(apps, schema_editor):
    """Count the articles that are published already."""
    articles = apps.get_model("news", "Article").objects.using(schema_editor.connection.alias)
    months = apps.get_model("archive", "Month").objects.using(articles.db)
    moments = articles.filter(status="published").values_list("published_at", flat=True)
    counts = Counter(timezone.localdate(moment).replace(day=1) for moment in moments.iterator())
    months.bulk_create(months.model(first_day=day, articles=counts[day]) for day in counts)


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_months"), ("news", "0007_versions_in_order")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
