"""A thing on its way: the text of its file, and what each department that bears an item of it says. Fields alone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huying.city.models import Department, ThingVersion
from huying.events.row import Row
from huying.people.models import Officer


class DraftState(models.TextChoices):
    DRAFTING = "drafting", _("在写")
    SENT = "sent", _("等各单位同意")
    RETURNED = "returned", _("有单位不同意")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤下")


OPEN = (DraftState.DRAFTING, DraftState.SENT, DraftState.RETURNED)


class ThingDraft(Row):
    """One thing as its owner writes it: word for word the file that a pack would have."""

    code = models.CharField(max_length=64, blank=True)  # as the text says, where it can be read
    name = models.CharField(max_length=64, blank=True)  # the same
    base = models.CharField(max_length=64, blank=True)  # the code of the thing in force that it changes; '' for a new one
    base_digest = models.CharField(max_length=64, blank=True)  # what that said when this began
    text = models.TextField()
    owner = models.ForeignKey(Department, models.PROTECT, related_name="+")
    writers = models.JSONField(default=list)  # ids of all officers who wrote in it
    changed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.DRAFTING)
    revision = models.PositiveIntegerField(default=1)  # of the text: who saves names the one he read
    told = models.PositiveIntegerField(default=0)  # how many facts there are of it
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # published or withdrawn
    version = models.ForeignKey(ThingVersion, models.PROTECT, null=True, related_name="+")  # that it became

    class Meta:
        app_label = "services"
        indexes = [models.Index(fields=["owner", "state"], name="drafts_of_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("published", "withdrawn")) ^ Q(ended_at__isnull=True), name="making_ends_once"
            ),
            models.CheckConstraint(condition=Q(version__isnull=True) | Q(state="published"), name="made_a_version"),
        ]

    def __str__(self) -> str:
        return f"thing-draft:{self.pk}"


class Word(models.TextChoices):
    WAITING = "waiting", _("还没有回")
    AGREED = "agreed", _("同意")
    OBJECTED = "objected", _("不同意")


class Agreement(Row):
    """What a department says of a draft as it was sent: one of each body that bears an item. It holds for that text alone."""

    draft = models.ForeignKey(ThingDraft, models.CASCADE, related_name="consents")
    revision = models.PositiveIntegerField()  # the text of which it is said
    body = models.CharField(max_length=64)  # a type of department, or a partner's key
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")  # who speaks for it
    word = models.CharField(max_length=8, choices=Word.choices, default=Word.WAITING)
    why = models.TextField(blank=True)  # of an objection; or by which letter a body that is not here agreed
    by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        app_label = "services"
        indexes = [models.Index(fields=["department", "word"], name="consents_wanted")]
        constraints = [
            models.UniqueConstraint(fields=["draft", "revision", "body"], name="one_consent_a_body"),
            models.CheckConstraint(condition=Q(word="waiting") ^ Q(at__isnull=False), name="said_at_a_time"),
            models.CheckConstraint(condition=~Q(word="objected") | ~Q(why=""), name="objected_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"consent:{self.pk}"
