"""Points of a call's path at which two may meet: each makes a new call and drives it there, in a city that is there already."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from huying.base import clock
from huying.city.models import Setting
from huying.kernel import actions
from huying.kernel.models import Call, Cause, CauseMember, Matter, Task
from huying.kernel.tests.conftest import Story, new_call
from huying.people.actors import Actor, holder_actor, party_actor
from huying.people.models import Party
from tests.people import MakeActor, MakeCaller

GROUND = "《照明规定》第五条，由产权人管。"
WHY = "灯杆要从外地调货"
POSTS = (
    ("city.hotline", ("dispatcher", "head", "callback", "supervisor", "auditor")),
    ("500106.governance-centre", ("dispatcher", "head", "supervisor")),
    ("500106.urban-management", ("handler", "head")),
    ("500106.housing", ("handler", "head")),
    ("500106001.street-office", ("handler", "head")),
)


@dataclass(slots=True)
class Scene:
    """A story at some point, with whoever may meet there. `other` is another matter of the same district."""

    story: Story
    people: list[Actor]
    other: int

    def actors(self) -> list[Actor]:
        """Two officers of every post, the callers, and who holds a number and secret."""
        calls = (
            Call.objects.filter(matter__in=[self.story.opened.matter_id, self.other]).select_related("caller").order_by("id")
        )
        return [*self.people, *(party_actor(call.caller) for call in calls), *(holder_actor(call.pk) for call in calls)]

    def subjects(self, on: str) -> list[Any]:
        """What verbs can be done to here, the newest first: it is the most likely to be at work."""
        matters = [self.story.opened.matter_id, self.other]
        rows: dict[str, Any] = {
            "matter": Matter.objects.filter(pk__in=matters).order_by("pk"),
            "task": Task.objects.filter(matter__in=matters).order_by("-is_open", "-pk"),
            "call": Call.objects.filter(matter__in=matters).order_by("pk"),
            "cause": Cause.objects.filter(members__matter__in=matters).distinct().order_by("pk"),
        }
        return list(rows[on])


class Stage:
    """The city and its people, made once; `play` puts a new call at a point of its path."""

    def __init__(self, story: Story, actor: MakeActor, caller: MakeCaller) -> None:
        # what others have told may be joined here
        Setting.objects.update_or_create(key="voices.duties", defaults={"value": ["lamp"]})
        department = story.city.department
        self.story, self.second = story, caller()
        self.people = [actor(role, department(key)) for key, roles in POSTS for role in roles for _ in range(2)]

    def play(self, point: str) -> Scene:
        """A new call at that point."""
        story = self._new(self.story.caller)
        other = self._new(self.second)
        POINTS[point](story)
        if point == "many voices":
            actions.merge(story.dispatcher, other.opened.matter_id, story.opened.matter_id)
        if point == "of a cause":
            stands(story, [story.opened.matter_id, other.opened.matter_id])
        return Scene(story, self.people, other.opened.matter_id)

    def _new(self, party: Party) -> Story:
        opened = actions.open_calls(party_actor(party), [new_call(caller=party)])[0]
        return replace(self.story, opened=opened, caller=party, top=None, child=None, done=[])


def _until(step: str) -> Callable[[Story], None]:
    def drive(story: Story) -> None:
        story.until(step)

    return drive


def _returned(story: Story) -> None:
    actions.return_(story.centre, story.until("submitted").task().pk, "少照片")


def _sent_back(story: Story) -> None:
    actions.send_back(story.handler, story.until("passed").task().pk, GROUND)


def _paused(story: Story) -> None:
    actions.pause(story.head, story.until("signed").task().pk, "outside", WHY)


def _asked(story: Story) -> None:
    actions.supplement(story.handler, story.until("signed").task().pk, "请补编号")


def _more_time(story: Story) -> None:
    actions.ask_extension(story.handler, story.until("signed").task().pk, 1, WHY)


def _solved(story: Story) -> None:
    actions.rate(story.she, story.until("answered").call.pk, True, 5)


def _unsolved(story: Story) -> None:
    actions.rate(story.she, story.until("answered").call.pk, False, 1)


def _assisted(story: Story) -> None:
    department = story.city.department
    bureau, housing = department("500106.urban-management").pk, department("500106.housing").pk
    story.child = actions.dispatch(story.dispatcher, story.opened.matter_id, bureau, "lamp", assists=[housing])


def stands(story: Story, matters: list[int]) -> None:
    """These matters tell of one thing, and the bureau owns it."""
    heart = Matter.objects.get(pk=matters[0])
    owner = story.city.department("500106.urban-management")
    cause = Cause.objects.create(
        district=heart.district, heart=heart, people=2, busiest=2, found_at=clock.now(), stands_at=clock.now(), owner=owner
    )
    CauseMember.objects.bulk_create([CauseMember(cause=cause, matter_id=pk) for pk in matters])


POINTS: dict[str, Callable[[Story], None]] = {
    "recorded": lambda story: None,
    "dispatched": _until("dispatched"),
    "assisted": _assisted,
    "passed down": _until("passed"),
    "signed": _until("signed"),
    "many voices": _until("signed"),
    "of a cause": _until("signed"),
    "written": _until("written"),
    "submitted": _until("submitted"),
    "returned": _returned,
    "sent back": _sent_back,
    "paused": _paused,
    "asked": _asked,
    "more time asked": _more_time,
    "answered": _until("answered"),
    "solved": _solved,
    "unsolved": _unsolved,
}
