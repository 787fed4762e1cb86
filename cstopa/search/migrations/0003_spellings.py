from django.db import migrations


class Migration(migrations.Migration):
    # Stems of Latin names and the texts of parliaments and chambers are others: once everything is
    # migrated, the entries are made again (cstopa.search.index.after_migrations).
    dependencies = [("search", "0002_stems")]

    operations = []
