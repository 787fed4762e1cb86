from django.db import migrations

import cstopa.models.codes


class Migration(migrations.Migration):
    dependencies = [
        ("delegations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalparliament",
            name="code",
            field=cstopa.models.codes.CodeField(
                blank=True,
                editable=False,
                help_text="Its name in data. It never changes, whatever the slug.",
                max_length=120,
                numbered=False,
                unique=False,
                verbose_name="code",
                default="",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicalperson",
            name="code",
            field=cstopa.models.codes.CodeField(
                blank=True,
                editable=False,
                help_text="Its name in data. It never changes, whatever the slug.",
                max_length=120,
                numbered=False,
                unique=False,
                verbose_name="code",
                default="",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="parliament",
            name="code",
            field=cstopa.models.codes.CodeField(
                blank=True,
                editable=False,
                help_text="Its name in data. It never changes, whatever the slug.",
                max_length=120,
                numbered=False,
                unique=False,
                verbose_name="code",
                default="",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="person",
            name="code",
            field=cstopa.models.codes.CodeField(
                blank=True,
                editable=False,
                help_text="Its name in data. It never changes, whatever the slug.",
                max_length=120,
                numbered=False,
                unique=False,
                verbose_name="code",
                default="",
            ),
            preserve_default=False,
        ),
    ]
