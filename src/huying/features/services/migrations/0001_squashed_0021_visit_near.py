import django.db.models.deletion
import huying.base.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("services", "0001_initial"),
        ("services", "0002_documents"),
        ("services", "0003_ratings"),
        ("services", "0004_mandates"),
        ("services", "0005_fees_and_visits"),
        ("services", "0010_making"),
        ("services", "0020_offers"),
        ("services", "0021_visit_near"),
    ]
    initial = True
    dependencies = [
        ("city", "0001_squashed_0004_made"),
        ("kernel", "0001_squashed_0015_pauses_overrun"),
        ("people", "0001_squashed_0006_clerks"),
    ]
    operations = [
        migrations.CreateModel(
            name="Known",
            fields=[
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="known",
                        serialize=False,
                        to="people.party",
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("agreed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Proven",
            fields=[
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="proven",
                        serialize=False,
                        to="people.party",
                    ),
                ),
                ("sealed", models.BinaryField()),
                ("proven_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("birth", "出生日期"),
                            ("children", "您的孩子"),
                            ("residence", "姓名和户籍地址"),
                            ("documents", "在这里领的证照哪天到期"),
                        ],
                        max_length=12,
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offer_consents", to="people.party"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("withdrawn_at__isnull", True)), fields=["kind", "party"], name="consents_of_kind"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("party", "kind"),
                        name="one_consent_of_a_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Hours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField(null=True)),
                ("day", models.DateField(null=True)),
                ("begins", models.PositiveSmallIntegerField()),
                ("ends", models.PositiveSmallIntegerField()),
                ("places", models.PositiveSmallIntegerField()),
                (
                    "department",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="hours", to="city.department"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("day__isnull", False), ("weekday__isnull", True)),
                            models.Q(("day__isnull", True), ("weekday__isnull", False)),
                            _connector="OR",
                        ),
                        name="hours_weekly_or_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("begins__lt", models.F("ends")), ("ends__lte", 1440)), name="hours_forward"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "relation",
                    models.CharField(choices=[("family", "家人"), ("agent", "代理人"), ("window", "窗口代办")], max_length=8),
                ),
                ("thing", models.CharField(blank=True, max_length=64)),
                (
                    "proof",
                    models.CharField(
                        choices=[("own", "本人登录授权"), ("code", "本人报的同意码"), ("paper", "本人签的授权书")], max_length=8
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_how", models.CharField(blank=True, max_length=12)),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="mandates_given", to="people.party"
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="mandates_held", to="people.party"
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "window",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("officer__isnull", False)), fields=["officer", "-asked_at"], name="taken_at_counter"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("holder__isnull", True), ("officer__isnull", False), ("window__isnull", False)),
                            models.Q(("holder__isnull", False), ("officer__isnull", True), ("window__isnull", True)),
                            _connector="OR",
                        ),
                        name="person_or_counter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("holder")), _negated=True), name="for_another"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="case",
                        serialize=False,
                        to="kernel.matter",
                    ),
                ),
                ("thing", models.CharField(max_length=64)),
                ("answers", models.JSONField(default=dict)),
                ("skipped", models.JSONField(default=list)),
                ("sealed", models.BinaryField(null=True)),
                ("began_at", models.DateTimeField()),
                (
                    "call",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="case", to="kernel.call"),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="people.party"),
                ),
                (
                    "version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.thingversion"),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="services.mandate"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["party", "-began_at"], name="my_cases"),
                    models.Index(fields=["began_at", "thing"], name="cases_begun"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Branch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=64)),
                ("place", models.PositiveSmallIntegerField()),
                ("days", models.PositiveSmallIntegerField()),
                ("waits", models.JSONField(default=list)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("granted", "办成了"), ("refused", "没有办成"), ("fallen", "随之终止")],
                        max_length=8,
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=64)),
                ("result", models.CharField(blank=True, max_length=200)),
                ("whole", models.BinaryField(null=True)),
                ("ground", models.TextField(blank=True)),
                ("remedy", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "bearer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"),
                ),
                (
                    "task",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="branch", to="kernel.task"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="branches", to="services.case"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "item"), name="one_branch_an_item"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), models.Q(("outcome", ""), _negated=True), _connector="OR"
                        ),
                        name="ended_with_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("opened_at__isnull", True), ("task__isnull", False), _connector="OR"),
                        name="open_with_a_task",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(default=huying.base.ids.new_number, max_length=12, unique=True)),
                ("sealed", models.BinaryField(null=True)),
                ("issued_on", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("ground", models.CharField(blank=True, max_length=300)),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="services.branch"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="services.case"
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"),
                ),
                (
                    "owner",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="people.party"),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="services.document",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.itemversion"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["owner", "-issued_on", "-id"], name="my_documents")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)), fields=("branch",), name="one_document_holds"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_at__isnull", True), models.Q(("ground", ""), _negated=True), _connector="OR"
                        ),
                        name="revoked_with_a_ground",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Fetched",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("material", models.CharField(max_length=64)),
                ("found", models.BooleanField()),
                ("sealed", models.BinaryField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fetched", to="services.branch"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="fetched", to="services.case"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("branch", "material"), name="fetched_once")],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("thing", models.CharField(max_length=64)),
                ("key", models.CharField(default=huying.base.ids.new_token, max_length=64, unique=True)),
                ("answers", models.JSONField(default=dict)),
                ("skipped", models.JSONField(default=list)),
                ("area", models.CharField(blank=True, max_length=64)),
                ("sealed", models.BinaryField(null=True)),
                ("reuse", models.BooleanField(default=False)),
                ("saved_at", models.DateTimeField()),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="people.party"),
                ),
                (
                    "version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.thingversion"),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="services.mandate"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("mandate__isnull", True)), fields=("party", "thing"), name="one_draft_a_thing"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("mandate__isnull", False)), fields=("mandate", "thing"), name="one_draft_for_her"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.CharField(default=huying.base.ids.new_token, max_length=16, unique=True)),
                ("rule", models.CharField(max_length=32)),
                ("occasion", models.CharField(max_length=48)),
                ("uses", models.JSONField(default=list)),
                ("thing", models.CharField(max_length=64)),
                ("sealed", models.BinaryField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "等您确认"),
                            ("accepted", "您确认了，在办"),
                            ("taken", "您拿去自己填了"),
                            ("declined", "您说不用"),
                            ("lapsed", "过了日子"),
                            ("withdrawn", "您撤回了同意"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("until", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="services.case"
                    ),
                ),
                (
                    "draft",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="offer", to="services.draft"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="people.party"),
                ),
                (
                    "version",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.thingversion"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["party", "-made_at"], name="my_offers"),
                    models.Index(condition=models.Q(("state", "open")), fields=["until"], name="offers_open"),
                    models.Index(condition=models.Q(("ended_at__isnull", False)), fields=["ended_at"], name="offers_ended"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("party", "rule", "occasion"), name="offered_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state", "open"), ("ended_at__isnull", False), _connector="XOR"),
                        name="offer_open_or_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "accepted"), ("case__isnull", True), _connector="XOR"),
                        name="accepted_with_a_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        choices=[(5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意")]
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                ("text", models.TextField(blank=True)),
                ("rated_at", models.DateTimeField()),
                ("contacted_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("found", models.TextField(blank=True)),
                ("follows", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "branch",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="rating", to="services.branch"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="services.case"),
                ),
                (
                    "contact",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.promise"
                    ),
                ),
                (
                    "promise",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="kernel.promise"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["unit", "grade"], name="ratings_of_unit"),
                    models.Index(
                        condition=models.Q(("answered_at__isnull", True), ("promise__isnull", False)),
                        fields=["rated_at"],
                        name="ratings_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("branch__isnull", True)), fields=("case",), name="one_rating_of_the_whole"
                    ),
                    models.CheckConstraint(condition=models.Q(("grade__gte", 1), ("grade__lte", 5)), name="one_of_five_grades"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(blank=True, max_length=32)),
                ("thing", models.CharField(blank=True, max_length=64)),
                ("fields", models.JSONField(default=list)),
                ("trial", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="register_looks", to="people.party"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["party", "-at"], name="register_looks_of"),
                    models.Index(fields=["at"], name="register_looks_at"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThingDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(blank=True, max_length=64)),
                ("name", models.CharField(blank=True, max_length=64)),
                ("base", models.CharField(blank=True, max_length=64)),
                ("base_digest", models.CharField(blank=True, max_length=64)),
                ("text", models.TextField()),
                ("writers", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafting", "在写"),
                            ("sent", "等各单位同意"),
                            ("returned", "有单位不同意"),
                            ("published", "已发布"),
                            ("withdrawn", "已撤下"),
                        ],
                        default="drafting",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("told", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "changed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"),
                ),
                (
                    "owner",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.thingversion"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["owner", "state"], name="drafts_of_owner")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("published", "withdrawn")), ("ended_at__isnull", True), _connector="XOR"
                        ),
                        name="making_ends_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__isnull", True), ("state", "published"), _connector="OR"),
                        name="made_a_version",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField()),
                ("body", models.CharField(max_length=64)),
                (
                    "word",
                    models.CharField(
                        choices=[("waiting", "还没有回"), ("agreed", "同意"), ("objected", "不同意")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("why", models.TextField(blank=True)),
                ("at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="services.thingdraft"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["department", "word"], name="consents_wanted")],
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "revision", "body"), name="one_consent_a_body"),
                    models.CheckConstraint(
                        condition=models.Q(("word", "waiting"), ("at__isnull", False), _connector="XOR"), name="said_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("word", "objected"), _negated=True), models.Q(("why", ""), _negated=True), _connector="OR"
                        ),
                        name="objected_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("material", models.CharField(max_length=64)),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.BinaryField()),
                ("media_type", models.CharField(max_length=32)),
                ("size", models.PositiveIntegerField()),
                ("scanned", models.BooleanField()),
                ("taken_at", models.DateTimeField()),
                (
                    "ask",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="uploads", to="kernel.ask"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="uploads", to="services.case"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="uploads", to="services.draft"
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="services.mandate"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="uploads", to="people.party"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "material", "sha256"), name="one_file_a_draft"),
                    models.CheckConstraint(
                        condition=models.Q(("draft__isnull", True), ("case__isnull", True), _connector="OR"),
                        name="draft_or_case",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField()),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("booked", "约好了"), ("cancelled", "取消了"), ("came", "来了"), ("missed", "没有来")],
                        default="booked",
                        max_length=12,
                    ),
                ),
                ("booked_at", models.DateTimeField()),
                ("near_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "branch",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="services.branch"),
                ),
                (
                    "department",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="city.department"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["department", "starts_at"], name="visits_of_counter"),
                    models.Index(
                        condition=models.Q(("near_at__isnull", True), ("state", "booked")),
                        fields=["starts_at"],
                        name="visits_ahead",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("department", "starts_at", "place"),
                        name="one_visit_a_place",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "booked")), fields=("branch",), name="one_visit_ahead"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule", models.CharField(max_length=32)),
                ("look_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="watches", to="people.party"),
                ),
            ],
            options={
                "verbose_name_plural": "watches",
                "indexes": [
                    models.Index(condition=models.Q(("look_on__isnull", False)), fields=["look_on", "id"], name="watches_due")
                ],
                "constraints": [models.UniqueConstraint(fields=("party", "rule"), name="one_watch_a_rule")],
            },
        ),
        migrations.CreateModel(
            name="Bill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(default=huying.base.ids.new_number, max_length=12, unique=True)),
                ("yuan", models.PositiveIntegerField()),
                ("ground", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "要缴"), ("paid", "缴了"), ("returned", "退了")], default="due", max_length=8
                    ),
                ),
                ("how", models.CharField(blank=True, choices=[("online", "网上缴"), ("counter", "窗口缴")], max_length=8)),
                ("reference", models.CharField(blank=True, max_length=64)),
                ("asked_at", models.DateTimeField(null=True)),
                ("paid_at", models.DateTimeField(null=True)),
                ("returned_at", models.DateTimeField(null=True)),
                ("returned_as", models.CharField(blank=True, max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"
                    ),
                ),
                (
                    "branch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bill", to="services.branch"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("asked_at__isnull", False), ("state", "due")),
                        fields=["asked_at"],
                        name="bills_asked",
                    ),
                    models.Index(condition=models.Q(("state", "paid")), fields=["paid_at"], name="bills_paid"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "due"), ("paid_at__isnull", False), _connector="OR"),
                        name="paid_with_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True), ("returned_at__isnull", False), _connector="OR"
                        ),
                        name="returned_when",
                    ),
                ],
            },
        ),
    ]
