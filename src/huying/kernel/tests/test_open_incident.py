import pytest

from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, Refused
from huying.kernel.models import Incident, Matter, Promise, Task
from huying.kernel.rebuild import differences
from huying.kernel.tests.conftest import BUREAU, Story, new_call
from huying.kernel.tests.known import after, joined, notice, opened, owed
from huying.kernel.tests.voices import another, call_of, share
from huying.people.actors import party_actor
from tests.people import MakeActor, MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_there_before_anybody_called_and_borne_by_who_opened_it(story: Story) -> None:
    row = opened(story)
    matter, [task] = row.matter, Task.objects.filter(matter=row.pk)
    assert (matter.state, matter.voices, matter.duty_key, matter.calls.count()) == ("working", 0, "lamp", 0)
    assert (task.bearer.key, task.state, task.handler) == (BUREAU, "signed", story.head.officer)
    assert queries.incidents()[0].matter_id == row.pk and list(differences()) == []


def test_nobody_has_to_be_spoken_with_first_and_the_inbox_shows_when_news_are_due(story: Story) -> None:
    row = opened(story)
    assert not Promise.objects.filter(matter=row.pk, what__in=("contact", "answer")).exists() and len(owed(row)) == 1
    [line] = [r for r in queries.inbox(story.head) if r.matter_id == row.pk]
    assert line.due_at == row.news_at


def test_the_desk_opens_one_for_whoever_bears_it(story: Story) -> None:
    bearer = story.city.department("500106.water")
    row = actions.open_incident(story.dispatcher, bearer.pk, notice(), key="k", kind="appeal", sort="help")
    [task] = Task.objects.filter(matter=row.pk)
    assert (task.bearer.key, task.state, row.teller.type) == ("500106.water", "given", "hotline")
    assert Promise.objects.filter(task=task, what="sign", ended_at__isnull=True).exists()


def test_nobody_opens_one_for_another_department(story: Story, actor: MakeActor) -> None:
    housing = story.city.department("500106.housing").pk
    for who in (story.head, story.handler, story.she):
        with pytest.raises(Refused) as refused:
            actions.open_incident(who, housing, notice(), key="k", kind="appeal", sort="help")
        assert refused.value.code == "not_yours"
    assert not Incident.objects.exists()


def test_nobody_opens_one_where_his_department_has_nothing_to_say(story: Story) -> None:
    before = Matter.objects.count()
    with pytest.raises(BadInput) as bad:
        opened(story, area_key="500103001")
    assert set(bad.value.errors) == {"area_key"} and Matter.objects.count() == before


def test_the_same_form_sent_twice_is_one_incident(story: Story) -> None:
    bureau = story.city.department(BUREAU).pk
    both = [actions.open_incident(story.head, bureau, notice(), key="k", kind="appeal", sort="help") for _ in range(2)]
    assert both[0].pk == both[1].pk and Incident.objects.count() == 1
    with pytest.raises(BadInput):
        actions.open_incident(story.head, bureau, notice(), key="", kind="appeal", sort="help")


def test_whoever_joins_has_a_voice_a_promise_and_an_answer_of_her_own(story: Story, caller: MakeCaller) -> None:
    row = opened(story)
    one, two = joined(row, caller), joined(row, caller, openness="anonymous")
    row.matter.refresh_from_db()
    assert row.matter.voices == 2 and row.matter.due_at is not None
    assert all(Promise.objects.filter(call=c.call_id, what="answer").count() == 1 for c in (one, two))


def test_joining_twice_is_one_voice(story: Story, caller: MakeCaller) -> None:
    row, party = opened(story), caller()
    for _ in range(2):
        last = actions.follow(party_actor(party), new_call(caller=party), row.pk, while_known=True)
    assert Matter.objects.get(pk=row.pk).voices == 1 and not last.fresh


def test_joining_is_not_for_shared_duties_alone(story: Story, caller: MakeCaller) -> None:
    share()
    assert call_of(joined(opened(story), caller)).matter.voices == 1


def test_the_desk_merges_into_it_though_it_has_no_voice(story: Story, caller: MakeCaller) -> None:
    row, call = opened(story), another(caller)
    matter = Matter.objects.get(pk=call.matter_id)
    assert [line.matter_id for line in queries.known_near(story.dispatcher, matter)] == [row.pk]
    actions.merge(story.dispatcher, call.matter_id, row.pk)
    assert call_of(call).matter_id == row.pk and queries.incidents()[0].voices == 1


def test_it_can_be_passed_on_and_answered_in_the_usual_way(story: Story, caller: MakeCaller) -> None:
    row = opened(story)
    task = Task.objects.get(matter=row.pk)
    actions.answer(story.handler, task.pk, "线缆接好了，路灯全部恢复。")
    actions.submit(story.handler, task.pk)
    actions.approve(story.head, task.pk)
    assert Matter.objects.get(pk=row.pk).state == "closed" and queries.incidents() == [] and list(differences()) == []


def test_the_bearer_finds_it_among_its_own_at_the_desk(story: Story, actor: MakeActor) -> None:
    row = opened(story, news_at=after(4))
    first = opened(story, news_at=after(1))
    assert [line.matter_id for line in queries.incidents_at_desk(story.head)] == [first.pk, row.pk]
    assert queries.incidents_at_desk(actor("head", story.city.department("500103.housing"))) == []
    assert queries.speaks_for(story.head) and not queries.speaks_for(story.handler)
