"""Who may do which verb: one table. `may` (this one?) and `visible_to` (all of them) are made from the same relations.

A relation says how an actor stands to a subject. Each gives a query; `may` asks the same query about one row, so the
list and the single answer can never differ.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists, Model, OuterRef, Q

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import kinds, moves, ready
from huying.kernel.models import Call, Matter, Seat, Task, TaskRole, TaskState
from huying.people.actors import Actor, Held

DESK_TYPE = "hotline"  # the city's desk: dispatches, calls back
CENTRE_TYPE = "governance-centre"  # a district's centre: passes down, reviews

Departments = Iterable[int]


@dataclass(frozen=True, slots=True)
class Rule:
    """Officers who hold one of `roles` in a department that stands in `relation` to the subject may do `verb`.

    `roles` empty: the relation is that of a caller, a holder of number and secret, or the system.
    """

    verb: str
    on: str  # task, matter, call, department
    roles: frozenset[str]
    relation: str


WORKERS = ("handler", "head", "dispatcher")
SEERS = ("handler", "head", "dispatcher", "supervisor", "callback", "auditor")


def _rule(verb: str, on: str, roles: tuple[str, ...], relation: str) -> Rule:
    return Rule(verb, on, frozenset(roles), relation)


RULES: tuple[Rule, ...] = (
    _rule("see", "task", ("handler", "head", "dispatcher"), "bearer"),
    _rule("see", "task", ("head", "dispatcher"), "giver"),
    _rule("see", "task", ("handler", "head", "dispatcher"), "lead"),
    _rule("see", "task", ("dispatcher", "head", "callback", "supervisor", "auditor"), "desk"),
    _rule("see", "task", ("supervisor",), "district"),
    _rule("see", "matter", ("handler", "head", "dispatcher"), "bearer"),
    _rule("see", "matter", ("dispatcher", "head", "callback", "supervisor", "auditor"), "desk"),
    _rule("see", "matter", ("supervisor",), "district"),
    _rule("see", "call", ("handler", "head", "dispatcher"), "bearer"),
    _rule("see", "call", ("dispatcher", "head", "callback", "supervisor", "auditor"), "desk"),
    _rule("see", "call", ("supervisor",), "district"),
    _rule("see", "matter", ("head",), "panel"),
    _rule("see", "call", ("head",), "panel"),
    _rule("see", "call", (), "caller"),
    _rule("see", "call", (), "holder"),
    # who called for her sees how it goes, adds what is missing and may take it back; looks, grades and words about it are hers
    _rule("see", "call", (), "agent"),
    _rule("reply", "call", (), "agent"),
    _rule("withdraw", "call", (), "agent"),
    *(_rule(verb, "call", (), who) for verb in ("pay", "book") for who in ("caller", "holder", "agent")),
    _rule("stand_for", "department", ("clerk",), "member"),
    # what he may open then depends on how openly she called: kernel/openness.py
    _rule("look", "call", ("handler", "head", "dispatcher"), "keeps"),
    _rule("look", "call", ("dispatcher", "callback"), "desk"),
    _rule("review_look", "call", ("auditor",), "desk"),
    _rule("object", "call", (), "caller"),
    _rule("object", "call", (), "holder"),
    _rule("answer_objection", "call", ("auditor",), "desk"),
    _rule("leave_message", "call", ("handler", "head"), "keeps"),
    _rule("leave_message", "call", ("dispatcher", "callback"), "desk"),
    _rule("answer_message", "call", (), "caller"),
    _rule("answer_message", "call", (), "holder"),
    _rule("accept", "matter", ("dispatcher", "head"), "desk"),
    _rule("dispatch", "matter", ("dispatcher", "head"), "desk"),
    _rule("decline", "matter", ("dispatcher", "head"), "desk"),
    _rule("refer", "matter", ("dispatcher", "head"), "desk"),
    _rule("answer_at_once", "matter", ("dispatcher", "callback", "head"), "desk"),
    _rule("widen", "matter", ("dispatcher", "callback", "head"), "desk"),
    _rule("pass_down", "task", ("head",), "bearer"),
    _rule("pass_down", "task", ("dispatcher",), "taken"),
    _rule("sign", "task", ("head",), "bearer"),
    _rule("sign", "task", ("handler", "dispatcher"), "taken"),
    _rule("assign", "task", ("head",), "bearer"),
    _rule("contact", "task", ("handler", "head"), "bearer"),
    _rule("answer", "task", ("handler", "head"), "bearer"),
    _rule("submit", "task", ("handler", "head"), "bearer"),
    _rule("approve", "task", ("dispatcher", "head"), "above"),
    _rule("approve", "task", ("head",), "own"),
    _rule("return", "task", ("dispatcher", "head"), "above"),
    _rule("return", "task", ("head",), "own"),
    _rule("return", "task", WORKERS, "lead"),
    _rule("ask_assist", "task", ("head",), "bearer"),
    _rule("ask_assist", "task", ("handler", "dispatcher"), "taken"),
    _rule("waive", "task", WORKERS, "lead"),
    _rule("send_back", "task", ("head",), "bearer"),
    _rule("send_back", "task", ("handler", "dispatcher"), "taken"),
    _rule("adjudicate", "task", ("dispatcher", "head"), "giver"),
    _rule("adjudicate", "task", ("dispatcher", "head"), "desk"),
    _rule("release", "task", ("dispatcher", "head"), "giver"),
    _rule("release", "task", ("dispatcher", "head"), "desk"),
    _rule("interim", "task", ("dispatcher", "head"), "giver"),
    _rule("interim", "task", ("dispatcher", "head"), "desk"),
    _rule("pause", "task", ("head",), "bearer"),
    _rule("resume", "task", WORKERS, "bearer"),
    _rule("supplement", "task", ("handler", "head"), "bearer"),
    _rule("reply", "call", (), "caller"),
    _rule("reply", "call", (), "holder"),
    _rule("withdraw", "call", (), "caller"),
    _rule("withdraw", "call", (), "holder"),
    _rule("ask_extension", "task", ("handler", "head"), "bearer"),
    _rule("decide_extension", "task", ("dispatcher", "head"), "giver"),
    _rule("decide_extension", "task", ("dispatcher", "head"), "desk"),
    # of a branch: its own body alone works it, and only the desk says whose it is
    _rule("pause_branch", "task", ("head",), "branch"),
    _rule("resume_branch", "task", WORKERS, "branch"),
    _rule("ask_branch_extension", "task", ("handler", "head"), "branch"),
    _rule("decide_branch_extension", "task", ("head",), "branch"),
    _rule("pass_down_branch", "task", ("head",), "branch"),
    _rule("send_back_branch", "task", WORKERS, "branch"),
    _rule("adjudicate_branch", "task", ("dispatcher", "head"), "desk"),
    _rule("recall", "task", ("dispatcher", "head"), "bearer"),
    _rule("transfer", "task", ("dispatcher", "head"), "giver"),
    _rule("transfer", "task", ("dispatcher", "head"), "desk"),
    _rule("settle_boundary", "matter", ("dispatcher", "head"), "desk"),
    _rule("settle_boundary", "matter", ("dispatcher", "head"), "judge"),
    _rule("merge", "matter", ("dispatcher", "head"), "desk"),
    _rule("merge", "matter", ("dispatcher", "head"), "centre"),
    _rule("open_incident", "department", ("dispatcher", "head"), "desk"),
    _rule("open_incident", "department", ("dispatcher", "head"), "member"),
    # asked of the owner of a cause that stands
    _rule("close_cause", "department", ("dispatcher", "head"), "desk"),
    _rule("close_cause", "department", ("head",), "member"),
    # asked of the department whose a thing (一件事) is, one of the whole city; and of one that bears an item of it
    _rule("draft_thing", "department", ("handler", "head"), "line"),
    _rule("send_thing", "department", ("head",), "line"),
    _rule("publish_thing", "department", ("head",), "line"),
    _rule("agree_thing", "department", ("head",), "member"),
    *(
        _rule(verb, "matter", roles, relation)
        for verb in ("declare_incident", "tell_news", "end_incident")
        for roles, relation in ((("dispatcher", "head"), "desk"), (("dispatcher", "head"), "centre"), (("head",), "at_work"))
    ),
    _rule("split", "call", ("dispatcher", "head"), "desk"),
    _rule("split", "call", ("dispatcher", "head"), "centre"),
    _rule("split", "call", (), "caller"),
    _rule("split", "call", (), "holder"),
    _rule("revoke_document", "task", ("head",), "bearer"),
    _rule("rate_case", "call", (), "caller"),
    _rule("rate_case", "call", (), "holder"),
    # a poor grade of an item is its department's to answer, one of the whole the desk's; it may for a body that is gone
    _rule("answer_rating", "task", ("handler", "head"), "bearer"),
    _rule("answer_rating", "task", ("callback", "supervisor", "head"), "desk"),
    _rule("answer_rating", "call", ("callback", "supervisor", "head"), "desk"),
    _rule("rate", "call", (), "caller"),
    _rule("rate", "call", (), "holder"),
    _rule("call_back", "call", ("callback",), "desk"),
    _rule("close", "call", ("callback",), "desk"),
    _rule("check", "call", ("callback", "supervisor", "head"), "desk"),
    _rule("exclude", "call", ("supervisor", "head"), "desk"),
    _rule("propose_conclusion", "call", ("supervisor", "head"), "desk"),
    _rule("decide_conclusion", "call", ("head",), "panel"),
    _rule("plead", "call", (), "caller"),
    _rule("plead", "call", (), "holder"),
    _rule("publish", "call", ("callback", "dispatcher", "head"), "desk"),
)


def _bearer(on: str, departments: Departments) -> Q:
    borne = Task.objects.filter(bearer__in=departments)
    if on == "task":
        return Q(bearer__in=departments)
    if on == "call":  # asked of few calls at a time: walk the tasks of their matters, not thousands of a large unit's
        return Q(Exists(borne.filter(matter=OuterRef("matter"))))
    return Q(pk__in=borne.values("matter_id"))  # a subquery, so that a matter of two tasks counts once


def _keeps(on: str, departments: Departments) -> Q:
    """Who bears or bore a task of its matter; not who had it taken from him, for he has nothing to ask her any more."""
    return Q(matter__in=Task.objects.filter(bearer__in=departments).exclude(state=TaskState.CANCELLED).values("matter_id"))


def _giver(on: str, departments: Departments) -> Q:
    """The department that gave the task: as a child of its own, or to assist in what it passed down."""
    return Q(giver__in=departments)


def _above(on: str, departments: Departments) -> Q:
    """The department whose own task this is a child of: what is answered below climbs to it."""
    return Q(parent__isnull=False, giver__in=departments)


def _own(on: str, departments: Departments) -> Q:
    """A leading task without a giver among the bearers, or a branch: its own head reviews it."""
    return Q(parent__isnull=True, role__in=(TaskRole.LEAD, TaskRole.BRANCH), bearer__in=departments)


def _branch(on: str, departments: Departments) -> Q:
    """One of several tasks side by side, borne by the department."""
    return Q(role=TaskRole.BRANCH, bearer__in=departments)


def _lead(on: str, departments: Departments) -> Q:
    """The unit that works the matter now stands to its assisting tasks as to parts of its own answer."""
    leading = Task.objects.filter(role=TaskRole.LEAD, is_open=True, bearer__in=departments).exclude(state=TaskState.PASSED)
    return Q(parent__isnull=True, role=TaskRole.ASSIST, matter__in=leading.values("matter_id"))


def _judge(on: str, departments: Departments) -> Q:
    """The department to which units below sent the matter back."""
    sent_back = Task.objects.filter(role=TaskRole.LEAD, giver__in=departments).exclude(ground="")
    return Q(pk__in=sent_back.values("matter_id"))


def _at_work(on: str, departments: Departments) -> Q:
    """Who bears the matter now, not who once did."""
    return Q(pk__in=Task.objects.filter(bearer__in=departments, is_open=True).values("matter_id"))


def _member(on: str, departments: Departments) -> Q:
    """The department itself."""
    return Q(pk__in=departments)


def _line(on: str, departments: Departments) -> Q:
    """The department itself, where it stands at the head of its line: what it makes holds in the whole city."""
    return Q(pk__in=departments, level="city")


def _taken(on: str, departments: Departments) -> Q:
    """A task that is not for the head alone, or that a head has taken."""
    return Q(bearer__in=departments) & (Q(for_head=False) | Q(signed_at__isnull=False))


def _panel(on: str, departments: Departments) -> Q:
    """A call whose conclusion waits for the word of the department; its matter is seen with it."""
    seats = Seat.objects.filter(conclusion__ended_at__isnull=True, department__in=departments)
    calls = seats.values("conclusion__call")
    return Q(pk__in=calls) if on == "call" else Q(pk__in=Call.objects.filter(pk__in=calls).values("matter"))


Relation = Callable[[str, Departments], Q]
_RELATIONS: dict[str, Relation] = {
    "bearer": _bearer,
    "keeps": _keeps,
    "giver": _giver,
    "above": _above,
    "own": _own,
    "branch": _branch,
    "lead": _lead,
    "judge": _judge,
    "at_work": _at_work,
    "member": _member,
    "line": _line,
    "taken": _taken,
    "panel": _panel,
}


def _desk(actor: Actor, rule: Rule) -> Q | None:
    holds = any(p.role in rule.roles and p.department_type == DESK_TYPE for p in actor.posts)
    return Q() if holds else None


def _district(actor: Actor, rule: Rule) -> Q | None:
    areas = {p.area_id for p in actor.posts if p.role in rule.roles and p.department_level == "district"}
    if not areas:
        return None
    at = "" if rule.on != "call" else "matter__"
    return Q(**{f"{at}area__in": city.areas_within(areas)})


def _centre(actor: Actor, rule: Rule) -> Q | None:
    """A district's centre stands to what it bears (and passed down) as the desk does to all."""
    centres = {p.department_id for p in actor.posts if p.role in rule.roles and p.department_type == CENTRE_TYPE}
    return _bearer(rule.on, centres) if centres else None


def _caller(actor: Actor, rule: Rule) -> Q | None:
    return Q(caller=actor.party) if actor.party else None


def _agent(actor: Actor, rule: Rule) -> Q | None:
    return Q(agent=actor.party, agent_until__gt=clock.now()) if actor.party else None


def _holder(actor: Actor, rule: Rule) -> Q | None:
    return Q(pk=actor.held_call) if actor.held_call else None


_BY_ACTOR: dict[str, Callable[[Actor, Rule], Q | None]] = {
    "desk": _desk,
    "district": _district,
    "centre": _centre,
    "caller": _caller,
    "agent": _agent,
    "holder": _holder,
}


def where(actor: Actor, rule: Rule) -> Q | None:
    """The query of all subjects to which this rule lets the actor, None when it never can."""
    if rule.relation in _BY_ACTOR:
        return _BY_ACTOR[rule.relation](actor, rule)
    departments = {p.department_id for p in actor.posts if p.role in rule.roles}
    return _RELATIONS[rule.relation](rule.on, departments) if departments else None


def holds(actor: Actor, post: Held, rule: Rule, subject: Task | Matter | Call) -> bool:
    """Whether by this one post the actor stands to the subject as the rule says."""
    clause = where(replace(actor, posts=(post,)), rule)
    return clause is not None and type(subject)._default_manager.filter(clause, pk=subject.pk).exists()


_ABOUT = {"matter": "about", "task": "matter__about", "call": "matter__about"}


def not_about(actor: Actor, on: str) -> Q:
    """Whatever complains about no body in which the actor holds a post, nor about one that this body came after."""
    if on not in _ABOUT:  # a department complains about nobody
        return Q()
    own = actor.departments()
    return ~Q(**{f"{_ABOUT[on]}__in": city.bodies_behind(own)}) if own else Q()


def scope(actor: Actor, verb: str, on: str) -> Q | None:
    """The query of every subject of kind `on` on which the actor may do `verb`; None when there is none.

    No relation lets an officer to what complains about his own body.
    """
    if actor.is_system:
        return Q()
    found = _related(actor, verb, on)
    return None if found is None else found & not_about(actor, on)


def _related(actor: Actor, verb: str, on: str) -> Q | None:
    found: Q | None = None
    for rule in RULES:
        if rule.verb != verb or rule.on != on:
            continue
        clause = where(actor, rule)
        if clause is None:
            continue
        if not clause.children:
            return clause
        found = clause if found is None else found | clause
    return found


_MODELS: dict[type[Model], str] = {Task: "task", Matter: "matter", Call: "call", Department: "department"}


def kind_of(model: type[Model]) -> str:
    """task, matter, call or department."""
    return _MODELS[model]


def may(actor: Actor, verb: str, subject: Task | Matter | Call | Department) -> bool:
    """Whether the actor may do the verb on this subject (whatever the moves table says of its state)."""
    clause = scope(actor, verb, _MODELS[type(subject)])
    if clause is None:
        return False
    return not clause.children or type(subject)._default_manager.filter(clause, pk=subject.pk).exists()


def visible_to(actor: Actor, on: str) -> Q | None:
    """The query of all the actor may see; None for nothing."""
    return scope(actor, "see", on)


def verbs_now(actor: Actor, matter: Matter, task: Task | None) -> list[str]:
    """The verbs that both the rules and the moves table allow this actor now, in the order of the rules."""
    found: list[str] = []
    for rule in RULES:
        if rule.verb in found or rule.verb in ("see", "look"):
            continue
        subject: Matter | Task | None = {"matter": matter, "task": task}.get(rule.on)
        if subject is None or not kinds.takes(subject.kind, rule.verb) or not _in_table(rule, subject.state):
            continue
        if ready.offered(rule.verb, matter, task) and may(actor, rule.verb, subject):
            found.append(rule.verb)
    return found


def _in_table(rule: Rule, state: str) -> bool:
    if rule.verb == "dispatch":  # a matter that is still new is accepted on the way
        return state in ("received", "accepted")
    return moves.allowed(rule.on, rule.verb, state)
