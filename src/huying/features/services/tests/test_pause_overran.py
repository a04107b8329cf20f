"""停表过了原定的日子: it is due that day, told once, and over as soon as it goes on or is decided."""

from datetime import date, datetime, timedelta

import pytest

from huying.base import clock
from huying.events import log
from huying.features.services.models import Branch
from huying.features.services.tests.conftest import Birth
from huying.features.services.tests.test_branch_verbs import pause, two
from huying.features.services.tests.test_moving import THURSDAY
from huying.kernel import actions, queries, rebuild, timers
from huying.kernel.models import Pause, Task
from huying.kernel.pauses import midnight
from huying.kernel.queries import Filters
from huying.kernel.tests.test_races import TRIES, race
from huying.people.actors import Actor
from tests.small_things import ALLOWANCE, REGISTRATION

__all__ = ["two"]
pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 12, 1)
END = midnight(DAY.toordinal() + 1)
AFTER = END + timedelta(days=1, hours=10)


@pytest.fixture
def stopped(two: Birth) -> Birth:
    """The allowance waits for a test until the first of December."""
    with clock.showing(THURSDAY):
        pause(two, ALLOWANCE, DAY)
    return two


def task(case: Birth, item: str = ALLOWANCE) -> Task:
    return Task.objects.get(pk=case.task(item))


def told(case: Birth) -> list[tuple[int, int]]:
    facts = log.history([f"matter:{case.the.matter_id}"])
    return [(row.fact.task, row.fact.due) for row in facts if row.name == "task.pause_overran"]  # type: ignore[attr-defined]


def test_it_is_due_with_the_end_of_the_day_that_was_named(stopped: Birth) -> None:
    assert (task(stopped).resume_on, task(stopped).due_at) == (DAY, END)
    assert task(stopped, REGISTRATION).resume_on is None and task(stopped, REGISTRATION).due_at != END


def test_what_else_moves_in_the_case_leaves_it_due_that_day(stopped: Birth) -> None:
    with clock.showing(THURSDAY + timedelta(hours=3)):
        stopped.granted(REGISTRATION)
        actions.ask_branch_extension(stopped.officer(ALLOWANCE), stopped.task(ALLOWANCE), 3, "要到外地核实，依据第四十二条。")
        actions.decide_branch_extension(stopped.officer(ALLOWANCE, "head"), stopped.task(ALLOWANCE), True)
    assert task(stopped).due_at == END


def test_the_inbox_has_it_at_its_place_with_the_day(stopped: Birth) -> None:
    with clock.showing(AFTER):
        rows = queries.inbox(stopped.officer(ALLOWANCE), Filters("unit"))
        assert [(row.task_id, row.due_at, row.resume_on) for row in rows] == [(stopped.task(ALLOWANCE), END, DAY)]
        assert [row.resume_on for row in queries.inbox(stopped.officer(REGISTRATION), Filters("unit"))] == [None]
        assert [row.resume_on for row in queries.inbox(dispatcher(stopped), Filters("city"))].count(DAY) == 1


def dispatcher(case: Birth) -> Actor:
    return case.make("dispatcher", case.city.department("city.hotline"))


def test_it_is_told_once_when_the_day_has_passed(stopped: Birth) -> None:
    with clock.showing(END - timedelta(minutes=1)):
        timers.sweep_dry()
    assert told(stopped) == []
    with clock.showing(AFTER):
        timers.sweep_dry()
        timers.sweep_dry()
    assert told(stopped) == [(stopped.task(ALLOWANCE), int(END.timestamp()))]
    assert Pause.objects.get(promise__task=stopped.task(ALLOWANCE)).overran_at == END
    assert not list(rebuild.differences())


def test_whoever_comes_first_tells_it_before_his_own_deed(stopped: Birth) -> None:
    with clock.showing(AFTER):
        actions.resume_branch(stopped.officer(ALLOWANCE), stopped.task(ALLOWANCE))
        timers.sweep_dry()
    names = [row.name for row in log.history([f"matter:{stopped.the.matter_id}"])]
    assert names.count("task.pause_overran") == 1
    assert names.index("task.pause_overran") < names.index("task.resumed")


def test_resumed_in_time_nothing_is_told_and_its_own_clock_counts_again(stopped: Birth) -> None:
    with clock.showing(END - timedelta(hours=8)):
        actions.resume_branch(stopped.officer(ALLOWANCE), stopped.task(ALLOWANCE))
    assert task(stopped).resume_on is None and task(stopped).due_at not in (None, END)
    with clock.showing(AFTER):
        timers.sweep_dry()
    assert told(stopped) == []


@pytest.mark.parametrize("how", ["decided", "withdrawn"])
def test_ended_after_its_day_all_is_as_the_log_tells(stopped: Birth, how: str) -> None:
    with clock.showing(AFTER):
        timers.sweep_dry()
        if how == "decided":
            stopped.granted(ALLOWANCE)
        else:
            actions.withdraw(stopped.she, stopped.the.call_id)
        timers.sweep_dry()
    assert len(told(stopped)) == 1 and not list(rebuild.differences())


def test_ended_before_its_day_it_is_never_told(stopped: Birth) -> None:
    with clock.showing(THURSDAY + timedelta(hours=2)):
        actions.withdraw(stopped.she, stopped.the.call_id)
    with clock.showing(AFTER):
        timers.sweep_dry()
    assert told(stopped) == []


def test_stopped_anew_for_another_day_it_is_told_of_that_one_too(stopped: Birth) -> None:
    with clock.showing(AFTER):
        actions.resume_branch(stopped.officer(ALLOWANCE), stopped.task(ALLOWANCE))
        pause(stopped, ALLOWANCE, date(2026, 12, 9))
    with clock.showing(datetime(2026, 12, 10, 9, tzinfo=clock.CITY_TIME)):
        timers.sweep_dry()
    assert [due for _task, due in told(stopped)] == [
        int(END.timestamp()),
        int(midnight(date(2026, 12, 10).toordinal()).timestamp()),
    ]


def test_a_pause_for_a_question_of_hers_has_no_day(two: Birth) -> None:
    with clock.showing(THURSDAY):
        actions.supplement(two.officer(ALLOWANCE), two.task(ALLOWANCE), "请补一张清楚的照片")
    with clock.showing(AFTER + timedelta(days=30)):
        timers.sweep_dry()
    assert told(two) == [] and task(two).resume_on is None


def test_nothing_of_it_outlives_the_branch(stopped: Birth) -> None:
    with clock.showing(THURSDAY + timedelta(hours=2)):
        stopped.granted(ALLOWANCE)
    assert task(stopped).resume_on is None and Branch.objects.get(task=task(stopped)).ended_at


@pytest.mark.postgres_only
@pytest.mark.parametrize("n", range(TRIES))
def test_two_workers_tell_it_once(stopped: Birth, n: int) -> None:
    clock.set_offset(AFTER - datetime.now(clock.CITY_TIME))
    race(timers.sweep, timers.sweep)
    timers.sweep_dry()
    assert len(told(stopped)) == 1
