import django.db.models.deletion
import django.db.models.functions.comparison
import huying.base.ids
from django.db import migrations, models

from huying.kernel.migrations import _search


class Migration(migrations.Migration):
    replaces = [
        ("kernel", "0001_initial"),
        ("kernel", "0002_incidents_known"),
        ("kernel", "0003_the_callers_word"),
        ("kernel", "0004_desk"),
        ("kernel", "0005_assist_and_boundary"),
        ("kernel", "0006_sealed"),
        ("kernel", "0007_looks"),
        ("kernel", "0008_my_data"),
        ("kernel", "0009_search"),
        ("kernel", "0010_hot_causes"),
        ("kernel", "0011_learned"),
        ("kernel", "0012_branches"),
        ("kernel", "0013_branch_verbs"),
        ("kernel", "0014_agents"),
        ("kernel", "0015_pauses_overrun"),
    ]
    initial = True
    dependencies = [
        ("city", "0001_squashed_0004_made"),
        ("people", "0001_squashed_0006_clerks"),
    ]
    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("urn", models.CharField(max_length=80, unique=True)),
                ("pieces", models.TextField()),
                ("who", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16)),
                ("sort", models.CharField(max_length=16)),
                ("title", models.CharField(max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "已收到"),
                            ("accepted", "已受理"),
                            ("working", "办理中"),
                            ("answered", "已答复"),
                            ("closed", "已办结"),
                            ("declined", "不予受理"),
                            ("referred", "告知转办"),
                            ("withdrawn", "已撤回"),
                            ("merged", "已并案"),
                            ("concluded", "已终结"),
                        ],
                        default="received",
                        max_length=12,
                    ),
                ),
                ("urgency", models.CharField(default="ordinary", max_length=10)),
                ("duty_key", models.CharField(blank=True, max_length=64)),
                ("opened_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("voices", models.PositiveIntegerField(default=1)),
                ("reopened", models.PositiveSmallIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "about",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.area"),
                ),
                (
                    "district",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.area"),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="merged", to="kernel.matter"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["received", "accepted"])),
                        fields=["opened_at", "id"],
                        name="matter_to_dispatch",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["received", "accepted"]), ("voices__gt", 1)),
                        fields=["voices"],
                        name="matter_many_voices",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["received", "accepted", "working"])),
                        fields=["district", "-opened_at"],
                        name="matters_nearby",
                    ),
                    models.Index(fields=["state", "ended_at"], name="matter_by_end"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(blank=True, max_length=80)),
                ("people", models.PositiveIntegerField()),
                ("busiest", models.PositiveIntegerField()),
                ("found_at", models.DateTimeField()),
                ("stands_at", models.DateTimeField(null=True)),
                ("changed", models.TextField(blank=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                ("district", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.area")),
                (
                    "owner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"
                    ),
                ),
                ("heart", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.matter")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("closed_at__isnull", True)), fields=["-people"], name="causes_open")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True),
                            models.Q(("stands_at__isnull", False), models.Q(("changed", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="closed_with_a_change",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stands_at__isnull", True), ("owner__isnull", False), _connector="OR"),
                        name="what_stands_has_an_owner",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="incident",
                        serialize=False,
                        to="kernel.matter",
                    ),
                ),
                ("key", models.CharField(max_length=80, null=True, unique=True)),
                ("title", models.CharField(max_length=80)),
                ("cause", models.CharField(max_length=300)),
                ("until_at", models.DateTimeField(null=True)),
                ("news_at", models.DateTimeField(null=True)),
                ("news", models.CharField(blank=True, max_length=300)),
                ("done", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.area")),
                (
                    "teller",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)), fields=["area", "opened_at"], name="incidents_now"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="kernel.matter",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=64)),
                ("alone", models.CharField(blank=True, max_length=64)),
                ("by_hand", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("first_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["first_at", "alone", "label"], name="lessons_by_time"),
                    models.Index(condition=models.Q(("by_hand", True)), fields=["at"], name="lessons_by_hand"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CauseMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cause",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="members", to="kernel.cause"),
                ),
                (
                    "matter",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="cause", to="kernel.matter"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Boundary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(blank=True, max_length=80)),
                ("duty_key", models.CharField(blank=True, max_length=64)),
                ("ground", models.CharField(blank=True, max_length=300)),
                ("opened_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "area",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.area"),
                ),
                (
                    "bearer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"
                    ),
                ),
                (
                    "interim",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.area"),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="boundaries", to="kernel.matter"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("settled_at__isnull", False)), fields=["duty_key"], name="settled_by_duty")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)), fields=("matter",), name="one_open_quarrel"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("settled_at__isnull", True), ("bearer__isnull", False), _connector="OR"),
                        name="settled_names_its_bearer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Learned",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("made_at", models.DateTimeField()),
                ("how", models.CharField(max_length=8)),
                ("card", models.JSONField()),
                ("data", models.BinaryField()),
                ("runs", models.BooleanField(default=False)),
                ("promoted_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "before",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.learned"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "learned",
                "constraints": [models.UniqueConstraint(condition=models.Q(("runs", True)), fields=("runs",), name="one_runs")],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("to_caller", models.BooleanField(default=True)),
                (
                    "matter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="kernel.matter"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("matter", "version"), name="one_note_a_fact")],
            },
        ),
        migrations.CreateModel(
            name="Sealed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sealed", models.BinaryField()),
                (
                    "matter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="sealed", to="kernel.matter"),
                ),
                ("party", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.party")),
            ],
            options={
                "verbose_name_plural": "sealed",
                "constraints": [models.UniqueConstraint(fields=("matter", "party"), name="one_seal_a_party")],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "主办"), ("assist", "协办"), ("branch", "承办")], default="lead", max_length=8
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("given", "待签收"),
                            ("signed", "已签收"),
                            ("passed", "已交办"),
                            ("submitted", "待审核"),
                            ("returned", "退回重办"),
                            ("sent_back", "退单待裁"),
                            ("done", "已办好"),
                            ("cancelled", "已取消"),
                        ],
                        default="given",
                        max_length=12,
                    ),
                ),
                ("kind", models.CharField(max_length=16)),
                ("sort", models.CharField(max_length=16)),
                ("is_open", models.BooleanField(default=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("resume_on", models.DateField(null=True)),
                ("given_at", models.DateTimeField()),
                ("ground", models.CharField(blank=True, max_length=300)),
                ("asked", models.CharField(blank=True, max_length=300)),
                ("adjudicated", models.BooleanField(default=False)),
                ("for_head", models.BooleanField(default=False)),
                ("signed_at", models.DateTimeField(null=True)),
                ("contacted_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "area",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.area"),
                ),
                (
                    "bearer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="city.department"),
                ),
                (
                    "district",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.area"),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="kernel.matter"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="children", to="kernel.task"
                    ),
                ),
                (
                    "turn",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("is_open", True)), fields=["turn", "due_at", "id"], name="inbox_turn"),
                    models.Index(
                        condition=models.Q(("is_open", True)), fields=["turn", "state", "due_at", "id"], name="inbox_turn_state"
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)), fields=["turn", "sort", "due_at", "id"], name="inbox_turn_sort"
                    ),
                    models.Index(condition=models.Q(("is_open", True)), fields=["bearer", "due_at", "id"], name="inbox_bearer"),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["bearer", "state", "due_at", "id"],
                        name="inbox_bearer_state",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["bearer", "sort", "due_at", "id"],
                        name="inbox_bearer_sort",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)), fields=["district", "due_at", "id"], name="inbox_district"
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["district", "state", "due_at", "id"],
                        name="inbox_district_state",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["district", "sort", "due_at", "id"],
                        name="inbox_district_sort",
                    ),
                    models.Index(condition=models.Q(("is_open", True)), fields=["due_at", "id"], name="inbox_city"),
                    models.Index(
                        condition=models.Q(("is_open", True)), fields=["state", "due_at", "id"], name="inbox_city_state"
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)), fields=["sort", "due_at", "id"], name="inbox_city_sort"
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)), fields=["handler", "due_at", "id"], name="inbox_handler"
                    ),
                    models.Index(fields=["matter"], name="tasks_of_matter"),
                    models.Index(fields=["parent"], name="tasks_below"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草拟"), ("submitted", "待审核"), ("returned", "退回"), ("approved", "已答复")],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="responses", to="kernel.matter"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="responses", to="kernel.task"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["matter"], name="responses_of_matter")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "submitted"])), fields=("task",), name="one_live_response"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(default=huying.base.ids.new_number, max_length=12, unique=True)),
                ("secret_hash", models.CharField(max_length=64)),
                ("key", models.CharField(max_length=80, null=True, unique=True)),
                ("kind", models.CharField(max_length=16)),
                ("sort", models.CharField(max_length=16)),
                ("agent_until", models.DateTimeField(null=True)),
                ("channel", models.CharField(max_length=16)),
                ("title", models.CharField(max_length=80)),
                ("text", models.TextField()),
                ("sealed", models.BinaryField(null=True)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                (
                    "openness",
                    models.CharField(
                        choices=[("named", "实名"), ("confidential", "保密"), ("anonymous", "匿名")],
                        default="named",
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "办理中"), ("answered", "已答复"), ("closed", "已办结"), ("ended", "已终止")],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("solved", models.BooleanField(null=True)),
                ("grade", models.PositiveSmallIntegerField(null=True)),
                ("rated_at", models.DateTimeField(null=True)),
                ("rating_text", models.TextField(blank=True)),
                ("told_to_desk", models.BooleanField(default=False)),
                ("reopened", models.PositiveSmallIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(null=True)),
                ("ended_how", models.CharField(blank=True, max_length=12)),
                ("excluded", models.CharField(blank=True, max_length=32)),
                ("trimmed_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "agent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.area"),
                ),
                (
                    "caller",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="people.party"),
                ),
                (
                    "matter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="kernel.matter"),
                ),
                (
                    "response",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.response"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", False), ("trimmed_at__isnull", True)),
                        fields=["closed_at"],
                        name="calls_to_trim",
                    ),
                    models.Index(fields=["caller", "-opened_at"], name="my_calls"),
                    models.Index(
                        condition=models.Q(("agent__isnull", False)), fields=["agent", "-opened_at"], name="calls_for_others"
                    ),
                    models.Index(fields=["matter"], name="voices_of_matter"),
                    models.Index(fields=["opened_at"], name="calls_by_day"),
                    models.Index(condition=models.Q(("state", "answered")), fields=["answered_at"], name="calls_to_rate"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("grade__isnull", True), ("grade__range", (1, 5)), _connector="OR"),
                        name="grade_in_five",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Conclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reasons", models.TextField()),
                ("remedies", models.JSONField()),
                ("proposed_at", models.DateTimeField()),
                ("reopened", models.PositiveSmallIntegerField()),
                ("needed", models.PositiveSmallIntegerField()),
                ("her_word", models.TextField(blank=True)),
                ("heard_at", models.DateTimeField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("agreed", "同意终结"), ("refused", "没有通过"), ("lapsed", "不用再议")],
                        max_length=8,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conclusions", to="kernel.call"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("call",), name="one_open_conclusion"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("role", models.CharField(max_length=12)),
                ("field", models.CharField(max_length=24)),
                ("reason", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("signs", models.CharField(blank=True, max_length=60)),
                ("found", models.TextField(blank=True)),
                ("proper", models.BooleanField(null=True)),
                ("found_at", models.DateTimeField(null=True)),
                (
                    "call",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="kernel.call"),
                ),
                (
                    "department",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"),
                ),
                (
                    "found_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["call", "at"], name="looks_at_call"),
                    models.Index(fields=["officer", "at"], name="looks_of_officer"),
                    models.Index(
                        condition=models.Q(("found_at__isnull", True), models.Q(("signs", ""), _negated=True)),
                        fields=["at"],
                        name="looks_to_review",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "version"), name="one_look_a_fact"),
                    models.CheckConstraint(condition=models.Q(("until__gt", models.F("at"))), name="look_forward"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("left_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "call",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="kernel.call"),
                ),
                (
                    "department",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"),
                ),
                (
                    "officer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["call", "left_at"], name="messages_of_call")],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True)),
                ("upheld", models.BooleanField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="kernel.call"),
                ),
                (
                    "look",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objection", to="kernel.look"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("answered_at__isnull", True)), fields=["made_at"], name="objections_open")
                ],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=12)),
                ("budget", models.PositiveIntegerField()),
                ("unit", models.CharField(max_length=10)),
                ("started_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("provisional", models.BooleanField(default=False)),
                ("calendar_version", models.CharField(blank=True, max_length=16)),
                ("basis", models.CharField(blank=True, max_length=200)),
                ("met_at", models.DateTimeField(null=True)),
                ("broken_at", models.DateTimeField(null=True)),
                ("steps", models.PositiveSmallIntegerField(default=0)),
                ("step_at", models.DateTimeField(null=True)),
                ("spent_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "call",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="kernel.call"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="kernel.matter"),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="kernel.task"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.db.models.functions.comparison.Coalesce("step_at", "due_at"),
                        condition=models.Q(("ended_at__isnull", True), ("spent_at__isnull", True)),
                        name="promises_to_watch",
                    ),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True), ("provisional", True)),
                        fields=["calendar_version"],
                        name="promises_provisional",
                    ),
                    models.Index(fields=["matter"], name="promises_of_matter"),
                    models.Index(
                        condition=models.Q(("met_at__isnull", False), ("what", "answer")),
                        fields=["met_at"],
                        name="answers_kept",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200)),
                ("ground", models.CharField(blank=True, max_length=300)),
                ("expected", models.DateField(null=True)),
                ("by", models.CharField(max_length=40)),
                ("from_at", models.DateTimeField()),
                ("to_at", models.DateTimeField(null=True)),
                ("overran_at", models.DateTimeField(null=True)),
                (
                    "promise",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="kernel.promise"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("expected__isnull", False), ("overran_at__isnull", True), ("to_at__isnull", True)),
                        fields=["expected"],
                        name="pauses_ahead",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_at__isnull", True), ("to_at__gte", models.F("from_at")), _connector="OR"),
                        name="pause_forward",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_at__isnull", True)), fields=("promise",), name="one_open_pause"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=32)),
                ("size", models.PositiveIntegerField()),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("taken_up_at", models.DateTimeField()),
                (
                    "call",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="kernel.call"
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="kernel.response"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["call"], name="photos_of_call"),
                    models.Index(fields=["response"], name="photos_of_response"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agrees", models.BooleanField(null=True)),
                ("words", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "conclusion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="kernel.conclusion"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("agrees__isnull", True)), fields=["department"], name="seats_to_take")
                ],
                "constraints": [models.UniqueConstraint(fields=("conclusion", "department"), name="one_seat_a_department")],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("budget", models.PositiveIntegerField()),
                ("ground", models.CharField(max_length=300)),
                ("asked_at", models.DateTimeField()),
                ("granted", models.BooleanField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="kernel.promise"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="kernel.task"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("granted__isnull", True)), fields=("promise",), name="one_open_extension"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("reply", models.TextField(blank=True)),
                ("replied_at", models.DateTimeField(null=True)),
                ("call", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="asks", to="kernel.call")),
                ("task", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="asks", to="kernel.task")),
            ],
        ),
        migrations.CreateModel(
            name="Template",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(max_length=16)),
                ("duty_key", models.CharField(blank=True, max_length=64)),
                ("title", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "department",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["department"], name="templates_of_unit"),
                    models.Index(fields=["officer"], name="templates_of_officer"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("department__isnull", True), ("officer__isnull", False)),
                            models.Q(("department__isnull", False), ("officer__isnull", True)),
                            _connector="OR",
                        ),
                        name="of_a_unit_or_an_officer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("to_caller", models.BooleanField(default=True)),
                (
                    "call",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="kernel.call"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("call", "version"), name="one_note_a_call_fact")],
            },
        ),
        migrations.RunPython(_search.make_index, _search.drop_index),
    ]
