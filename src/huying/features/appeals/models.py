"""What an appeal has beside its call: whether it may be shown, and the text an officer confirmed for showing."""

from django.db import models
from django.db.models import Q

from huying.kernel.models import Call
from huying.people.models import Officer


class Appeal(models.Model):
    """诉求: one-to-one with its call."""

    call = models.OneToOneField(Call, models.PROTECT, primary_key=True, related_name="appeal")
    may_publish = models.BooleanField(default=False)  # the caller agreed
    public_call = models.TextField(blank=True)  # what the board shows, as an officer confirmed it
    public_answer = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-published_at"], name="board", condition=Q(published_at__isnull=False))]
        constraints = [
            models.CheckConstraint(condition=Q(published_at__isnull=True) | Q(may_publish=True), name="published_with_consent")
        ]

    def __str__(self) -> str:
        return f"appeal:{self.pk}"
