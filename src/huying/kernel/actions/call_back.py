"""回访: an independent desk asks the caller whether it is solved, and writes down what she says as told to it."""

from datetime import timedelta

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.kernel import apart, said
from huying.kernel.actions.word import Word, faults_of, take
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import CallCalledBack
from huying.kernel.models import Call, CallState
from huying.kernel.record import Work
from huying.kernel.work import on_call
from huying.people.actors import Actor

SOLVED, UNSOLVED, UNREACHED = OUTCOMES = ("solved", "unsolved", "unreached")
GAP_HOURS = 2  # between two tries: three in one minute are one
WORDS_LIMIT = 1000


def call_back(actor: Actor, call_id: int, outcome: str, grade: int | None = None, words: str = "") -> Call:
    """Record what she said on the telephone, or that nobody answered; the officer had no part in the work.

    Raises NotThere, Refused (no answer to ask about, his own work, or the last try was just now), BadInput.
    """
    errors = faults_of(grade)
    if outcome not in OUTCOMES:
        errors["outcome"] = _("请选一样：解决了、没解决，还是没有接通。")
    if outcome == UNSOLVED and not words.strip():
        errors["words"] = _("请写下来电人说哪里没解决，重办的单位要看。")
    if errors:
        raise BadInput(errors)
    with on_call(actor, "call_back", call_id) as (work, call):
        if call.state != CallState.ANSWERED:
            raise Refused("not_now", _("这件现在不用回访：还没有答复，或者来电人已经说过了。"))
        apart.require(actor, work.matter)
        if outcome == UNREACHED:
            _try(work, call)
            _tell(work, call, outcome, None, words.strip()[:WORDS_LIMIT], to_caller=False)
        else:
            _heard(work, call, Word(outcome == SOLVED, grade, said.of_caller(call, words.strip(), WORDS_LIMIT), told=True))
        call.save()
    return call


def _heard(work: Work, call: Call, word: Word) -> None:
    _tell(work, call, SOLVED if word.solved else UNSOLVED, word.grade, word.text, to_caller=True)
    take(work, call, word)


def _tell(work: Work, call: Call, outcome: str, grade: int | None, words: str, *, to_caller: bool) -> None:
    work.tell_call(call, CallCalledBack(call.pk, work.matter.pk, outcome, grade, call.tries), words, to_caller)


def _try(work: Work, call: Call) -> None:
    gap = int(city.setting("callback.gap_hours", GAP_HOURS))
    if call.tried_at is not None and work.at < call.tried_at + timedelta(hours=gap):
        raise Refused("too_soon", _("上一次才打过，请隔 %(n)s 小时再打。") % {"n": gap})
    call.tries, call.tried_at = call.tries + 1, work.at
