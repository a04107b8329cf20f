"""What officers saw of a caller, what she says to it, and what is said to her without her number. Fields and constraints."""

from django.db import models
from django.db.models import F, Q

from huying.city.models import Department
from huying.events.row import Row
from huying.kernel.models.spine import Call
from huying.people.models import Officer


class Look(Row):
    """阅痕: one officer opened one thing that says who she is, for a reason of the pack, until a moment.

    The words of his reason stand beside the fact (CallNote of `version`). `signs` say why it is unusual, '' when it is not.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="looks")
    version = models.PositiveIntegerField()  # of the call's fact
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)  # the post by which he might
    field = models.CharField(max_length=24)  # phone, name, or the token of what was cut out of her words
    reason = models.CharField(max_length=32)
    at = models.DateTimeField()
    until = models.DateTimeField()  # exclusive: from here it is closed again by itself
    signs = models.CharField(max_length=60, blank=True)
    found = models.TextField(blank=True)  # by the auditor
    proper = models.BooleanField(null=True)
    found_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["call", "at"], name="looks_at_call"),
            models.Index(fields=["officer", "at"], name="looks_of_officer"),
            models.Index(fields=["at"], name="looks_to_review", condition=Q(found_at__isnull=True) & ~Q(signs="")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["call", "version"], name="one_look_a_fact"),
            models.CheckConstraint(condition=Q(until__gt=F("at")), name="look_forward"),
        ]

    def __str__(self) -> str:
        return f"look:{self.pk}"


class Objection(Row):
    """异议: she says that an officer had no business to look; the auditor answers within the pack's term."""

    look = models.OneToOneField(Look, models.PROTECT, related_name="objection")
    call = models.ForeignKey(Call, models.PROTECT, related_name="objections")
    text = models.TextField()
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    upheld = models.BooleanField(null=True)  # she was right
    answered_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="objections_open", condition=Q(answered_at__isnull=True))]

    def __str__(self) -> str:
        return f"objection:{self.pk}"


class Message(Row):
    """留言: an officer's words to one voice, and hers to them: neither needs the other's number."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="messages")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    text = models.TextField()
    left_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["call", "left_at"], name="messages_of_call")]

    def __str__(self) -> str:
        return f"message:{self.pk}"
