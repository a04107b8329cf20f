"""One dark street and the people who deal with it: a call that can be driven to any point of its path."""

import itertools
from dataclasses import dataclass, field

import pytest

from huying.kernel import actions
from huying.kernel.intake import NewCall, Opened
from huying.kernel.models import Call, Matter, Response, Task
from huying.people.actors import Actor, party_actor
from huying.people.models import Party
from tests.people import MakeActor, MakeCaller
from tests.small_city import SmallCity

_keys = itertools.count(1)
DARK = "我们街上的路灯三天不亮了，晚上接孩子看不清台阶，请来修一修。"
CENTRE, BUREAU, DESK = "500106.governance-centre", "500106.urban-management", "city.hotline"


def new_call(**changes: object) -> NewCall:
    """A call about a dark street, changed as a test needs it."""
    values: dict[str, object] = {
        "key": f"key-{next(_keys)}",
        "kind": "appeal",
        "sort": "help",
        "title": "路灯三天不亮",
        "text": DARK,
        "channel": "web",
        "area_key": "500106001",
    }
    return NewCall(**{**values, **changes})  # type: ignore[arg-type]


@dataclass
class Story:
    """The call, and everybody who has a part in it. Each step takes it one verb further; `until` drives it."""

    city: SmallCity
    caller: Party
    dispatcher: Actor
    centre: Actor
    centre_head: Actor
    handler: Actor
    head: Actor
    callback: Actor
    opened: Opened
    top: Task | None = None
    child: Task | None = None
    steps: tuple[str, ...] = ("dispatched", "passed", "signed", "contacted", "written", "submitted", "answered")
    done: list[str] = field(default_factory=list)

    @property
    def she(self) -> Actor:
        return party_actor(self.caller)

    @property
    def matter(self) -> Matter:
        return Matter.objects.get(pk=self.opened.matter_id)

    @property
    def call(self) -> Call:
        return Call.objects.get(pk=self.opened.call_id)

    def task(self, which: str = "child") -> Task:
        found = self.child if which == "child" else self.top
        assert found is not None
        return Task.objects.get(pk=found.pk)

    def response(self) -> Response:
        return Response.objects.get(matter=self.matter)

    def until(self, last: str) -> "Story":
        for step in self.steps:
            if step not in self.done:
                getattr(self, f"_{step}")()
                self.done.append(step)
            if step == last:
                return self
        raise AssertionError(last)

    def _dispatched(self) -> None:
        self.top = actions.dispatch(self.dispatcher, self.opened.matter_id, self.city.department(CENTRE).pk, "lamp")

    def _passed(self) -> None:
        assert self.top
        self.child = actions.pass_down(self.centre, self.top.pk, self.city.department(BUREAU).pk, "请市政科今天看")

    def _signed(self) -> None:
        assert self.child
        actions.sign(self.handler, [self.child.pk])

    def _contacted(self) -> None:
        assert self.child
        actions.contact(self.handler, self.child.pk, "phone", "说好今晚来修")

    def _written(self) -> None:
        assert self.child
        actions.answer(self.handler, self.child.pk, "今晚换了两盏灯，已经亮了，周科长。")

    def _submitted(self) -> None:
        assert self.child
        actions.submit(self.handler, self.child.pk)

    def _answered(self) -> None:
        assert self.child
        actions.approve(self.centre, self.child.pk)


@pytest.fixture
def story(small_city: SmallCity, actor: MakeActor, caller: MakeCaller) -> Story:
    """A call that was just recorded, with its dispatcher, centre, bureau and caller."""
    party = caller()
    department = small_city.department
    return Story(
        city=small_city,
        caller=party,
        dispatcher=actor("dispatcher", department(DESK)),
        centre=actor("dispatcher", department(CENTRE)),
        centre_head=actor("head", department(CENTRE)),
        handler=actor("handler", department(BUREAU)),
        head=actor("head", department(BUREAU)),
        callback=actor("callback", department(DESK)),
        opened=actions.open_calls(party_actor(party), [new_call(caller=party)])[0],
    )
