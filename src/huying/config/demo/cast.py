"""One story while it is played: who is in it, and where its call stands."""

from dataclasses import dataclass, field

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Department
from huying.config.demo.hours import Days, dated
from huying.config.demo.officers import Staff
from huying.config.demo.story import Story
from huying.config.environment import BadSetting
from huying.kernel.intake import Opened
from huying.kernel.models import Task, TaskRole
from huying.kernel.rules import CENTRE_TYPE
from huying.people.actors import Actor, holder_actor, party_actor
from huying.people.models import Party

DESK = "city.hotline"


class Astray(LookupError):
    """The story cannot go on as written: the call went elsewhere by itself. It stays where it went."""


@dataclass(slots=True)
class Cast:
    """A story with its caller, the bearer it is meant for and the district centre (`via`) through which it goes there."""

    story: Story
    staff: Staff
    days: Days
    caller: Party | None = None
    bearer: Department | None = field(init=False)
    via: Department | None = field(init=False)
    opened: Opened | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.bearer = _bearer(self.story)
        area = city.area_by_key(self.story.area) if self.story.area else None
        straight = self.bearer is None or self.bearer.level == "city"
        self.via = None if straight else city.department_of(CENTRE_TYPE, "district", area)

    @property
    def record(self) -> Opened:
        """What was recorded of the call."""
        assert self.opened is not None
        return self.opened

    @property
    def she(self) -> Actor:
        """The caller: signed in, or with number and secret."""
        return party_actor(self.caller) if self.caller else holder_actor(self.record.call_id)

    def says(self, text: str) -> str:
        """The text with its days written out as of now."""
        return dated(text, clock.now(), self.days)

    def task(self) -> Task:
        """The task at work: the deepest that is open and leads. Raises Astray."""
        led = Task.objects.filter(matter=self.record.matter_id, is_open=True, role=TaskRole.LEAD)
        found = led.select_related("bearer").order_by("id").last()
        if found is None:
            raise Astray(f"{self.story.key}: no open task")
        return found

    def turn(self) -> Task:
        """The task that somebody has to act on now."""
        return Task.objects.select_related("bearer").get(matter=self.record.matter_id, turn__isnull=False)

    def department(self, kind: str) -> Department:
        """The department of that type in the call's district. Raises Astray."""
        found = city.department_of(kind, "district", city.area_by_key(self.story.area))
        if found is None:
            raise Astray(f"{self.story.key}: no {kind} for the area {self.story.area}")
        return found

    def desk(self, role: str) -> Actor:
        """Who holds that post at the city's desk."""
        return self.staff.actor(DESK, role)

    def worker(self) -> Actor:
        """Who works the task at hand."""
        return self.staff.actor(self.task().bearer.key, "handler")

    def reviewer(self) -> Actor:
        """Who reviews: the centre that gave the task, else the bearer's own head."""
        return (
            self.staff.actor(self.via.key, "head", "dispatcher")
            if self.via
            else self.staff.actor(self.task().bearer.key, "head")
        )


def _bearer(story: Story) -> Department | None:
    """Who is meant to answer. Raises BadSetting where the pack has no such body."""
    if not story.bearer:
        return None
    if story.bearer.startswith("city."):
        found = city.department_by_key(story.bearer)
    else:
        level = "street" if story.bearer == "street-office" else "district"
        found = city.department_of(story.bearer, level, city.area_by_key(story.area))
    if found is None:
        raise BadSetting(f"demo/calls: {story.key}: no {story.bearer} for the area {story.area or '(none)'}")
    return found
