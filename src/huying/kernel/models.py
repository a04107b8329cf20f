"""Call -> matter -> task -> response, and the promises that clock them. Fields and constraints, nothing else."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from huying.base import ids
from huying.city.models import Area, Department
from huying.people.models import Officer, Party


class MatterState(models.TextChoices):
    RECEIVED = "received", _("已收到")
    ACCEPTED = "accepted", _("已受理")
    WORKING = "working", _("办理中")
    ANSWERED = "answered", _("已答复")
    CLOSED = "closed", _("已办结")
    DECLINED = "declined", _("不予受理")
    REFERRED = "referred", _("告知转办")
    WITHDRAWN = "withdrawn", _("已撤回")
    MERGED = "merged", _("已并案")
    CONCLUDED = "concluded", _("已终结")


class TaskState(models.TextChoices):
    GIVEN = "given", _("待签收")
    SIGNED = "signed", _("已签收")
    PASSED = "passed", _("已交办")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("退回重办")
    SENT_BACK = "sent_back", _("退单待裁")
    DONE = "done", _("已办好")
    CANCELLED = "cancelled", _("已取消")


OPEN_TASK = (TaskState.GIVEN, TaskState.SIGNED, TaskState.PASSED, TaskState.SUBMITTED, TaskState.RETURNED, TaskState.SENT_BACK)


class TaskRole(models.TextChoices):
    LEAD = "lead", _("主办")
    ASSIST = "assist", _("协办")


class Matter(models.Model):
    """事由: what has to be dealt with. `version` counts its facts; `due_at` is the earliest due of its calls' answers."""

    kind = models.CharField(max_length=16)
    sort = models.CharField(max_length=16)
    title = models.CharField(max_length=80)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    # the area's district on the day it was opened: likely duplicates are looked for within it
    district = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=MatterState.choices, default=MatterState.RECEIVED)
    urgency = models.CharField(max_length=10, default="ordinary")  # life, utility, ordinary
    duty_key = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    # the body complained about: it can never bear, see or search this matter
    about = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    voices = models.PositiveIntegerField(default=1)  # calls that share it now: they weigh in its priority
    reopened = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            # the dispatcher's queue: what nobody bears yet, oldest first
            models.Index(
                fields=["opened_at", "id"], name="matter_to_dispatch", condition=Q(state__in=["received", "accepted"])
            ),
            models.Index(
                fields=["voices"],
                name="matter_many_voices",
                condition=Q(state__in=["received", "accepted"], voices__gt=1),
            ),
            models.Index(
                fields=["district", "-opened_at"],
                name="matters_nearby",
                condition=Q(state__in=["received", "accepted", "working"]),
            ),
            models.Index(fields=["state", "ended_at"], name="matter_by_end"),
        ]

    def __str__(self) -> str:
        return f"matter:{self.pk}"


class Openness(models.TextChoices):
    NAMED = "named", _("实名")
    CONFIDENTIAL = "confidential", _("保密")
    ANONYMOUS = "anonymous", _("匿名")


class CallState(models.TextChoices):
    OPEN = "open", _("办理中")
    ANSWERED = "answered", _("已答复")
    CLOSED = "closed", _("已办结")
    ENDED = "ended", _("已终止")  # declined, referred, withdrawn


class Call(models.Model):
    """呼: what one party asks for. Keeps its caller, receipt, answer and rating whatever happens to its matter."""

    number = models.CharField(max_length=12, unique=True, default=ids.new_number)
    secret_hash = models.CharField(max_length=64)
    key = models.CharField(max_length=80, unique=True, null=True)  # the caller's idempotency key
    kind = models.CharField(max_length=16)
    sort = models.CharField(max_length=16)
    caller = models.ForeignKey(Party, models.PROTECT, related_name="calls")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="calls")
    # the answer this voice was given: it stays hers when the matter is answered anew, merged or split
    response = models.ForeignKey("Response", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=16)
    title = models.CharField(max_length=80)
    text = models.TextField()  # identifiers cut out, tokens in their place
    sealed = models.BinaryField(null=True)  # the identifiers that were cut out, sealed with the caller's key
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    openness = models.CharField(max_length=12, choices=Openness.choices, default=Openness.NAMED)
    state = models.CharField(max_length=12, choices=CallState.choices, default=CallState.OPEN)
    opened_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    solved = models.BooleanField(null=True)  # the caller's word
    grade = models.PositiveSmallIntegerField(null=True)  # 1 very dissatisfied .. 5 very satisfied
    rated_at = models.DateTimeField(null=True)
    rating_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["caller", "-opened_at"], name="my_calls"),
            models.Index(fields=["matter"], name="voices_of_matter"),
            models.Index(fields=["opened_at"], name="calls_by_day"),
            models.Index(fields=["answered_at"], name="calls_to_rate", condition=Q(state="answered")),
        ]
        constraints = [models.CheckConstraint(condition=Q(grade__isnull=True) | Q(grade__range=(1, 5)), name="grade_in_five")]

    def __str__(self) -> str:
        return f"call:{self.pk}"


def inbox_indexes() -> list[models.Index]:
    """The inbox's first page is one index walk for every scope (whose turn, unit, district, city) and every filter."""
    indexes = []
    for scope in ("turn", "bearer", "district", ""):
        for narrowed in ("", "state", "sort"):
            columns = [column for column in (scope, narrowed, "due_at", "id") if column]
            name = "_".join(["inbox", scope or "city", narrowed]).rstrip("_")
            indexes.append(models.Index(fields=columns, name=name, condition=Q(is_open=True)))
    return indexes


class Task(models.Model):
    """任务: one bearer's share of a matter. A child task is borne below; the giver stays accountable."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="tasks")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    bearer = models.ForeignKey(Department, models.PROTECT, related_name="tasks")
    giver = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=8, choices=TaskRole.choices, default=TaskRole.LEAD)
    state = models.CharField(max_length=12, choices=TaskState.choices, default=TaskState.GIVEN)
    handler = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    # whose turn it is: the bearer, then whoever reviews; nobody while a child task is at work
    turn = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    # copies for the inbox, so that its first page is one index walk
    kind = models.CharField(max_length=16)
    sort = models.CharField(max_length=16)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    district = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    is_open = models.BooleanField(default=True)
    due_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField()
    ground = models.CharField(max_length=300, blank=True)  # why it was sent back
    adjudicated = models.BooleanField(default=False)  # a task is sent back and adjudicated once
    signed_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            *inbox_indexes(),
            models.Index(fields=["matter"], name="tasks_of_matter"),
            models.Index(fields=["parent"], name="tasks_below"),
        ]

    def __str__(self) -> str:
        return f"task:{self.pk}"


class ResponseState(models.TextChoices):
    DRAFT = "draft", _("草拟")
    SUBMITTED = "submitted", _("待审核")
    RETURNED = "returned", _("退回")
    APPROVED = "approved", _("已答复")


class Response(models.Model):
    """应: what a task ends in."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="responses")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="responses")
    text = models.TextField()
    state = models.CharField(max_length=12, choices=ResponseState.choices, default=ResponseState.DRAFT)
    written_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["matter"], name="responses_of_matter")]
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(state__in=["draft", "submitted"]), name="one_live_response"),
        ]

    def __str__(self) -> str:
        return f"response:{self.pk}"


class Promise(models.Model):
    """承诺: a clock on a call (the answer), a task, or a matter. `budget` in `unit` (hours natural, workdays)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="promises")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="promises")
    # the answer is promised to a voice, and stays promised to it whatever becomes of its matter
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="promises")
    what = models.CharField(max_length=12)  # sign contact adjudicate answer approve report check
    budget = models.PositiveIntegerField()
    unit = models.CharField(max_length=10)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    calendar_version = models.CharField(max_length=16, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    met_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)  # the moment it was due, whenever the timer came by
    steps = models.PositiveSmallIntegerField(default=0)  # of the escalation, that have happened
    step_at = models.DateTimeField(null=True)  # when the next one is due; null until it is broken
    spent_at = models.DateTimeField(null=True)  # when the last one was due: nothing more happens by itself
    ended_at = models.DateTimeField(null=True)  # met, or dropped because its task or matter ended otherwise

    class Meta:
        indexes = [
            # what the timer sweeps: the next moment at which something is due, whether it breaks or escalates then
            models.Index(
                Coalesce("step_at", "due_at"),
                name="promises_to_watch",
                condition=Q(ended_at__isnull=True, spent_at__isnull=True),
            ),
            models.Index(
                fields=["calendar_version"],
                name="promises_provisional",
                condition=Q(provisional=True, ended_at__isnull=True),
            ),
            models.Index(fields=["matter"], name="promises_of_matter"),
            models.Index(fields=["met_at"], name="answers_kept", condition=Q(what="answer", met_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"promise:{self.pk}"


class Pause(models.Model):
    """挂起: time that does not count for one promise, with who, why, from, to."""

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=200)
    by = models.CharField(max_length=40)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")), name="pause_forward"),
            models.UniqueConstraint(fields=["promise"], condition=Q(to_at__isnull=True), name="one_open_pause"),
        ]

    def __str__(self) -> str:
        return f"pause:{self.pk}"


class Extension(models.Model):
    """延期: asked before the promise expires, with a ground, granted or refused by another, told to the caller."""

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="extensions")
    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    budget = models.PositiveIntegerField()  # added, in the promise's unit
    ground = models.CharField(max_length=300)
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise"], condition=Q(granted__isnull=True), name="one_open_extension"),
        ]

    def __str__(self) -> str:
        return f"extension:{self.pk}"


class Ask(models.Model):
    """补正: what is missing is asked of one voice, once; its promise stands still until she answers."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="asks")
    task = models.ForeignKey(Task, models.PROTECT, related_name="asks")
    text = models.TextField()
    asked_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"ask:{self.pk}"


class Incident(models.Model):
    """已知事件: a matter that is known to the city before the next person calls: where, why, until when, next news when."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="incident")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    cause = models.CharField(max_length=300)
    until_at = models.DateTimeField(null=True)
    news_at = models.DateTimeField(null=True)
    news = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["area", "opened_at"], name="incidents_now", condition=Q(ended_at__isnull=True))]

    def __str__(self) -> str:
        return f"incident:{self.pk}"


class Note(models.Model):
    """The words said with a move. Facts carry no personal text, so the words stand here, beside the fact's version."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="notes")
    version = models.PositiveIntegerField()  # of the matter's fact it belongs to
    text = models.TextField()
    to_caller = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "version"], name="one_note_a_fact")]

    def __str__(self) -> str:
        return f"note:{self.matter_id}.{self.version}"


class Sealed(models.Model):
    """Identifiers that were cut out of officers' words on a matter, by token, under the key of whose they are.

    What belongs to no caller lies under the key of the matter's first.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="sealed")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        verbose_name_plural = "sealed"
        constraints = [models.UniqueConstraint(fields=["matter", "party"], name="one_seal_a_party")]

    def __str__(self) -> str:
        return f"sealed:{self.matter_id}.{self.party_id}"


class Photo(models.Model):
    """A picture of a call or a response; its bytes lie outside the database under their SHA-256."""

    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="photos")
    response = models.ForeignKey(Response, models.PROTECT, null=True, related_name="photos")
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=32)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_up_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["call"], name="photos_of_call"),
            models.Index(fields=["response"], name="photos_of_response"),
        ]

    def __str__(self) -> str:
        return f"photo:{self.sha256[:12]}"
