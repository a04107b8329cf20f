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
    # calls that share it now: they weigh in its priority; none share an incident that nobody has called about
    voices = models.PositiveIntegerField(default=1)
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
    # her word as the desk wrote it down on the telephone, until she says her own
    told_to_desk = models.BooleanField(default=False)
    reopened = models.PositiveSmallIntegerField(default=0)  # how often her own "not solved" had it worked again
    tries = models.PositiveSmallIntegerField(default=0)  # of the desk to reach her about this answer, in vain
    tried_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=12, blank=True)  # rated, told, silent, desk; decline, refer, withdraw, conclude
    excluded = models.CharField(max_length=32, blank=True)  # why it stands beside the rates, one of the pack's reasons
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
    asked = models.CharField(max_length=300, blank=True)  # of who assists: what exactly
    adjudicated = models.BooleanField(default=False)  # a task is sent back and adjudicated once
    for_head = models.BooleanField(default=False)  # it was answered before and not solved: a head must take it himself
    signed_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            *inbox_indexes(),
            models.Index(fields=["handler", "due_at", "id"], name="inbox_handler", condition=Q(is_open=True)),
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
    what = models.CharField(max_length=12)  # sign contact assist adjudicate settle answer approve report check
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


class Boundary(models.Model):
    """界线: who bears a duty at a place about which units quarrelled. While that is open `interim` works, `bearer` is null.

    What was settled stays: dispatch reads it for the same place and duty.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="boundaries")  # over which they quarrelled
    place = models.CharField(max_length=80, blank=True)  # the words by which people call it
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")  # it lies between this district
    other = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")  # and this one; null: within one
    duty_key = models.CharField(max_length=64, blank=True)
    interim = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    bearer = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    ground = models.CharField(max_length=300, blank=True)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["duty_key"], name="settled_by_duty", condition=Q(settled_at__isnull=False))]
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(settled_at__isnull=True), name="one_open_quarrel"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(bearer__isnull=False), name="settled_names_its_bearer"
            ),
        ]

    def __str__(self) -> str:
        return f"boundary:{self.pk}"


class Incident(models.Model):
    """已知事件: a matter that is known to the city before the next person calls: where, why, until when, next news when."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="incident")
    key = models.CharField(
        max_length=80, unique=True, null=True
    )  # of the form with which one that nobody called about was opened
    teller = models.ForeignKey(Department, models.PROTECT, related_name="+")  # who spoke last, and promised the next news
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    cause = models.CharField(max_length=300)
    until_at = models.DateTimeField(null=True)
    news_at = models.DateTimeField(null=True)
    news = models.CharField(max_length=300, blank=True)
    done = models.TextField(blank=True)  # what was done, as everybody may read it
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["area", "opened_at"], name="incidents_now", condition=Q(ended_at__isnull=True))]

    def __str__(self) -> str:
        return f"incident:{self.pk}"


class Template(models.Model):
    """答复模板 of a unit or of one officer, for one step. Its gaps, 〔日期〕, must be filled before it is sent."""

    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=16)  # the verb it is written for
    duty_key = models.CharField(max_length=64, blank=True)  # a duty, or the beginning of its key; '' is any
    title = models.CharField(max_length=40)
    text = models.TextField()
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["department"], name="templates_of_unit"),
            models.Index(fields=["officer"], name="templates_of_officer"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=True, officer__isnull=False) | Q(department__isnull=False, officer__isnull=True),
                name="of_a_unit_or_an_officer",
            )
        ]

    def __str__(self) -> str:
        return f"template:{self.pk}"


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


class CallNote(models.Model):
    """The words said with a move of one voice: beside the call's fact, as Note is beside the matter's."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="notes")
    version = models.PositiveIntegerField()  # of the call's fact it belongs to
    text = models.TextField()
    to_caller = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "version"], name="one_note_a_call_fact")]

    def __str__(self) -> str:
        return f"note:call:{self.call_id}.{self.version}"


class Conclusion(models.Model):
    """终结: a call proposed to a panel for its end, with reasons and the ways that stay open to the caller."""

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("同意终结")
        REFUSED = "refused", _("没有通过")
        LAPSED = "lapsed", _("不用再议")  # the call ended otherwise

    call = models.ForeignKey(Call, models.PROTECT, related_name="conclusions")
    reasons = models.TextField()
    remedies = models.JSONField()  # [{"name": …, "text": …}] as the pack had them on that day
    proposed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    reopened = models.PositiveSmallIntegerField()  # of the call, when it was proposed
    needed = models.PositiveSmallIntegerField()  # how many must agree
    her_word = models.TextField(blank=True)
    heard_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call"], condition=Q(ended_at__isnull=True), name="one_open_conclusion"),
        ]

    def __str__(self) -> str:
        return f"conclusion:{self.pk}"


class Seat(models.Model):
    """A department's place on a panel, and the word of the officer who took it."""

    conclusion = models.ForeignKey(Conclusion, models.PROTECT, related_name="seats")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    agrees = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conclusion", "department"], name="one_seat_a_department")]
        indexes = [models.Index(fields=["department"], name="seats_to_take", condition=Q(agrees__isnull=True))]

    def __str__(self) -> str:
        return f"seat:{self.pk}"


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
