"""A body complained about finds the call on no page and in no query, whichever way its officers come: property over all."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.base import clock
from huying.city import queries as city
from huying.events.sequence import Sequencer
from huying.hub import reader
from huying.kernel import actions, queries, rules, timers
from huying.kernel.models import Matter
from huying.kernel.queries import Asked, Filters
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story, new_call, story
from huying.people.actors import Actor, officer_actor
from huying.people.models import Leave, Officer, Post, StandIn
from tests.people import MakeOfficer, signed_in

__all__ = ["story"]
pytestmark = pytest.mark.django_db(transaction=True)
TITLE = "只有我知道的那件事"
HOUSING = "500106.housing"
ROLES = ("handler", "head", "dispatcher", "supervisor", "callback", "auditor")
PAGES = (
    *("/desk/", "/desk/?box=hand", "/desk/?box=unit", "/desk/?box=city", "/desk/?box=district", "/desk/?box=answered"),
    *("/desk/dispatch/", "/desk/late/", "/desk/rates/", "/desk/history/", "/desk/history/?officer=all"),
    *("/desk/leave/", "/desk/duty/", "/desk/templates/", "/desk/me/", "/desk/m/{matter}/", "/desk/m/{matter}/?task={task}"),
    *("/desk/dispatch/{matter}/", "/desk/m/{other}/", "/desk/history/?called=task.signed"),
)


@pytest.fixture
def complaint(story: Story, officer: MakeOfficer) -> Matter:
    """What complains about the housing bureau, borne by another, signed, late, read by the hub."""
    new = new_call(caller=story.caller, sort="complaint", about_key=HOUSING, title=TITLE, text=f"{TITLE}：路灯的钱被挪用了。")
    matter = Matter.objects.get(pk=actions.open_calls(story.she, [new])[0].matter_id)
    top = actions.dispatch(story.dispatcher, matter.pk, story.city.department(CENTRE).pk)
    task = actions.pass_down(story.centre, top.pk, story.city.department(BUREAU).pk)
    actions.sign(story.handler, [task.pk])
    clock.set_offset(timedelta(days=40))
    timers.sweep_dry()
    Sequencer().run_dry()
    reader.run()
    return matter


def own_post(person: Officer, story: Story, role: str, key: str) -> None:
    Post.objects.create(officer=person, department=story.city.department(key), role=role)


def stands_in(person: Officer, story: Story, role: str, key: str) -> None:
    """The post is somebody's who is away today, and lent to this officer."""
    away = Officer.objects.exclude(pk=person.pk).order_by("-pk").first()
    assert away
    post = Post.objects.create(officer=away, department=story.city.department(key), role=role)
    leave, _ = Leave.objects.get_or_create(
        officer=away, first=clock.today(), last=clock.today(), defaults={"entered_by": away, "entered_at": clock.now()}
    )
    StandIn.objects.create(leave=leave, post=post, officer=person)


def seen(client: Client, person: Officer, matter: Matter, other: int) -> list[str]:
    """The pages on which the call, by its words or its number, comes up."""
    signed_in(person.account, client)
    call = matter.calls.get()
    task = matter.tasks.order_by("-pk")[0].pk
    spoken = " ".join(call.number[n : n + 4] for n in (0, 4, 8))
    found = []
    for path in PAGES:
        page = client.get(path.format(matter=matter.pk, task=task, other=other)).content.decode()
        if any(sign in page for sign in (TITLE, call.number, spoken)):
            found.append(path)
    ticked = client.post("/desk/batch/", {"verb": "resume", "task": [task]}).content.decode()
    into = client.post(f"/desk/m/{other}/merge/", {"into": call.number, "note": "x"}).content.decode()
    return found + [name for name, page in (("batch", ticked), ("merge", into)) if TITLE in page]


def asked(actor: Actor, matter: Matter) -> list[str]:
    """The queries in which it comes up."""
    reads: dict[str, Callable[[], object]] = {
        **{
            box: lambda box=box: [r.matter_id for r in queries.inbox(actor, Filters(box=box))]
            for box in ("mine", "hand", "unit")
        },
        "city": lambda: [r.matter_id for r in queries.inbox(actor, Filters(box="city"))],
        "district": lambda: [r.matter_id for r in queries.inbox(actor, Filters(box="district"))],
        "queue": lambda: [r.matter_id for r in queries.dispatch_queue(actor)],
        "called back": lambda: [r.matter_id for r in queries.to_call_back(actor)],
        "checked": lambda: [r.matter_id for r in queries.to_check(actor)],
        "shown": lambda: [r.matter_id for r in queries.to_show(actor)],
        "titles": lambda: list(queries.titles(actor, {matter.pk})),
        "hands": lambda: list(queries.hands_of(actor, {matter.pk})),
        "late": lambda: [r.task.matter_id for r in queries.late_tasks(actor, queries.led(actor))],
        "ahead": lambda: [r.task.matter_id for r in queries.ahead(actor, queries.led(actor), 0, 400)],
        "duty": lambda: [t.matter_id for t in queries.on_my_duty(actor)],
        "history": lambda: [r.matter.pk for r in queries.history(actor, Asked()).rows if r.matter],
        "extensions": lambda: [e.task.matter_id for e in queries.extensions(actor)],
        "task": lambda: [queries.matter_of_task(actor, t.pk) for t in matter.tasks.all()],
    }
    return [name for name, read in reads.items() if matter.pk in read()]  # type: ignore[operator]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_posts_he_holds_or_is_lent_one_in_the_body_closes_all_of_it(
    story: Story, complaint: Matter, officer: MakeOfficer, client: Client, data: st.DataObject
) -> None:
    keys = ["city.hotline", CENTRE, BUREAU, "500103.governance-centre"]
    person = officer(data.draw(st.sampled_from(ROLES)), story.city.department(data.draw(st.sampled_from([*keys, HOUSING]))))
    officer("handler", story.city.department("500103.water"))  # somebody who can be away
    way = data.draw(st.sampled_from([own_post, stands_in]))
    way(person, story, data.draw(st.sampled_from(ROLES)), HOUSING)
    for key in data.draw(st.lists(st.sampled_from(keys), max_size=2, unique=True)):
        data.draw(st.sampled_from([own_post, stands_in]))(person, story, data.draw(st.sampled_from(ROLES)), key)
    city.reset()
    actor = officer_actor(person)
    assert asked(actor, complaint) == []
    assert seen(client, person, complaint, story.opened.matter_id) == []
    for verb in sorted({rule.verb for rule in rules.RULES}):
        assert not rules.may(actor, verb, complaint)


def test_the_same_pages_do_show_it_to_who_bears_it(story: Story, complaint: Matter, client: Client) -> None:
    """A test that finds nothing anywhere would prove nothing."""
    assert story.head.officer
    assert story.centre_head.officer
    shown = seen(client, story.head.officer, complaint, story.opened.matter_id)
    assert {"/desk/?box=unit", "/desk/late/", "/desk/history/?officer=all", "/desk/m/{matter}/"} <= set(shown)
    assert {"unit", "titles", "hands", "late", "history", "task"} <= set(asked(story.head, complaint))
