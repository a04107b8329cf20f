from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("city", "0001_initial"), ("kernel", "0001_initial")]

    operations = [
        migrations.AddField("incident", "done", models.TextField(blank=True)),
        migrations.AddField("incident", "key", models.CharField(max_length=80, null=True, unique=True)),
        migrations.AddField(
            "incident",
            "teller",
            # no incident could be made before: there is no row that would need the default
            models.ForeignKey("city.Department", models.PROTECT, related_name="+", default=0),
            preserve_default=False,
        ),
    ]
