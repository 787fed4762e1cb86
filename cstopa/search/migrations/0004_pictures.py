from django.db import migrations


class Migration(migrations.Migration):
    """Pictures are found."""

    dependencies = [
        ('search', '0003_stems_of_known_words'),
    ]

    operations = []
