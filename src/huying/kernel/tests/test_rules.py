"""The permission matrix: verb x post x relation. What is not in the table below is forbidden."""

import pytest

from huying.city.models import Department
from huying.kernel import actions, rules
from huying.kernel.models import Call, Matter, Task
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story
from huying.people.actors import Actor, holder_actor, party_actor
from tests.people import MakeActor, MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)

POSTS = ("handler", "head", "dispatcher", "supervisor", "callback", "auditor", "clerk")
WHERE = {
    "desk": DESK,
    "giver": CENTRE,
    "bearer": BUREAU,
    "sister bureau": "500106.housing",
    "other district": "500103.governance-centre",
    "city bureau": "city.urban-management",
}
BRANCH_VERBS = (
    *(
        "pause_branch",
        "resume_branch",
        "ask_branch_extension",
        "decide_branch_extension",
        "send_back_branch",
        "pass_down_branch",
    ),
)
SUBJECTS = {
    "see": ("task", "matter", "call"),
    "look": ("call",),
    "review_look": ("call",),
    "object": ("call",),
    "answer_objection": ("call",),
    "leave_message": ("call",),
    "answer_message": ("call",),
    "accept": ("matter",),
    "dispatch": ("matter",),
    "decline": ("matter",),
    "refer": ("matter",),
    "pass_down": ("task",),
    "sign": ("task",),
    "assign": ("task",),
    "contact": ("task",),
    "answer": ("task",),
    "submit": ("task",),
    "approve": ("task",),
    "return": ("task",),
    "ask_assist": ("task",),
    "waive": ("task",),
    "interim": ("task",),
    "settle_boundary": ("matter",),
    "send_back": ("task",),
    "adjudicate": ("task",),
    "release": ("task",),
    "pause": ("task",),
    "resume": ("task",),
    "supplement": ("task",),
    "reply": ("call",),
    "withdraw": ("call",),
    "ask_extension": ("task",),
    "decide_extension": ("task",),
    "recall": ("task",),
    "transfer": ("task",),
    "merge": ("matter",),
    "open_incident": ("department",),
    "close_cause": ("department",),
    "stand_for": ("department",),
    "declare_incident": ("matter",),
    "tell_news": ("matter",),
    "end_incident": ("matter",),
    "split": ("call",),
    "rate": ("call",),
    "answer_at_once": ("matter",),
    "widen": ("matter",),
    "call_back": ("call",),
    "close": ("call",),
    "check": ("call",),
    "exclude": ("call",),
    "propose_conclusion": ("call",),
    "decide_conclusion": ("call",),
    "plead": ("call",),
    "publish": ("call",),
    **dict.fromkeys((*BRANCH_VERBS, "adjudicate_branch"), ("task",)),
    "revoke_document": ("task",),
    "rate_case": ("call",),
    "pay": ("call",),
    "book": ("call",),
    "answer_rating": ("task", "call"),
    **dict.fromkeys(("draft_thing", "send_thing", "publish_thing", "agree_thing"), ("department",)),
}
DESK_SEES = {(post, "desk") for post in ("dispatcher", "head", "callback", "supervisor", "auditor")}
# the desk, and the district's centre for what it bears
LEADING = {(post, place) for post in ("dispatcher", "head") for place in ("desk", "giver")}
WORK = {(post, "bearer") for post in ("handler", "head")}
# the child task, borne by the bureau and given by the centre
ALLOWED: dict[tuple[str, str], set[tuple[str, str]]] = {
    ("see", "task"): DESK_SEES
    | WORK
    | {("dispatcher", "bearer"), ("head", "giver"), ("dispatcher", "giver")}
    | {("supervisor", place) for place in ("giver", "bearer", "sister bureau")},
    # the centre bears the task above, so it sees the matter and its calls
    ("see", "matter"): DESK_SEES
    | {(p, w) for p in ("handler", "head", "dispatcher") for w in ("bearer", "giver")}
    | {("supervisor", place) for place in ("giver", "bearer", "sister bureau")},
    ("look", "call"): {(p, w) for p in ("handler", "head", "dispatcher") for w in ("bearer", "giver")}
    | {("dispatcher", "desk"), ("callback", "desk")},
    ("review_look", "call"): {("auditor", "desk")},
    ("object", "call"): set(),
    ("answer_objection", "call"): {("auditor", "desk")},
    ("leave_message", "call"): {(p, w) for p in ("handler", "head") for w in ("bearer", "giver")}
    | {("dispatcher", "desk"), ("callback", "desk")},
    ("answer_message", "call"): set(),
    ("accept", "matter"): {("dispatcher", "desk"), ("head", "desk")},
    ("dispatch", "matter"): {("dispatcher", "desk"), ("head", "desk")},
    ("decline", "matter"): {("dispatcher", "desk"), ("head", "desk")},
    ("refer", "matter"): {("dispatcher", "desk"), ("head", "desk")},
    ("pass_down", "task"): {("dispatcher", "bearer"), ("head", "bearer")},
    ("sign", "task"): WORK | {("dispatcher", "bearer")},
    ("assign", "task"): {("head", "bearer")},
    ("contact", "task"): WORK,
    ("answer", "task"): WORK,
    ("submit", "task"): WORK,
    ("approve", "task"): {("head", "giver"), ("dispatcher", "giver")},
    ("return", "task"): {("head", "giver"), ("dispatcher", "giver")},
    ("ask_assist", "task"): WORK | {("dispatcher", "bearer")},
    ("waive", "task"): set(),  # of an assisting task: below
    ("interim", "task"): LEADING,
    ("settle_boundary", "matter"): {("dispatcher", "desk"), ("head", "desk")},  # nobody sent it back to the centre
    ("send_back", "task"): WORK | {("dispatcher", "bearer")},
    ("adjudicate", "task"): LEADING,
    ("release", "task"): LEADING,
    ("pause", "task"): {("head", "bearer")},
    ("resume", "task"): WORK | {("dispatcher", "bearer")},
    ("supplement", "task"): WORK,
    ("reply", "call"): set(),
    ("withdraw", "call"): set(),
    ("ask_extension", "task"): WORK,
    ("decide_extension", "task"): LEADING,
    ("recall", "task"): {("dispatcher", "bearer"), ("head", "bearer")},
    ("transfer", "task"): LEADING,
    ("merge", "matter"): LEADING,
    # for the bureau: the desk may for every department, anybody else for his own
    ("stand_for", "department"): {("clerk", "bearer")},
    ("close_cause", "department"): {*((post, "desk") for post in ("dispatcher", "head")), ("head", "bearer")},
    ("open_incident", "department"): {(post, place) for post in ("dispatcher", "head") for place in ("desk", "bearer")},
    **{(verb, "matter"): LEADING | {("head", "bearer")} for verb in ("declare_incident", "tell_news", "end_incident")},
    ("split", "call"): LEADING,
    ("rate", "call"): set(),
    ("answer_at_once", "matter"): {(post, "desk") for post in ("dispatcher", "callback", "head")},
    ("widen", "matter"): {(post, "desk") for post in ("dispatcher", "callback", "head")},
    ("call_back", "call"): {("callback", "desk")},
    ("close", "call"): {("callback", "desk")},
    ("check", "call"): {(post, "desk") for post in ("callback", "supervisor", "head")},
    ("exclude", "call"): {("supervisor", "desk"), ("head", "desk")},
    ("propose_conclusion", "call"): {("supervisor", "desk"), ("head", "desk")},
    ("decide_conclusion", "call"): set(),  # nobody sits on a panel yet
    ("plead", "call"): set(),
    # of a branch of a case, which this task is none of
    **{(verb, "task"): set() for verb in BRANCH_VERBS},
    ("adjudicate_branch", "task"): {("dispatcher", "desk"), ("head", "desk")},
    ("revoke_document", "task"): {("head", "bearer")},
    ("rate_case", "call"): set(),
    ("pay", "call"): set(),
    ("book", "call"): set(),
    ("answer_rating", "task"): WORK | {(post, "desk") for post in ("callback", "supervisor", "head")},
    ("answer_rating", "call"): {(post, "desk") for post in ("callback", "supervisor", "head")},
    ("publish", "call"): {("callback", "desk"), ("dispatcher", "desk"), ("head", "desk")},
    # of a bureau of a district, which makes nothing for the whole city: below
    **{(verb, "department"): set() for verb in ("draft_thing", "send_thing", "publish_thing")},
    ("agree_thing", "department"): {("head", "bearer")},
}
ALLOWED["see", "call"] = ALLOWED["see", "matter"]


def subject_of(story: Story, on: str) -> Task | Matter | Call | Department:
    bureau = story.city.department(BUREAU)
    return {"task": story.task(), "matter": story.matter, "call": story.call, "department": bureau}[on]


@pytest.fixture
def everybody(story: Story, actor: MakeActor) -> dict[tuple[str, str], Actor]:
    return {(post, place): actor(post, story.city.department(key)) for post in POSTS for place, key in WHERE.items()}


def test_every_verb_post_and_relation_is_as_the_matrix_says(story: Story, everybody: dict[tuple[str, str], Actor]) -> None:
    story.until("submitted")
    wrong = []
    for verb, kinds in SUBJECTS.items():
        for on in kinds:
            subject = subject_of(story, on)
            for who, person in everybody.items():
                if rules.may(person, verb, subject) != (who in ALLOWED[verb, on]):
                    wrong.append((verb, on, *who))
    assert wrong == []


# an assisting task, borne by the sister bureau and named by the centre; the bureau leads
HELPING = {(post, "sister bureau") for post in ("handler", "head")}
GIVING = {(post, place) for post in ("dispatcher", "head") for place in ("desk", "giver")}
LEADER = {(post, "bearer") for post in ("handler", "head", "dispatcher")}
ON_PARTS = {
    "see": ALLOWED["see", "task"] | HELPING | LEADER | {("dispatcher", "sister bureau")},
    "sign": HELPING | {("dispatcher", "sister bureau")},
    "answer": HELPING,
    "submit": HELPING,
    "send_back": HELPING | {("dispatcher", "sister bureau")},
    "approve": set(),
    "return": LEADER,
    "waive": LEADER,
    "adjudicate": GIVING,
    "release": GIVING,
    "transfer": GIVING,
}


@pytest.mark.parametrize("verb", ON_PARTS)
def test_who_may_do_what_with_a_part_is_as_the_matrix_says(
    story: Story, everybody: dict[tuple[str, str], Actor], verb: str
) -> None:
    story.until("signed")
    part = actions.ask_assist(story.handler, story.task().pk, story.city.department("500106.housing").pk, "请查院内线路")
    allowed = {who for who, person in everybody.items() if rules.may(person, verb, part)}
    assert allowed == ON_PARTS[verb]


MAKING = {
    "draft_thing": {(post, "city bureau") for post in ("handler", "head")},
    **{verb: {("head", "city bureau")} for verb in ("send_thing", "publish_thing", "agree_thing")},
}


@pytest.mark.parametrize("verb", MAKING)
def test_who_makes_a_thing_of_a_bureau_of_the_city_is_as_the_matrix_says(
    story: Story, everybody: dict[tuple[str, str], Actor], verb: str
) -> None:
    bureau = story.city.department(WHERE["city bureau"])
    assert {who for who, person in everybody.items() if rules.may(person, verb, bureau)} == MAKING[verb]


def test_the_matrix_knows_every_rule() -> None:
    assert {(r.verb, r.on) for r in rules.RULES} == set(ALLOWED)


def test_may_over_all_equals_visible_to(story: Story, everybody: dict[tuple[str, str], Actor]) -> None:
    story.until("submitted")
    for person in [*everybody.values(), story.she]:
        for model, on in ((Task, "task"), (Matter, "matter"), (Call, "call")):
            scope = rules.visible_to(person, on)
            listed = set() if scope is None else set(model._default_manager.filter(scope).values_list("pk", flat=True))
            one_by_one = {row.pk for row in model._default_manager.all() if rules.may(person, "see", row)}
            assert listed == one_by_one


def test_a_caller_sees_her_own_call_and_no_other(story: Story, caller: MakeCaller) -> None:
    other = party_actor(caller())
    assert rules.may(story.she, "see", story.call) and rules.may(story.she, "rate", story.call)
    assert not rules.may(other, "see", story.call) and not rules.may(other, "rate", story.call)
    assert not rules.may(story.she, "see", story.matter) and not rules.may(story.she, "close", story.call)


def test_who_holds_number_and_secret_sees_that_call_alone(story: Story) -> None:
    holder = holder_actor(story.call.pk)
    assert rules.may(holder, "see", story.call) and rules.may(holder, "rate", story.call)
    assert not rules.may(holder_actor(story.call.pk + 1), "see", story.call)
    assert not rules.may(holder, "look", story.call)


def test_a_task_without_a_giver_is_reviewed_by_the_bureaus_own_head(story: Story, actor: MakeActor) -> None:
    story.until("dispatched")
    top = story.task("top")
    for post in POSTS:
        assert rules.may(actor(post, story.city.department(CENTRE)), "approve", top) == (post == "head")


def test_an_officer_without_a_post_sees_nothing(story: Story) -> None:
    nobody = Actor(name="officer:0", officer=story.handler.officer)
    assert rules.visible_to(nobody, "matter") is None and not rules.may(nobody, "see", story.matter)
