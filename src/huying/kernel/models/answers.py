"""What is answered, promised and asked on the way. Fields and constraints, nothing else."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from huying.events.row import Row
from huying.kernel.models.spine import Call, Matter, Task
from huying.kernel.models.states import ResponseState
from huying.people.models import Officer


class Response(Row):
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


class Promise(Row):
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


class Pause(Row):
    """挂起: time that does not count for one promise, with who, why, from, to."""

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=200)
    ground = models.CharField(max_length=300, blank=True)  # of a branch: what it waits for, and by which law
    expected = models.DateField(null=True)  # of a branch: the day on which that is thought to be there
    by = models.CharField(max_length=40)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    overran_at = models.DateTimeField(null=True)  # when it was told that the day named had passed

    class Meta:
        indexes = [
            models.Index(
                fields=["expected"],
                name="pauses_ahead",
                condition=Q(to_at__isnull=True, overran_at__isnull=True, expected__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")), name="pause_forward"),
            models.UniqueConstraint(fields=["promise"], condition=Q(to_at__isnull=True), name="one_open_pause"),
        ]

    def __str__(self) -> str:
        return f"pause:{self.pk}"


class Extension(Row):
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


class Ask(Row):
    """补正: what is missing is asked of one voice, once; its promise stands still until she answers."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="asks")
    task = models.ForeignKey(Task, models.PROTECT, related_name="asks")
    text = models.TextField()
    asked_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"ask:{self.pk}"


class Photo(Row):
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
