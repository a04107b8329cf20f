"""The one table of allowed moves of matters and tasks, each with its reason. A kind picks verbs from it and adds none."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huying.kernel.errors import Refused
from huying.kernel.models import MatterState as M
from huying.kernel.models import TaskState as T


@dataclass(frozen=True, slots=True)
class Move:
    """A verb may take its subject from one of `sources` to `target` (None: the state stays as it is)."""

    verb: str
    on: str  # matter or task
    sources: frozenset[str]
    target: str | None
    why: str


def _move(verb: str, on: str, sources: tuple[str, ...], target: str | None, why: str) -> Move:
    return Move(verb, on, frozenset(sources), target, why)


OPEN_MATTER = (M.RECEIVED, M.ACCEPTED, M.WORKING)

MOVES: tuple[Move, ...] = (
    _move("accept", "matter", (M.RECEIVED,), M.ACCEPTED, "the city takes it up; from here somebody must answer"),
    _move("decline", "matter", (M.RECEIVED,), M.DECLINED, "outside what the city may deal with: ground and way on are told"),
    _move(
        "refer", "matter", (M.RECEIVED, M.ACCEPTED), M.REFERRED, "a court, an arbiter or another body must hear it: told which"
    ),
    _move("dispatch", "matter", (M.ACCEPTED,), M.WORKING, "a bearer is named; nothing is accepted without one"),
    _move("release", "matter", (M.WORKING,), M.ACCEPTED, "its bearer was rightly not responsible: the desk dispatches anew"),
    _move("succeed", "matter", OPEN_MATTER, None, "bodies were closed or places moved: the matter goes on where they went"),
    _move("vacate", "matter", (M.WORKING,), M.ACCEPTED, "its bearer was closed and nobody took over: the desk dispatches anew"),
    _move("deliver", "matter", (M.WORKING,), M.ANSWERED, "the last review approved the answer, so the callers get it"),
    _move("reopen", "matter", (M.ANSWERED, M.CLOSED), M.WORKING, "the caller says it is not solved, and her word counts"),
    _move(
        "requeue",
        "matter",
        (M.ANSWERED, M.CLOSED),
        M.ACCEPTED,
        "the desk's own answer did not solve it: now a bearer must be named",
    ),
    _move("widen", "matter", (M.ACCEPTED, M.WORKING), None, "what one voice had reopened concerns the other answered ones too"),
    _move(
        "answer_at_once",
        "matter",
        (M.RECEIVED, M.ACCEPTED),
        M.ANSWERED,
        "an inquiry that the desk itself can answer needs no bearer: accepted, written and delivered in one step",
    ),
    _move("close", "matter", (M.ANSWERED,), M.CLOSED, "every voice has spoken or had time to"),
    _move("withdraw", "matter", OPEN_MATTER, M.WITHDRAWN, "the last caller took her call back"),
    _move("settle", "matter", OPEN_MATTER, M.ANSWERED, "nobody waits any longer: the answer that others were given stands"),
    _move("merge", "matter", OPEN_MATTER, M.MERGED, "one cause: its calls go on in another matter"),
    _move("split", "matter", OPEN_MATTER, None, "a voice that means something else gets its own matter"),
    _move("declare_incident", "matter", OPEN_MATTER, None, "the city knows of it: who meets it need not tell it anew"),
    _move("tell_news", "matter", OPEN_MATTER, None, "who waits hears how it stands, and when she will hear again"),
    _move("end_incident", "matter", (M.ACCEPTED, M.WORKING), None, "it is over: what was done is the answer to all who joined"),
    _move(
        "settle_boundary",
        "matter",
        (M.ACCEPTED, M.WORKING, M.ANSWERED, M.CLOSED),
        None,
        "who bears this duty at this place from now on, so that nobody quarrels about it twice",
    ),
    _move(
        "conclude",
        "matter",
        (M.ACCEPTED, M.WORKING, M.ANSWERED),
        M.CONCLUDED,
        "a panel other than the bearer ends it after the last reopening",
    ),
    _move("sign", "task", (T.GIVEN,), T.SIGNED, "the bearer takes the task; from here it is his"),
    _move("assign", "task", (T.GIVEN, T.SIGNED, T.RETURNED), None, "its head names who works it: somebody is there to do it"),
    _move("contact", "task", (T.SIGNED, T.RETURNED), None, "who works it speaks with the caller first"),
    _move("pass_down", "task", (T.GIVEN, T.SIGNED, T.RETURNED), T.PASSED, "a unit below bears it; the giver stays accountable"),
    _move("recall", "task", (T.PASSED,), T.SIGNED, "the giver takes it back from below"),
    _move("answer", "task", (T.SIGNED, T.RETURNED), None, "the response is written; it can be changed until it is submitted"),
    _move(
        "pause", "task", (T.SIGNED, T.RETURNED), None, "it waits for the caller or a cause outside: that time does not count"
    ),
    _move("resume", "task", (T.GIVEN, T.SIGNED, T.RETURNED), None, "what it waited for has come: the clock runs on"),
    _move("supplement", "task", (T.SIGNED, T.RETURNED), None, "what is missing is asked of the caller, once"),
    _move("ask_extension", "task", (T.SIGNED, T.RETURNED), None, "it cannot be done in time, and says so before the day"),
    _move(
        "decide_extension",
        "task",
        (T.GIVEN, T.SIGNED, T.PASSED, T.SUBMITTED, T.RETURNED, T.SENT_BACK),
        None,
        "somebody other than who asked grants or refuses more time",
    ),
    _move(
        "pause_branch", "task", (T.SIGNED, T.RETURNED), None, "a test, an auction, a hearing: by law that time does not count"
    ),
    _move("resume_branch", "task", (T.SIGNED, T.RETURNED), None, "what the branch waited for is there: its clock runs on"),
    _move("ask_branch_extension", "task", (T.SIGNED, T.RETURNED), None, "the law lets one item take longer, once"),
    _move(
        "decide_branch_extension",
        "task",
        (T.SIGNED, T.RETURNED, T.SUBMITTED),
        None,
        "the head of the body answers for more time",
    ),
    _move("ask_assist", "task", (T.SIGNED, T.RETURNED), None, "the lead asks another unit for a part, by a day"),
    _move(
        "submit",
        "task",
        (T.SIGNED, T.RETURNED),
        T.SUBMITTED,
        "the lead's response goes up for review; the part of who assists goes to the lead",
    ),
    _move("climb", "task", (T.PASSED,), T.SUBMITTED, "the child's response was approved and climbs one level further"),
    _move("take", "task", (T.SUBMITTED,), T.DONE, "the lead's answer takes in what an assisting unit contributed"),
    _move(
        "waive",
        "task",
        (T.GIVEN, T.SIGNED, T.PASSED, T.SUBMITTED, T.RETURNED, T.SENT_BACK),
        T.CANCELLED,
        "the lead goes on without this assistance: the reason is told",
    ),
    _move("approve", "task", (T.SUBMITTED,), T.DONE, "a reviewer other than the writer found that it answers"),
    _move(
        "revoke_document", "task", (T.DONE,), None, "what was given turns out wrong: it holds no longer, and she is told why"
    ),
    _move("answer_rating", "task", (T.DONE,), None, "she was not content: her department finds out why and tells her"),
    _move("finish", "task", (T.PASSED,), T.DONE, "the child's approved response ends the giver's task too"),
    _move(
        "end_with",
        "task",
        (T.GIVEN, T.SIGNED, T.PASSED, T.SUBMITTED, T.RETURNED, T.SENT_BACK),
        T.DONE,
        "the incident for which it was borne is over, and its end is the answer",
    ),
    _move("answer_at_once", "task", (T.GIVEN,), T.DONE, "the desk answers what it was asked, and tells who answered"),
    _move("return", "task", (T.SUBMITTED,), T.RETURNED, "it does not answer yet: the reviewer says what is missing"),
    _move("send_back", "task", (T.GIVEN, T.SIGNED), T.SENT_BACK, "not ours, with a legal ground; another adjudicates once"),
    _move("send_back_branch", "task", (T.GIVEN,), T.SENT_BACK, "another body's item, said before anybody worked it"),
    _move(
        "adjudicate_branch", "task", (T.SENT_BACK,), T.GIVEN, "whose the item is, said once: its bearer signs, whoever it is"
    ),
    _move(
        "pass_down_branch", "task", (T.GIVEN, T.SIGNED, T.RETURNED), T.GIVEN, "a body below is nearer: it signs, clock and all"
    ),
    _move("adjudicate", "task", (T.SENT_BACK,), T.GIVEN, "the ground does not hold: the bearer keeps it"),
    _move("release", "task", (T.SENT_BACK,), T.CANCELLED, "the ground holds: the matter is dispatched anew"),
    _move("interim", "task", (T.SENT_BACK,), T.GIVEN, "it works now; whose it is is settled beside, and nobody waits for that"),
    _move("transfer", "task", (T.GIVEN, T.SIGNED, T.SENT_BACK), T.CANCELLED, "another bears it from here, without a gap"),
    _move(
        "succeed",
        "task",
        (T.GIVEN, T.SIGNED, T.PASSED, T.SUBMITTED, T.RETURNED, T.SENT_BACK),
        None,
        "its body was closed or its place moved: who took over goes on, under the same promises",
    ),
    _move(
        "vacate",
        "task",
        (T.GIVEN, T.SIGNED, T.PASSED, T.SUBMITTED, T.RETURNED, T.SENT_BACK),
        T.CANCELLED,
        "its body was closed and nobody took over, or nobody who may bear it: who gave it has it again",
    ),
    _move(
        "cancel",
        "task",
        (T.GIVEN, T.SIGNED, T.PASSED, T.SUBMITTED, T.RETURNED, T.SENT_BACK),
        T.CANCELLED,
        "its matter ended otherwise",
    ),
)

_TABLE = {(move.on, move.verb): move for move in MOVES}


def move_of(on: str, verb: str) -> Move:
    """The row of the table. Raises KeyError for a verb that does not exist."""
    return _TABLE[on, verb]


def allowed(on: str, verb: str, state: str) -> bool:
    """Whether the table lets `verb` act on a matter or task in `state`."""
    return state in _TABLE[on, verb].sources


def target(on: str, verb: str, state: str) -> str:
    """The state after the verb. Raises Refused when the table does not allow it from `state`."""
    move = _TABLE[on, verb]
    if state not in move.sources:
        label = (M if on == "matter" else T)(state).label
        raise Refused("not_now", _("现在是“%(state)s”，不能做这一步。请刷新后再看。") % {"state": _(str(label))})
    return move.target or state
