"""The working calendar, the settings, and which pack is loaded."""

from django.db import models
from django.db.models import Q


class Day(models.Model):
    """One day of the working calendar, with the notice that says so ('' for a plain weekday or weekend)."""

    date = models.DateField(unique=True)
    working = models.BooleanField()
    name = models.CharField(max_length=32, blank=True)
    notice = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.date} {'works' if self.working else 'rests'}"


class Setting(models.Model):
    """A named setting of the pack (confidence for dispatch by itself, words of danger, days to rate ...) as JSON."""

    key = models.CharField(max_length=64, unique=True)
    value = models.JSONField()

    def __str__(self) -> str:
        return self.key


class PackState(models.Model):
    """Which pack is loaded: its name, its title for people, a digest of its files, and when. Caches compare the digest."""

    name = models.CharField(max_length=64)
    title = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_pack")]

    def __str__(self) -> str:
        return self.name
