import django.db.models.deletion
import huying.base.clock
import huying.base.ids
import huying.people.keys
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_leave_and_roster"),
        ("people", "0003_my_data"),
        ("people", "0004_second_factor"),
        ("people", "0005_own_passwords"),
        ("people", "0006_clerks"),
    ]
    initial = True
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("city", "0001_squashed_0004_made"),
    ]
    operations = [
        migrations.CreateModel(
            name="Roster",
            fields=[
                (
                    "department",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="roster",
                        serialize=False,
                        to="city.department",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("username", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                ("is_staff", models.BooleanField(default=False)),
                ("joined_at", models.DateTimeField(default=huying.base.clock.now, editable=False)),
                ("password_until", models.DateTimeField(editable=False, null=True)),
                ("password_no", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attempts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=24)),
                ("who_mac", models.BinaryField(max_length=32)),
                ("count", models.PositiveIntegerField(default=0)),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "attempts",
                "constraints": [models.UniqueConstraint(fields=("what", "who_mac"), name="one_count")],
            },
        ),
        migrations.CreateModel(
            name="Officer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=32)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="officer", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Leave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("cancelled", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "entered_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.officer"),
                ),
                (
                    "officer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="leaves", to="people.officer"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("cancelled", False)), fields=["officer", "last"], name="leaves_of_officer")
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("last__gte", models.F("first"))), name="leave_forward")
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "个人"), ("firm", "企业"), ("department", "部门")], default="person", max_length=12
                    ),
                ),
                ("token", models.CharField(default=huying.base.ids.new_token, max_length=16, unique=True)),
                ("phone_mac", models.BinaryField(blank=True, max_length=32, null=True, unique=True)),
                ("phone_sealed", models.BinaryField(blank=True, null=True)),
                ("name_sealed", models.BinaryField(blank=True, null=True)),
                ("address_sealed", models.BinaryField(blank=True, null=True)),
                ("contact_beyond", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("data_key", models.BinaryField(blank=True, default=huying.people.keys.new_data_key, null=True)),
                ("made_at", models.DateTimeField(default=huying.base.clock.now, editable=False)),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="party",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "parties",
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("handler", "经办人"),
                            ("head", "负责人"),
                            ("dispatcher", "派单员"),
                            ("supervisor", "督办员"),
                            ("callback", "回访员"),
                            ("auditor", "审计员"),
                            ("clerk", "窗口人员"),
                        ],
                        max_length=12,
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("valid_to", models.DateField(blank=True, null=True)),
                (
                    "department",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="city.department"),
                ),
                (
                    "officer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="people.officer"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("officer", "department", "role", "valid_from"), name="one_post"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="post_dates",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.CharField(max_length=64)),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recovery_codes", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "code_hash"), name="one_recovery_code")],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField(null=True)),
                ("day", models.DateField(null=True)),
                ("begins", models.PositiveSmallIntegerField()),
                ("ends", models.PositiveSmallIntegerField()),
                ("contact", models.CharField(blank=True, max_length=60)),
                (
                    "officer",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="shifts", to="people.officer"),
                ),
                (
                    "roster",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="shifts", to="people.roster"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["roster", "day"], name="shifts_of_roster")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("day__isnull", False), ("weekday__isnull", True)),
                            models.Q(("day__isnull", True), ("weekday__isnull", False)),
                            _connector="OR",
                        ),
                        name="weekly_or_one_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("begins__lt", 1440), ("ends__lte", 1440)), name="shift_within_a_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone_mac", models.BinaryField(max_length=32)),
                ("purpose", models.CharField(default="sign-in code", max_length=16)),
                ("code_hash", models.CharField(max_length=64)),
                ("sent_at", models.DateTimeField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["phone_mac", "-sent_at"], name="newest_code")],
            },
        ),
        migrations.CreateModel(
            name="StandIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "leave",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="stand_ins", to="people.leave"),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="standing_in", to="people.officer"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="stand_ins", to="people.post"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("leave", "post"), name="one_stand_in_a_post")],
            },
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("device", models.CharField(max_length=60)),
                ("address_sealed", models.BinaryField()),
                ("since", models.DateTimeField(default=huying.base.clock.now, editable=False)),
                ("seen_at", models.DateTimeField(default=huying.base.clock.now)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stays", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Factor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("totp", "验证器"), ("passkey", "通行密钥")], max_length=8)),
                ("data_key", models.BinaryField(default=huying.people.keys.new_data_key)),
                ("sealed", models.BinaryField()),
                ("credential", models.BinaryField(max_length=1023, null=True, unique=True)),
                ("counter", models.BigIntegerField(default=0)),
                ("made_at", models.DateTimeField(default=huying.base.clock.now, editable=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="factors", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("kind", "totp")), fields=("account",), name="one_totp")
                ],
            },
        ),
    ]
