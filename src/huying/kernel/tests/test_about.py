"""A body complained about never bears, sees or finds what complains about it; nor does its successor, nor its officers."""

import importlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.city import queries as city
from huying.kernel import actions, dispatch, queries, rules
from huying.kernel.errors import NotThere, Refused
from huying.kernel.models import Call, Matter, Task
from huying.kernel.queries import Filters
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story, new_call
from huying.people.actors import Actor, Held
from tests.people import MakeActor

pytestmark = pytest.mark.django_db

HOUSING = "500106.housing"
POSTS = ("handler", "head", "dispatcher", "supervisor", "callback", "auditor")
MODELS = {"matter": Matter, "task": Task, "call": Call}


def complain(story: Story, about: str, **changes: object) -> Matter:
    new = new_call(caller=story.caller, sort="complaint", about_key=about, **changes)
    return Matter.objects.get(pk=actions.open_calls(story.she, [new])[0].matter_id)


def seen_by(actor: Actor, on: str) -> set[int]:
    scope = rules.visible_to(actor, on)
    return set() if scope is None else set(MODELS[on]._default_manager.filter(scope).values_list("pk", flat=True))


def test_the_body_cannot_be_named_as_bearer(story: Story) -> None:
    matter = complain(story, BUREAU)
    with pytest.raises(Refused) as refusal:
        actions.dispatch(story.dispatcher, matter.pk, story.city.department(BUREAU).pk)
    assert refusal.value.code == "about_it" and not Task.objects.filter(matter=matter).exists()


def test_the_body_cannot_be_named_further_down(story: Story) -> None:
    matter = complain(story, BUREAU)
    top = actions.dispatch(story.dispatcher, matter.pk, story.city.department(CENTRE).pk)
    with pytest.raises(Refused) as refusal:
        actions.pass_down(story.centre, top.pk, story.city.department(BUREAU).pk)
    assert refusal.value.code == "about_it"
    below = actions.pass_down(story.centre, top.pk, story.city.department(HOUSING).pk)
    assert below.bearer.key == HOUSING


def test_the_body_stands_in_no_list_of_bearers(story: Story) -> None:
    about = story.city.department(BUREAU)
    offered = {d.key for _, rows in queries.bearers_for(story.centre, about) for d in rows}
    assert BUREAU not in offered and HOUSING in offered


def test_no_suggestion_leads_to_the_body(story: Story) -> None:
    about = story.city.department(BUREAU)
    found = dispatch.suggest("路灯不亮", story.city.area("500106001"))
    assert about.pk in {one.bearer_id for one in found}
    assert about.pk not in {one.bearer_id for one in dispatch.leaving_out(found, about)}


def test_a_complaint_is_not_dispatched_to_the_body_by_itself(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("huying.kernel.actions.open_calls")  # the package shows the function of that name
    monkeypatch.setattr(module, "_certain", lambda best: best is not None)
    other = complain(story, HOUSING)
    assert Task.objects.filter(matter=other, bearer__key=CENTRE).exists()  # 路灯 goes by the centre to the bureau
    for key in (BUREAU, CENTRE):
        tasks = Task.objects.filter(matter=complain(story, key))
        assert not tasks.filter(bearer__key=key).exists()


@pytest.mark.parametrize("post", POSTS)
def test_an_officer_of_the_body_sees_it_through_no_other_post(story: Story, actor: MakeActor, post: str) -> None:
    """He supervises the district, or sits at the city's desk as well: what complains about his own body stays unseen."""
    matter = complain(story, BUREAU)
    actions.dispatch(story.dispatcher, matter.pk, story.city.department(CENTRE).pk)
    plain = actor(post, story.city.department(BUREAU))
    desk = Held("dispatcher", story.city.department("city.hotline").pk, "hotline", "city", story.city.area("50").pk)
    district = Held(
        "supervisor", story.city.department(CENTRE).pk, "governance-centre", "district", story.city.area("500106").pk
    )
    both = Actor(plain.name, plain.officer, (*plain.posts, desk, district))
    for who in (plain, both):
        assert matter.pk not in seen_by(who, "matter")
        assert not Task.objects.filter(pk__in=seen_by(who, "task"), matter=matter).exists()
        assert not Call.objects.filter(pk__in=seen_by(who, "call"), matter=matter).exists()
        for box in ("mine", "unit", "city", "district"):
            assert matter.pk not in {row.matter_id for row in queries.inbox(who, Filters(box=box))}
        assert queries.inbox_count(both, Filters(box="city")) == 0
        with pytest.raises(NotThere):
            queries.matter_page(who, matter.pk)
        with pytest.raises(NotThere):
            actions.look(who, matter.calls.get().pk, "phone", "contact")


def test_it_stands_in_the_queue_of_the_desk_but_not_of_the_bodys_own_man_there(story: Story, actor: MakeActor) -> None:
    matter = complain(story, BUREAU)
    plain = actor("dispatcher", story.city.department("city.hotline"))
    own = Held("head", story.city.department(BUREAU).pk, "urban-management", "district", story.city.area("500106").pk)
    both = Actor(plain.name, plain.officer, (*plain.posts, own))
    assert matter.pk in {row.matter_id for row in queries.dispatch_queue(plain)}
    assert matter.pk not in {row.matter_id for row in queries.dispatch_queue(both)}
    assert queries.queue_count(both) == queries.queue_count(plain) - 1


def test_the_successor_of_the_body_is_kept_out_too(story: Story, actor: MakeActor) -> None:
    matter = complain(story, BUREAU)
    bureau, heir = story.city.department(BUREAU), story.city.department(HOUSING)
    bureau.successor, bureau.valid_to = heir, matter.opened_at.date()
    bureau.save()
    city.reset()
    head = actor("supervisor", heir)
    assert matter.pk not in seen_by(head, "matter") and not rules.may(head, "see", matter)
    with pytest.raises(Refused):
        actions.dispatch(story.dispatcher, matter.pk, heir.pk)


def test_others_work_it_to_its_end(story: Story, actor: MakeActor) -> None:
    matter = complain(story, BUREAU)
    top = actions.dispatch(story.dispatcher, matter.pk, story.city.department(HOUSING).pk)
    handler, head = (actor(role, story.city.department(HOUSING)) for role in ("handler", "head"))
    actions.sign(handler, [top.pk])
    actions.answer(handler, top.pk, "已经核实，工作人员当天批评教育，周科长。")
    actions.submit(handler, top.pk)
    actions.approve(head, top.pk)
    assert queries.call_page(story.she, matter.calls.get().pk).answer is not None


@pytest.mark.parametrize(
    ("wanted", "kept"), [("named", "confidential"), ("confidential", "confidential"), ("anonymous", "anonymous")]
)
def test_a_report_is_confidential_by_force(story: Story, wanted: str, kept: str) -> None:
    opened = actions.open_calls(story.she, [new_call(caller=story.caller, sort="report", openness=wanted)])[0]
    assert Call.objects.get(pk=opened.call_id).openness == kept
    if kept == "confidential":
        with pytest.raises(Refused):
            actions.look(story.dispatcher, opened.call_id, "phone", "contact")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_posts_an_officer_holds_one_in_the_body_closes_all_of_it(story: Story, data: st.DataObject) -> None:
    """For any body and any posts: nothing that complains about a body of his is among what he may see or do."""
    departments = list(story.city.departments.values())
    about = data.draw(st.sampled_from([d for d in departments if d.type != "hotline"]))
    matter = complain(story, about.key)
    held = [about, *data.draw(st.lists(st.sampled_from(departments), max_size=4))]
    posts = tuple(Held(data.draw(st.sampled_from(POSTS)), d.pk, d.type, d.level, d.area_id) for d in held)
    officer = Actor(name="officer:1", posts=posts)
    assert matter.pk not in seen_by(officer, "matter")
    for verb in sorted({rule.verb for rule in rules.RULES}):
        assert not rules.may(officer, verb, matter) and not rules.may(officer, verb, matter.calls.get())
