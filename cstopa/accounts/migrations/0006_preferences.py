import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_own_zones'),
    ]

    operations = [
        migrations.RenameModel('OwnZone', 'Preferences'),
        migrations.AlterModelOptions(
            name='preferences',
            options={
                'verbose_name': 'preferences',
                'verbose_name_plural': 'preferences',
                'default_permissions': (),
            },
        ),
        migrations.RenameField('preferences', 'name', 'zone'),
        migrations.AlterField(
            model_name='preferences',
            name='zone',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name='preferences',
            name='account',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='preferences', serialize=False, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='preferences',
            name='language',
            field=models.CharField(blank=True, max_length=2),
        ),
    ]
