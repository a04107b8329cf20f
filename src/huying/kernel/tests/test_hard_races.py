"""The hard moves, two actors at once: exactly one succeeds, and the log has no gap."""

from collections.abc import Callable

import pytest

from huying.events import log
from huying.kernel import actions
from huying.kernel.models import Matter, Task
from huying.kernel.tests.conftest import BUREAU, DESK, Story
from huying.kernel.tests.test_races import TRIES, Act, race
from huying.kernel.tests.words import members, not_solved, panel, proposed
from tests.people import MakeActor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]

Two = tuple[Act, Act]
GROUND = "《照明规定》第五条，由产权人管。"
TOLD = ("不属于政府职权范围。", "请向区人民法院起诉。")
WHY = "灯杆要从外地调货"
REFUSED = {"not_now", "not_pausable", "not_asked", "asked", "too_soon", "excluded", "spoken", "not_yours", "not_there"}
REFUSED |= {"at_work", "waits_for_assist"}


def decline_and_refer(story: Story, actor: MakeActor) -> Two:
    pk, second = story.opened.matter_id, actor("dispatcher", story.city.department(DESK))
    return lambda: actions.decline(story.dispatcher, pk, *TOLD), lambda: actions.refer(second, pk, *TOLD)


def dispatch_and_refer(story: Story, actor: MakeActor) -> Two:
    pk, second = story.opened.matter_id, actor("dispatcher", story.city.department(DESK))
    bureau = story.city.department(BUREAU).pk
    return lambda: actions.dispatch(story.dispatcher, pk, bureau), lambda: actions.refer(second, pk, *TOLD)


def send_back_and_pass_down(story: Story, actor: MakeActor) -> Two:
    task, street = story.until("passed").task().pk, story.city.department("500106001.street-office").pk
    return lambda: actions.send_back(story.handler, task, GROUND), lambda: actions.pass_down(story.head, task, street)


def adjudicate_and_release(story: Story, actor: MakeActor) -> Two:
    task = actions.send_back(story.handler, story.until("passed").task().pk, GROUND).pk
    return lambda: actions.adjudicate(story.centre, task, "在路上"), lambda: actions.release(story.centre_head, task, "在院内")


def pause_twice(story: Story, actor: MakeActor) -> Two:
    task, second = story.until("signed").task().pk, actor("head", story.city.department(BUREAU))
    return lambda: actions.pause(story.head, task, "outside", WHY), lambda: actions.pause(second, task, "outside", WHY)


def ask_twice(story: Story, actor: MakeActor) -> Two:
    task = story.until("signed").task().pk
    return lambda: actions.supplement(story.handler, task, "请补编号"), lambda: actions.supplement(story.head, task, "请补地点")


def reply_twice(story: Story, actor: MakeActor) -> Two:
    actions.supplement(story.handler, story.until("signed").task().pk, "请补编号")
    pk = story.call.pk
    return lambda: actions.reply(story.she, pk, "第七根"), lambda: actions.reply(story.she, pk, "第八根")


def withdraw_and_approve(story: Story, actor: MakeActor) -> Two:
    task, pk = story.until("submitted").task().pk, story.call.pk
    return lambda: actions.withdraw(story.she, pk), lambda: actions.approve(story.centre, task)


def ask_for_more_time_twice(story: Story, actor: MakeActor) -> Two:
    task = story.until("signed").task().pk
    return lambda: actions.ask_extension(story.handler, task, 1, WHY), lambda: actions.ask_extension(story.head, task, 2, WHY)


def decide_twice(story: Story, actor: MakeActor) -> Two:
    task = actions.ask_extension(story.handler, story.until("signed").task().pk, 1, WHY).task_id
    return (
        lambda: actions.decide_extension(story.centre, task, True),
        lambda: actions.decide_extension(story.centre_head, task, False, "仓库有货"),
    )


def recall_and_approve(story: Story, actor: MakeActor) -> Two:
    story.until("submitted")
    top, task = story.task("top").pk, story.task().pk
    return lambda: actions.recall(story.centre, top, WHY), lambda: actions.approve(story.centre_head, task)


def transfer_twice(story: Story, actor: MakeActor) -> Two:
    task, to = story.until("signed").task().pk, story.city.department("500106.housing").pk
    return lambda: actions.transfer(story.centre, task, to, WHY), lambda: actions.transfer(story.centre_head, task, to, WHY)


def call_back_twice(story: Story, actor: MakeActor) -> Two:
    pk, second = story.until("answered").call.pk, actor("callback", story.city.department(DESK))
    return lambda: actions.call_back(story.callback, pk, "unreached"), lambda: actions.call_back(second, pk, "unreached")


def correct_twice(story: Story, actor: MakeActor) -> Two:
    pk = story.until("answered").call.pk
    actions.call_back(story.callback, pk, "solved")
    return lambda: actions.rate(story.she, pk, False, 3), lambda: actions.rate(story.she, pk, True, 5)


def check_twice(story: Story, actor: MakeActor) -> Two:
    pk, second = story.until("answered").call.pk, actor("supervisor", story.city.department(DESK))
    actions.rate(story.she, pk, True, 1)
    told = ("没有通知她来看", "以后当天打电话")
    return lambda: actions.check(story.callback, pk, *told), lambda: actions.check(second, pk, *told)


def exclude_twice(story: Story, actor: MakeActor) -> Two:
    pk, (one, two) = story.call.pk, [actor(role, story.city.department(DESK)) for role in ("head", "supervisor")]
    return lambda: actions.exclude(one, pk, "duplicate", "重复"), lambda: actions.exclude(two, pk, "duplicate", "重复")


def answer_at_once_and_dispatch(story: Story, actor: MakeActor) -> Two:
    Matter.objects.filter(pk=story.matter.pk).update(sort="inquiry")
    pk, second = story.matter.pk, actor("dispatcher", story.city.department(DESK))
    bureau = story.city.department(BUREAU).pk
    return lambda: actions.answer_at_once(story.dispatcher, pk, "带身份证到客服中心办。"), lambda: actions.dispatch(
        second, pk, bureau
    )


def propose_twice(story: Story, actor: MakeActor) -> Two:
    not_solved(story, 2)
    return lambda: proposed(story, actor), lambda: proposed(story, actor)


def plead_twice(story: Story, actor: MakeActor) -> Two:
    not_solved(story, 2)
    proposed(story, actor)
    pk = story.call.pk
    return lambda: actions.plead(story.she, pk, "还是黑的"), lambda: actions.plead(story.she, pk, "没有亮")


def decide_for_one_department_twice(story: Story, actor: MakeActor) -> Two:
    not_solved(story, 2)
    proposed(story, actor)
    actions.plead(story.she, story.call.pk, "还是黑的")
    pk, (one, two) = story.call.pk, [actor("head", panel(story)[0]) for _ in range(2)]
    return lambda: actions.decide_conclusion(one, pk, True, "同意"), lambda: actions.decide_conclusion(two, pk, True, "同意")


def last_agreement_and_withdraw(story: Story, actor: MakeActor) -> Two:
    not_solved(story, 2)
    proposed(story, actor)
    actions.plead(story.she, story.call.pk, "还是黑的")
    pk, (one, two) = story.call.pk, members(story, actor)
    actions.decide_conclusion(one, pk, True, "同意")
    return lambda: actions.decide_conclusion(two, pk, True, "同意"), lambda: actions.withdraw(story.she, pk)


def sign_what_is_for_the_head_twice(story: Story, actor: MakeActor) -> Two:
    not_solved(story, 1)
    task, second = Task.objects.get(turn__isnull=False).pk, actor("head", story.city.department(BUREAU))
    return lambda: actions.sign(story.head, [task]), lambda: actions.sign(second, [task])


def ask_the_same_unit_twice(story: Story, actor: MakeActor) -> Two:
    task, to = story.until("signed").task().pk, story.city.department("500106.housing").pk
    return lambda: actions.ask_assist(story.handler, task, to, "请查线路"), lambda: actions.ask_assist(
        story.head, task, to, "请安排改造"
    )


def contributed(story: Story, actor: MakeActor) -> int:
    task, unit = story.until("written").task().pk, story.city.department("500106.housing")
    part, helper = actions.ask_assist(story.handler, task, unit.pk, "请查线路").pk, actor("handler", unit)
    actions.sign(helper, [part])
    actions.answer(helper, part, "院内线路查过了，下周改造。")
    return part


def waive_twice(story: Story, actor: MakeActor) -> Two:
    part = contributed(story, actor)
    return lambda: actions.waive(story.handler, part, "不等了"), lambda: actions.waive(story.head, part, "先办")


def take_in_and_return(story: Story, actor: MakeActor) -> Two:
    part, task = contributed(story, actor), story.task().pk
    actions.submit(actor("handler", story.city.department("500106.housing")), part)
    return lambda: actions.submit(story.handler, task), lambda: actions.return_(story.head, part, "少了日子")


def interim_and_release(story: Story, actor: MakeActor) -> Two:
    task = actions.send_back(story.centre, story.until("dispatched").task("top").pk, GROUND).pk
    other, second = story.city.department("500103.governance-centre").pk, actor("dispatcher", story.city.department(DESK))
    return lambda: actions.interim(story.dispatcher, task, other, WHY), lambda: actions.release(second, task, "属渝中区")


PAIRS: tuple[Callable[[Story, MakeActor], Two], ...] = (
    decline_and_refer,
    dispatch_and_refer,
    send_back_and_pass_down,
    adjudicate_and_release,
    pause_twice,
    ask_twice,
    reply_twice,
    withdraw_and_approve,
    ask_for_more_time_twice,
    decide_twice,
    recall_and_approve,
    transfer_twice,
    call_back_twice,
    correct_twice,
    check_twice,
    exclude_twice,
    answer_at_once_and_dispatch,
    propose_twice,
    plead_twice,
    decide_for_one_department_twice,
    last_agreement_and_withdraw,
    sign_what_is_for_the_head_twice,
    ask_the_same_unit_twice,
    waive_twice,
    take_in_and_return,
    interim_and_release,
)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.__name__)
@pytest.mark.parametrize("attempt", range(TRIES))
def test_of_two_at_once_exactly_one_succeeds(
    story: Story, actor: MakeActor, pair: Callable[[Story, MakeActor], Two], attempt: int
) -> None:
    outcome = race(*pair(story, actor))
    assert outcome.count("done") == 1 and set(outcome) <= {"done", *REFUSED}
    told = log.history([f"matter:{story.opened.matter_id}"])
    assert [t.version for t in told] == list(range(1, story.matter.version + 1))
    assert len(log.history([f"call:{story.call.pk}"])) == story.call.version


@pytest.mark.parametrize("attempt", range(TRIES))
def test_whatever_the_desk_writes_down_meanwhile_her_own_word_stands(story: Story, attempt: int) -> None:
    pk = story.until("answered").call.pk
    outcome = race(lambda: actions.call_back(story.callback, pk, "solved", 5), lambda: actions.rate(story.she, pk, False, 3))
    assert outcome in (["done", "done"], ["done", "not_now"])  # she corrects what was written, or he comes too late
    call = story.call
    assert (call.solved, call.grade, call.told_to_desk, call.state, story.matter.state) == (False, 3, False, "open", "working")
