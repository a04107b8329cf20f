"""What a case has beside its matter: the thing's version, the answers, the form, its branches and papers. Fields alone."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huying.base import clock, ids
from huying.city.models import Department, ItemVersion, ThingVersion
from huying.events.row import Row
from huying.features.services.making.models import Agreement, ThingDraft  # noqa: F401  # Django looks for models here
from huying.kernel.models import Ask, Call, Matter, Promise, Task
from huying.people.models import Officer, Party


class Mandate(Row):
    """授权: `giver` lets a person, or a counter for one day, do one thing or any for her."""

    class Proof(models.TextChoices):
        OWN = "own", _("本人登录授权")
        CODE = "code", _("本人报的同意码")
        PAPER = "paper", _("本人签的授权书")

    class Relation(models.TextChoices):
        FAMILY = "family", _("家人")
        AGENT = "agent", _("代理人")
        WINDOW = "window", _("窗口代办")

    giver = models.ForeignKey(Party, models.PROTECT, related_name="mandates_given")
    holder = models.ForeignKey(Party, models.PROTECT, null=True, related_name="mandates_held")
    window = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")  # who took her word at the counter
    relation = models.CharField(max_length=8, choices=Relation.choices)
    thing = models.CharField(max_length=64, blank=True)  # '' is any
    proof = models.CharField(max_length=8, choices=Proof.choices)
    asked_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    until = models.DateTimeField()  # exclusive
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=12, blank=True)  # withdrawn, given up, declined, erased

    class Meta:
        indexes = [models.Index(fields=["officer", "-asked_at"], name="taken_at_counter", condition=Q(officer__isnull=False))]
        constraints = [
            models.CheckConstraint(
                condition=Q(holder__isnull=True, window__isnull=False, officer__isnull=False)
                | Q(holder__isnull=False, window__isnull=True, officer__isnull=True),
                name="person_or_counter",
            ),
            models.CheckConstraint(condition=~Q(giver=models.F("holder")), name="for_another"),
        ]

    @property
    def last(self) -> date:
        """The last day on which it holds."""
        return clock.day_of(self.until - timedelta(seconds=1))

    def __str__(self) -> str:
        return f"mandate:{self.pk}"


class Draft(Row):
    """A form on its way: one of each person for each thing, found again on any device. What she wrote is sealed for her.

    Who acts for her fills one of his own: what she began herself he does not see.
    """

    party = models.ForeignKey(Party, models.CASCADE, related_name="drafts")
    mandate = models.ForeignKey(Mandate, models.CASCADE, null=True, related_name="drafts")
    thing = models.CharField(max_length=64)
    key = models.CharField(
        max_length=64, unique=True, default=ids.new_token
    )  # of the case it becomes, however often it is sent
    version = models.ForeignKey(ThingVersion, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    skipped = models.JSONField(default=list)
    area = models.CharField(max_length=64, blank=True)
    sealed = models.BinaryField(null=True)  # what was typed, by field
    reuse = models.BooleanField(default=False)  # she lets us fill in what her account holds
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "thing"], name="one_draft_a_thing", condition=Q(mandate__isnull=True)),
            models.UniqueConstraint(fields=["mandate", "thing"], name="one_draft_for_her", condition=Q(mandate__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"draft:{self.pk}"


class Case(Row):
    """办件: one-to-one with its matter. It keeps the version of the thing with which it began, whatever becomes of the thing."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="case")
    call = models.OneToOneField(Call, models.PROTECT, related_name="case")
    party = models.ForeignKey(Party, models.PROTECT, related_name="cases")
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="cases")  # by which another applied for her
    thing = models.CharField(max_length=64)
    version = models.ForeignKey(ThingVersion, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    skipped = models.JSONField(default=list)
    sealed = models.BinaryField(null=True)  # the form, by field, under her key
    began_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["party", "-began_at"], name="my_cases"),
            models.Index(fields=["began_at", "thing"], name="cases_begun"),
        ]

    def __str__(self) -> str:
        return f"case:{self.pk}"


class Outcome(models.TextChoices):
    GRANTED = "granted", _("办成了")
    REFUSED = "refused", _("没有办成")
    FALLEN = "fallen", _("随之终止")  # what it waited for was refused


class Branch(Row):
    """An item of a case. It has a task from the day on which it opens; until then it waits for others."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="branches")
    item = models.CharField(max_length=64)
    place = models.PositiveSmallIntegerField()  # in the order of the thing
    bearer = models.ForeignKey(Department, models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()  # promised, working days; 0 is on the spot
    waits = models.JSONField(default=list)  # the items it waits for
    task = models.OneToOneField(Task, models.PROTECT, null=True, related_name="branch")
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)  # as written; it counts once it stands
    because = models.CharField(max_length=64, blank=True)  # the refused item with which it fell
    result = models.CharField(max_length=200, blank=True)  # what was given: number of the paper, where it is
    whole = models.BinaryField(null=True)  # the same with the numbers that were cut out of it, sealed under her key
    ground = models.TextField(blank=True)  # why it was refused
    remedy = models.TextField(blank=True)  # and what she may do against it
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # decided, or fallen

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "item"], name="one_branch_an_item"),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) | ~Q(outcome=""), name="ended_with_an_outcome"),
            models.CheckConstraint(condition=Q(opened_at__isnull=True) | Q(task__isnull=False), name="open_with_a_task"),
        ]

    def __str__(self) -> str:
        return f"branch:{self.pk}"


class Upload(Row):
    """A file of a material: of a draft, then of its case. Its bytes lie outside the database, sealed under her key."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="uploads")
    draft = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="uploads")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="uploads")
    ask = models.ForeignKey(Ask, models.PROTECT, null=True, related_name="uploads")  # came with what was asked for
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="papers")  # what she signed at the counter
    material = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)  # of the cleaned file
    name = models.BinaryField()  # as it was called, sealed
    media_type = models.CharField(max_length=32)
    size = models.PositiveIntegerField()
    scanned = models.BooleanField()  # for viruses; false where the city has no scanner
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "material", "sha256"], name="one_file_a_draft"),
            models.CheckConstraint(condition=Q(draft__isnull=True) | Q(case__isnull=True), name="draft_or_case"),
        ]

    def __str__(self) -> str:
        return f"upload:{self.pk}"


class Fetched(Row):
    """A paper that the city holds, asked of whoever keeps it, for one item: what came, and that it was looked for."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="fetched")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="fetched")
    material = models.CharField(max_length=64)
    found = models.BooleanField()
    sealed = models.BinaryField(null=True)  # what it says, under her key
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["branch", "material"], name="fetched_once")]

    def __str__(self) -> str:
        return f"fetched:{self.pk}"


class Document(Row):
    """证照: what a granted item gave. What it says is sealed for its owner; a fact commits to all of it.

    A row here proves nothing by itself: whether it is genuine, the log says (`verifying.py`).
    """

    number = models.CharField(max_length=12, unique=True, default=ids.new_number)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="documents")
    owner = models.ForeignKey(Party, models.PROTECT, related_name="documents")
    issuer = models.ForeignKey(Department, models.PROTECT, related_name="+")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="+")  # of the item, as it was applied for
    sealed = models.BinaryField(null=True)  # who it is for and what it says, under her key; null once she was erased
    issued_on = models.DateField()
    valid_until = models.DateField(null=True)  # the last day, where the pack says for how long it holds
    revoked_at = models.DateTimeField(null=True)
    ground = models.CharField(max_length=300, blank=True)  # why it was revoked
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        indexes = [models.Index(fields=["owner", "-issued_on", "-id"], name="my_documents")]
        constraints = [
            models.UniqueConstraint(fields=["branch"], condition=Q(revoked_at__isnull=True), name="one_document_holds"),
            models.CheckConstraint(condition=Q(revoked_at__isnull=True) | ~Q(ground=""), name="revoked_with_a_ground"),
        ]

    def __str__(self) -> str:
        return f"document:{self.pk}"


class Known(Row):
    """What she agreed to reuse of a form she sent: by where a field is filled from, sealed under her key."""

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="known")
    sealed = models.BinaryField()
    agreed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"known:{self.pk}"


class Grade(models.IntegerChoices):
    """好差评: the five grades of the whole country."""

    VERY_GOOD = 5, _("非常满意")
    GOOD = 4, _("满意")
    FAIR = 3, _("基本满意")
    POOR = 2, _("不满意")
    VERY_POOR = 1, _("非常不满意")


class Rating(Row):
    """What she says of an item once its result came, or of the whole (no branch) once the case is over. Said once, kept."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="ratings")
    branch = models.OneToOneField(Branch, models.PROTECT, null=True, related_name="rating")
    unit = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")  # of which it is said; the desk's is null
    grade = models.PositiveSmallIntegerField(choices=Grade.choices)
    reasons = models.JSONField(default=list)
    text = models.TextField(blank=True)  # her words, without identifiers
    rated_at = models.DateTimeField()
    contact = models.OneToOneField(Promise, models.PROTECT, null=True, related_name="+")  # of a poor one: to speak with her
    promise = models.OneToOneField(Promise, models.PROTECT, null=True, related_name="+")  # and to tell her what follows
    contacted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    found = models.TextField(blank=True)
    follows = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "grade"], name="ratings_of_unit"),
            models.Index(
                fields=["rated_at"], name="ratings_open", condition=Q(promise__isnull=False, answered_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(branch__isnull=True), name="one_rating_of_the_whole"),
            models.CheckConstraint(condition=Q(grade__gte=1, grade__lte=5), name="one_of_five_grades"),
        ]

    def __str__(self) -> str:
        return f"rating:{self.pk}"


class Bill(Row):
    """缴费: what one item of a case costs, once somebody paid it, set another amount, or went to pay it. A row for each."""

    class State(models.TextChoices):
        DUE = "due", _("要缴")
        PAID = "paid", _("缴了")
        RETURNED = "returned", _("退了")

    class How(models.TextChoices):
        ONLINE = "online", _("网上缴")
        COUNTER = "counter", _("窗口缴")

    number = models.CharField(max_length=12, unique=True, default=ids.new_number)  # of the receipt, and for the cashier
    branch = models.OneToOneField(Branch, models.PROTECT, related_name="bill")
    yuan = models.PositiveIntegerField()
    ground = models.CharField(max_length=200, blank=True)  # why it is another amount than the item's
    state = models.CharField(max_length=8, choices=State.choices, default=State.DUE)
    how = models.CharField(max_length=8, choices=How.choices, blank=True)
    reference = models.CharField(max_length=64, blank=True)  # the cashier's, or the number of the counter's slip
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")  # who took it at the counter
    asked_at = models.DateTimeField(null=True)  # she was sent to the cashier, who was not heard of yet
    paid_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_as = models.CharField(max_length=64, blank=True)  # the cashier's reference, or the counter's

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], name="bills_asked", condition=Q(state="due", asked_at__isnull=False)),
            models.Index(fields=["paid_at"], name="bills_paid", condition=Q(state="paid")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state="due") | Q(paid_at__isnull=False), name="paid_with_a_moment"),
            models.CheckConstraint(condition=~Q(state="returned") | Q(returned_at__isnull=False), name="returned_when"),
        ]

    def __str__(self) -> str:
        return f"bill:{self.number}"


class Hours(Row):
    """窗口时间 of a department: every week on a weekday (0 is Monday), or on one day, which goes before. Minutes of the day.

    A day with no places is closed. Where a department has no rows, those of the pack hold.
    """

    department = models.ForeignKey(Department, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(null=True)
    day = models.DateField(null=True)
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField()  # at the same time

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__isnull=True, day__isnull=False) | Q(weekday__isnull=False, day__isnull=True),
                name="hours_weekly_or_once",
            ),
            models.CheckConstraint(condition=Q(begins__lt=models.F("ends"), ends__lte=1440), name="hours_forward"),
        ]

    def __str__(self) -> str:
        return f"hours:{self.pk}"


class Visit(Row):
    """预约: she comes to a counter for one item, at a time that is kept for her."""

    class State(models.TextChoices):
        BOOKED = "booked", _("约好了")
        CANCELLED = "cancelled", _("取消了")
        CAME = "came", _("来了")
        MISSED = "missed", _("没有来")

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="visits")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    place = models.PositiveSmallIntegerField()  # of those that there are at this time
    state = models.CharField(max_length=12, choices=State.choices, default=State.BOOKED)
    booked_at = models.DateTimeField()
    near_at = models.DateTimeField(null=True)  # when it was told, on its eve, that it is near
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["department", "starts_at"], name="visits_of_counter"),
            models.Index(fields=["starts_at"], name="visits_ahead", condition=Q(state="booked", near_at__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "starts_at", "place"], condition=~Q(state="cancelled"), name="one_visit_a_place"
            ),
            models.UniqueConstraint(fields=["branch"], condition=Q(state="booked"), name="one_visit_ahead"),
        ]

    def __str__(self) -> str:
        return f"visit:{self.pk}"

    @property
    def passed(self) -> bool:
        """Whether its time has begun."""
        return self.starts_at <= clock.now()
