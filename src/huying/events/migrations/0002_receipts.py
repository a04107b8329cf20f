"""The tree over the log: tiles, checkpoints, cosignatures. Numbers of facts become dense, for they are places in the tree."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# A sequencer that fell on PostgreSQL has left gaps. Nothing is in a tree yet, so the numbers can still close up; by way of
# negative ones, for a number may not be there twice even for a moment.
CLOSE_UP = (
    """UPDATE events_cursor SET seq = (SELECT count(*) FROM events_factorder o WHERE o.seq <= events_cursor.seq)""",
    """UPDATE events_factorder SET seq = -(SELECT p.place FROM
       (SELECT fact_id, row_number() OVER (ORDER BY seq) AS place FROM events_factorder) p
       WHERE p.fact_id = events_factorder.fact_id)""",
    "UPDATE events_factorder SET seq = -seq",
)


def close_up(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    order = apps.get_model("events", "FactOrder").objects
    last = order.aggregate(last=models.Max("seq"))["last"] or 0
    if last != order.count():
        for statement in CLOSE_UP:
            editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [
        migrations.RunPython(close_up, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="factorder",
            name="seq",
            field=models.BigIntegerField(primary_key=True, serialize=False),
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                ("line", models.CharField(max_length=400)),
            ],
        ),
        migrations.CreateModel(
            name="Tile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.PositiveSmallIntegerField()),
                ("number", models.BigIntegerField()),
                ("hashes", models.BinaryField(max_length=8192)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("level", "number"), name="tile_place")]},
        ),
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("line", models.CharField(max_length=400)),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cosignatures", to="events.checkpoint"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("checkpoint", "name"), name="one_cosignature_a_witness")]
            },
        ),
    ]
