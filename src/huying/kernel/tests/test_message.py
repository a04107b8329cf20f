import pytest

from huying.events import log
from huying.kernel import actions, queries, rebuild
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Message, Openness
from huying.kernel.tests.conftest import BUREAU, Story, new_call
from huying.people.actors import holder_actor, party_actor
from tests.people import MakeActor, MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)
ASKED, SAID = "请问是哪一根灯杆，编号是多少？", "是第三根，编号看不清。"


@pytest.fixture(params=Openness.values)
def at_work(story: Story, request: pytest.FixtureRequest) -> Story:
    """However openly she called."""
    new = new_call(caller=story.caller, openness=request.param)
    story.opened = actions.open_calls(story.she, [new])[0]
    return story.until("signed")


def test_an_officer_leaves_a_message_and_she_answers_it(at_work: Story) -> None:
    call = at_work.call.pk
    actions.leave_message(at_work.handler, call, ASKED)
    (hers,) = queries.call_page(at_work.she, call).messages
    assert (hers.text, hers.department.key, hers.answer) == (ASKED, BUREAU, "")
    actions.answer_message(at_work.she, call, SAID)
    (his,) = queries.matter_page(at_work.handler, at_work.matter.pk).messages
    assert (his.answer, his.answered_at is not None) == (SAID, True)
    assert [row.name for row in log.history([f"call:{call}"])][-2:] == ["call.messaged", "call.message_answered"]
    assert list(rebuild.differences()) == []


def test_who_holds_number_and_secret_answers_too_and_may_add(at_work: Story) -> None:
    call = at_work.call.pk
    actions.leave_message(at_work.handler, call, ASKED)
    actions.answer_message(holder_actor(call), call, SAID, "relay")
    actions.answer_message(at_work.she, call, "在菜市场门口。")
    assert Message.objects.get().answer == f"{SAID}\n在菜市场门口。"


def test_nobody_is_pressed_with_one_message_after_the_other(story: Story) -> None:
    story.until("signed")
    for _ in range(3):
        actions.leave_message(story.handler, story.call.pk, ASKED)
    with pytest.raises(Refused) as refusal:
        actions.leave_message(story.handler, story.call.pk, ASKED)
    assert refusal.value.code == "unanswered"
    actions.answer_message(story.she, story.call.pk, SAID)
    assert not Message.objects.filter(answered_at=None).exists()
    actions.leave_message(story.handler, story.call.pk, ASKED)


def test_identifiers_are_cut_out_of_both(story: Story) -> None:
    story.until("signed")
    actions.leave_message(story.handler, story.call.pk, "住户13912345678说看到了")
    actions.answer_message(story.she, story.call.pk, "打我13800009999")
    row = Message.objects.get()
    assert "13912345678" not in row.text and "13800009999" not in row.answer
    assert queries.call_page(story.she, story.call.pk).messages[0].answer == "打我13800009999"


def test_who_has_nothing_to_do_with_it_can_do_neither(story: Story, actor: MakeActor, caller: MakeCaller) -> None:
    story.until("signed")
    with pytest.raises(NotThere):
        actions.leave_message(actor("handler", story.city.department("500103.housing")), story.call.pk, ASKED)
    with pytest.raises(Refused):
        actions.answer_message(story.she, story.call.pk, SAID)
    actions.leave_message(story.handler, story.call.pk, ASKED)
    with pytest.raises(NotThere):
        actions.answer_message(party_actor(caller()), story.call.pk, SAID)
    with pytest.raises(Refused):
        actions.answer_message(story.handler, story.call.pk, SAID)


def test_nothing_said_is_nothing_left(story: Story) -> None:
    story.until("signed")
    with pytest.raises(BadInput):
        actions.leave_message(story.handler, story.call.pk, "在吗")
    actions.leave_message(story.handler, story.call.pk, ASKED)
    with pytest.raises(BadInput):
        actions.answer_message(story.she, story.call.pk, "  ")
