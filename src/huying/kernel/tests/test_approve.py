import pytest

from huying.events import log
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Promise, Task
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_approved_answer_reaches_the_caller_and_ends_every_task(story: Story) -> None:
    story.until("answered")
    assert (story.matter.state, story.call.state) == ("answered", "answered")
    assert not Task.objects.filter(is_open=True).exists()
    assert {t.state for t in Task.objects.all()} == {"done"}
    page = queries.call_page(story.she, story.opened.call_id)
    assert page.answer is not None and page.may_rate
    assert not Promise.objects.filter(ended_at=None).exists()
    assert Promise.objects.get(what="answer").met_at == story.call.answered_at


def test_who_wrote_it_cannot_approve_it(story: Story, actor: MakeActor) -> None:
    task = actions.dispatch(story.dispatcher, story.opened.matter_id, story.city.department(BUREAU).pk)
    actions.sign(story.head, [task.pk])
    actions.answer(story.head, task.pk, "换了两盏灯，已经亮了。周科长")
    actions.submit(story.head, task.pk)
    with pytest.raises(Refused) as refusal:
        actions.approve(story.head, task.pk)
    assert refusal.value.code == "own_answer"
    actions.approve(actor("head", story.city.department(BUREAU)), task.pk)
    assert story.matter.state == "answered"


def test_the_bureau_does_not_approve_for_its_giver(story: Story) -> None:
    story.until("submitted")
    with pytest.raises(Refused):
        actions.approve(story.head, story.task().pk)


def test_an_answer_climbs_level_by_level(story: Story, actor: MakeActor) -> None:
    story.until("passed")
    street = story.city.department("500106001.street-office")
    bottom = actions.pass_down(story.head, story.task().pk, street.pk)
    hand = actor("handler", street)
    actions.sign(hand, [bottom.pk])
    actions.answer(hand, bottom.pk, "街道换了两盏灯，已经亮了。王主任")
    actions.submit(hand, bottom.pk)
    actions.approve(story.head, bottom.pk)
    middle = story.task()
    assert (middle.state, middle.turn.key, story.matter.state) == ("submitted", CENTRE, "working")  # type: ignore[union-attr]
    actions.approve(story.centre, middle.pk)
    assert story.matter.state == "answered" and not Task.objects.filter(is_open=True).exists()


def test_an_answer_returned_halfway_up_goes_back_to_who_wrote_it(story: Story, actor: MakeActor) -> None:
    story.until("passed")
    street = story.city.department("500106001.street-office")
    bottom = actions.pass_down(story.head, story.task().pk, street.pk)
    hand = actor("handler", street)
    actions.sign(hand, [bottom.pk])
    actions.answer(hand, bottom.pk, "街道换了两盏灯，已经亮了。王主任")
    actions.submit(hand, bottom.pk)
    actions.approve(story.head, bottom.pk)
    actions.return_(story.centre, story.task().pk, "请补一张照片")
    assert story.task().state == "returned" and story.task().turn == story.task().bearer
    actions.answer(story.head, story.task().pk, "已补照片，两盏灯都亮了。周科长")
    actions.submit(story.head, story.task().pk)
    actions.approve(story.centre, story.task().pk)
    assert story.matter.state == "answered"


def test_a_returned_answer_says_what_is_missing_and_goes_on(story: Story) -> None:
    story.until("submitted")
    with pytest.raises(BadInput):
        actions.return_(story.centre, story.task().pk, "  ")
    actions.return_(story.centre, story.task().pk, "没说哪天修好的")
    assert (story.task().state, story.response().state) == ("returned", "draft")
    assert [h.note for h in queries.matter_page(story.handler, story.matter.pk).hops][-1] == "没说哪天修好的"
    assert "没说哪天修好的" not in [h.note for h in queries.call_page(story.she, story.call.pk).hops]
    actions.answer(story.handler, story.task().pk, "十一月二十三日换了两盏灯，周科长。")
    actions.submit(story.handler, story.task().pk)
    actions.approve(story.centre_head, story.task().pk)
    assert story.call.state == "answered"


def test_a_stranger_finds_nothing_to_approve(story: Story, actor: MakeActor) -> None:
    story.until("submitted")
    with pytest.raises(NotThere):
        actions.approve(actor("head", story.city.department("500103.governance-centre")), story.task().pk)


def test_the_log_and_the_state_agree_to_the_end(story: Story) -> None:
    story.until("answered")
    told = log.history([f"matter:{story.matter.pk}"])
    assert [t.version for t in told] == list(range(1, story.matter.version + 1))
    assert [t.version for t in log.history([f"call:{story.call.pk}"])] == list(range(1, story.call.version + 1))
