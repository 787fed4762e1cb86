from django.db import migrations

import cstopa.models.fields


class Migration(migrations.Migration):
    dependencies = [("delegations", "0005_versions_in_order")]

    operations = [
        migrations.AddField(
            model_name="parliament",
            name="search_words_en",
            field=cstopa.models.fields.LineField(
                blank=True,
                help_text="Other words by which readers look for it: short names, adjectives, abbreviations. No page shows them.",
                max_length=300,
                verbose_name="words to be found by",
            ),
        ),
        migrations.AddField(
            model_name="parliament",
            name="search_words_ru",
            field=cstopa.models.fields.LineField(
                blank=True,
                help_text="Other words by which readers look for it: short names, adjectives, abbreviations. No page shows them.",
                max_length=300,
                verbose_name="words to be found by",
            ),
        ),
        migrations.AddField(
            model_name="chamber",
            name="search_words_en",
            field=cstopa.models.fields.LineField(
                blank=True,
                help_text="Other words by which readers look for it: short names, adjectives, abbreviations. No page shows them.",
                max_length=300,
                verbose_name="words to be found by",
            ),
        ),
        migrations.AddField(
            model_name="chamber",
            name="search_words_ru",
            field=cstopa.models.fields.LineField(
                blank=True,
                help_text="Other words by which readers look for it: short names, adjectives, abbreviations. No page shows them.",
                max_length=300,
                verbose_name="words to be found by",
            ),
        ),
        migrations.AddField(
            model_name="historicalparliament",
            name="search_words_en",
            field=cstopa.models.fields.LineField(
                blank=True,
                help_text="Other words by which readers look for it: short names, adjectives, abbreviations. No page shows them.",
                max_length=300,
                verbose_name="words to be found by",
            ),
        ),
        migrations.AddField(
            model_name="historicalparliament",
            name="search_words_ru",
            field=cstopa.models.fields.LineField(
                blank=True,
                help_text="Other words by which readers look for it: short names, adjectives, abbreviations. No page shows them.",
                max_length=300,
                verbose_name="words to be found by",
            ),
        ),
        migrations.AddField(
            model_name="historicalchamber",
            name="search_words_en",
            field=cstopa.models.fields.LineField(
                blank=True,
                help_text="Other words by which readers look for it: short names, adjectives, abbreviations. No page shows them.",
                max_length=300,
                verbose_name="words to be found by",
            ),
        ),
        migrations.AddField(
            model_name="historicalchamber",
            name="search_words_ru",
            field=cstopa.models.fields.LineField(
                blank=True,
                help_text="Other words by which readers look for it: short names, adjectives, abbreviations. No page shows them.",
                max_length=300,
                verbose_name="words to be found by",
            ),
        ),
    ]
