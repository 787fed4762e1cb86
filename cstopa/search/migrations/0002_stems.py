from django.db import migrations, models


class Migration(migrations.Migration):
    # Once everything is migrated, the entries are made again: cstopa.search.index.after_migrations.
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="stems",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="entry",
            name="unfinished_stems",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
    ]
