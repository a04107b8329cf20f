import pytest

from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Promise, Task
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)

GROUND = "《城市道路照明设施管理规定》第五条：私人院内路灯由产权人管。"
WHY = "该路灯在市政道路上。"


def sent_back(story: Story) -> Task:
    story.until("passed")
    return actions.send_back(story.handler, story.task().pk, GROUND)


def running(task: Task) -> set[str]:
    return set(Promise.objects.filter(task=task, ended_at=None).values_list("what", flat=True))


def test_it_goes_to_the_giver_who_has_a_clock_of_his_own(story: Story) -> None:
    task = sent_back(story)
    assert (task.state, task.turn.key, task.ground) == ("sent_back", CENTRE, GROUND)  # type: ignore[union-attr]
    assert running(task) == {"adjudicate", "contact"}  # the caller waits for no quarrel
    assert [r.task_id for r in queries.inbox(story.centre)] == [task.pk]
    assert {"adjudicate", "release"} <= set(queries.matter_page(story.centre, story.matter.pk, task.pk).verbs)


def test_the_caller_reads_who_refused_it_and_on_what_ground(story: Story) -> None:
    sent_back(story)
    last = queries.call_page(story.she, story.call.pk).hops[-1]
    assert (last.name, last.bearer, last.note) == ("task.sent_back", "沙坪坝区城市管理局", GROUND)


def test_without_a_ground_nothing_is_sent_back(story: Story) -> None:
    story.until("passed")
    with pytest.raises(BadInput):
        actions.send_back(story.handler, story.task().pk, "不归我们")
    assert story.task().state == "given"


def test_a_ground_that_does_not_hold_leaves_it_where_it_was(story: Story) -> None:
    task = actions.adjudicate(story.centre, sent_back(story).pk, WHY)
    assert (task.state, task.turn.key, task.adjudicated) == ("given", BUREAU, True)  # type: ignore[union-attr]
    assert running(task) == {"sign", "contact"}
    judged = Promise.objects.get(task=task, what="adjudicate")
    assert judged.met_at
    actions.sign(story.handler, [task.pk])
    assert story.task().state == "signed"


def test_it_is_adjudicated_once(story: Story) -> None:
    task = actions.adjudicate(story.centre, sent_back(story).pk, WHY)
    assert "send_back" not in queries.matter_page(story.handler, story.matter.pk, task.pk).verbs
    with pytest.raises(Refused) as refusal:
        actions.send_back(story.handler, task.pk, GROUND)
    assert refusal.value.code == "adjudicated"


def test_a_ground_that_holds_gives_it_back_to_the_giver(story: Story) -> None:
    task = actions.release(story.centre, sent_back(story).pk, "确实在院内。")
    top = story.task("top")
    assert (task.state, task.is_open, running(task)) == ("cancelled", False, set())
    assert (top.state, top.turn.key) == ("signed", CENTRE)  # type: ignore[union-attr]
    other = actions.pass_down(story.centre, top.pk, story.city.department("500106.housing").pk)
    assert other.is_open and story.matter.state == "working"


def test_what_the_desk_gave_goes_back_to_the_desk_and_is_dispatched_anew(story: Story) -> None:
    story.until("dispatched")
    task = actions.send_back(story.centre, story.task("top").pk, GROUND)
    assert task.turn.key == DESK  # type: ignore[union-attr]
    actions.release(story.dispatcher, task.pk, "属于另一个区。")
    assert story.matter.state == "accepted" and queries.queue_count(story.dispatcher) == 1
    again = actions.dispatch(story.dispatcher, story.matter.pk, story.city.department("500103.governance-centre").pk)
    assert again.is_open and story.matter.state == "working"
    assert Promise.objects.filter(call=story.call, what="answer", ended_at=None).count() == 1  # one promise throughout


def test_nobody_judges_his_own_ground(story: Story, actor: MakeActor) -> None:
    story.until("dispatched")
    task = actions.send_back(story.centre, story.task("top").pk, GROUND)
    Task.objects.filter(pk=task.pk).update(handler=story.dispatcher.officer)
    with pytest.raises(Refused) as refusal:
        actions.adjudicate(story.dispatcher, task.pk, WHY)
    assert refusal.value.code == "own_ground"
    assert actions.adjudicate(actor("head", story.city.department(DESK)), task.pk, WHY).state == "given"


def test_the_bearer_cannot_judge_and_a_stranger_finds_nothing(story: Story, actor: MakeActor) -> None:
    task = sent_back(story)
    with pytest.raises(Refused):
        actions.release(story.head, task.pk, WHY)
    with pytest.raises(NotThere):
        actions.release(actor("head", story.city.department("500106.housing")), task.pk, WHY)
    with pytest.raises(BadInput):
        actions.release(story.centre, task.pk, " ")
