"""What stands beside the spine: incidents, quarrels, templates, notes and panels. Fields and constraints, nothing else."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huying.city.models import Area, Department
from huying.events.row import Row
from huying.kernel.models.spine import Call, Matter
from huying.people.models import Officer, Party


class Boundary(Row):
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


class Incident(Row):
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


class Template(Row):
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


class Note(Row):
    """The words said with a move. Facts carry no personal text, so the words stand here, beside the fact's version."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="notes")
    version = models.PositiveIntegerField()  # of the matter's fact it belongs to
    text = models.TextField()
    to_caller = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "version"], name="one_note_a_fact")]

    def __str__(self) -> str:
        return f"note:{self.matter_id}.{self.version}"


class CallNote(Row):
    """The words said with a move of one voice: beside the call's fact, as Note is beside the matter's."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="notes")
    version = models.PositiveIntegerField()  # of the call's fact it belongs to
    text = models.TextField()
    to_caller = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "version"], name="one_note_a_call_fact")]

    def __str__(self) -> str:
        return f"note:call:{self.call_id}.{self.version}"


class Conclusion(Row):
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


class Seat(Row):
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


class Sealed(Row):
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
