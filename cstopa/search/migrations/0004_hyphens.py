from django.db import migrations


class Migration(migrations.Migration):
    # Passages are kept with their hyphenated words as one, and an apostrophe is a sign however it is
    # typed: once everything is migrated, the entries are made again (cstopa.search.index).
    dependencies = [("search", "0003_spellings")]

    operations = []
