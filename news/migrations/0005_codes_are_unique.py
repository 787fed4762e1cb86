from django.db import migrations, models

import cstopa.models.codes


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0004_codes"),
        ("delegations", "0004_dated_names_roles_and_further_sources"),
    ]

    operations = [
        migrations.AlterField(
            model_name="article",
            name="code",
            field=cstopa.models.codes.CodeField(
                blank=True,
                editable=False,
                help_text="Its name in data. It never changes, whatever the slug.",
                max_length=120,
                numbered=False,
                unique=True,
                verbose_name="code",
            ),
        ),
        migrations.AlterField(
            model_name="topic",
            name="code",
            field=cstopa.models.codes.CodeField(
                blank=True,
                editable=False,
                help_text="Its name in data. It never changes, whatever the slug.",
                max_length=120,
                numbered=False,
                unique=True,
                verbose_name="code",
            ),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="is_correction",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="reason",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="historicaltopic",
            name="is_correction",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="historicaltopic",
            name="reason",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(cstopa.models.codes.IsSlug("code")), name="news_article_has_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="topic",
            constraint=models.CheckConstraint(
                condition=models.Q(cstopa.models.codes.IsSlug("code")), name="news_topic_has_code"
            ),
        ),
    ]
