import pytest

from huying.kernel import actions, queries, rebuild, rules
from huying.kernel.errors import BadInput, Refused
from huying.kernel.models import Promise, Task
from huying.kernel.tests.conftest import BUREAU, DESK, Story, new_call
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "敬老卡在轨道交通车站客服中心当场办，带身份证和一张照片。"


@pytest.fixture
def asked(story: Story) -> Story:
    """She asks something instead."""
    story.opened = actions.open_calls(story.she, [new_call(caller=story.caller, sort="inquiry", title="敬老卡在哪里办")])[0]
    return story


def test_it_is_accepted_answered_and_delivered_in_one_step(asked: Story) -> None:
    assert "answer_at_once" in rules.verbs_now(asked.dispatcher, asked.matter, None)
    actions.answer_at_once(asked.dispatcher, asked.matter.pk, TEXT)
    assert (asked.matter.state, asked.call.state) == ("answered", "answered")
    assert Promise.objects.get(call=asked.call, what="answer").met_at
    page = queries.call_page(asked.she, asked.call.pk)
    assert page.answer and page.answer.text == TEXT and page.bearer and page.bearer.key == DESK
    assert [h.name for h in page.hops] == ["call.opened", "matter.accepted", "matter.answered"]
    assert list(rebuild.differences()) == [] and queries.queue_count(asked.dispatcher) == 1  # the story's own call


def test_she_says_it_does_not_help_and_it_is_dispatched(asked: Story) -> None:
    actions.answer_at_once(asked.dispatcher, asked.matter.pk, TEXT)
    actions.rate(asked.she, asked.call.pk, False, 3, "车站说不办")
    assert (asked.matter.state, asked.call.state) == ("accepted", "open")
    assert asked.matter.pk in [row.matter_id for row in queries.dispatch_queue(asked.dispatcher)]
    assert list(rebuild.differences()) == []
    assert queries.matter_page(asked.dispatcher, asked.matter.pk).verbs[:1] == ["dispatch"]
    with pytest.raises(Refused):
        actions.answer_at_once(asked.dispatcher, asked.matter.pk, TEXT)
    task = actions.dispatch(asked.dispatcher, asked.matter.pk, asked.city.department(BUREAU).pk)
    actions.sign(asked.handler, [task.pk])
    actions.answer(asked.handler, task.pk, "已同车站说好，今天就能办。")
    actions.submit(asked.handler, task.pk)
    actions.approve(asked.head, task.pk)
    actions.rate(asked.she, asked.call.pk, True, 5)
    assert asked.matter.state == "closed" and list(rebuild.differences()) == []


def test_it_may_be_solved_right_away(asked: Story) -> None:
    actions.answer_at_once(asked.dispatcher, asked.matter.pk, TEXT)
    actions.rate(asked.she, asked.call.pk, True, 5)
    assert asked.matter.state == "closed"


def test_who_answered_it_does_not_ask_her_whether_it_helped(asked: Story, actor: MakeActor) -> None:
    actions.answer_at_once(asked.callback, asked.matter.pk, TEXT)
    with pytest.raises(Refused) as refused:
        actions.call_back(asked.callback, asked.call.pk, "solved")
    assert refused.value.code == "not_apart"
    actions.call_back(actor("callback", asked.city.department(DESK)), asked.call.pk, "solved")
    assert asked.call.solved


def test_only_an_inquiry_that_nobody_bears(story: Story, asked: Story) -> None:
    actions.dispatch(asked.dispatcher, asked.matter.pk, asked.city.department(BUREAU).pk)
    with pytest.raises(Refused):
        actions.answer_at_once(asked.dispatcher, asked.matter.pk, TEXT)
    help_ = actions.open_calls(story.she, [new_call(caller=story.caller)])[0]
    with pytest.raises(Refused) as refused:
        actions.answer_at_once(story.dispatcher, help_.matter_id, TEXT)
    assert refused.value.code == "needs_bearer"
    assert not Task.objects.filter(matter=help_.matter_id).exists()


def test_an_empty_answer_is_none_and_a_bureau_does_not_answer_for_the_desk(asked: Story) -> None:
    with pytest.raises(BadInput) as fault:
        actions.answer_at_once(asked.dispatcher, asked.matter.pk, "好")
    assert set(fault.value.errors) == {"text"} and asked.matter.state == "received"
