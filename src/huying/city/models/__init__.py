"""The city as data: areas, departments, duties, terms, days, items and things. Loaded from a pack, never edited by hand."""

from django.db import models

from huying.city.models.dated import Dated, Level
from huying.city.models.made import MadeThing, PackText
from huying.city.models.state import Day, PackState, Setting
from huying.city.models.things import Item, ItemVersion, Partner, Thing, ThingVersion

__all__ = [
    "Area",
    "Dated",
    "Day",
    "Department",
    "Duty",
    "Item",
    "ItemVersion",
    "Level",
    "MadeThing",
    "PackState",
    "PackText",
    "Partner",
    "Setting",
    "Term",
    "Thing",
    "ThingVersion",
]


class Area(Dated):
    """A city, district, street or community. `code` is the national code, blank where no official source gives one yet."""

    code = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=64)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    aliases = models.JSONField(default=list, blank=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)


class Department(Dated):
    """A body that can bear tasks. `type` says what it is (urban-management); the district counterparts share it."""

    name = models.CharField(max_length=64)
    short = models.CharField(max_length=32)
    type = models.CharField(max_length=32)
    level = models.CharField(max_length=10, choices=Level.choices)
    area = models.ForeignKey(Area, models.PROTECT, related_name="departments")
    phone = models.CharField(max_length=32, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")

    class Meta(Dated.Meta):
        indexes = [models.Index(fields=["type", "area"], name="department_of_type")]


class Duty(Dated):
    """A topic that a type of department answers for, at a level. `urgency` is life, utility or ordinary."""

    group = models.CharField(max_length=32)
    subgroup = models.CharField(max_length=32)
    name = models.CharField(max_length=64)
    text = models.TextField()
    lead = models.CharField(max_length=32)
    assists = models.JSONField(default=list, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    urgency = models.CharField(max_length=10, default="ordinary")
    ground = models.CharField(max_length=200, blank=True)
    may_pass_down = models.BooleanField(default=True)


class Term(Dated):
    """What the city promises: for a kind, sort and urgency ('' matches any), the budget of one clock."""

    kind = models.CharField(max_length=16)
    sort = models.CharField(max_length=16, blank=True)
    urgency = models.CharField(max_length=10, blank=True)
    what = models.CharField(max_length=16)
    budget = models.PositiveIntegerField()
    unit = models.CharField(max_length=10)
    basis = models.CharField(max_length=200)
