import django.db.models.deletion
import huying.notify.models
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("notify", "0001_initial"), ("notify", "0002_relay"), ("notify", "0003_acting")]
    initial = True
    dependencies = [
        ("people", "0001_squashed_0006_clerks"),
    ]
    operations = [
        migrations.CreateModel(
            name="RelayHeard",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                ("call", models.BigIntegerField(primary_key=True, serialize=False)),
                ("matter", models.BigIntegerField(db_index=True)),
                ("waits", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("call", models.BigIntegerField()),
                ("channel", models.CharField(choices=[("sms", "短信"), ("mail", "邮件"), ("relay", "中转号")], max_length=5)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "待发"),
                            ("sending", "发送中"),
                            ("sent", "已发出"),
                            ("delivered", "已送达"),
                            ("failed", "没有送到"),
                            ("given_up", "不再发"),
                        ],
                        default="planned",
                        max_length=9,
                    ),
                ),
                ("key", models.CharField(default=huying.notify.models.new_key, max_length=32, unique=True)),
                ("made_at", models.DateTimeField()),
                ("next_try_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("began_at", models.DateTimeField(null=True)),
                ("claim", models.CharField(blank=True, max_length=16)),
                ("claim_until", models.DateTimeField(null=True)),
                ("outside_id", models.CharField(blank=True, max_length=80)),
                ("sent_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, max_length=120)),
                ("party", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party")),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("planned", "sending"))),
                        fields=["next_try_at", "id"],
                        name="messages_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("began_at__isnull", True), ("state", "planned")),
                        fields=["call"],
                        name="messages_open",
                    ),
                    models.Index(fields=["made_at"], name="messages_by_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("call", models.BigIntegerField()),
                ("subject", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("template", models.CharField(max_length=16)),
                ("number", models.CharField(max_length=12)),
                ("who", models.CharField(blank=True, max_length=64)),
                ("by", models.DateTimeField(null=True)),
                ("address", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("acts", models.BooleanField(default=False)),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "message",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="notify.message"
                    ),
                ),
                ("party", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["party", "-at"], name="notices_of_party"),
                    models.Index(condition=models.Q(("read_at__isnull", True)), fields=["party"], name="notices_unread"),
                    models.Index(fields=["call"], name="notices_of_call"),
                    models.Index(fields=["at"], name="notices_by_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "version", "call", "party"), name="a_fact_is_told_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RelayLine",
            fields=[
                ("call", models.BigIntegerField(primary_key=True, serialize=False)),
                ("line", models.CharField(default=huying.notify.models.new_key, max_length=32, unique=True)),
                ("number", models.CharField(blank=True, max_length=24)),
                ("used_at", models.DateTimeField()),
                ("party", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party")),
            ],
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="wish",
                        serialize=False,
                        to="people.party",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("sms", "短信"), ("mail", "邮件"), ("portal", "只在网页")], default="sms", max_length=6
                    ),
                ),
                ("language", models.CharField(default="zh-hans", max_length=7)),
                ("quiet_from", models.PositiveSmallIntegerField(default=21)),
                ("quiet_to", models.PositiveSmallIntegerField(default=8)),
                ("mail_sealed", models.BinaryField(null=True)),
                ("asked_sealed", models.BinaryField(null=True)),
                ("code_hash", models.CharField(blank=True, max_length=64)),
                ("code_at", models.DateTimeField(null=True)),
                ("code_tries", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name_plural": "wishes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quiet_from__lte", 23), ("quiet_to__lte", 23)), name="quiet_hours"
                    )
                ],
            },
        ),
    ]
