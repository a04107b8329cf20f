"""Answers that helped others stand beside the box: those this officer may see, or that everybody may read."""

import pytest

from huying.events.sequence import Sequencer
from huying.kernel import actions, queries
from huying.kernel.queries import Example
from huying.kernel.search import reader
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story, new_call
from huying.people.actors import Actor
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
ANSWER = "11 月 20 日下午周科长带人换了两盏灯，台阶上已经亮了。"


def read() -> None:
    Sequencer("tests").run_dry()
    reader.run()


def answered(story: Story, solved: bool = True, grade: int | None = 5, may_publish: bool = False) -> int:
    """An earlier call about the same street, answered by the bureau and rated."""
    party = story.caller
    extra = {"may_publish": may_publish}
    (opened,) = actions.open_calls(story.she, [new_call(caller=party, extra=extra)])
    top = actions.dispatch(story.dispatcher, opened.matter_id, story.city.department(CENTRE).pk, "lamp")
    child = actions.pass_down(story.centre, top.pk, story.city.department(BUREAU).pk, "")
    actions.sign(story.handler, [child.pk])
    actions.answer(story.handler, child.pk, ANSWER)
    actions.submit(story.handler, child.pk)
    actions.approve(story.centre, child.pk)
    actions.rate(story.she, opened.call_id, solved, grade)
    return opened.call_id


def shown(actor: Actor, story: Story) -> list[Example]:
    read()
    return queries.examples(actor, story.matter, list(story.matter.calls.all()))


def test_what_helped_is_shown_once_to_whoever_may_see_it(story: Story) -> None:
    first, _again = answered(story), answered(story)
    story.until("signed")
    (row,) = shown(story.handler, story)
    assert row.call_id >= first and row.text == ANSWER and row.grade == 5 and row.matter_id
    assert row.bearer == story.city.department(BUREAU).short


@pytest.mark.parametrize(("solved", "grade"), [(False, 5), (True, 2)])
def test_what_did_not_help_is_no_example(story: Story, solved: bool, grade: int) -> None:
    answered(story, solved, grade)
    assert shown(story.handler, story.until("signed")) == []


def test_who_may_not_see_it_is_shown_nothing_of_it(story: Story, actor: MakeActor) -> None:
    answered(story)
    story.until("signed")
    assert shown(actor("handler", story.city.department("500106.housing")), story) == []
    assert shown(Actor(name="visitor"), story) == []
    assert shown(actor("dispatcher", story.city.department(DESK)), story) != []


def test_its_own_answer_and_other_troubles_are_no_examples(story: Story) -> None:
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, 5)
    assert shown(story.handler, story) == []
    (opened,) = actions.open_calls(
        story.she, [new_call(text="楼上夜里施工打桩，吵得睡不着", title="夜里打桩", caller=story.caller)]
    )
    story.opened = opened
    assert shown(story.dispatcher, story) == []


def test_a_start_has_gaps_where_days_stood(story: Story) -> None:
    answered(story)
    (row,) = shown(story.handler, story.until("signed"))
    assert row.start == "〔日期〕下午周科长带人换了两盏灯，台阶上已经亮了。"
    assert queries.example(story.handler, story.matter, list(story.matter.calls.all()), row.call_id) == row
    assert queries.example(story.handler, story.matter, list(story.matter.calls.all()), 0) is None


def test_words_that_it_alone_has_do_not_hide_what_it_shares(story: Story) -> None:
    """A matter stands in the index itself: its rarest words are its own."""
    answered(story)
    long = "街上的路灯三天不亮了，晚上看不清台阶。冉家坝菜市场背后梯坎石板翘起，扶手锈断，请来修一修。"
    (story.opened,) = actions.open_calls(story.she, [new_call(text=long, title="梯坎扶手锈断", caller=story.caller)])
    story.done = []
    assert [row.text for row in shown(story.handler, story.until("signed"))] == [ANSWER]
