"""What many matters have in common. Fields and constraints, nothing else."""

from django.db import models
from django.db.models import Q

from huying.city.models import Area, Department
from huying.events.row import Row
from huying.kernel.models.spine import Matter
from huying.people.models import Officer


class Cause(Row):
    """共因: matters of one district that tell of one thing. Past the pack's threshold it stands, with an owner (未诉先办).

    Its title is that of `heart`, the matter that is most like the others; a cause that does not stand goes with its matters.
    """

    district = models.ForeignKey(Area, models.PROTECT, related_name="+")
    heart = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    place = models.CharField(max_length=80, blank=True)  # what most of the matters name
    people = models.PositiveIntegerField()  # who told of it, each counted once
    busiest = models.PositiveIntegerField()  # of them, within thirty days
    found_at = models.DateTimeField()
    owner = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    stands_at = models.DateTimeField(null=True)
    changed = models.TextField(blank=True)  # what was changed, so that it does not come again
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-people"], name="causes_open", condition=Q(closed_at__isnull=True))]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | (Q(stands_at__isnull=False) & ~Q(changed="")), name="closed_with_a_change"
            ),
            models.CheckConstraint(
                condition=Q(stands_at__isnull=True) | Q(owner__isnull=False), name="what_stands_has_an_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"cause:{self.pk}"


class CauseMember(Row):
    """A matter that belongs to a cause; to one at a time."""

    cause = models.ForeignKey(Cause, models.CASCADE, related_name="members")
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="cause")

    def __str__(self) -> str:
        return f"cause:{self.cause_id}.{self.matter_id}"
