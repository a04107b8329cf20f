"""Who may do which verb: one table. `may` (this one?) and `visible_to` (all of them) are made from the same relations.

A relation says how an actor stands to a subject. Each gives a query; `may` asks the same query about one row, so the
list and the single answer can never differ.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model, Q

from huying.city import queries as city
from huying.kernel import moves, ready
from huying.kernel.models import Call, Matter, Task
from huying.people.actors import Actor

DESK_TYPE = "hotline"  # the city's desk: dispatches, calls back
CENTRE_TYPE = "governance-centre"  # a district's centre: passes down, reviews

Departments = Iterable[int]


@dataclass(frozen=True, slots=True)
class Rule:
    """Officers who hold one of `roles` in a department that stands in `relation` to the subject may do `verb`.

    `roles` empty: the relation is that of a caller, a holder of number and secret, or the system.
    """

    verb: str
    on: str  # task, matter, call
    roles: frozenset[str]
    relation: str


WORKERS = ("handler", "head", "dispatcher")
SEERS = ("handler", "head", "dispatcher", "supervisor", "callback", "auditor")


def _rule(verb: str, on: str, roles: tuple[str, ...], relation: str) -> Rule:
    return Rule(verb, on, frozenset(roles), relation)


RULES: tuple[Rule, ...] = (
    _rule("see", "task", ("handler", "head", "dispatcher"), "bearer"),
    _rule("see", "task", ("head", "dispatcher"), "giver"),
    _rule("see", "task", ("dispatcher", "head", "callback", "supervisor", "auditor"), "desk"),
    _rule("see", "task", ("supervisor",), "district"),
    _rule("see", "matter", ("handler", "head", "dispatcher"), "bearer"),
    _rule("see", "matter", ("dispatcher", "head", "callback", "supervisor", "auditor"), "desk"),
    _rule("see", "matter", ("supervisor",), "district"),
    _rule("see", "call", ("handler", "head", "dispatcher"), "bearer"),
    _rule("see", "call", ("dispatcher", "head", "callback", "supervisor", "auditor"), "desk"),
    _rule("see", "call", ("supervisor",), "district"),
    _rule("see", "call", (), "caller"),
    _rule("see", "call", (), "holder"),
    _rule("look", "call", ("handler", "head", "dispatcher"), "bearer"),
    _rule("look", "call", ("dispatcher", "callback"), "desk"),
    _rule("accept", "matter", ("dispatcher", "head"), "desk"),
    _rule("dispatch", "matter", ("dispatcher", "head"), "desk"),
    _rule("decline", "matter", ("dispatcher", "head"), "desk"),
    _rule("refer", "matter", ("dispatcher", "head"), "desk"),
    _rule("pass_down", "task", ("dispatcher", "head"), "bearer"),
    _rule("sign", "task", ("handler", "head", "dispatcher"), "bearer"),
    _rule("contact", "task", ("handler", "head"), "bearer"),
    _rule("answer", "task", ("handler", "head"), "bearer"),
    _rule("submit", "task", ("handler", "head"), "bearer"),
    _rule("approve", "task", ("dispatcher", "head"), "giver"),
    _rule("approve", "task", ("head",), "own"),
    _rule("return", "task", ("dispatcher", "head"), "giver"),
    _rule("return", "task", ("head",), "own"),
    _rule("send_back", "task", WORKERS, "bearer"),
    _rule("adjudicate", "task", ("dispatcher", "head"), "giver"),
    _rule("adjudicate", "task", ("dispatcher", "head"), "desk"),
    _rule("release", "task", ("dispatcher", "head"), "giver"),
    _rule("release", "task", ("dispatcher", "head"), "desk"),
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
    _rule("recall", "task", ("dispatcher", "head"), "bearer"),
    _rule("transfer", "task", ("dispatcher", "head"), "giver"),
    _rule("transfer", "task", ("dispatcher", "head"), "desk"),
    _rule("merge", "matter", ("dispatcher", "head"), "desk"),
    _rule("merge", "matter", ("dispatcher", "head"), "centre"),
    _rule("split", "call", ("dispatcher", "head"), "desk"),
    _rule("split", "call", ("dispatcher", "head"), "centre"),
    _rule("split", "call", (), "caller"),
    _rule("split", "call", (), "holder"),
    _rule("rate", "call", (), "caller"),
    _rule("rate", "call", (), "holder"),
    _rule("close", "call", ("callback",), "desk"),
    _rule("publish", "call", ("callback", "dispatcher", "head"), "desk"),
)


def _bearer(on: str, departments: Departments) -> Q:
    if on == "task":
        return Q(bearer__in=departments)
    borne = Task.objects.filter(bearer__in=departments).values(
        "matter_id"
    )  # a subquery, so that a matter of two tasks counts once
    return Q(pk__in=borne) if on == "matter" else Q(matter__in=borne)


def _giver(on: str, departments: Departments) -> Q:
    """The department above, which gave the task as a child of its own."""
    return Q(parent__isnull=False, giver__in=departments)


def _own(on: str, departments: Departments) -> Q:
    """A task without a giver among the bearers: its own head reviews it."""
    return Q(parent__isnull=True, bearer__in=departments)


Relation = Callable[[str, Departments], Q]
_RELATIONS: dict[str, Relation] = {"bearer": _bearer, "giver": _giver, "own": _own}


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


def _holder(actor: Actor, rule: Rule) -> Q | None:
    return Q(pk=actor.held_call) if actor.held_call else None


_BY_ACTOR: dict[str, Callable[[Actor, Rule], Q | None]] = {
    "desk": _desk,
    "district": _district,
    "centre": _centre,
    "caller": _caller,
    "holder": _holder,
}


def where(actor: Actor, rule: Rule) -> Q | None:
    """The query of all subjects to which this rule lets the actor, None when it never can."""
    if rule.relation in _BY_ACTOR:
        return _BY_ACTOR[rule.relation](actor, rule)
    departments = {p.department_id for p in actor.posts if p.role in rule.roles}
    return _RELATIONS[rule.relation](rule.on, departments) if departments else None


_ABOUT = {"matter": "about", "task": "matter__about", "call": "matter__about"}


def not_about(actor: Actor, on: str) -> Q:
    """Whatever complains about no body in which the actor holds a post, nor about one that this body came after."""
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


_MODELS: dict[type[Model], str] = {Task: "task", Matter: "matter", Call: "call"}


def kind_of(model: type[Model]) -> str:
    """task, matter or call."""
    return _MODELS[model]


def may(actor: Actor, verb: str, subject: Task | Matter | Call) -> bool:
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
        if subject is None or not _in_table(rule, subject.state):
            continue
        if ready.offered(rule.verb, matter, task) and may(actor, rule.verb, subject):
            found.append(rule.verb)
    return found


# What the desk may still do with a voice that has its answer, and the states of the voice in which it makes sense.
_ON_VOICE = {"close": ("answered",), "publish": ("answered", "closed")}


def verbs_on_voice(actor: Actor, call: Call) -> list[str]:
    """The verbs of officers that the actor may do now on one voice. A feature may know more against one of them."""
    return [verb for verb, states in _ON_VOICE.items() if call.state in states and may(actor, verb, call)]


def _in_table(rule: Rule, state: str) -> bool:
    if rule.verb == "dispatch":  # a matter that is still new is accepted on the way
        return state in ("received", "accepted")
    return moves.allowed(rule.on, rule.verb, state)
