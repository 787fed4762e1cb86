from django.db import migrations

import cstopa.models.codes


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0002_groups"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
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
            model_name="historicalarticle",
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
            model_name="historicaltopic",
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
            model_name="topic",
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
