"""Whatever officers and the applicant do, in any order: log and tables agree, and what must hold of a case holds."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.base import clock
from huying.features.services import crowds
from huying.features.services.deciding import Decision
from huying.features.services.models import Branch
from huying.features.services.tests.conftest import Birth
from huying.kernel import actions, rebuild, timers
from huying.kernel.errors import Refused
from huying.kernel.models import Ask, Pause, Promise, Task
from huying.kernel.pauses import midnight

pytestmark = pytest.mark.django_db
MOVES = (
    *("sign", "grant", "refuse", "return", "approve", "ask", "reply", "crowd", "days"),
    *("pause", "resume", "longer", "extend", "send_back", "give", "keep", "withdraw"),
)
GRANT, REFUSE = Decision("granted", "已制发"), Decision("refused", ground="材料和登记的对不上，依据第三条。")


WHY = "送检测，依据行政许可法第四十五条。"


def _rule(case: Birth, task: int, bearer: int) -> None:
    actions.adjudicate_branch(case.make("dispatcher", case.city.department("city.hotline")), task, bearer, "三定方案写明")


BRANCH: dict[str, Callable[[Birth, str, int], object]] = {
    "pause": lambda case, item, task: actions.pause_branch(
        case.officer(item, "head"), task, "review", WHY, clock.today() + timedelta(days=9)
    ),
    "resume": lambda case, item, task: actions.resume_branch(case.officer(item), task),
    "longer": lambda case, item, task: actions.ask_branch_extension(case.officer(item), task, 4, WHY),
    "extend": lambda case, item, task: actions.decide_branch_extension(case.officer(item, "head"), task, True),
    "send_back": lambda case, item, task: actions.send_back_branch(case.officer(item), task, WHY),
    "give": lambda case, item, task: _rule(case, task, case.city.department("500103.market-regulation").pk),
    "keep": lambda case, item, task: _rule(case, task, case.branch(item).bearer_id),
}


def act(case: Birth, what: str, item: str) -> None:
    """One move, as whoever may do it; refused where the table says so."""
    branch = case.branch(item)
    if what == "withdraw":
        actions.withdraw(case.she, case.the.call_id)
    elif what == "reply":
        actions.reply(case.she, case.the.call_id, "补好了")
    elif branch.task_id is None:
        return
    elif what == "sign":
        case.signed(item)
    elif what in ("grant", "refuse"):
        case.written(item, GRANT if what == "grant" else REFUSE)
    elif what == "return":
        actions.return_(case.officer(item, "head"), branch.task_id, "还差一点")
    elif what == "approve":
        actions.approve(case.officer(item, "head"), branch.task_id)
    elif what == "ask":
        actions.supplement(case.officer(item), branch.task_id, "请补一张清楚的照片")
    elif what in BRANCH:
        BRANCH[what](case, item, branch.task_id)
    elif what == "crowd":
        crowds.sign(case.officer(item), [branch.task_id])
        crowds.decide(case.officer(item), {branch.task_id: GRANT})
        crowds.approve(case.officer(item, "head"), [branch.task_id])


def holds(case: Birth) -> None:
    assert not list(rebuild.differences())
    rows = {row.item: row for row in Branch.objects.filter(case=case.the.matter_id).select_related("task")}
    for row in rows.values():
        if row.task_id is not None:
            assert all(rows[item].outcome == "granted" and rows[item].ended_at for item in row.waits)
        if row.outcome == "fallen":
            assert row.task_id is None
            assert rows[row.because].outcome == "refused"
        if row.task is not None and row.task.is_open:
            assert Promise.objects.filter(task=row.task, what="decide", ended_at=None).count() == 1
    over = all(row.ended_at for row in rows.values())
    assert (case.matter.state in ("answered", "closed")) == over  # closed after days in which she said nothing
    standing = Pause.objects.filter(to_at=None, promise__matter=case.the.matter_id, promise__ended_at=None)
    whats = set(standing.values_list("promise__what", flat=True))
    assert whats in (set(), {"answer", "decide"})
    waiting = Ask.objects.filter(call=case.the.call_id, replied_at=None, task__is_open=True)
    assert not whats or waiting.exists() or standing.exclude(reason="supplement").exists()
    for task in Task.objects.filter(matter=case.the.matter_id, is_open=True):
        assert task.due_at
        assert case.matter.due_at
        if task.resume_on is not None:  # it stands, and is due with the end of the day that was named
            assert task.due_at == midnight(task.resume_on.toordinal() + 1)
            assert standing.filter(promise__task=task, expected=task.resume_on).exists()
        else:
            assert task.due_at <= case.matter.due_at


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    where=st.sampled_from(["here", "next"]),
    moves=st.lists(st.tuples(st.sampled_from(MOVES[:-1]), st.integers(0, 4), st.integers(1, 9)), max_size=18),
    last=st.booleans(),
)
def test_any_row_of_moves_leaves_a_sound_case(case: Birth, where: str, moves: list[tuple[str, int, int]], last: bool) -> None:
    case.officers.clear()
    at = datetime(2026, 11, 26, 10, tzinfo=clock.CITY_TIME)
    with clock.showing(at):
        case.open({"insured": "yes", "where": where})
    items = list(Branch.objects.filter(case=case.the.matter_id).order_by("place").values_list("item", flat=True))
    for what, which, days in [*moves, *([("withdraw", 0, 1)] if last else [])]:
        at += timedelta(days=days) if what == "days" else timedelta(minutes=7)
        with clock.showing(at):
            if what == "days":
                timers.sweep_dry()
            else:
                with suppress(Refused):
                    act(case, what, items[which % len(items)])
            if case.matter.state == "withdrawn":
                assert not list(rebuild.differences())
                return
            holds(case)
