"""Who stands in acts with the post of who is away, says so, and still reviews nothing of his own."""

from datetime import timedelta

import pytest

from huying.base import clock
from huying.events import log
from huying.kernel import actions, queries, rebuild, rules
from huying.kernel.errors import NotThere, Refused
from huying.kernel.events import MatterStoodIn
from huying.kernel.models import Matter, Task
from huying.kernel.queries import Filters
from huying.kernel.tests.conftest import BUREAU, Story, new_call
from huying.people import leave
from huying.people.actors import Actor, officer_actor
from huying.people.models import Post
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
HOUSING = "500106.housing"


def lend(away: Actor, to: Actor, by: Actor | None = None) -> Actor:
    """`away` is on leave today and `to` stands in for all his posts; who `to` is from now on."""
    assert away.officer and to.officer
    span = leave.Span(clock.today(), clock.today() + timedelta(days=2))
    chosen = {post.pk: to.officer.pk for post in leave.posts_within(away.officer, span)}
    leave.enter(by or away, away.officer.pk, span, chosen)
    return officer_actor(to.officer)


def stood_in(story: Story) -> list[MatterStoodIn]:
    facts = [t.fact for t in log.history([f"matter:{story.matter.pk}"])]
    return [fact for fact in facts if isinstance(fact, MatterStoodIn)]


@pytest.fixture
def supervisor(story: Story, actor: MakeActor) -> Actor:
    """An officer of the bureau whose own post lets him do nothing there."""
    return actor("callback", story.city.department(BUREAU))


def test_with_the_post_that_was_lent_he_may_what_it_may(story: Story, supervisor: Actor) -> None:
    story.until("passed")
    assert not rules.may(supervisor, "sign", story.task())
    both = lend(story.handler, supervisor)
    assert rules.may(both, "sign", story.task()) and not rules.may(both, "assign", story.task())
    actions.sign(both, [story.task().pk])
    assert story.task().handler == supervisor.officer


def test_the_fact_names_who_acted_and_beside_it_for_whom(story: Story, supervisor: Actor) -> None:
    story.until("passed")
    both = lend(story.handler, supervisor)
    actions.sign(both, [story.task().pk])
    told = log.history([f"matter:{story.matter.pk}"])
    signed = next(t for t in told if t.name == "task.signed")
    assert signed.actor == supervisor.name
    (fact,) = stood_in(story)
    assert (fact.officer, fact.department, fact.role) == (story.handler.name, BUREAU, "handler")
    assert fact.since <= signed.version < told[-1].version and told[-1].name == "matter.stood_in"


def test_the_hop_says_it_to_officers_and_not_to_the_caller(story: Story, supervisor: Actor) -> None:
    story.until("passed")
    both = lend(story.handler, supervisor)
    actions.sign(both, [story.task().pk])
    assert story.handler.officer
    hop = next(h for h in queries.matter_page(both, story.matter.pk).hops if h.name == "task.signed")
    assert hop.behalf == story.handler.officer.name
    assert {h.behalf for h in queries.call_page(story.she, story.call.pk).hops} == {""}


def test_what_his_own_post_lets_him_do_he_does_as_himself(story: Story) -> None:
    story.until("passed")
    both = lend(story.handler, story.head)
    actions.sign(both, [story.task().pk])
    assert stood_in(story) == []


def test_the_tasks_of_who_is_away_are_in_the_hands_of_who_stands_in(story: Story, supervisor: Actor) -> None:
    story.until("signed")
    hand = Filters(box="hand")
    assert queries.inbox(supervisor, hand) == []
    both = lend(story.handler, supervisor)
    assert [row.task_id for row in queries.inbox(both, hand)] == [story.task().pk]
    assert queries.boxes(both)[:3] == ["mine", "hand", "unit"]


def test_he_does_not_review_what_he_wrote_with_either_post(story: Story) -> None:
    """The centre's reviewer is away; the bureau's handler, who wrote the answer, stands in for him."""
    both = lend(story.centre, story.handler, by=story.centre_head)
    story.until("submitted")
    assert rules.may(both, "approve", story.task())
    with pytest.raises(Refused) as refusal:
        actions.approve(both, story.task().pk)
    assert refusal.value.code == "own_answer"


def test_nor_does_he_review_it_in_the_name_of_who_wrote_it(story: Story, supervisor: Actor, actor: MakeActor) -> None:
    """A head wrote the answer of a unit without a giver and went on leave: his stand-in is not another pair of eyes."""
    top = actions.dispatch(story.dispatcher, story.opened.matter_id, story.city.department(BUREAU).pk)
    actions.sign(story.head, [top.pk])
    actions.answer(story.head, top.pk, "今晚换了两盏灯，已经亮了，周局长。")
    actions.submit(story.head, top.pk)
    both = lend(story.head, supervisor)
    with pytest.raises(Refused) as refusal:
        actions.approve(both, top.pk)
    assert refusal.value.code == "own_answer"
    actions.approve(actor("head", story.city.department(BUREAU)), top.pk)


def test_he_decides_no_extension_that_he_asked(story: Story) -> None:
    story.until("signed")
    actions.ask_extension(story.handler, story.task().pk, 2, "灯杆要从外地调货")
    both = lend(story.centre, story.handler, by=story.centre_head)
    with pytest.raises(Refused) as refusal:
        actions.decide_extension(both, story.task().pk, True)
    assert refusal.value.code == "own_request"


def test_who_stands_in_for_the_body_complained_about_sees_nothing_of_it(story: Story, actor: MakeActor) -> None:
    """He works for the bearer; while he stands in for somebody of the body complained about, it is closed to him."""
    new = new_call(caller=story.caller, sort="complaint", about_key=HOUSING)
    matter = Matter.objects.get(pk=actions.open_calls(story.she, [new])[0].matter_id)
    task = actions.dispatch(story.dispatcher, matter.pk, story.city.department(BUREAU).pk)
    assert rules.may(story.handler, "sign", task)
    housing, his_head = actor("handler", story.city.department(HOUSING)), actor("head", story.city.department(HOUSING))
    both = lend(housing, story.handler, by=his_head)
    assert not rules.may(both, "sign", task) and not rules.may(both, "see", matter)
    for box in ("mine", "hand", "unit"):
        assert matter.pk not in {row.matter_id for row in queries.inbox(both, Filters(box=box))}
    with pytest.raises(NotThere):
        actions.sign(both, [task.pk])


def test_who_stands_in_from_the_body_complained_about_sees_nothing_of_it(story: Story, actor: MakeActor) -> None:
    """The other way round: an officer of the body is lent the bearer's post."""
    new = new_call(caller=story.caller, sort="complaint", about_key=HOUSING)
    matter = Matter.objects.get(pk=actions.open_calls(story.she, [new])[0].matter_id)
    actions.dispatch(story.dispatcher, matter.pk, story.city.department(BUREAU).pk)
    theirs = actor("head", story.city.department(HOUSING))
    both = lend(story.handler, theirs, by=story.head)
    assert story.city.department(BUREAU).pk in both.departments("handler")
    assert not rules.may(both, "see", matter) and not Task.objects.filter(rules.visible_to(both, "task")).exists()


def test_the_log_still_rebuilds_the_tables(story: Story, supervisor: Actor) -> None:
    story.until("passed")
    both = lend(story.handler, supervisor)
    actions.sign(both, [story.task().pk])
    actions.contact(both, story.task().pk, "phone", "说好今晚来修")
    assert list(rebuild.differences()) == []


def test_a_post_of_another_role_is_lent_as_it_is(story: Story) -> None:
    """The head lends what a head may, and nothing of what he is besides."""
    both = lend(story.head, story.handler)
    assert story.head.officer
    assert {(p.role, p.on_behalf) for p in both.posts} == {("handler", None), ("head", story.head.officer.pk)}
    assert Post.objects.filter(officer=story.handler.officer).count() == 1
