"""What the log tells, folded: voices, cases, who held them how long, what is late, and the counts behind the rates.

Every row can be thrown away and made again from the log. Departments and areas stand by their keys of the day.
"""

from django.db import models

from huying.events.row import Row


class Case(Row):
    """A matter as the log tells it."""

    matter = models.BigIntegerField(primary_key=True)
    bearer = models.CharField(max_length=64, blank=True)  # who leads it now, or answered it; '' while nobody bears it
    duty = models.CharField(max_length=64, blank=True)  # for which it was given to its first bearer, or the last to be named
    contact = models.CharField(max_length=5, blank=True)  # of that bearer: '' not promised, due, kept, late

    def __str__(self) -> str:
        return f"case {self.matter}"


class Task(Row):
    """A task as the log tells it: who bears it, who gave it, below which."""

    task = models.BigIntegerField(primary_key=True)
    matter = models.BigIntegerField(db_index=True)
    bearer = models.CharField(max_length=64)
    giver = models.CharField(max_length=64, blank=True)
    parent = models.BigIntegerField(null=True)
    role = models.CharField(max_length=8)

    def __str__(self) -> str:
        return f"task {self.task}"


class Voice(Row):
    """A call as the log tells it. `solved` is the caller's last word; `how` says how it ended."""

    call = models.BigIntegerField(primary_key=True)
    matter = models.BigIntegerField(db_index=True)
    month = models.CharField(max_length=7)  # in which it was opened: 2026-11
    opened_on = models.DateField(null=True)
    area = models.CharField(max_length=64, blank=True)
    district = models.CharField(max_length=64, blank=True)
    # its area's key, where that goes another way than its district: see hub/places.py
    part = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, default="open")  # open, answered, closed, ended
    how = models.CharField(max_length=12, blank=True)  # rated, told, silent, desk; decline, refer, withdraw, conclude
    excluded = models.CharField(max_length=32, blank=True)  # why it stands beside the rates
    answered = models.BooleanField(default=False)  # ever
    broken = models.BooleanField(default=False)  # its answer came late, or is late
    solved = models.BooleanField(null=True)
    grade = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["area"], name="voices_of_area"),
            models.Index(fields=["part"], name="voices_apart", condition=~models.Q(part="")),
        ]

    def __str__(self) -> str:
        return f"voice {self.call}"


class Held(Row):
    """Time of a matter charged to one bearer: '' is the city's desk. `ended_at` is null while it lies there."""

    matter = models.BigIntegerField()
    number = models.PositiveIntegerField()
    bearer = models.CharField(max_length=64, blank=True)
    stage = models.CharField(max_length=12)  # dispatch sign overdue work paused assist review rework adjudicate dispute
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "number"], name="one_hop_a_number")]

    def __str__(self) -> str:
        return f"{self.matter}.{self.number} {self.stage}"


class Late(Row):
    """A promise that is broken and not yet kept: in whose hands, since when, and how far it was escalated."""

    key = models.CharField(max_length=80, primary_key=True)  # matter, task, call, what
    matter = models.BigIntegerField(db_index=True)
    what = models.CharField(max_length=12)
    bearer = models.CharField(max_length=64, blank=True)
    district = models.CharField(max_length=64, blank=True)  # of the bearer
    due_at = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=0)  # 0 broken, 1 reminded, 2 supervised, 3 raised
    told = models.CharField(max_length=64, blank=True)  # who was told last

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="late_by_day"),
            models.Index(fields=["bearer", "due_at"], name="late_by_bearer"),
            models.Index(fields=["district", "due_at"], name="late_by_district"),
        ]

    def __str__(self) -> str:
        return self.key


COUNTS = (
    "received",
    "answered",
    "contact_due",
    "contact_kept",
    "solved",
    "unsolved",
    "waiting",
    "silent",
    "graded",
    "satisfied",
    "declined",
    "referred",
    "withdrawn",
    "concluded",
    "excluded",
)


class Cell(Row):
    """Counts of the calls of one month, department, district, part of it and level; every rate is a sum over a sum of cells."""

    month = models.CharField(max_length=7)
    department = models.CharField(max_length=64, blank=True)
    district = models.CharField(max_length=64, blank=True)
    part = models.CharField(max_length=64, blank=True)
    level = models.CharField(max_length=10, blank=True)
    received = models.IntegerField(default=0)
    answered = models.IntegerField(default=0)
    contact_due = models.IntegerField(default=0)
    contact_kept = models.IntegerField(default=0)
    solved = models.IntegerField(default=0)
    unsolved = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0)
    silent = models.IntegerField(default=0)
    graded = models.IntegerField(default=0)
    satisfied = models.IntegerField(default=0)
    declined = models.IntegerField(default=0)
    referred = models.IntegerField(default=0)
    withdrawn = models.IntegerField(default=0)
    concluded = models.IntegerField(default=0)
    excluded = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "department", "district", "part", "level"], name="one_cell")]

    def __str__(self) -> str:
        return f"{self.month} {self.department} {self.district}"
