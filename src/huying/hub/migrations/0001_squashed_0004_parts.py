from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("hub", "0001_initial"),
        ("hub", "0002_the_callers_word"),
        ("hub", "0003_duty_of_a_case"),
        ("hub", "0004_parts"),
    ]
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("matter", models.BigIntegerField(primary_key=True, serialize=False)),
                ("bearer", models.CharField(blank=True, max_length=64)),
                ("duty", models.CharField(blank=True, max_length=64)),
                ("contact", models.CharField(blank=True, max_length=5)),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("task", models.BigIntegerField(primary_key=True, serialize=False)),
                ("matter", models.BigIntegerField(db_index=True)),
                ("bearer", models.CharField(max_length=64)),
                ("giver", models.CharField(blank=True, max_length=64)),
                ("parent", models.BigIntegerField(null=True)),
                ("role", models.CharField(max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.CharField(max_length=7)),
                ("department", models.CharField(blank=True, max_length=64)),
                ("district", models.CharField(blank=True, max_length=64)),
                ("part", models.CharField(blank=True, max_length=64)),
                ("level", models.CharField(blank=True, max_length=10)),
                ("received", models.IntegerField(default=0)),
                ("answered", models.IntegerField(default=0)),
                ("contact_due", models.IntegerField(default=0)),
                ("contact_kept", models.IntegerField(default=0)),
                ("solved", models.IntegerField(default=0)),
                ("unsolved", models.IntegerField(default=0)),
                ("waiting", models.IntegerField(default=0)),
                ("silent", models.IntegerField(default=0)),
                ("graded", models.IntegerField(default=0)),
                ("satisfied", models.IntegerField(default=0)),
                ("declined", models.IntegerField(default=0)),
                ("referred", models.IntegerField(default=0)),
                ("withdrawn", models.IntegerField(default=0)),
                ("concluded", models.IntegerField(default=0)),
                ("excluded", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("month", "department", "district", "part", "level"), name="one_cell")
                ],
            },
        ),
        migrations.CreateModel(
            name="Held",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("matter", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("bearer", models.CharField(blank=True, max_length=64)),
                ("stage", models.CharField(max_length=12)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("matter", "number"), name="one_hop_a_number")],
            },
        ),
        migrations.CreateModel(
            name="Late",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("matter", models.BigIntegerField(db_index=True)),
                ("what", models.CharField(max_length=12)),
                ("bearer", models.CharField(blank=True, max_length=64)),
                ("district", models.CharField(blank=True, max_length=64)),
                ("due_at", models.DateTimeField()),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("told", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["due_at"], name="late_by_day"),
                    models.Index(fields=["bearer", "due_at"], name="late_by_bearer"),
                    models.Index(fields=["district", "due_at"], name="late_by_district"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                ("call", models.BigIntegerField(primary_key=True, serialize=False)),
                ("matter", models.BigIntegerField(db_index=True)),
                ("month", models.CharField(max_length=7)),
                ("opened_on", models.DateField(null=True)),
                ("area", models.CharField(blank=True, max_length=64)),
                ("district", models.CharField(blank=True, max_length=64)),
                ("part", models.CharField(blank=True, max_length=64)),
                ("state", models.CharField(default="open", max_length=8)),
                ("how", models.CharField(blank=True, max_length=12)),
                ("excluded", models.CharField(blank=True, max_length=32)),
                ("answered", models.BooleanField(default=False)),
                ("broken", models.BooleanField(default=False)),
                ("solved", models.BooleanField(null=True)),
                ("grade", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["area"], name="voices_of_area"),
                    models.Index(condition=models.Q(("part", ""), _negated=True), fields=["part"], name="voices_apart"),
                ],
            },
        ),
    ]
