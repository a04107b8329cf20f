"""Call -> matter -> task. Fields and constraints, nothing else."""

from django.db import models
from django.db.models import Q

from huying.base import ids
from huying.city.models import Area, Department
from huying.events.row import Row
from huying.kernel.models.states import CallState, MatterState, Openness, TaskRole, TaskState
from huying.people.models import Officer, Party


class Matter(Row):
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


class Call(Row):
    """呼: what one party asks for. Keeps its caller, receipt, answer and rating whatever happens to its matter."""

    number = models.CharField(max_length=12, unique=True, default=ids.new_number)
    secret_hash = models.CharField(max_length=64)
    key = models.CharField(max_length=80, unique=True, null=True)  # the caller's idempotency key
    kind = models.CharField(max_length=16)
    sort = models.CharField(max_length=16)
    caller = models.ForeignKey(Party, models.PROTECT, related_name="calls")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="calls")
    # who called for her, and until when he may see it and do the rest
    agent = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+", db_index=False)
    agent_until = models.DateTimeField(null=True)
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
    trimmed_at = models.DateTimeField(null=True)  # its words went when their time to be kept was over
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["closed_at"], name="calls_to_trim", condition=Q(trimmed_at__isnull=True, closed_at__isnull=False)
            ),
            models.Index(fields=["caller", "-opened_at"], name="my_calls"),
            models.Index(fields=["agent", "-opened_at"], name="calls_for_others", condition=Q(agent__isnull=False)),
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


class Task(Row):
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
    resume_on = models.DateField(null=True)  # of a branch that stands by law: the day named; it is due with its end
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
