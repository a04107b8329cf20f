"""接续: what is open when a body is closed or a place moves goes on with who took over, under the promises it has."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Department
from huying.events import log
from huying.kernel import actions, queries, rebuild, rules, succession, timers
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Incident, Matter, Promise, Task
from huying.kernel.queries import Filters
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story, new_call
from huying.people import officers
from huying.people.actors import SYSTEM, Actor, officer_actor
from huying.people.models import Post
from tests.changed_city import NEW, NEW_STREET, OLD, OTHER, STREET, TOWN, change_areas, close_body
from tests.people import MakeActor
from tests.stateful import invariants

pytestmark = pytest.mark.django_db(transaction=True)

NEW_BUREAU, NEW_CENTRE = f"{NEW}.urban-management", f"{NEW}.governance-centre"
STEPS = ("dispatched", "passed", "signed", "contacted", "written", "submitted")
GROUND = "《照明规定》第五条，由产权人管。"


def told(story: Story, *names: str) -> list[Any]:
    facts = log.history([f"matter:{story.matter.pk}", f"call:{story.call.pk}"])
    return [row.fact for row in facts if row.name in names]


def tomorrow() -> None:
    """The day of the change has come, nine in the morning."""
    morning = clock.local_now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
    clock.set_offset(morning - datetime.now(UTC))


def promises() -> list[tuple[Any, ...]]:
    return list(Promise.objects.order_by("id").values_list("id", "due_at", "budget", "started_at", "ended_at"))


def today(actor: Actor) -> Actor:
    """The same officer with the posts he holds now."""
    assert actor.officer
    return officer_actor(actor.officer)


def whole(dispatcher: Actor) -> None:
    assert list(rebuild.differences()) == []
    invariants.versions_have_no_gap()
    invariants.no_matter_without_a_bearer_a_place_in_the_queue_or_an_end(dispatcher)
    invariants.no_promise_is_lost()
    invariants.nobody_bears_what_complains_about_it()
    invariants.nothing_open_is_borne_by_a_closed_body()


@pytest.mark.parametrize("step", [*STEPS, "returned", "sent_back", "paused"])
def test_at_every_state_the_open_matter_goes_on_with_the_successor(story: Story, step: str) -> None:
    story.until(step if step in STEPS else "submitted" if step == "returned" else "signed")
    if step == "returned":
        actions.return_(story.centre, story.task().pk, "少照片")
    elif step == "sent_back":
        actions.send_back(story.handler, story.task().pk, GROUND)
    elif step == "paused":
        actions.pause(story.head, story.task().pk, "outside", "等灯杆")
    before = {t.pk: (t.state, t.parent_id, t.due_at, t.handler_id) for t in Task.objects.all()}
    clocks = promises()
    change_areas(story.city, clock.today())
    assert timers.succeed_dry() == 1
    assert {t.pk: (t.state, t.parent_id, t.due_at, t.handler_id) for t in Task.objects.all()} == before
    assert promises() == clocks
    bodies = {t.bearer.key for t in Task.objects.select_related("bearer")}
    assert bodies == ({NEW_CENTRE} if step == "dispatched" else {NEW_CENTRE, NEW_BUREAU})
    whole(story.dispatcher)


def test_the_day_must_have_come(story: Story) -> None:
    story.until("signed")
    change_areas(story.city, clock.today() + timedelta(days=1))
    assert timers.succeed() == 0 and story.task().bearer.key == BUREAU
    tomorrow()
    assert timers.succeed_dry() == 1 and story.task().bearer.key == NEW_BUREAU


def test_twice_is_the_same_as_once_and_a_stopped_run_goes_on(story: Story) -> None:
    story.until("passed")
    for _ in range(4):
        actions.open_calls(SYSTEM, [new_call()])
    change_areas(story.city, clock.today())
    assert [timers.succeed(limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert len(told(story, "task.succeeded")) == 2
    assert Matter.objects.filter(district=story.city.area(NEW)).count() == 5


def test_the_caller_reads_who_goes_on_and_that_no_promise_moved(story: Story) -> None:
    story.until("signed")
    change_areas(story.city, clock.today() + timedelta(days=1))
    tomorrow()
    timers.succeed_dry()
    page = queries.call_page(story.she, story.call.pk)
    (hop,) = [hop for hop in page.hops if hop.name == "task.succeeded"]
    assert (hop.detail["bearer"], hop.detail["to"], hop.detail["why"]) == (BUREAU, NEW_BUREAU, "area")
    assert hop.at.astimezone(clock.CITY_TIME).strftime("%H:%M") == "00:00"
    assert page.bearer and page.bearer.key == NEW_BUREAU
    desk = queries.matter_page(story.dispatcher, story.matter.pk)
    assert len([hop for hop in desk.hops if hop.name == "task.succeeded"]) == 2


def test_posts_go_on_with_the_successor_and_its_officers_finish(story: Story) -> None:
    story.until("written")
    change_areas(story.city, clock.today() + timedelta(days=1))
    assert officers.follow_bodies() == officers.Succession((), ())
    tomorrow()
    moved = officers.follow_bodies()
    timers.succeed_dry()
    assert {post.department.key for post in moved.moved} == {NEW_CENTRE, NEW_BUREAU} and not moved.ended
    handler, centre = today(story.handler), today(story.centre)
    assert [row.task_id for row in queries.inbox(handler)] == [story.task().pk]
    actions.submit(handler, story.task().pk)
    actions.approve(centre, story.task().pk)
    assert story.call.state == "answered" and officers.follow_bodies() == officers.Succession((), ())
    old = Post.objects.get(officer=story.handler.officer, department__key=BUREAU)
    assert old.valid_to == clock.today()
    whole(story.dispatcher)


def test_a_verb_that_comes_before_the_timer_meets_the_successor(story: Story) -> None:
    story.until("passed")
    change_areas(story.city, clock.today())
    officers.follow_bodies()
    with pytest.raises(NotThere):
        actions.sign(today(story.dispatcher), [0])
    actions.sign(today(story.handler), [story.task().pk])
    names = [row.name for row in log.history([f"matter:{story.matter.pk}"])]
    assert names.index("task.succeeded") < names.index("task.signed")
    assert timers.succeed() == 0


def test_what_lies_in_a_place_that_went_elsewhere_goes_there(story: Story) -> None:
    story.opened = actions.open_calls(story.she, [new_call(caller=story.caller, area_key=TOWN)])[0]
    story.done.clear()
    story.until("signed")
    change_areas(story.city, clock.today())
    timers.succeed_dry()
    assert story.task("top").bearer.key == f"{OTHER}.governance-centre"
    assert story.task().bearer.key == f"{OTHER}.urban-management" == story.task().turn.key  # type: ignore[union-attr]
    assert story.task().giver == story.task("top").bearer
    assert story.task().district == story.city.area(OTHER) == story.matter.district
    whole(story.dispatcher)


def test_the_street_that_leaves_a_district_which_stays_takes_its_matters_along(story: Story) -> None:
    other = story.city.department(f"{OTHER}.governance-centre")
    there = actions.open_calls(story.she, [new_call(caller=story.caller, area_key="500103001")])[0]
    top = actions.dispatch(story.dispatcher, there.matter_id, other.pk, "stall")
    stays = actions.open_calls(SYSTEM, [new_call(area_key="500103002")])[0]
    actions.dispatch(story.dispatcher, stays.matter_id, other.pk, "stall")
    day, area, new = clock.today(), story.city.area("500103001"), story.city.area(OLD)
    area.valid_to, area.successor = (
        day,
        type(area).objects.create(key="moved", name="七星岗街道", level="street", parent=new, valid_from=day),
    )
    area.save()
    city.reset()
    timers.succeed_dry()
    assert Task.objects.get(pk=top.pk).bearer.key == CENTRE
    assert Task.objects.get(matter=stays.matter_id).bearer == other
    whole(story.dispatcher)


def test_a_body_without_successor_gives_the_task_back_to_who_gave_it(story: Story) -> None:
    story.until("signed")
    due = story.matter.due_at
    close_body(story.city, BUREAU, clock.today())
    timers.succeed_dry()
    assert (story.task().state, story.task("top").state) == ("cancelled", "signed")
    assert story.task("top").turn == story.city.department(CENTRE) and story.matter.due_at == due
    assert [f.why for f in told(story, "task.vacated")] == ["closed"]
    whole(story.dispatcher)


@pytest.mark.parametrize("step", STEPS)
def test_a_matter_whose_bearers_are_all_gone_is_dispatched_anew(story: Story, step: str) -> None:
    story.until(step)
    due = story.matter.due_at
    change_areas(story.city, clock.today(), alone=("governance-centre", "urban-management"))
    timers.succeed_dry()
    assert story.matter.state == "accepted" and not Task.objects.filter(is_open=True).exists()
    assert story.matter.due_at == due and story.matter.district == story.city.area(NEW)
    assert [hop.name for hop in queries.call_page(story.she, story.call.pk).hops][-1] == "matter.vacated"
    whole(story.dispatcher)
    actions.dispatch(story.dispatcher, story.matter.pk, story.city.department(f"{NEW}.housing").pk)


def test_a_body_never_takes_over_what_complains_about_the_one_before_it(story: Story, actor: MakeActor) -> None:
    new = new_call(caller=story.caller, sort="complaint", about_key=f"{OTHER}.urban-management")
    story.opened = actions.open_calls(story.she, [new])[0]
    story.done.clear()
    story.until("signed")
    # both bureaus become one: the one that bears it and the one it is about
    close_body(story.city, f"{OTHER}.urban-management", clock.today(), "city.ecology")
    close_body(story.city, BUREAU, clock.today(), "city.ecology")
    timers.succeed_dry()
    assert [f.why for f in told(story, "task.vacated")] == ["about"]
    assert story.task().state == "cancelled" and story.task("top").state == "signed"
    heir = actor("head", story.city.department("city.ecology"))
    assert not rules.may(heir, "see", story.matter) and not rules.may(heir, "see", story.call)
    whole(story.dispatcher)


def test_through_several_successors_the_body_complained_about_stays_out(story: Story, actor: MakeActor) -> None:
    new = new_call(caller=story.caller, sort="complaint", about_key="500106.housing")
    opened = actions.open_calls(story.she, [new])[0]
    matter = Matter.objects.get(pk=opened.matter_id)
    chain = ("500106.housing", "500103.housing", "city.housing", DESK)
    for body, heir in pairwise(chain):
        close_body(story.city, body, clock.today(), heir)
    last = actor("dispatcher", story.city.department(DESK))
    assert not rules.may(last, "see", matter)
    assert matter.pk not in {row.matter_id for row in queries.dispatch_queue(last)}
    with pytest.raises(NotThere):
        queries.matter_page(last, matter.pk)


def test_an_inbox_of_every_box_leaves_out_what_complains_about_a_body_before(story: Story, actor: MakeActor) -> None:
    new = new_call(caller=story.caller, sort="complaint", about_key="500106.housing")
    story.opened = actions.open_calls(story.she, [new])[0]
    story.done.clear()
    story.until("signed")
    change_areas(story.city, clock.today())
    timers.succeed_dry()
    supervisor = actor("supervisor", story.city.department(NEW_CENTRE))
    assert len(queries.inbox(supervisor, Filters(box="district"))) == 2
    housing = actor("supervisor", story.city.department(f"{NEW}.housing"))
    assert queries.inbox(housing, Filters(box="district")) == []


def test_who_is_not_solved_later_is_heard_by_the_successor(story: Story) -> None:
    story.until("answered")
    change_areas(story.city, clock.today())
    actions.rate(story.she, story.call.pk, False, 1)
    tasks = Task.objects.filter(matter=story.matter, is_open=True).select_related("bearer").order_by("id")
    assert [task.bearer.key for task in tasks] == [NEW_CENTRE, NEW_BUREAU]
    whole(story.dispatcher)


def test_who_is_not_solved_when_nobody_took_over_is_heard_by_the_desk(story: Story) -> None:
    story.until("answered")
    change_areas(story.city, clock.today(), alone=("governance-centre", "urban-management"))
    actions.rate(story.she, story.call.pk, False, 1)
    assert (story.matter.state, story.matter.reopened) == ("accepted", 1)
    whole(story.dispatcher)


def test_where_nobody_took_over_above_it_is_worked_without_who_stood_there(story: Story) -> None:
    story.until("answered")
    change_areas(story.city, clock.today(), alone=("governance-centre",))
    actions.rate(story.she, story.call.pk, False, 1)
    [task] = Task.objects.filter(matter=story.matter, is_open=True).select_related("bearer")
    assert (task.bearer.key, task.parent, task.giver) == (NEW_BUREAU, None, None)
    whole(story.dispatcher)


def test_a_body_closed_in_a_reform_is_told_as_that(story: Story) -> None:
    story.until("signed")
    close_body(story.city, BUREAU, clock.today(), "500106.housing")
    timers.succeed_dry()
    assert [(f.to, f.why) for f in told(story, "task.succeeded")] == [("500106.housing", "body")]


def test_the_desk_that_adjudicates_is_followed_too(story: Story) -> None:
    actions.dispatch(story.dispatcher, story.matter.pk, story.city.department(BUREAU).pk)
    task = Task.objects.get(matter=story.matter)
    actions.send_back(story.handler, task.pk, GROUND)
    close_body(story.city, DESK, clock.today(), "city.ecology")
    timers.succeed_dry()
    assert Task.objects.get(pk=task.pk).turn == story.city.department("city.ecology")
    assert list(rebuild.differences()) == []


def test_what_is_late_is_charged_to_each_body_for_its_own_days(story: Story) -> None:
    story.until("passed")
    change_areas(story.city, clock.today() + timedelta(days=1))
    clock.set_offset(timedelta(days=3))
    timers.sweep_dry()
    broken = [(f.what, f.bearer) for f in told(story, "promise.broken", "promise.raised")]
    sign = Promise.objects.filter(what="sign", ended_at=None).get()
    day = story.matter.opened_at.astimezone(clock.CITY_TIME).date() + timedelta(days=1)
    by_then = BUREAU if sign.due_at.astimezone(clock.CITY_TIME).date() < day else NEW_BUREAU
    assert broken[0] == ("sign", by_then)
    assert ("contact", NEW_BUREAU) in broken


def test_a_closed_body_can_be_named_by_nobody(story: Story) -> None:
    change_areas(story.city, clock.today())
    with pytest.raises(BadInput):
        actions.dispatch(story.dispatcher, story.matter.pk, story.city.department(CENTRE).pk)
    groups = dict(queries.bearers_for(story.dispatcher))
    named = {row.key for rows in groups.values() for row in rows}
    assert NEW_CENTRE in named and CENTRE not in named


def test_a_body_that_closes_tomorrow_can_be_named_today(story: Story) -> None:
    change_areas(story.city, clock.today() + timedelta(days=1))
    named = {row.key for _label, rows in queries.bearers_for(story.dispatcher) for row in rows}
    assert CENTRE in named and NEW_CENTRE not in named
    assert story.until("passed").task().bearer.key == BUREAU


def test_a_known_incident_stands_in_the_area_that_took_over(story: Story) -> None:
    row = Incident.objects.create(
        matter=story.matter,
        area=story.city.area(STREET),
        title="停水",
        cause="抢修",
        teller=story.city.department(BUREAU),
        opened_at=clock.now(),
    )
    change_areas(story.city, clock.today())
    timers.succeed_dry()
    row.refresh_from_db()
    assert (row.area.key, row.teller.key) == (NEW_STREET, NEW_BUREAU)


def test_only_the_system_does_it(story: Story) -> None:
    story.until("signed")
    change_areas(story.city, clock.today())
    for who in (story.dispatcher, story.centre_head):
        with pytest.raises((Refused, NotThere)):
            actions.succeed(who, story.matter.pk)
    assert actions.succeed(SYSTEM, story.matter.pk).district == story.city.area(NEW)
    assert actions.succeed(SYSTEM, story.matter.pk).version == story.matter.version


def test_it_is_said_beforehand_how_many_matters_will_move(story: Story) -> None:
    story.until("signed")
    actions.open_calls(SYSTEM, [new_call()])
    day = clock.today() + timedelta(days=5)
    change_areas(story.city, day, alone=("water",))
    lines = {(line.body.key, line.to.key if line.to else None): (line.day, line.matters) for line in succession.forecast()}
    assert lines == {(CENTRE, NEW_CENTRE): (day, 1), (BUREAU, NEW_BUREAU): (day, 1)}


def test_departments_of_yesterday_keep_their_names_in_what_was_told(story: Story) -> None:
    story.until("signed")
    change_areas(story.city, clock.today())
    timers.succeed_dry()
    assert [f.bearer for f in told(story, "task.signed")] == [BUREAU]
    assert Department.objects.get(key=BUREAU).valid_to == clock.today()
