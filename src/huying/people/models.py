"""Who calls and who answers: accounts, parties, officers and their posts."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huying.base import clock, ids
from huying.city.models import Department
from huying.events.row import Row
from huying.people import keys


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; an officer's has a user name and a password, a citizen's has neither."""

    def create_user(self, username: str | None = None, password: str | None = None, **extra: object) -> "Account":
        account = self.model(username=username, **extra)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, username: str, password: str | None = None, **extra: object) -> "Account":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **extra)


class Account(AbstractBaseUser, PermissionsMixin):
    """What a person signs in with. Personal data live on the party, never here."""

    username = models.CharField(max_length=64, unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    password_until = models.DateTimeField(null=True, editable=False)  # it was handed out, and is to be replaced until then
    password_no = models.PositiveIntegerField(default=0, editable=False)  # counts its changes

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username or f"account:{self.pk}"


class Party(Row):
    """A person, firm or department that calls. Facts know it by `token` alone; what identifies it is sealed."""

    class Kind(models.TextChoices):
        PERSON = "person", _("个人")
        FIRM = "firm", _("企业")
        DEPARTMENT = "department", _("部门")

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    token = models.CharField(max_length=16, unique=True, default=ids.new_token)
    account = models.OneToOneField(Account, models.SET_NULL, null=True, blank=True, related_name="party")
    # HMAC of the phone number under its own key: looked up without being readable.
    phone_mac = models.BinaryField(max_length=32, unique=True, null=True, blank=True)
    phone_sealed = models.BinaryField(null=True, blank=True)
    name_sealed = models.BinaryField(null=True, blank=True)
    address_sealed = models.BinaryField(null=True, blank=True)  # where letters reach her, if she wants any
    contact_beyond = models.BooleanField(default=True)  # may be asked about the service itself, beyond her calls
    version = models.PositiveIntegerField(default=0)  # counts the facts about the party itself
    # The party's own data key, wrapped by the city's key. Destroying it erases all that is sealed under it.
    data_key = models.BinaryField(null=True, blank=True, default=keys.new_data_key)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return f"party:{self.token}"


class Officer(Row):
    """A person who works for the city. What he may do follows from his posts."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="officer")
    name = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    HANDLER = "handler", _("经办人")
    HEAD = "head", _("负责人")
    DISPATCHER = "dispatcher", _("派单员")
    SUPERVISOR = "supervisor", _("督办员")
    CALLBACK = "callback", _("回访员")
    AUDITOR = "auditor", _("审计员")
    CLERK = "clerk", _("窗口人员")


class Post(Row):
    """An officer's post in a department, from a day to a day (exclusive)."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="posts")
    department = models.ForeignKey(Department, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=12, choices=Role.choices)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "department", "role", "valid_from"], name="one_post"),
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="post_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.officer} {self.role} {self.department}"


class Leave(Row):
    """请假: an officer is away from the first day through the last. Why is nobody's business and is not asked."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="leaves")
    first = models.DateField()
    last = models.DateField()  # included
    entered_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # he came back early, or did not go
    cancelled = models.BooleanField(default=False)  # it never began
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["officer", "last"], name="leaves_of_officer", condition=Q(cancelled=False))]
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="leave_forward")]

    def __str__(self) -> str:
        return f"leave:{self.pk}"


class StandIn(Row):
    """代理: while its leave lasts, `officer` acts with the post of who is away."""

    leave = models.ForeignKey(Leave, models.CASCADE, related_name="stand_ins")
    post = models.ForeignKey(Post, models.PROTECT, related_name="stand_ins")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="standing_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["leave", "post"], name="one_stand_in_a_post")]

    def __str__(self) -> str:
        return f"{self.officer} for {self.post}"


class Roster(Row):
    """值班表 of a department: there is one as soon as somebody enters a shift. Locked while it changes."""

    department = models.OneToOneField(Department, models.PROTECT, primary_key=True, related_name="roster")
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"roster:{self.pk}"


class Shift(Row):
    """值班: every week on a weekday (0 is Monday), or on one day, which goes before. Minutes of the city's day.

    A shift whose end is not after its beginning ends on the next day.
    """

    roster = models.ForeignKey(Roster, models.CASCADE, related_name="shifts")
    weekday = models.PositiveSmallIntegerField(null=True)
    day = models.DateField(null=True)
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="shifts")
    contact = models.CharField(max_length=60, blank=True)  # where to find who is on duty; never a person's own phone

    class Meta:
        indexes = [models.Index(fields=["roster", "day"], name="shifts_of_roster")]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__isnull=True, day__isnull=False) | Q(weekday__isnull=False, day__isnull=True),
                name="weekly_or_one_day",
            ),
            models.CheckConstraint(condition=Q(begins__lt=1440, ends__lte=1440), name="shift_within_a_day"),
        ]

    def __str__(self) -> str:
        return f"shift:{self.pk}"


class SignInCode(Row):
    """A one-time code sent to a phone for one purpose: kept as a hash, with its tries and its end, in the database."""

    phone_mac = models.BinaryField(max_length=32)
    purpose = models.CharField(max_length=16, default="sign-in code")
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["phone_mac", "-sent_at"], name="newest_code")]

    def __str__(self) -> str:
        return f"code of {self.sent_at:%H:%M}"


class Attempts(Row):
    """How often something that is limited was tried since `first_at`: counted in the database, locked while it is decided."""

    what = models.CharField(max_length=24)
    who_mac = models.BinaryField(max_length=32)  # keyed hash of an account's name, a phone or an address
    count = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "attempts"
        constraints = [models.UniqueConstraint(fields=["what", "who_mac"], name="one_count")]

    def __str__(self) -> str:
        return f"{self.what}: {self.count}"


class Factor(Row):
    """第二验证: what an officer has beside the password. Sealed for the account; a code or signature is taken once."""

    class Kind(models.TextChoices):
        TOTP = "totp", _("验证器")
        PASSKEY = "passkey", _("通行密钥")

    account = models.ForeignKey(Account, models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    data_key = models.BinaryField(default=keys.new_data_key)  # wrapped by the city's key
    sealed = models.BinaryField()  # TOTP: the secret; passkey: the public key
    credential = models.BinaryField(max_length=1023, unique=True, null=True)  # a passkey's id
    counter = models.BigIntegerField(default=0)  # TOTP: the last step used; passkey: its count of signatures
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account"], condition=Q(kind="totp"), name="one_totp")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.pk}"


class RecoveryCode(Row):
    """备用码: stands in once for a factor that was lost. Kept as a keyed hash."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "code_hash"], name="one_recovery_code")]

    def __str__(self) -> str:
        return f"recovery:{self.pk}"


class Stay(Row):
    """A session in which somebody is signed in, as its owner sees it: on which device, from where, since when."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="stays")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60)
    address_sealed = models.BinaryField()
    since = models.DateTimeField(default=clock.now, editable=False)
    seen_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"stay:{self.pk}"
