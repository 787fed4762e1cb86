import django.db.models.deletion
from django.db import migrations, models

ENTRY_TEXT = {
    "sqlite": """
        CREATE VIRTUAL TABLE search_entrytext USING fts5(
            words, stems, unfinished, unfinished_stems,
            columnsize=0, tokenize="ascii tokenchars '|'"
        )
    """,
    # 40, 48, 51 and 54 are the bits of cstopa.search.places.
    "postgresql": """
        CREATE TABLE search_entrytext (
            rowid bigint PRIMARY KEY,
            words text NOT NULL,
            stems text NOT NULL,
            unfinished text NOT NULL,
            unfinished_stems text NOT NULL,
            tokens tsvector NOT NULL GENERATED ALWAYS AS (
                stems::tsvector
                || replace(words, ' ', ' =')::tsvector
                || replace(unfinished_stems, ' ', ' ~')::tsvector
                || replace(unfinished, ' ', ' ~=')::tsvector
                || CASE WHEN rowid < 0 THEN ('@40.' || ((-rowid) >> 40)::text)::tsvector
                   ELSE ('@48.' || (rowid >> 48)::text || ' @51.' || (rowid >> 51)::text
                         || ' @54.' || (rowid >> 54)::text)::tsvector END
            ) STORED
        );
        CREATE INDEX search_entrytext_tokens ON search_entrytext
            USING gin (tokens) WITH (fastupdate = off)
    """,
}
KNOWN_WORD = {
    "sqlite": """
        CREATE TABLE search_knownword (word text NOT NULL PRIMARY KEY, stem text NOT NULL)
        WITHOUT ROWID
    """,
    "postgresql": """
        CREATE TABLE search_knownword (
            word text COLLATE "C" PRIMARY KEY, stem text COLLATE "C" NOT NULL
        )
    """,
}


def run(statements):
    def forwards(apps, schema_editor):
        schema_editor.execute(statements[schema_editor.connection.vendor])

    return forwards


def drop(table):
    def backwards(apps, schema_editor):
        schema_editor.execute(f"DROP TABLE {table}")

    return backwards


class Migration(migrations.Migration):
    """The index in the full-text search of the database; it is made again after the migrations."""

    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.DeleteModel("Entry"),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("model", models.CharField(max_length=100)),
                ("object_id", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("model", "object_id"), name="search_one_entry_a_row"
                    )
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunPython(run(ENTRY_TEXT), drop("search_entrytext")),
                migrations.RunPython(run(KNOWN_WORD), drop("search_knownword")),
            ],
            [
                migrations.CreateModel(
                    name="EntryText",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                db_column="rowid",
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="text",
                                serialize=False,
                                to="search.entry",
                            ),
                        ),
                        ("words", models.TextField()),
                        ("stems", models.TextField()),
                        ("unfinished", models.TextField()),
                        ("unfinished_stems", models.TextField()),
                    ],
                    options={
                        "verbose_name": "text of a search entry",
                        "verbose_name_plural": "texts of search entries",
                    },
                ),
                migrations.CreateModel(
                    name="KnownWord",
                    fields=[
                        (
                            "word",
                            models.TextField(primary_key=True, serialize=False),
                        ),
                        ("stem", models.TextField()),
                    ],
                    options={
                        "verbose_name": "known word",
                        "verbose_name_plural": "known words",
                    },
                ),
            ],
        ),
    ]
