"""What an appeal has beside its call: whether it may be shown, the text an officer confirmed, the row it was imported from."""

from django.db import models
from django.db.models import Q

from huying.events.row import Row
from huying.kernel.models import Call
from huying.people.models import Officer


class Appeal(Row):
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


class ImportedRow(Row):
    """A row of another system's table, and the call that it became or joined. Hashes are keyed: nobody reads them back."""

    key = models.CharField(max_length=80, unique=True)  # names the source and the row's own number, or the row's content
    call = models.ForeignKey(Call, models.PROTECT, related_name="imported")
    digest = models.BinaryField(max_length=32)  # of what the row says
    sender = models.BinaryField(max_length=32, null=True)  # of who sent it, as the source knows them; empty: nobody knows
    imported_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sender", "call"], name="rows_of_sender", condition=Q(sender__isnull=False))]

    def __str__(self) -> str:
        return f"imported:{self.key}"
