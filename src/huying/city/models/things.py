"""Items and things as loaded: a row for each, and a version for each content it ever had. Versions are added, never changed."""

from django.db import models
from django.db.models import Q

from huying.city.models.dated import Dated, Level


class Partner(Dated):
    """A body of another place that bears items here: its home, and how to reach it. Not a department of this city."""

    name = models.CharField(max_length=64)
    name_en = models.CharField(max_length=128)
    short = models.CharField(max_length=32)
    home = models.CharField(max_length=64)
    home_code = models.CharField(max_length=12)
    phone = models.CharField(max_length=32, blank=True)


class Item(Dated):
    """A service of one department (a type at a level) or of a partner. `digest` tells which version is in force."""

    name = models.CharField(max_length=64)
    name_en = models.CharField(max_length=192)
    department = models.CharField(max_length=32, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices, blank=True)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="items")
    digest = models.CharField(max_length=64)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(partner__isnull=True) ^ (Q(department="") & Q(level="")), name="item_has_one_bearer"
            ),
        ]


class Thing(Dated):
    """Items that one event of life or business needs together. `digest` tells which version is in force."""

    name = models.CharField(max_length=32)
    name_en = models.CharField(max_length=96)
    event = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)


class Version(models.Model):
    """Content as it was, numbered from 1: a case keeps the version it began with."""

    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        abstract = True


class ItemVersion(Version):
    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "digest"], name="item_content_once"),
            models.UniqueConstraint(fields=["item", "number"], name="item_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"


class ThingVersion(Version):
    """The thing's own content and the very versions of its items."""

    thing = models.ForeignKey(Thing, models.PROTECT, related_name="versions")
    items = models.ManyToManyField(ItemVersion, related_name="things")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thing", "digest"], name="thing_content_once"),
            models.UniqueConstraint(fields=["thing", "number"], name="thing_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.thing_id} v{self.number}"
