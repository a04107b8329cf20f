import pytest

from huying.events import log
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Matter, Promise, Task
from huying.kernel.tests.conftest import BUREAU, Story
from huying.kernel.tests.voices import another, answer_promise, call_of
from huying.people.actors import party_actor
from tests.people import MakeActor, MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_calls_of_a_merged_matter_go_on_in_the_other_with_their_own_promises(story: Story, caller: MakeCaller) -> None:
    story.until("signed")
    second = another(caller)
    promised = answer_promise(second).due_at
    target = actions.merge(story.dispatcher, second.matter_id, story.matter.pk, "是同一盏路灯")
    assert call_of(second).matter_id == target.pk == story.matter.pk
    assert answer_promise(second).due_at == promised and answer_promise(second).matter_id == target.pk
    assert story.matter.voices == 2


def test_the_emptied_matter_is_merged_and_its_tasks_are_cancelled(story: Story, caller: MakeCaller) -> None:
    second = another(caller)
    task = actions.dispatch(story.dispatcher, second.matter_id, story.city.department(BUREAU).pk)
    actions.merge(story.dispatcher, second.matter_id, story.matter.pk)
    emptied = Matter.objects.get(pk=second.matter_id)
    assert (emptied.state, emptied.merged_into_id, emptied.voices, emptied.due_at) == ("merged", story.matter.pk, 0, None)
    task.refresh_from_db()
    assert (task.state, task.is_open, task.turn_id) == ("cancelled", False, None)
    assert not Promise.objects.filter(matter=emptied, ended_at__isnull=True).exists()


def test_the_matter_is_due_when_the_first_of_its_voices_is(story: Story, caller: MakeCaller) -> None:
    story.until("contacted")
    urgent = another(caller, urgency="utility")
    early = answer_promise(urgent).due_at
    actions.merge(story.dispatcher, urgent.matter_id, story.matter.pk)
    assert story.matter.due_at == early and story.matter.urgency == "utility"
    assert Task.objects.get(pk=story.task().pk).due_at == early


def test_one_answer_reaches_every_voice(story: Story, caller: MakeCaller) -> None:
    second = another(caller)
    actions.merge(story.dispatcher, second.matter_id, story.matter.pk)
    story.until("answered")
    call = call_of(second)
    assert (call.state, call.response) == ("answered", story.response())
    assert Promise.objects.get(call=call, what="answer").met_at
    actions.rate(party_actor(call.caller), call.pk, True, 5)
    assert story.call.state == "answered" and story.matter.state == "answered"


def test_an_answered_voice_keeps_its_answer_when_its_matter_is_merged(story: Story, caller: MakeCaller) -> None:
    other = another(caller)
    actions.merge(story.dispatcher, other.matter_id, story.matter.pk)
    story.until("answered")
    given = story.response()
    actions.rate(party_actor(call_of(other).caller), other.call_id, False, 1)
    third = another(caller)
    actions.merge(story.dispatcher, story.matter.pk, third.matter_id)
    page = queries.call_page(story.she, story.call.pk)
    assert page.answer == given and page.may_rate
    actions.rate(story.she, story.call.pk, True, 4)
    assert story.call.solved and call_of(third).matter.state == "received"


def test_a_second_voice_that_is_not_satisfied_joins_the_first_that_opened_it_again(story: Story, caller: MakeCaller) -> None:
    second = another(caller)
    actions.merge(story.dispatcher, second.matter_id, story.matter.pk)
    story.until("answered")
    actions.rate(story.she, story.call.pk, False, None)
    actions.rate(party_actor(call_of(second).caller), second.call_id, False, None)
    assert call_of(second).state == "open" and story.matter.reopened == 1
    assert Task.objects.filter(matter=story.matter, turn__isnull=False).count() == 1
    assert answer_promise(second)


def test_each_voice_reads_its_own_way_and_what_it_was_told(story: Story, caller: MakeCaller) -> None:
    story.until("signed")
    second = another(caller)
    actions.merge(story.dispatcher, second.matter_id, story.matter.pk, "是同一盏路灯")
    story.until("contacted")
    hers = queries.call_page(party_actor(call_of(second).caller), second.call_id).hops
    assert [h.name for h in hers] == ["call.opened", "call.moved", "task.contacted"]
    assert hers[1].note == "是同一盏路灯" and hers[1].bearer.endswith("城市管理局")
    first = queries.call_page(story.she, story.call.pk).hops
    joined = next(h for h in first if h.name == "matter.joined")
    assert joined.detail["voices"] == 2 and joined.note == ""
    whole = queries.matter_page(story.dispatcher, story.matter.pk).hops
    assert {"matter.merged", "matter.joined"} <= {h.name for h in whole}


def test_log_and_rows_agree_after_a_merge(story: Story, caller: MakeCaller) -> None:
    second = another(caller)
    actions.merge(story.dispatcher, second.matter_id, story.matter.pk)
    for pk in (story.matter.pk, second.matter_id):
        told = log.history([f"matter:{pk}"])
        assert [t.version for t in told] == list(range(1, Matter.objects.get(pk=pk).version + 1))


def test_what_cannot_be_merged_is_refused(story: Story, caller: MakeCaller) -> None:
    second = another(caller)
    with pytest.raises(BadInput):
        actions.merge(story.dispatcher, story.matter.pk, story.matter.pk)
    with pytest.raises(NotThere):
        actions.merge(story.dispatcher, story.matter.pk, 999_999)
    story.until("answered")
    with pytest.raises(Refused):
        actions.merge(story.dispatcher, second.matter_id, story.matter.pk)
    with pytest.raises(Refused):
        actions.merge(story.dispatcher, story.matter.pk, second.matter_id)


def test_what_complains_about_a_body_is_not_merged_with_what_does_not(story: Story, caller: MakeCaller) -> None:
    second = another(caller)
    Matter.objects.filter(pk=second.matter_id).update(about=story.city.department(BUREAU))
    with pytest.raises(Refused) as refused:
        actions.merge(story.dispatcher, second.matter_id, story.matter.pk)
    assert refused.value.code == "about_differs"


def test_a_centre_merges_what_it_bears_and_nothing_else(story: Story, caller: MakeCaller, actor: MakeActor) -> None:
    second = another(caller)
    story.until("passed")
    with pytest.raises(NotThere):
        actions.merge(story.centre, second.matter_id, story.matter.pk)
    actions.dispatch(story.dispatcher, second.matter_id, story.city.department("500106.governance-centre").pk)
    with pytest.raises(NotThere):
        actions.merge(story.handler, second.matter_id, story.matter.pk)
    actions.merge(story.centre, second.matter_id, story.matter.pk)
    assert call_of(second).matter_id == story.matter.pk
