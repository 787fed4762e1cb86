import datetime

import django.db.models.deletion
import django.db.models.lookups
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import cstopa.models.codes
import cstopa.models.constraints
import cstopa.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("delegations", "0003_codes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="parliament",
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
            model_name="person",
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
        migrations.CreateModel(
            name="ChamberName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        blank=True,
                        help_text="First day in force. Leave it empty where the start is not known.",
                        null=True,
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True,
                        help_text="Last day in force. Leave it empty where no end is known.",
                        null=True,
                        verbose_name="valid to",
                    ),
                ),
                (
                    "valid_to_is_latest",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it where the exact end is not known, only that it came by that day.",
                        verbose_name="ended no later than this day",
                    ),
                ),
                (
                    "code",
                    cstopa.models.codes.CodeField(
                        blank=True,
                        editable=False,
                        help_text="The name of this fact in addresses and data. It never changes.",
                        max_length=120,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this was last found to be true.",
                        null=True,
                        verbose_name="checked on",
                    ),
                ),
                (
                    "name_en",
                    cstopa.models.fields.LineField(blank=True, max_length=200, verbose_name="name"),
                ),
                (
                    "name_ru",
                    cstopa.models.fields.LineField(blank=True, max_length=200, verbose_name="name"),
                ),
            ],
            options={
                "verbose_name": "name of a chamber",
                "verbose_name_plural": "names of chambers",
                "ordering": ("chamber__parliament__slug", "chamber__house", "valid_from", "code"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CompleteRoster",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        blank=True,
                        help_text="First day in force. Leave it empty where the start is not known.",
                        null=True,
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True,
                        help_text="Last day in force. Leave it empty where no end is known.",
                        null=True,
                        verbose_name="valid to",
                    ),
                ),
                (
                    "valid_to_is_latest",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it where the exact end is not known, only that it came by that day.",
                        verbose_name="ended no later than this day",
                    ),
                ),
                (
                    "code",
                    cstopa.models.codes.CodeField(
                        blank=True,
                        editable=False,
                        help_text="The name of this fact in addresses and data. It never changes.",
                        max_length=120,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this was last found to be true.",
                        null=True,
                        verbose_name="checked on",
                    ),
                ),
            ],
            options={
                "verbose_name": "complete roster",
                "verbose_name_plural": "complete rosters",
                "ordering": ("chamber__parliament__slug", "chamber__house", "valid_from", "code"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FurtherSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    cstopa.models.codes.CodeField(
                        blank=True,
                        editable=False,
                        help_text="The name of this fact in addresses and data. It never changes.",
                        max_length=120,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "differs",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it where it does not agree with the source that the fact follows.",
                        verbose_name="says something else",
                    ),
                ),
                (
                    "says_en",
                    cstopa.models.fields.LineField(
                        blank=True,
                        help_text="Such as “6 deputies”.",
                        max_length=300,
                        verbose_name="what it says instead",
                    ),
                ),
                (
                    "says_ru",
                    cstopa.models.fields.LineField(
                        blank=True,
                        help_text="Such as “6 deputies”.",
                        max_length=300,
                        verbose_name="what it says instead",
                    ),
                ),
                (
                    "why_en",
                    cstopa.models.fields.LineField(
                        blank=True, max_length=500, verbose_name="why the other source is followed"
                    ),
                ),
                (
                    "why_ru",
                    cstopa.models.fields.LineField(
                        blank=True, max_length=500, verbose_name="why the other source is followed"
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which somebody last read this there.",
                        null=True,
                        verbose_name="checked on",
                    ),
                ),
            ],
            options={
                "verbose_name": "further source",
                "verbose_name_plural": "further sources",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="HistoricalChamberName",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("is_correction", models.BooleanField(default=False, editable=False)),
                ("reason", models.TextField(blank=True, default="", editable=False)),
                (
                    "valid_from",
                    models.DateField(
                        blank=True,
                        help_text="First day in force. Leave it empty where the start is not known.",
                        null=True,
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True,
                        help_text="Last day in force. Leave it empty where no end is known.",
                        null=True,
                        verbose_name="valid to",
                    ),
                ),
                (
                    "valid_to_is_latest",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it where the exact end is not known, only that it came by that day.",
                        verbose_name="ended no later than this day",
                    ),
                ),
                (
                    "code",
                    cstopa.models.codes.CodeField(
                        blank=True,
                        editable=False,
                        help_text="The name of this fact in addresses and data. It never changes.",
                        max_length=120,
                        unique=False,
                        verbose_name="code",
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this was last found to be true.",
                        null=True,
                        verbose_name="checked on",
                    ),
                ),
                (
                    "name_en",
                    cstopa.models.fields.LineField(blank=True, max_length=200, verbose_name="name"),
                ),
                (
                    "name_ru",
                    cstopa.models.fields.LineField(blank=True, max_length=200, verbose_name="name"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical name of a chamber",
                "verbose_name_plural": "historical names of chambers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCompleteRoster",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("is_correction", models.BooleanField(default=False, editable=False)),
                ("reason", models.TextField(blank=True, default="", editable=False)),
                (
                    "valid_from",
                    models.DateField(
                        blank=True,
                        help_text="First day in force. Leave it empty where the start is not known.",
                        null=True,
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True,
                        help_text="Last day in force. Leave it empty where no end is known.",
                        null=True,
                        verbose_name="valid to",
                    ),
                ),
                (
                    "valid_to_is_latest",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it where the exact end is not known, only that it came by that day.",
                        verbose_name="ended no later than this day",
                    ),
                ),
                (
                    "code",
                    cstopa.models.codes.CodeField(
                        blank=True,
                        editable=False,
                        help_text="The name of this fact in addresses and data. It never changes.",
                        max_length=120,
                        unique=False,
                        verbose_name="code",
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this was last found to be true.",
                        null=True,
                        verbose_name="checked on",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical complete roster",
                "verbose_name_plural": "historical complete rosters",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFurtherSource",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("is_correction", models.BooleanField(default=False, editable=False)),
                ("reason", models.TextField(blank=True, default="", editable=False)),
                (
                    "code",
                    cstopa.models.codes.CodeField(
                        blank=True,
                        editable=False,
                        help_text="The name of this fact in addresses and data. It never changes.",
                        max_length=120,
                        unique=False,
                        verbose_name="code",
                    ),
                ),
                (
                    "differs",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it where it does not agree with the source that the fact follows.",
                        verbose_name="says something else",
                    ),
                ),
                (
                    "says_en",
                    cstopa.models.fields.LineField(
                        blank=True,
                        help_text="Such as “6 deputies”.",
                        max_length=300,
                        verbose_name="what it says instead",
                    ),
                ),
                (
                    "says_ru",
                    cstopa.models.fields.LineField(
                        blank=True,
                        help_text="Such as “6 deputies”.",
                        max_length=300,
                        verbose_name="what it says instead",
                    ),
                ),
                (
                    "why_en",
                    cstopa.models.fields.LineField(
                        blank=True, max_length=500, verbose_name="why the other source is followed"
                    ),
                ),
                (
                    "why_ru",
                    cstopa.models.fields.LineField(
                        blank=True, max_length=500, verbose_name="why the other source is followed"
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which somebody last read this there.",
                        null=True,
                        verbose_name="checked on",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical further source",
                "verbose_name_plural": "historical further sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalParliamentName",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("is_correction", models.BooleanField(default=False, editable=False)),
                ("reason", models.TextField(blank=True, default="", editable=False)),
                (
                    "valid_from",
                    models.DateField(
                        blank=True,
                        help_text="First day in force. Leave it empty where the start is not known.",
                        null=True,
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True,
                        help_text="Last day in force. Leave it empty where no end is known.",
                        null=True,
                        verbose_name="valid to",
                    ),
                ),
                (
                    "valid_to_is_latest",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it where the exact end is not known, only that it came by that day.",
                        verbose_name="ended no later than this day",
                    ),
                ),
                (
                    "code",
                    cstopa.models.codes.CodeField(
                        blank=True,
                        editable=False,
                        help_text="The name of this fact in addresses and data. It never changes.",
                        max_length=120,
                        unique=False,
                        verbose_name="code",
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this was last found to be true.",
                        null=True,
                        verbose_name="checked on",
                    ),
                ),
                (
                    "name_en",
                    cstopa.models.fields.LineField(blank=True, max_length=200, verbose_name="name"),
                ),
                (
                    "name_ru",
                    cstopa.models.fields.LineField(blank=True, max_length=200, verbose_name="name"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical name of a parliament",
                "verbose_name_plural": "historical names of parliaments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalRole",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("is_correction", models.BooleanField(default=False, editable=False)),
                ("reason", models.TextField(blank=True, default="", editable=False)),
                (
                    "valid_from",
                    models.DateField(
                        blank=True,
                        help_text="First day in force. Leave it empty where the start is not known.",
                        null=True,
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True,
                        help_text="Last day in force. Leave it empty where no end is known.",
                        null=True,
                        verbose_name="valid to",
                    ),
                ),
                (
                    "valid_to_is_latest",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it where the exact end is not known, only that it came by that day.",
                        verbose_name="ended no later than this day",
                    ),
                ),
                (
                    "code",
                    cstopa.models.codes.CodeField(
                        blank=True,
                        editable=False,
                        help_text="The name of this fact in addresses and data. It never changes.",
                        max_length=120,
                        unique=False,
                        verbose_name="code",
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this was last found to be true.",
                        null=True,
                        verbose_name="checked on",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("head", "Head of the delegation"),
                            ("deputy_head", "Deputy head of the delegation"),
                            ("alternate", "Alternate member of the delegation"),
                        ],
                        max_length=11,
                        verbose_name="role",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical role in a delegation",
                "verbose_name_plural": "historical roles in delegations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ParliamentName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        blank=True,
                        help_text="First day in force. Leave it empty where the start is not known.",
                        null=True,
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True,
                        help_text="Last day in force. Leave it empty where no end is known.",
                        null=True,
                        verbose_name="valid to",
                    ),
                ),
                (
                    "valid_to_is_latest",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it where the exact end is not known, only that it came by that day.",
                        verbose_name="ended no later than this day",
                    ),
                ),
                (
                    "code",
                    cstopa.models.codes.CodeField(
                        blank=True,
                        editable=False,
                        help_text="The name of this fact in addresses and data. It never changes.",
                        max_length=120,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this was last found to be true.",
                        null=True,
                        verbose_name="checked on",
                    ),
                ),
                (
                    "name_en",
                    cstopa.models.fields.LineField(blank=True, max_length=200, verbose_name="name"),
                ),
                (
                    "name_ru",
                    cstopa.models.fields.LineField(blank=True, max_length=200, verbose_name="name"),
                ),
            ],
            options={
                "verbose_name": "name of a parliament",
                "verbose_name_plural": "names of parliaments",
                "ordering": ("parliament__slug", "valid_from", "code"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        blank=True,
                        help_text="First day in force. Leave it empty where the start is not known.",
                        null=True,
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_to",
                    models.DateField(
                        blank=True,
                        help_text="Last day in force. Leave it empty where no end is known.",
                        null=True,
                        verbose_name="valid to",
                    ),
                ),
                (
                    "valid_to_is_latest",
                    models.BooleanField(
                        default=False,
                        help_text="Tick it where the exact end is not known, only that it came by that day.",
                        verbose_name="ended no later than this day",
                    ),
                ),
                (
                    "code",
                    cstopa.models.codes.CodeField(
                        blank=True,
                        editable=False,
                        help_text="The name of this fact in addresses and data. It never changes.",
                        max_length=120,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which this was last found to be true.",
                        null=True,
                        verbose_name="checked on",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("head", "Head of the delegation"),
                            ("deputy_head", "Deputy head of the delegation"),
                            ("alternate", "Alternate member of the delegation"),
                        ],
                        max_length=11,
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "role in a delegation",
                "verbose_name_plural": "roles in delegations",
                "ordering": ("parliament__slug", "kind", "valid_from", "code"),
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="historicalchamber",
            name="is_correction",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="historicalchamber",
            name="reason",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="historicalmembership",
            name="is_correction",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="historicalmembership",
            name="reason",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="historicaloffice",
            name="is_correction",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="historicaloffice",
            name="reason",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="historicalparliament",
            name="is_correction",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="historicalparliament",
            name="reason",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="historicalparticipation",
            name="is_correction",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="historicalparticipation",
            name="reason",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="historicalperson",
            name="is_correction",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="historicalperson",
            name="reason",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="historicalseatallocation",
            name="is_correction",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="historicalseatallocation",
            name="reason",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            model_name="historicalsource",
            name="is_correction",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="historicalsource",
            name="reason",
            field=models.TextField(blank=True, default="", editable=False),
        ),
        migrations.AlterField(
            model_name="historicalparliament",
            name="name_en",
            field=cstopa.models.fields.LineField(
                blank=True,
                help_text="Its official name, on the days for which no other is recorded below.",
                max_length=200,
                verbose_name="name",
            ),
        ),
        migrations.AlterField(
            model_name="historicalparliament",
            name="name_ru",
            field=cstopa.models.fields.LineField(
                blank=True,
                help_text="Its official name, on the days for which no other is recorded below.",
                max_length=200,
                verbose_name="name",
            ),
        ),
        migrations.AlterField(
            model_name="parliament",
            name="name_en",
            field=cstopa.models.fields.LineField(
                blank=True,
                help_text="Its official name, on the days for which no other is recorded below.",
                max_length=200,
                verbose_name="name",
            ),
        ),
        migrations.AlterField(
            model_name="parliament",
            name="name_ru",
            field=cstopa.models.fields.LineField(
                blank=True,
                help_text="Its official name, on the days for which no other is recorded below.",
                max_length=200,
                verbose_name="name",
            ),
        ),
        migrations.AddConstraint(
            model_name="parliament",
            constraint=models.CheckConstraint(
                condition=models.Q(cstopa.models.codes.IsSlug("code")),
                name="delegations_parliament_has_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(cstopa.models.codes.IsSlug("code")),
                name="delegations_person_has_code",
            ),
        ),
        migrations.AddField(
            model_name="chambername",
            name="chamber",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="names",
                to="delegations.chamber",
                verbose_name="chamber",
            ),
        ),
        migrations.AddField(
            model_name="chambername",
            name="source",
            field=models.ForeignKey(
                help_text="The document that this fact follows.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="delegations.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="completeroster",
            name="chamber",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rosters",
                to="delegations.chamber",
                verbose_name="chamber",
            ),
        ),
        migrations.AddField(
            model_name="completeroster",
            name="source",
            field=models.ForeignKey(
                help_text="The document that this fact follows.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="delegations.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="furthersource",
            name="allocation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="further_sources",
                to="delegations.seatallocation",
                verbose_name="seat allocation",
            ),
        ),
        migrations.AddField(
            model_name="furthersource",
            name="chamber",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="further_sources",
                to="delegations.chamber",
                verbose_name="chamber",
            ),
        ),
        migrations.AddField(
            model_name="furthersource",
            name="chamber_name",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="further_sources",
                to="delegations.chambername",
                verbose_name="name of a chamber",
            ),
        ),
        migrations.AddField(
            model_name="furthersource",
            name="membership",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="further_sources",
                to="delegations.membership",
                verbose_name="membership",
            ),
        ),
        migrations.AddField(
            model_name="furthersource",
            name="office",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="further_sources",
                to="delegations.office",
                verbose_name="office",
            ),
        ),
        migrations.AddField(
            model_name="furthersource",
            name="participation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="further_sources",
                to="delegations.participation",
                verbose_name="participation",
            ),
        ),
        migrations.AddField(
            model_name="furthersource",
            name="roster",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="further_sources",
                to="delegations.completeroster",
                verbose_name="complete roster",
            ),
        ),
        migrations.AddField(
            model_name="furthersource",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="delegations.source",
                verbose_name="further source",
            ),
        ),
        migrations.AddField(
            model_name="historicalchambername",
            name="chamber",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.chamber",
                verbose_name="chamber",
            ),
        ),
        migrations.AddField(
            model_name="historicalchambername",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalchambername",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="The document that this fact follows.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="historicalcompleteroster",
            name="chamber",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.chamber",
                verbose_name="chamber",
            ),
        ),
        migrations.AddField(
            model_name="historicalcompleteroster",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcompleteroster",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="The document that this fact follows.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="historicalfurthersource",
            name="allocation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.seatallocation",
                verbose_name="seat allocation",
            ),
        ),
        migrations.AddField(
            model_name="historicalfurthersource",
            name="chamber",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.chamber",
                verbose_name="chamber",
            ),
        ),
        migrations.AddField(
            model_name="historicalfurthersource",
            name="chamber_name",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.chambername",
                verbose_name="name of a chamber",
            ),
        ),
        migrations.AddField(
            model_name="historicalfurthersource",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalfurthersource",
            name="membership",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.membership",
                verbose_name="membership",
            ),
        ),
        migrations.AddField(
            model_name="historicalfurthersource",
            name="office",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.office",
                verbose_name="office",
            ),
        ),
        migrations.AddField(
            model_name="historicalfurthersource",
            name="participation",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.participation",
                verbose_name="participation",
            ),
        ),
        migrations.AddField(
            model_name="historicalfurthersource",
            name="roster",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.completeroster",
                verbose_name="complete roster",
            ),
        ),
        migrations.AddField(
            model_name="historicalfurthersource",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.source",
                verbose_name="further source",
            ),
        ),
        migrations.AddField(
            model_name="historicalparliamentname",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalparliamentname",
            name="parliament",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.parliament",
                verbose_name="parliament",
            ),
        ),
        migrations.AddField(
            model_name="historicalparliamentname",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="The document that this fact follows.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="historicalrole",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalrole",
            name="parliament",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="The parliament that sends the delegation.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.parliament",
                verbose_name="parliament",
            ),
        ),
        migrations.AddField(
            model_name="historicalrole",
            name="person",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.person",
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="historicalrole",
            name="source",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="The document that this fact follows.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="parliamentname",
            name="parliament",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="names",
                to="delegations.parliament",
                verbose_name="parliament",
            ),
        ),
        migrations.AddField(
            model_name="parliamentname",
            name="source",
            field=models.ForeignKey(
                help_text="The document that this fact follows.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="delegations.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="historicalfurthersource",
            name="parliament_name",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.parliamentname",
                verbose_name="name of a parliament",
            ),
        ),
        migrations.AddField(
            model_name="furthersource",
            name="parliament_name",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="further_sources",
                to="delegations.parliamentname",
                verbose_name="name of a parliament",
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="parliament",
            field=models.ForeignKey(
                help_text="The parliament that sends the delegation.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="roles",
                to="delegations.parliament",
                verbose_name="parliament",
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="roles",
                to="delegations.person",
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="source",
            field=models.ForeignKey(
                help_text="The document that this fact follows.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="delegations.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="historicalfurthersource",
            name="role",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="delegations.role",
                verbose_name="role in a delegation",
            ),
        ),
        migrations.AddField(
            model_name="furthersource",
            name="role",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="further_sources",
                to="delegations.role",
                verbose_name="role in a delegation",
            ),
        ),
        migrations.AddConstraint(
            model_name="chambername",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                field="valid_to",
                name="delegations_chambername_period_in_order",
                violation_error_message="A period does not end before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="chambername",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    models.Q(
                        django.db.models.lookups.IsNull(
                            models.Func(
                                models.F("valid_from"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                            False,
                        ),
                        (
                            "valid_from",
                            models.Func(
                                models.F("valid_from"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                        ),
                        ("valid_from__gte", datetime.date(1900, 1, 1)),
                        ("valid_from__lte", datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                field="valid_from",
                name="delegations_chambername_period_of_days",
                violation_error_message="“Valid from” is a day between 1900 and 2199.",
            ),
        ),
        migrations.AddConstraint(
            model_name="chambername",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    models.Q(
                        django.db.models.lookups.IsNull(
                            models.Func(
                                models.F("valid_to"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                            False,
                        ),
                        (
                            "valid_to",
                            models.Func(
                                models.F("valid_to"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                        ),
                        ("valid_to__gte", datetime.date(1900, 1, 1)),
                        ("valid_to__lte", datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                field="valid_to",
                name="delegations_chambername_period_to_a_day",
                violation_error_message="“Valid to” is a day between 1900 and 2199; leave it empty where no end is known.",
            ),
        ),
        migrations.AddConstraint(
            model_name="chambername",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("valid_to_is_latest", False), ("valid_to__isnull", False), _connector="OR"
                ),
                field="valid_to",
                name="delegations_chambername_latest_has_a_day",
                violation_error_message="“Ended no later than” needs the day in “valid to”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="chambername",
            constraint=models.CheckConstraint(
                condition=models.Q(cstopa.models.codes.IsSlug("code")),
                name="delegations_chambername_has_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="chambername",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("checked_on__isnull", True),
                    models.Q(
                        django.db.models.lookups.IsNull(
                            models.Func(
                                models.F("checked_on"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                            False,
                        ),
                        (
                            "checked_on",
                            models.Func(
                                models.F("checked_on"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                        ),
                        ("checked_on__gte", datetime.date(1900, 1, 1)),
                        ("checked_on__lte", datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                field="checked_on",
                name="delegations_chambername_checked_on_a_day",
                violation_error_message="Write a day between 1900 and 2199.",
            ),
        ),
        migrations.AddConstraint(
            model_name="chambername",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    models.Q(("name_en", ""), _negated=True),
                    models.Q(("name_ru", ""), _negated=True),
                    _connector="OR",
                ),
                field="name_en",
                name="delegations_chambername_has_name",
                violation_error_message="Write the name in one language at least.",
            ),
        ),
        migrations.AddConstraint(
            model_name="chambername",
            constraint=cstopa.models.constraints.NoOverlap(
                name="delegations_chambername_one_a_day",
                same=("chamber",),
                violation_error_message="A chamber has one name on any day, and this is in the way: %(row)s.",
            ),
        ),
        migrations.AddConstraint(
            model_name="completeroster",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                field="valid_to",
                name="delegations_completeroster_period_in_order",
                violation_error_message="A period does not end before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="completeroster",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    models.Q(
                        django.db.models.lookups.IsNull(
                            models.Func(
                                models.F("valid_from"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                            False,
                        ),
                        (
                            "valid_from",
                            models.Func(
                                models.F("valid_from"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                        ),
                        ("valid_from__gte", datetime.date(1900, 1, 1)),
                        ("valid_from__lte", datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                field="valid_from",
                name="delegations_completeroster_period_of_days",
                violation_error_message="“Valid from” is a day between 1900 and 2199.",
            ),
        ),
        migrations.AddConstraint(
            model_name="completeroster",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    models.Q(
                        django.db.models.lookups.IsNull(
                            models.Func(
                                models.F("valid_to"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                            False,
                        ),
                        (
                            "valid_to",
                            models.Func(
                                models.F("valid_to"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                        ),
                        ("valid_to__gte", datetime.date(1900, 1, 1)),
                        ("valid_to__lte", datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                field="valid_to",
                name="delegations_completeroster_period_to_a_day",
                violation_error_message="“Valid to” is a day between 1900 and 2199; leave it empty where no end is known.",
            ),
        ),
        migrations.AddConstraint(
            model_name="completeroster",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("valid_to_is_latest", False), ("valid_to__isnull", False), _connector="OR"
                ),
                field="valid_to",
                name="delegations_completeroster_latest_has_a_day",
                violation_error_message="“Ended no later than” needs the day in “valid to”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="completeroster",
            constraint=models.CheckConstraint(
                condition=models.Q(cstopa.models.codes.IsSlug("code")),
                name="delegations_completeroster_has_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="completeroster",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("checked_on__isnull", True),
                    models.Q(
                        django.db.models.lookups.IsNull(
                            models.Func(
                                models.F("checked_on"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                            False,
                        ),
                        (
                            "checked_on",
                            models.Func(
                                models.F("checked_on"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                        ),
                        ("checked_on__gte", datetime.date(1900, 1, 1)),
                        ("checked_on__lte", datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                field="checked_on",
                name="delegations_completeroster_checked_on_a_day",
                violation_error_message="Write a day between 1900 and 2199.",
            ),
        ),
        migrations.AddConstraint(
            model_name="completeroster",
            constraint=cstopa.models.constraints.NoOverlap(
                name="delegations_completeroster_one_a_day",
                same=("chamber",),
                violation_error_message="The roster is said to be complete already, and this is in the way: %(row)s.",
            ),
        ),
        migrations.AddConstraint(
            model_name="parliamentname",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                field="valid_to",
                name="delegations_parliamentname_period_in_order",
                violation_error_message="A period does not end before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="parliamentname",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    models.Q(
                        django.db.models.lookups.IsNull(
                            models.Func(
                                models.F("valid_from"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                            False,
                        ),
                        (
                            "valid_from",
                            models.Func(
                                models.F("valid_from"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                        ),
                        ("valid_from__gte", datetime.date(1900, 1, 1)),
                        ("valid_from__lte", datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                field="valid_from",
                name="delegations_parliamentname_period_of_days",
                violation_error_message="“Valid from” is a day between 1900 and 2199.",
            ),
        ),
        migrations.AddConstraint(
            model_name="parliamentname",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    models.Q(
                        django.db.models.lookups.IsNull(
                            models.Func(
                                models.F("valid_to"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                            False,
                        ),
                        (
                            "valid_to",
                            models.Func(
                                models.F("valid_to"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                        ),
                        ("valid_to__gte", datetime.date(1900, 1, 1)),
                        ("valid_to__lte", datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                field="valid_to",
                name="delegations_parliamentname_period_to_a_day",
                violation_error_message="“Valid to” is a day between 1900 and 2199; leave it empty where no end is known.",
            ),
        ),
        migrations.AddConstraint(
            model_name="parliamentname",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("valid_to_is_latest", False), ("valid_to__isnull", False), _connector="OR"
                ),
                field="valid_to",
                name="delegations_parliamentname_latest_has_a_day",
                violation_error_message="“Ended no later than” needs the day in “valid to”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="parliamentname",
            constraint=models.CheckConstraint(
                condition=models.Q(cstopa.models.codes.IsSlug("code")),
                name="delegations_parliamentname_has_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="parliamentname",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("checked_on__isnull", True),
                    models.Q(
                        django.db.models.lookups.IsNull(
                            models.Func(
                                models.F("checked_on"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                            False,
                        ),
                        (
                            "checked_on",
                            models.Func(
                                models.F("checked_on"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                        ),
                        ("checked_on__gte", datetime.date(1900, 1, 1)),
                        ("checked_on__lte", datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                field="checked_on",
                name="delegations_parliamentname_checked_on_a_day",
                violation_error_message="Write a day between 1900 and 2199.",
            ),
        ),
        migrations.AddConstraint(
            model_name="parliamentname",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    models.Q(("name_en", ""), _negated=True),
                    models.Q(("name_ru", ""), _negated=True),
                    _connector="OR",
                ),
                field="name_en",
                name="delegations_parliamentname_has_name",
                violation_error_message="Write the name in one language at least.",
            ),
        ),
        migrations.AddConstraint(
            model_name="parliamentname",
            constraint=cstopa.models.constraints.NoOverlap(
                name="delegations_parliamentname_one_a_day",
                same=("parliament",),
                violation_error_message="A parliament has one name on any day, and this is in the way: %(row)s.",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))),
                field="valid_to",
                name="delegations_role_period_in_order",
                violation_error_message="A period does not end before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    models.Q(
                        django.db.models.lookups.IsNull(
                            models.Func(
                                models.F("valid_from"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                            False,
                        ),
                        (
                            "valid_from",
                            models.Func(
                                models.F("valid_from"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                        ),
                        ("valid_from__gte", datetime.date(1900, 1, 1)),
                        ("valid_from__lte", datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                field="valid_from",
                name="delegations_role_period_of_days",
                violation_error_message="“Valid from” is a day between 1900 and 2199.",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    models.Q(
                        django.db.models.lookups.IsNull(
                            models.Func(
                                models.F("valid_to"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                            False,
                        ),
                        (
                            "valid_to",
                            models.Func(
                                models.F("valid_to"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                        ),
                        ("valid_to__gte", datetime.date(1900, 1, 1)),
                        ("valid_to__lte", datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                field="valid_to",
                name="delegations_role_period_to_a_day",
                violation_error_message="“Valid to” is a day between 1900 and 2199; leave it empty where no end is known.",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("valid_to_is_latest", False), ("valid_to__isnull", False), _connector="OR"
                ),
                field="valid_to",
                name="delegations_role_latest_has_a_day",
                violation_error_message="“Ended no later than” needs the day in “valid to”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(cstopa.models.codes.IsSlug("code")),
                name="delegations_role_has_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("checked_on__isnull", True),
                    models.Q(
                        django.db.models.lookups.IsNull(
                            models.Func(
                                models.F("checked_on"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                            False,
                        ),
                        (
                            "checked_on",
                            models.Func(
                                models.F("checked_on"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                        ),
                        ("checked_on__gte", datetime.date(1900, 1, 1)),
                        ("checked_on__lte", datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                field="checked_on",
                name="delegations_role_checked_on_a_day",
                violation_error_message="Write a day between 1900 and 2199.",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["head", "deputy_head", "alternate"])),
                name="delegations_role_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=cstopa.models.constraints.NoOverlap(
                name="delegations_role_one_head",
                same=("parliament",),
                violation_error_message="A delegation has one head on any day, and this is in the way: %(row)s.",
                where={"kind": "head"},
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=cstopa.models.constraints.NoOverlap(
                name="delegations_role_one_for_a_person",
                same=("parliament", "person"),
                violation_error_message="The person has a role in this delegation already, and this is in the way: %(row)s.",
            ),
        ),
        migrations.AddConstraint(
            model_name="furthersource",
            constraint=models.CheckConstraint(
                condition=models.Q(cstopa.models.codes.IsSlug("code")),
                name="delegations_furthersource_has_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="furthersource",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("checked_on__isnull", True),
                    models.Q(
                        django.db.models.lookups.IsNull(
                            models.Func(
                                models.F("checked_on"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                            False,
                        ),
                        (
                            "checked_on",
                            models.Func(
                                models.F("checked_on"),
                                function="date",
                                output_field=models.DateField(),
                            ),
                        ),
                        ("checked_on__gte", datetime.date(1900, 1, 1)),
                        ("checked_on__lte", datetime.date(2199, 12, 31)),
                    ),
                    _connector="OR",
                ),
                field="checked_on",
                name="delegations_furthersource_checked_on_a_day",
                violation_error_message="Write a day between 1900 and 2199.",
            ),
        ),
        migrations.AddConstraint(
            model_name="furthersource",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("allocation__isnull", False),
                        ("chamber__isnull", True),
                        ("chamber_name__isnull", True),
                        ("membership__isnull", True),
                        ("office__isnull", True),
                        ("parliament_name__isnull", True),
                        ("participation__isnull", True),
                        ("role__isnull", True),
                        ("roster__isnull", True),
                    ),
                    models.Q(
                        ("allocation__isnull", True),
                        ("chamber__isnull", False),
                        ("chamber_name__isnull", True),
                        ("membership__isnull", True),
                        ("office__isnull", True),
                        ("parliament_name__isnull", True),
                        ("participation__isnull", True),
                        ("role__isnull", True),
                        ("roster__isnull", True),
                    ),
                    models.Q(
                        ("allocation__isnull", True),
                        ("chamber__isnull", True),
                        ("chamber_name__isnull", False),
                        ("membership__isnull", True),
                        ("office__isnull", True),
                        ("parliament_name__isnull", True),
                        ("participation__isnull", True),
                        ("role__isnull", True),
                        ("roster__isnull", True),
                    ),
                    models.Q(
                        ("allocation__isnull", True),
                        ("chamber__isnull", True),
                        ("chamber_name__isnull", True),
                        ("membership__isnull", False),
                        ("office__isnull", True),
                        ("parliament_name__isnull", True),
                        ("participation__isnull", True),
                        ("role__isnull", True),
                        ("roster__isnull", True),
                    ),
                    models.Q(
                        ("allocation__isnull", True),
                        ("chamber__isnull", True),
                        ("chamber_name__isnull", True),
                        ("membership__isnull", True),
                        ("office__isnull", False),
                        ("parliament_name__isnull", True),
                        ("participation__isnull", True),
                        ("role__isnull", True),
                        ("roster__isnull", True),
                    ),
                    models.Q(
                        ("allocation__isnull", True),
                        ("chamber__isnull", True),
                        ("chamber_name__isnull", True),
                        ("membership__isnull", True),
                        ("office__isnull", True),
                        ("parliament_name__isnull", False),
                        ("participation__isnull", True),
                        ("role__isnull", True),
                        ("roster__isnull", True),
                    ),
                    models.Q(
                        ("allocation__isnull", True),
                        ("chamber__isnull", True),
                        ("chamber_name__isnull", True),
                        ("membership__isnull", True),
                        ("office__isnull", True),
                        ("parliament_name__isnull", True),
                        ("participation__isnull", False),
                        ("role__isnull", True),
                        ("roster__isnull", True),
                    ),
                    models.Q(
                        ("allocation__isnull", True),
                        ("chamber__isnull", True),
                        ("chamber_name__isnull", True),
                        ("membership__isnull", True),
                        ("office__isnull", True),
                        ("parliament_name__isnull", True),
                        ("participation__isnull", True),
                        ("role__isnull", False),
                        ("roster__isnull", True),
                    ),
                    models.Q(
                        ("allocation__isnull", True),
                        ("chamber__isnull", True),
                        ("chamber_name__isnull", True),
                        ("membership__isnull", True),
                        ("office__isnull", True),
                        ("parliament_name__isnull", True),
                        ("participation__isnull", True),
                        ("role__isnull", True),
                        ("roster__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="delegations_furthersource_about_one_fact",
                violation_error_message="A further source is about one fact.",
            ),
        ),
        migrations.AddConstraint(
            model_name="furthersource",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("differs", False),
                    models.Q(("says_en", ""), _negated=True),
                    models.Q(("says_ru", ""), _negated=True),
                    _connector="OR",
                ),
                field="says_en",
                name="delegations_furthersource_says_what",
                violation_error_message="Write what the other source says.",
            ),
        ),
        migrations.AddConstraint(
            model_name="furthersource",
            constraint=cstopa.models.constraints.FieldCheck(
                condition=models.Q(
                    ("differs", False),
                    models.Q(("why_en", ""), _negated=True),
                    models.Q(("why_ru", ""), _negated=True),
                    _connector="OR",
                ),
                field="why_en",
                name="delegations_furthersource_says_why",
                violation_error_message="Write why the other source is followed.",
            ),
        ),
    ]
