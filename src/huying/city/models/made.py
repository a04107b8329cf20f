"""The files of things as they were loaded, and the things that were made here instead of in the pack's files."""

from django.db import models


class PackText(models.Model):
    """A file of the loaded pack that says what items and things are, word for word: a thing made here is proved against it."""

    name = models.CharField(max_length=200, unique=True)  # within the pack: things/dog.yaml
    text = models.TextField()

    def __str__(self) -> str:
        return self.name


class MadeThing(models.Model):
    """A thing that was published here: its file, until the pack has the same. `base` tells what the pack said then."""

    code = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    base = models.CharField(max_length=64, blank=True)  # digest of the pack's own file of it; '' where it had none
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code
