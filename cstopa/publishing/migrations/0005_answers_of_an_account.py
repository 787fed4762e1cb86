import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0004_answers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Whose the answers were nobody knows: what they were given to is asked once more.
        migrations.DeleteModel(name='Answer'),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=100)),
                ('key', models.BigIntegerField()),
                ('question', models.CharField(max_length=16)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('public_version', models.PositiveBigIntegerField()),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('model', 'key', 'question', 'by', 'public_version'), name='publishing_answer_once')],
            },
        ),
    ]
