import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("city", "0001_initial"), ("city", "0002_things"), ("city", "0003_elsewhere"), ("city", "0004_made")]
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Day",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField(unique=True)),
                ("working", models.BooleanField()),
                ("name", models.CharField(blank=True, max_length=32)),
                ("notice", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="MadeThing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=64, unique=True)),
                ("text", models.TextField()),
                ("base", models.CharField(blank=True, max_length=64)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PackText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, unique=True)),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Setting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("value", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("code", models.CharField(blank=True, max_length=12)),
                ("name", models.CharField(max_length=64)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("city", "市"),
                            ("district", "区县"),
                            ("street", "镇街"),
                            ("community", "村社"),
                            ("elsewhere", "外地"),
                        ],
                        max_length=10,
                    ),
                ),
                ("aliases", models.JSONField(blank=True, default=list)),
                ("lon", models.FloatField(blank=True, null=True)),
                ("lat", models.FloatField(blank=True, null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="city.area",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="city.area",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="area_forward",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("name", models.CharField(max_length=64)),
                ("short", models.CharField(max_length=32)),
                ("type", models.CharField(max_length=32)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("city", "市"),
                            ("district", "区县"),
                            ("street", "镇街"),
                            ("community", "村社"),
                            ("elsewhere", "外地"),
                        ],
                        max_length=10,
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=32)),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="departments", to="city.area"),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="city.department",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["type", "area"], name="department_of_type")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="department_forward",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("group", models.CharField(max_length=32)),
                ("subgroup", models.CharField(max_length=32)),
                ("name", models.CharField(max_length=64)),
                ("text", models.TextField()),
                ("lead", models.CharField(max_length=32)),
                ("assists", models.JSONField(blank=True, default=list)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("city", "市"),
                            ("district", "区县"),
                            ("street", "镇街"),
                            ("community", "村社"),
                            ("elsewhere", "外地"),
                        ],
                        max_length=10,
                    ),
                ),
                ("urgency", models.CharField(default="ordinary", max_length=10)),
                ("ground", models.CharField(blank=True, max_length=200)),
                ("may_pass_down", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="duty_forward",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PackState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64)),
                ("title", models.CharField(blank=True, max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("loaded_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_pack")],
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("name", models.CharField(max_length=64)),
                ("name_en", models.CharField(max_length=128)),
                ("short", models.CharField(max_length=32)),
                ("home", models.CharField(max_length=64)),
                ("home_code", models.CharField(max_length=12)),
                ("phone", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="partner_forward",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("name", models.CharField(max_length=64)),
                ("name_en", models.CharField(max_length=192)),
                ("department", models.CharField(blank=True, max_length=32)),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("city", "市"),
                            ("district", "区县"),
                            ("street", "镇街"),
                            ("community", "村社"),
                            ("elsewhere", "外地"),
                        ],
                        max_length=10,
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="city.partner",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="item_forward",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("partner__isnull", True), models.Q(("department", ""), ("level", "")), _connector="XOR"
                        ),
                        name="item_has_one_bearer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.JSONField()),
                ("loaded_at", models.DateTimeField()),
                (
                    "item",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="city.item"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("item", "digest"), name="item_content_once"),
                    models.UniqueConstraint(fields=("item", "number"), name="item_numbered"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("kind", models.CharField(max_length=16)),
                ("sort", models.CharField(blank=True, max_length=16)),
                ("urgency", models.CharField(blank=True, max_length=10)),
                ("what", models.CharField(max_length=16)),
                ("budget", models.PositiveIntegerField()),
                ("unit", models.CharField(max_length=10)),
                ("basis", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="term_forward",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Thing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                ("name", models.CharField(max_length=32)),
                ("name_en", models.CharField(max_length=96)),
                ("event", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="thing_forward",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ThingVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.JSONField()),
                ("loaded_at", models.DateTimeField()),
                ("items", models.ManyToManyField(related_name="things", to="city.itemversion")),
                (
                    "thing",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="city.thing"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("thing", "digest"), name="thing_content_once"),
                    models.UniqueConstraint(fields=("thing", "number"), name="thing_numbered"),
                ],
            },
        ),
    ]
