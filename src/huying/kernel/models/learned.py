"""What dispatch has learned: the readers it was given, and whose each matter turned out to be. Fields and constraints alone."""

from django.db import models
from django.db.models import Q

from huying.events.row import Row
from huying.kernel.models.spine import Matter


class Learned(Row):
    """派单模型: one version of what reads whose a message is. `data` holds numbers and labels, nobody's words.

    `card` says out of what it was made, when, and how good it is. One runs at most; `before` ran until this one was promoted.
    Of old ones only the card is kept: their `data` is empty, and they can run no more.
    """

    made_at = models.DateTimeField()
    how = models.CharField(max_length=8)  # file, lessons
    card = models.JSONField()
    data = models.BinaryField()
    runs = models.BooleanField(default=False)
    promoted_at = models.DateTimeField(null=True)  # since when it ran last
    stopped_at = models.DateTimeField(null=True)  # until when
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "learned"
        constraints = [models.UniqueConstraint(fields=["runs"], condition=Q(runs=True), name="one_runs")]

    def __str__(self) -> str:
        return f"learned:{self.pk}"


class Lesson(Row):
    """Whose a matter turned out to be, as the log tells it: a type of department; '' while that is not known.

    `alone` is what dispatch had chosen by itself, '' where a dispatcher chose. `by_hand`: a person chose, and otherwise than
    dispatch had: that teaches. What went out by itself and stayed does not: dispatch would learn to agree with itself.
    `at` is when that was last said; `first_at` when the matter was first given to anybody, whatever became of it.
    """

    matter = models.OneToOneField(Matter, models.CASCADE, primary_key=True, related_name="+")
    label = models.CharField(max_length=64, blank=True)
    alone = models.CharField(max_length=64, blank=True)
    by_hand = models.BooleanField(default=False)
    at = models.DateTimeField()
    first_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["first_at", "alone", "label"], name="lessons_by_time"),
            models.Index(fields=["at"], condition=Q(by_hand=True), name="lessons_by_hand"),
        ]

    def __str__(self) -> str:
        return f"lesson:{self.matter_id}"
