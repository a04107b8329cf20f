"""What every row of a pack has: a key, and the days on which it holds."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    CITY = "city", _("市")
    DISTRICT = "district", _("区县")
    STREET = "street", _("镇街")
    COMMUNITY = "community", _("村社")
    ELSEWHERE = "elsewhere", _("外地")  # a body of another place that bears items here


class Dated(models.Model):
    """A row of a pack: it is closed, never deleted. `valid_to` is the first day on which it no longer holds."""

    key = models.CharField(max_length=64, unique=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_forward",
            )
        ]

    def __str__(self) -> str:
        return self.key
