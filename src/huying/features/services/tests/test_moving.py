"""Side by side: what a decision opens, what a refusal ends, what a question stops, and how the day of the whole follows."""

from datetime import datetime, timedelta

import pytest

from huying.base import clock
from huying.events import log
from huying.features.services.events import BranchFallen
from huying.features.services.models import Branch
from huying.features.services.tests.conftest import Birth
from huying.kernel import actions, rebuild, timers
from huying.kernel.errors import Refused
from huying.kernel.models import Ask, Pause, Promise, Task
from tests.small_things import ALLOWANCE, CARD, CERTIFICATE, REGISTRATION

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 26, 10, tzinfo=clock.CITY_TIME)


def whole(case: Birth) -> Promise:
    return Promise.objects.get(call=case.the.call_id, what="answer")


def day(moment: datetime) -> str:
    return f"{(moment - timedelta(microseconds=1)).astimezone(clock.CITY_TIME):%m-%d}"


def test_a_granted_item_opens_all_that_waited_for_it(case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    assert {row.item for row in Branch.objects.filter(task__is_open=True)} == {REGISTRATION, ALLOWANCE}
    assert case.branch(CARD).task is None
    assert case.matter.state == "working"
    assert not list(rebuild.differences())


def test_the_last_decision_answers_the_call(case: Birth) -> None:
    case.open().granted(CERTIFICATE, ALLOWANCE, REGISTRATION, CARD)
    assert (case.matter.state, case.call.state) == ("answered", "answered")
    assert not Promise.objects.filter(ended_at__isnull=True).exists()
    assert not Task.objects.filter(is_open=True).exists()
    assert not list(rebuild.differences())


def test_a_refusal_ends_what_depends_on_it_and_the_rest_goes_on(case: Birth) -> None:
    case.open().granted(CERTIFICATE).refused(REGISTRATION)
    fallen = case.branch(CARD)
    assert (fallen.outcome, fallen.because, fallen.task) == ("fallen", REGISTRATION, None)
    refused = case.branch(REGISTRATION)
    assert (refused.ground, refused.remedy) == ("材料和登记的对不上，依据办法第三条。", "可以申请行政复议。")
    assert case.branch(ALLOWANCE).task.is_open  # type: ignore[union-attr]
    told = [row.fact for row in log.history([f"matter:{case.the.matter_id}"]) if isinstance(row.fact, BranchFallen)]
    assert [(fact.item, fact.because) for fact in told] == [(CARD, REGISTRATION)]
    case.granted(ALLOWANCE)
    assert case.matter.state == "answered"
    assert not list(rebuild.differences())


def test_a_refusal_at_the_root_ends_the_case(case: Birth) -> None:
    case.open().refused(CERTIFICATE)
    assert {row.outcome for row in Branch.objects.all()} == {"refused", "fallen"}
    assert case.matter.state == "answered"


def test_nothing_counts_before_somebody_else_looked_it_over(case: Birth) -> None:
    case.open().written(CERTIFICATE)
    assert case.branch(CERTIFICATE).ended_at is None
    with pytest.raises(Refused):
        actions.approve(case.officer(CERTIFICATE), case.task(CERTIFICATE))
    actions.return_(case.officer(CERTIFICATE, "head"), case.task(CERTIFICATE), "编号不对")
    case.granted(CERTIFICATE)
    assert case.branch(CERTIFICATE).outcome == "granted"


def test_an_early_decision_brings_the_whole_forward(case: Birth) -> None:
    with clock.showing(THURSDAY):
        case.open()
        assert day(whole(case).due_at) == "12-04"
        case.granted(CERTIFICATE)  # on the spot: registration begins a day early
        assert day(whole(case).due_at) == "12-03"
    assert day(Promise.objects.get(task=case.task(REGISTRATION)).due_at) == "11-30"
    assert not list(rebuild.differences())


def test_a_late_department_moves_no_day_of_the_whole(case: Birth) -> None:
    with clock.showing(THURSDAY):
        case.open()
    with clock.showing(THURSDAY + timedelta(days=6)):  # Wednesday: certificate was due on Friday
        case.granted(CERTIFICATE)
        assert day(whole(case).due_at) == "12-04"
        assert day(Promise.objects.get(task=case.task(REGISTRATION)).due_at) == "12-04"
        assert day(case.branch(REGISTRATION).task.due_at) == "12-04"  # type: ignore[union-attr]
    assert not list(rebuild.differences())


def test_a_question_stops_its_own_branch_alone(case: Birth) -> None:
    with clock.showing(THURSDAY):
        case.open().granted(CERTIFICATE).signed(ALLOWANCE).signed(REGISTRATION)
        actions.supplement(case.officer(ALLOWANCE), case.task(ALLOWANCE), "请补一张清楚的银行卡照片")
        standing = set(Pause.objects.filter(to_at__isnull=True).values_list("promise__task", "promise__what"))
        assert standing == {(case.task(ALLOWANCE), "decide"), (None, "answer")}
        assert not list(rebuild.differences())
    with clock.showing(THURSDAY + timedelta(days=5)):  # Tuesday
        actions.reply(case.she, case.the.call_id, "补好了", Ask.objects.get().pk)
        # four working days, of which Thursday was not counted, nor were Friday, Monday and Tuesday, on which it stood
        assert day(Promise.objects.get(task=case.task(ALLOWANCE)).due_at) == "12-07"
        assert day(Promise.objects.get(task=case.task(REGISTRATION)).due_at) == "11-30"
        assert day(whole(case).due_at) == "12-07"
        assert not Pause.objects.filter(to_at__isnull=True).exists()
    assert not list(rebuild.differences())


def test_a_late_department_that_asks_gives_the_whole_no_more_time(case: Birth) -> None:
    with clock.showing(THURSDAY):
        case.open().signed(CERTIFICATE)
    late = Promise.objects.get(task=case.task(CERTIFICATE)).due_at + timedelta(minutes=1)
    before = whole(case).due_at
    with clock.showing(late):
        timers.sweep_dry()
        assert whole(case).due_at > late
        actions.supplement(case.officer(CERTIFICATE), case.task(CERTIFICATE), "请补一张清楚的照片")
        assert not Pause.objects.filter(to_at=None).exists()
    with clock.showing(late + timedelta(minutes=5)):
        actions.reply(case.she, case.the.call_id, "补好了")
    assert whole(case).due_at == before
    assert not list(rebuild.differences())


def test_each_branch_asks_once(case: Birth) -> None:
    case.open().granted(CERTIFICATE).signed(ALLOWANCE).signed(REGISTRATION)
    for item in (ALLOWANCE, REGISTRATION):
        actions.supplement(case.officer(item), case.task(item), "请补一张清楚的照片")
    with pytest.raises(Refused):
        actions.supplement(case.officer(ALLOWANCE), case.task(ALLOWANCE), "再补一张清楚的照片")
    asks = list(Ask.objects.order_by("id"))
    actions.reply(case.she, case.the.call_id, "第二个补好了", asks[1].pk)
    assert Pause.objects.filter(to_at__isnull=True, promise__what="answer").exists(), "the first one still waits"
    actions.reply(case.she, case.the.call_id, "第一个也补好了", asks[0].pk)
    assert not Pause.objects.filter(to_at__isnull=True).exists()
    assert not list(rebuild.differences())


def test_taken_back_nothing_opens_any_more(case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    actions.withdraw(case.she, case.the.call_id)
    assert case.matter.state == "withdrawn"
    assert not Task.objects.filter(is_open=True).exists()
    assert not list(rebuild.differences())


def test_what_does_not_belong_to_a_case_is_refused(case: Birth) -> None:
    case.open().signed(CERTIFICATE)
    with pytest.raises(Refused) as fault:
        actions.send_back(case.officer(CERTIFICATE), case.task(CERTIFICATE), "不归我们管，依据三定方案")
    assert fault.value.code == "not_of_kind"
    with pytest.raises(Refused):
        actions.rate(case.she, case.the.call_id, True, 5)
