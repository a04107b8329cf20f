"""Nobody of another department reads or does anything, whatever posts he holds: over random officers, units and moments.

What may be done is worked out here a second time, by hand and from what is written in the rows, so that a fault in the
relations of kernel.rules shows as a difference.
"""

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.channels.desk.verbs import FORMS
from huying.city import queries as city
from huying.city.models import Department
from huying.events.models import Fact
from huying.events.sequence import Sequencer
from huying.kernel import queries, rules, search
from huying.kernel.errors import NotThere
from huying.kernel.models import Call, Matter, Task
from huying.kernel.queries import Filters
from huying.kernel.search import reader as search_reader
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story, story
from huying.people.actors import Actor, officer_actor
from huying.people.models import Account, Officer, Post, Role
from tests.people import signed_in
from tests.tries import tries

__all__ = ["story"]
pytestmark = pytest.mark.django_db
SUBJECTS = {"task": Task, "matter": Matter, "call": Call, "department": Department}
ROLES = [str(role) for role in Role.values]
KEYS = (
    *(DESK, CENTRE, BUREAU, "500106.housing", "500106.water", "500106001.street-office", "500106101.street-office"),
    *("500103.governance-centre", "500103.urban-management", "500103.water", "500103001.street-office", "city.water"),
)
STEPS = ("dispatched", "passed", "signed", "contacted", "written", "submitted", "answered")
TITLE = "路灯三天不亮"
POSTS = st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(KEYS)), max_size=3, unique=True)
CALM = settings(max_examples=tries(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_count = iter(range(10**6))


def officer_with(story: Story, posts: Iterable[tuple[str, str]]) -> Officer:
    """Somebody who holds these posts."""
    account = Account.objects.create_user(username=f"drawn{next(_count)}")
    made = Officer.objects.create(account=account, name="周同志")
    Post.objects.bulk_create(Post(officer=made, department=story.city.department(key), role=role) for role, key in posts)
    return made


def on(story: Story, step: str) -> None:
    """Up to the step, or where it already is beyond it: the same story serves many examples."""
    if step not in story.done:
        story.until(step)


def verbs() -> list[tuple[str, str]]:
    """Every verb with what it is done to."""
    return sorted({(rule.verb, rule.on) for rule in rules.RULES})


@CALM
@given(posts=POSTS, step=st.sampled_from(STEPS))
def test_what_may_be_done_to_one_is_what_the_list_of_all_holds(story: Story, posts: list[tuple[str, str]], step: str) -> None:
    on(story, step)
    actor = officer_actor(officer_with(story, posts))
    for verb, kind in verbs():
        clause = rules.scope(actor, verb, kind)
        rows = SUBJECTS[kind].objects.all()
        listed = set() if clause is None else set(rows.filter(clause).values_list("pk", flat=True))
        single = {row.pk for row in rows if rules.may(actor, verb, row)}
        assert single == listed, (verb, kind)


@CALM
@given(posts=POSTS, step=st.sampled_from(STEPS))
def test_what_is_found_is_what_may_be_seen(story: Story, posts: list[tuple[str, str]], step: str) -> None:
    on(story, step)
    Sequencer("tests").run_dry()
    search_reader.run()
    actor = officer_actor(officer_with(story, posts))
    for call in Call.objects.all():
        for asked in (call.title, call.number):
            found = [row.pk for row in search.calls(actor, asked).calls]
            assert (call.pk in found) == rules.may(actor, "see", call), (asked, posts)


@CALM
@given(posts=POSTS, step=st.sampled_from(STEPS))
def test_what_the_pages_open_is_what_may_be_seen(story: Story, posts: list[tuple[str, str]], step: str) -> None:
    on(story, step)
    actor = officer_actor(officer_with(story, posts))
    for matter in Matter.objects.all():
        try:
            opened = queries.matter_page(actor, matter.pk, None).matter.pk == matter.pk
        except NotThere:
            opened = False
        assert opened == rules.may(actor, "see", matter)


def apart(story: Story, posts: Iterable[tuple[str, str]]) -> bool:
    """Whether none of the posts has to do with the call: no part in it by hand, the desk's and a district's sight left out."""
    near = {row.bearer.key for row in Task.objects.select_related("bearer")} | {DESK}
    centre = {row.giver.key for row in Task.objects.select_related("giver") if row.giver}
    return not any(key in near | centre or (role == "supervisor" and key.startswith("500106.")) for role, key in posts)


@CALM
@given(posts=POSTS, step=st.sampled_from(STEPS))
def test_nobody_of_another_department_reads_or_acts(story: Story, posts: list[tuple[str, str]], step: str) -> None:
    on(story, step)
    posts = [post for post in posts if apart(story, [post])]
    person = officer_with(story, posts)
    actor = officer_actor(person)
    mine = {story.city.department(key).pk for _, key in posts}
    for verb, kind in verbs():
        for row in SUBJECTS[kind].objects.all():
            if kind != "department" or row.pk not in mine:  # of his own department he may speak
                assert not rules.may(actor, verb, row), (verb, kind, posts)
    assert read(actor, story) == []
    before = state()
    client = signed_in(person.account)
    for path in (
        "/desk/",
        "/desk/?box=unit",
        "/desk/?box=city",
        "/desk/?box=district",
        "/desk/late/",
        "/desk/history/?officer=all",
    ):
        assert TITLE not in client.get(path).content.decode(), (path, posts)
    assert client.get(f"/desk/m/{story.matter.pk}/").status_code == 404
    for verb in FORMS:
        sent = {"task": story_task(story), "text": "今晚换了灯，已经亮了。", "note": "请按规定办。", "call": story.call.pk}
        answer = client.post(f"/desk/m/{story.matter.pk}/{verb}/", sent)
        assert answer.status_code == 404, (verb, posts)
    client.post("/desk/sign/", {"task": story_task(story)})
    client.post(
        f"/desk/look/{story.call.pk}/",
        {"field": "phone", "reason": "contact", "words": "约上门的时间", "matter": story.matter.pk},
    )
    assert state() == before


def story_task(story: Story) -> int:
    return Task.objects.filter(matter=story.matter).latest("pk").pk


def state() -> list[object]:
    """All that a verb would have changed."""
    rows = [list(model.objects.order_by("pk").values_list()) for model in (Task, Matter, Call)]
    return [*rows, Fact.objects.count()]


def read(actor: Actor, story: Story) -> list[str]:
    """The lists in which the matter comes up."""
    boxes = ("mine", "hand", "unit", "city", "district")
    lists = {box: [row.matter_id for row in queries.inbox(actor, Filters(box=box))] for box in boxes}
    lists["queue"] = [row.matter_id for row in queries.dispatch_queue(actor)]
    lists["titles"] = list(queries.titles(actor, {story.matter.pk}))
    lists["hands"] = list(queries.hands_of(actor, {story.matter.pk}))
    Sequencer("tests").run_dry()
    search_reader.run()
    lists["search"] = [call.matter_id for call in search.calls(actor, "路灯").calls]
    lists["search by number"] = [call.matter_id for call in search.calls(actor, story.call.number).calls]
    return [name for name, found in lists.items() if story.matter.pk in found]


def expected_to_see(story: Story, posts: Iterable[tuple[str, str]]) -> bool:
    """By hand: who bears it, the desk, or the supervisor of its district."""
    bearing = {row.bearer.key for row in Task.objects.filter(matter=story.matter).select_related("bearer")}
    for role, key in posts:
        if key in bearing and role in ("handler", "head", "dispatcher"):
            return True
        if key == DESK and role in ("dispatcher", "head", "callback", "supervisor", "auditor"):
            return True
        if role == "supervisor" and key in (CENTRE, BUREAU, "500106.housing", "500106.water"):
            return True
    return False


@CALM
@given(posts=POSTS, step=st.sampled_from(STEPS))
def test_who_sees_the_matter_is_as_worked_out_by_hand(story: Story, posts: list[tuple[str, str]], step: str) -> None:
    on(story, step)
    city.reset()
    actor = officer_actor(officer_with(story, posts))
    assert rules.may(actor, "see", story.matter) == expected_to_see(story, posts), posts


def test_those_who_have_to_do_with_it_do_read_and_act(story: Story) -> None:
    """Without this an empty city would pass."""
    story.until("passed")
    assert rules.may(story.handler, "sign", story.task()) and "unit" in read(story.handler, story)
    assert not apart(story, [("handler", BUREAU)]) and apart(story, [("handler", "500103.water")])
