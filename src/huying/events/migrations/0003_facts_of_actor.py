from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0002_receipts")]
    operations = [
        migrations.AddIndex(
            model_name="fact",
            index=models.Index(fields=["actor", "at", "id"], name="facts_of_actor"),
        ),
    ]
