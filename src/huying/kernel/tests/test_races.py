"""Two actors on every verb at once: exactly one succeeds. SQLite lets one writer in at a time, so it cannot show this."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from huying.base import clock
from huying.events import log
from huying.kernel import actions
from huying.kernel.errors import NotThere, Refused
from huying.kernel.models import Call, Task
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story, new_call
from huying.people import leave
from huying.people.actors import Actor
from huying.people.errors import Wrong
from tests.people import MakeActor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]
TRIES = 5

Act = Callable[[], object]


def race(*acts: Act) -> list[str]:
    """Start all acts at one moment; what became of each, `done` or the refusal's code."""
    start = threading.Barrier(len(acts))
    out: list[str] = []

    def run(act: Act) -> None:
        try:
            start.wait(10)
            act()
            out.append("done")
        except Refused as refusal:
            out.append(refusal.code)
        except NotThere:
            out.append("not_there")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(out)


def two(story: Story, actor: MakeActor, verb: str) -> tuple[Act, Act]:
    """The same verb by two actors who both may."""
    bureau, centre = story.city.department(BUREAU), story.city.department(CENTRE)
    pk = story.opened.matter_id
    second_dispatcher = actor("dispatcher", story.city.department("city.hotline"))
    if verb == "accept":
        return lambda: actions.accept(story.dispatcher, pk), lambda: actions.accept(second_dispatcher, pk)
    if verb == "dispatch":
        return lambda: actions.dispatch(story.dispatcher, pk, centre.pk), lambda: actions.dispatch(
            second_dispatcher, pk, bureau.pk
        )
    if verb == "pass_down":
        top, other = story.task("top").pk, story.city.department("500106.housing").pk
        return lambda: actions.pass_down(story.centre, top, bureau.pk), lambda: actions.pass_down(story.centre_head, top, other)
    task = story.task().pk
    pairs: dict[str, tuple[Act, Act]] = {
        "sign": (lambda: actions.sign(story.handler, [task]), lambda: actions.sign(story.head, [task])),
        "submit": (lambda: actions.submit(story.handler, task), lambda: actions.submit(story.head, task)),
        "approve": (lambda: actions.approve(story.centre, task), lambda: actions.approve(story.centre_head, task)),
        "return": (
            lambda: actions.return_(story.centre, task, "少照片"),
            lambda: actions.return_(story.centre_head, task, "少日期"),
        ),
        "approve and return": (
            lambda: actions.approve(story.centre, task),
            lambda: actions.return_(story.centre_head, task, "少日期"),
        ),
        "sign and pass down": (
            lambda: actions.sign(story.handler, [task]),
            lambda: actions.pass_down(story.head, task, story.city.department("500106001.street-office").pk),
        ),
        "rate": (
            lambda: actions.rate(story.she, story.call.pk, True, 5),
            lambda: actions.rate(story.she, story.call.pk, False, 1),
        ),
        "rate and close": (
            lambda: actions.rate(story.she, story.call.pk, True, 5),
            lambda: actions.close(story.callback, story.call.pk),
        ),
    }
    if verb == "rate and close":  # the desk has tried in vain often enough to close it
        Call.objects.filter(pk=story.opened.call_id).update(tries=3)
    return pairs[verb]


BEFORE = {
    "accept": None,
    "dispatch": None,
    "pass_down": "dispatched",
    "sign": "passed",
    "submit": "written",
    "approve": "submitted",
    "return": "submitted",
    "approve and return": "submitted",
    "rate": "answered",
    "rate and close": "answered",
}


@pytest.mark.parametrize("verb", BEFORE)
@pytest.mark.parametrize("attempt", range(TRIES))
def test_of_two_at_once_exactly_one_succeeds(story: Story, actor: MakeActor, verb: str, attempt: int) -> None:
    if BEFORE[verb]:
        story.until(str(BEFORE[verb]))
    outcome = race(*two(story, actor, verb))
    assert outcome == ["done", "not_now"]
    told = log.history([f"matter:{story.opened.matter_id}"])
    assert [t.version for t in told] == list(range(1, story.matter.version + 1))
    assert len(log.history([f"call:{story.call.pk}"])) == story.call.version


@pytest.mark.parametrize("attempt", range(TRIES))
def test_naming_who_works_it_and_submitting_leave_one_order(story: Story, actor: MakeActor, attempt: int) -> None:
    """Named first, it is submitted all the same; submitted first, nobody is named any more."""
    story.until("written")
    task, other = story.task().pk, actor("handler", story.city.department(BUREAU)).officer
    assert other
    outcome = race(lambda: actions.assign(story.head, task, other.pk), lambda: actions.submit(story.handler, task))
    assert outcome in (["done", "done"], ["done", "not_now"])
    told = [t.name for t in log.history([f"matter:{story.opened.matter_id}"])]
    assert ("task.assigned" in told) == (outcome == ["done", "done"])
    if "task.assigned" in told:
        assert told.index("task.assigned") < told.index("task.submitted") and story.task().handler == other


@pytest.mark.parametrize("attempt", range(TRIES))
def test_two_colleagues_who_count_on_each_other_do_not_both_go(story: Story, actor: MakeActor, attempt: int) -> None:
    one, two = (actor("handler", story.city.department("500106.housing")) for _ in range(2))
    span = leave.Span(clock.today(), clock.today())

    def go(who: Actor) -> Act:
        def act() -> None:
            assert who.officer
            try:
                leave.enter(who, who.officer.pk, span, {})
            except Wrong:
                raise Refused("uncovered", "") from None

        return act

    assert race(go(one), go(two)) == ["done", "uncovered"]


@pytest.mark.parametrize("attempt", range(TRIES))
def test_signing_and_passing_down_at_once_leave_one_bearer(story: Story, actor: MakeActor, attempt: int) -> None:
    story.until("passed")
    outcome = race(*two(story, actor, "sign and pass down"))
    # signing first leaves the task passable; passing first leaves nothing to sign
    assert outcome in (["done", "done"], ["done", "not_now"])
    assert story.task().state == "passed" and Task.objects.filter(is_open=True, state="given").count() == 1


@pytest.mark.parametrize("attempt", range(TRIES))
def test_two_writers_of_one_answer_leave_one_answer(story: Story, attempt: int) -> None:
    story.until("signed")
    task = story.task().pk
    outcome = race(
        lambda: actions.answer(story.handler, task, "换了两盏灯，已经亮了。周科长"),
        lambda: actions.answer(story.head, task, "换了三盏灯，已经亮了。李局长"),
    )
    assert outcome == ["done", "done"]
    assert story.response().state == "draft"


@pytest.mark.parametrize("attempt", range(TRIES))
def test_two_contacts_at_once_stop_the_clock_once(story: Story, attempt: int) -> None:
    story.until("signed")
    task = story.task().pk
    race(lambda: actions.contact(story.handler, task, "phone", "一"), lambda: actions.contact(story.head, task, "phone", "二"))
    met = [t.fact for t in log.history([f"matter:{story.matter.pk}"]) if t.name == "promise.met"]
    told = [fact for fact in met if getattr(fact, "what", "") == "contact"]
    assert len(told) == 1


@pytest.mark.parametrize("attempt", range(TRIES))
def test_the_same_key_sent_twice_at_once_is_one_call(story: Story, attempt: int) -> None:
    new = new_call(caller=story.caller)
    before = Call.objects.count()
    assert race(lambda: actions.open_calls(story.she, [new]), lambda: actions.open_calls(story.she, [new])) == ["done", "done"]
    assert Call.objects.count() == before + 1
