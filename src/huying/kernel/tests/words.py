"""The caller's word for tests: a story driven through answers that did not help, and a panel about it."""

from huying.city.models import Department
from huying.kernel import actions
from huying.kernel.models import Conclusion, Task
from huying.kernel.tests.conftest import DESK, Story
from huying.people.actors import Actor
from tests.people import MakeActor

REASONS = "换灯两次、查线一次，灯杆属小区产权，已告知业委会，依据《城市照明管理规定》。"
PANEL = ("500106.housing", "city.urban-management")


def answered_again(story: Story) -> None:
    """The head took it, worked it and it is answered anew."""
    task = Task.objects.get(matter=story.matter, turn__isnull=False)
    actions.sign(story.head, [task.pk])
    actions.answer(story.handler, task.pk, "又换了一盏，现场确认全亮。周科长")
    actions.submit(story.handler, task.pk)
    actions.approve(story.centre, task.pk)


def not_solved(story: Story, times: int) -> None:
    """She is answered and says no, so many times; the last time it waits for the head."""
    story.until("answered")
    for n in range(times):
        if n:
            answered_again(story)
        actions.rate(story.she, story.call.pk, False, 3)


def panel(story: Story, *keys: str) -> list[Department]:
    return [story.city.department(key) for key in keys or PANEL]


def proposed(story: Story, actor: MakeActor) -> Conclusion:
    """The desk's head proposes to two departments that had no part."""
    head = actor("head", story.city.department(DESK))
    ids = [row.pk for row in panel(story)]
    return actions.propose_conclusion(head, story.call.pk, REASONS, ["行政复议", "信访复查"], ids)


def members(story: Story, actor: MakeActor) -> list[Actor]:
    return [actor("head", row) for row in panel(story)]
