"""Which facts are told to whom, and in which words: one table, by the facts' names. Notify does not know who writes them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huying.events.log import Told

Fits = Callable[[Any], bool]
SYSTEM = "system"  # the actor, as facts name it, where nobody did it


def _always(fact: Any) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Rule:
    """A fact that `fits` is told in the words of `template`.

    `everybody`: to every voice of its matter that waits for an answer, where it is `late` also to who has hers; else to the
    voice the fact names. What belongs to one branch of a case is told of the department that the fact names, not of whoever
    has the whole. `hers`: not to who acts for her. `unasked`: only where the city did it by itself.
    """

    fact: str
    template: str
    fits: Fits = _always
    everybody: bool = False
    late: bool = False
    hers: bool = False
    unasked: bool = False


def _lead(fact: Any) -> bool:
    return bool(fact.role == "lead" and fact.how not in ("reopened", "above"))  # who said "not solved" is told so in one text


def _answer(fact: Any) -> bool:
    return bool(fact.what == "answer" and fact.call)


def _ended(how: str) -> Fits:
    return lambda fact: bool(fact.how == how)


RULES: tuple[Rule, ...] = (
    Rule("call.opened", "received", lambda fact: fact.channel != "import"),
    Rule("task.given", "dispatched", lambda fact: _lead(fact) and fact.parent is None, everybody=True),
    Rule("branch.decided", "item_granted", lambda fact: fact.outcome == "granted", everybody=True),
    Rule("branch.decided", "item_refused", lambda fact: fact.outcome == "refused", everybody=True),
    Rule("task.paused", "item_paused", lambda fact: fact.why not in ("caller", "outside"), everybody=True),
    Rule("task.extension_decided", "item_extended", lambda fact: fact.granted and fact.by == fact.bearer, everybody=True),
    Rule("fee.due", "item_fee", everybody=True),
    Rule("fee.set", "item_fee", lambda fact: fact.yuan > 0 and fact.yuan != fact.before, everybody=True),
    Rule("visit.booked", "visit_booked", everybody=True, late=True),  # what was granted is fetched once all is over, too
    Rule("promise.paused", "visit_wanted", lambda fact: fact.why == "visit" and bool(fact.call)),
    Rule("visit.unbooked", "visit_unbooked", everybody=True),
    Rule("visit.near", "visit_near", everybody=True, late=True),
    Rule("visit.cancelled", "visit_freed", everybody=True, late=True, unasked=True),
    Rule("task.given", "passed", lambda fact: _lead(fact) and fact.parent is not None, everybody=True),
    Rule("call.asked", "asked"),
    Rule("promise.extended", "extended", _answer),
    Rule("call.answered", "answered"),
    Rule("promise.broken", "late", _answer),
    Rule("promise.raised", "raised", _answer),
    Rule("call.rated", "reopened", lambda fact: fact.solved is False),
    Rule("call.called_back", "reopened", lambda fact: fact.outcome == "unsolved"),
    Rule("call.reopened", "again", lambda fact: fact.how == "widened"),
    Rule("call.conclusion_proposed", "hearing"),
    Rule("call.checked", "checked"),
    Rule("rating.answered", "graded", hers=True),
    Rule("call.messaged", "messaged", hers=True),
    Rule("offer.made", "offered"),
    Rule("call.objection_answered", "objection", hers=True),
    Rule("call.closed", "closed", lambda fact: fact.how in ("desk", "told", "silent")),
    Rule("call.moved", "merged", _ended("merge")),
    Rule("call.moved", "split", _ended("split")),
    Rule("call.ended", "withdrawn", _ended("withdraw")),
    Rule("call.ended", "declined", _ended("decline")),
    Rule("call.ended", "referred", _ended("refer")),
    Rule("call.ended", "concluded", _ended("conclude")),
)
_BY_FACT: dict[str, list[Rule]] = {}
for _rule in RULES:
    _BY_FACT.setdefault(_rule.fact, []).append(_rule)

OF_A_BRANCH = frozenset(
    {
        *("call.asked", "branch.decided", "task.paused", "task.extension_decided"),
        *("fee.due", "fee.set", "visit.booked", "visit.near", "visit.cancelled", "visit.unbooked"),
    }
)
# By these facts what was said before of the same item, and where they name one of the same moment, holds no more: it leaves
# no more where it has not left yet.
UNDONE = {
    "visit.cancelled": ("visit_booked", "visit_near"),
    "visit.booked": ("visit_unbooked",),
    "fee.paid": ("item_fee",),
    "branch.decided": ("item_fee", "visit_unbooked"),
}
TIMED = ("visit.cancelled",)

# Where a voice is and whether it waits: read before the rules, so that a fact meets the voices of its own moment.
MOVES = ("call.opened", "call.moved", "call.followed")
WAITS = {"call.answered": False, "call.closed": False, "call.ended": False}


def rule_of(told: Told) -> Rule | None:
    """The rule by which a fact is told; None for one that is told to nobody."""
    alone = told.actor == SYSTEM
    return next((one for one in _BY_FACT.get(told.name, ()) if one.fits(told.fact) and (alone or not one.unasked)), None)


def waits_after(told: Told) -> bool | None:
    """Whether the voice waits for an answer from here on; None where the fact does not say."""
    said_no = getattr(told.fact, "solved", None) is False or getattr(told.fact, "outcome", "") == "unsolved"
    if told.name == "call.reopened" or said_no:
        return True
    return WAITS.get(told.name)
