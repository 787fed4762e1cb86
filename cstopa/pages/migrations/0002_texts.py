import cstopa.models.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('written', '0001_initial'),
    ]

    operations = [
        cstopa.models.fields.CheckFields(),
    ]
